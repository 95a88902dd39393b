import fs from 'node:fs';
import path from 'node:path';
import v8 from 'node:v8';
import { z } from 'zod';
import { Life } from './child.ts';
import { type Cut, powerCuts } from './power-cut.ts';
import { isRecorded, operationSchema } from './recorder.ts';
import type { Seeded } from './seeded.ts';

const recordingSchema = z.strictObject({ files: z.map(z.string(), z.number()), operations: z.array(operationSchema) });

const books = 'books';

export interface CutReport {
  cuts: number;
  operations: number;
  fsyncs: number;
  /** Acknowledgements checked, over all images. */
  acknowledged: number;
  readonly problems: string[];
}

export interface CutRoundsOptions {
  readonly folder: string;
  /** A template for first starts, or `-`: then they run initdb. */
  readonly template: string;
  readonly cuts: number;
  readonly random: Seeded;
  readonly lyingDisk?: boolean;
  readonly progress: (line: string) => void;
}

/** Records one life of books that are there, then opens the disk as it would look after a power cut at each of many moments. */
export function cutRounds(options: CutRoundsOptions): Promise<CutReport> {
  return cutLife('record', options);
}

/** The same over the very first start, when there are no books yet; every second cut comes once they have their name. */
export function birthRounds(options: CutRoundsOptions): Promise<CutReport> {
  return cutLife('record-birth', options);
}

async function cutLife(scenario: 'record' | 'record-birth', options: CutRoundsOptions): Promise<CutReport> {
  const { template } = options;
  const folder = fs.mkdtempSync(path.join(options.folder, `${scenario}-`));
  const [live, base] = [path.join(folder, 'live'), path.join(folder, 'base')];
  fs.mkdirSync(live);
  const acknowledgedFile = path.join(folder, 'nothing.acknowledged');
  const args = { dir: path.join(live, books), acknowledgedFile, template };
  if (scenario === 'record') await mustSucceed(new Life({ ...args, scenario: 'verify' }));
  fs.cpSync(live, base, { recursive: true, filter: isRecorded });
  const file = path.join(folder, 'recording');
  await mustSucceed(new Life({ ...args, scenario, extra: file }));
  const recording = recordingSchema.parse(v8.deserialize(fs.readFileSync(file)));
  const { operations } = recording;
  const report: CutReport = { cuts: 0, operations: operations.length, fsyncs: 0, acknowledged: 0, problems: [] };
  report.fsyncs = operations.filter((operation) => operation.kind === 'fsync').length;
  const lateFrom = 1 + operations.findIndex((operation) => operation.kind === 'rename' && operation.to === books);
  const { cuts: count, random, lyingDisk = false } = options;
  for (const cut of powerCuts({ base, recording, count, random, lyingDisk, lateFrom: Math.max(1, lateFrom) })) {
    const problem = await openAfter(cut, path.join(folder, `cut-${report.cuts}`), template);
    if (problem !== null) report.problems.push(`${scenario}, cut at ${cut.at}, ${cut.keep * 100} % kept: ${problem}`);
    report.cuts += 1;
    report.acknowledged += cut.acknowledged.length;
    options.progress(`${scenario}: cut ${report.cuts}/${count} at operation ${cut.at} of ${report.operations}`);
  }
  fs.rmSync(folder, { recursive: true, force: true });
  return report;
}

/** @returns what is wrong with the books as the power cut left them, or null */
async function openAfter(cut: Cut, folder: string, template: string): Promise<string | null> {
  const acknowledgedFile = `${folder}.acknowledged`;
  fs.writeFileSync(acknowledgedFile, cut.acknowledged.map((line) => `${line}\n`).join(''));
  cut.writeImage(folder);
  const life = new Life({ scenario: 'verify', dir: path.join(folder, books), acknowledgedFile, template });
  await life.ended;
  const leftover = fs.readdirSync(folder).find((name) => name.startsWith(`${books}.tmp-`));
  fs.rmSync(folder, { recursive: true, force: true });
  if (leftover !== undefined) return `${leftover} was left`;
  const isSound = (await life.until('sound')) !== null;
  return life.problems()[0] ?? (isSound ? null : 'died without a word');
}

async function mustSucceed(life: Life): Promise<void> {
  const code = await life.ended;
  if (code !== 0) throw new Error(`the recorded life failed: ${life.lines.join('; ')}`);
}
