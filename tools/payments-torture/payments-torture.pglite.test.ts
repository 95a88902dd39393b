import { afterAll, expect, it } from 'vitest';
import { deskTemplate } from '../../electron/composition/testing.ts';
import { testFolder } from '../../shared/engine/testing.ts';
import { runSeed } from '../../shared/testing/seed.ts';
import { bankIds, strikes } from './plan.ts';
import { torturePayments } from './run.ts';

const { folder, remove } = testFolder();
afterAll(remove);

/** The short form of `npm run torture:payments`: each kind of machine falls once. */
it('pays every bill once or not at all, whatever falls meanwhile', { timeout: 420_000 }, async () => {
  const from = Date.now();
  const report = await torturePayments({
    ...{ folder, template: await deskTemplate(), intents: 60, desks: 2, seed: runSeed() },
    banks: bankIds,
    pace: { from, factor: 40 },
    ...{ faults: 0.2, strikes, kills: strikes.length, killEveryMs: 2_500, stormMs: 15_000, calmMs: 300_000 },
    progress: () => {},
  });
  expect(report.findings).toEqual([]);
  expect([...report.kills.values()]).toEqual(strikes.map(() => 1));
  const { orders } = report.figures;
  expect(orders.get('paid') ?? 0).toBeGreaterThan(20);
  expect(report.faults.size).toBeGreaterThan(3);
});
