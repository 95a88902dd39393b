import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { testFolder, testTemplate } from '../../shared/engine/testing.ts';
import { runSeed } from '../../shared/testing/seed.ts';
import { birthRounds, cutRounds } from './cut-rounds.ts';
import { faultRounds } from './fault-rounds.ts';
import { killRounds } from './kill-rounds.ts';
import { Seeded } from './seeded.ts';

let home: ReturnType<typeof testFolder>;

beforeEach(() => {
  home = testFolder();
});
afterEach(() => home.remove());

const options = async () => ({
  folder: home.folder,
  template: await testTemplate(),
  random: new Seeded(runSeed()),
  progress: () => {},
});

/** The short form of `npm run torture`. */
describe('the ledger engine under torture', { timeout: 240_000 }, () => {
  it('keeps every acknowledged entry over kills in each phase', async () => {
    const report = await killRounds({ ...(await options()), rounds: 8 });
    expect(report.problems).toEqual([]);
    expect(report.rounds).toBe(8);
    expect(report.acknowledged).toBeGreaterThan(0);
  });

  it('keeps every acknowledged entry over power cuts', async () => {
    const report = await cutRounds({ ...(await options()), cuts: 4 });
    expect(report.problems).toEqual([]);
    expect(report.cuts).toBe(4);
    expect(report.fsyncs).toBeGreaterThan(72); // 72 entries are saved, each with its own sync at least
  });

  it.each(['from the template', 'by initdb'])('is born whole or not at all over power cuts, %s', async (way) => {
    const given = await options();
    const template = way === 'by initdb' ? '-' : given.template;
    const report = await birthRounds({ ...given, template, cuts: 2 });
    expect(report.problems).toEqual([]);
    expect(report.cuts).toBe(2);
    expect(report.operations).toBeGreaterThan(1_000); // about a thousand files are made and synced
  });

  it('would notice books that were given their name before they were on the disk', async () => {
    const report = await birthRounds({ ...(await options()), cuts: 4, lyingDisk: true });
    expect(report.problems).not.toEqual([]);
  });

  it('would notice a loss: on a disk that only pretends to sync, power cuts destroy books', async () => {
    const report = await cutRounds({ ...(await options()), cuts: 3, lyingDisk: true });
    expect(report.problems).not.toEqual([]);
  });

  it('ends with a reason and loses nothing when a sync fails, the disk is full, or a second process comes', async () => {
    const report = await faultRounds({ ...(await options()), fsyncCalls: [20], diskBytes: [2_000_000] });
    expect(report.problems).toEqual([]);
    expect(report.shown.length).toBeGreaterThanOrEqual(8);
  });
});
