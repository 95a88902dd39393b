import fs from 'node:fs';
import path from 'node:path';
import v8 from 'node:v8';
import { z } from 'zod';
import { Life } from './child.ts';
import { powerCuts } from './power-cut.ts';
import { operationSchema } from './recorder.ts';
import type { Seeded } from './seeded.ts';

const recordingSchema = z.strictObject({ files: z.map(z.string(), z.number()), operations: z.array(operationSchema) });

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
  readonly template: string;
  readonly cuts: number;
  readonly random: Seeded;
  readonly lyingDisk?: boolean;
  readonly progress: (line: string) => void;
}

/** Records one life of the books, then opens the disk as it would look after a power cut at each of many moments. */
export async function cutRounds(options: CutRoundsOptions): Promise<CutReport> {
  const { folder, template } = options;
  const live = path.join(folder, 'recorded');
  const base = path.join(folder, 'recorded-base');
  const nothing = path.join(folder, 'nothing.acknowledged');
  await mustSucceed(new Life({ scenario: 'verify', dir: live, acknowledgedFile: nothing, template }));
  fs.cpSync(live, base, { recursive: true });
  const file = path.join(folder, 'recording');
  await mustSucceed(new Life({ scenario: 'record', dir: live, acknowledgedFile: nothing, template, extra: file }));
  const recording = recordingSchema.parse(v8.deserialize(fs.readFileSync(file)));
  const report: CutReport = { cuts: 0, operations: 0, fsyncs: 0, acknowledged: 0, problems: [] };
  report.operations = recording.operations.length;
  report.fsyncs = recording.operations.filter((operation) => operation.kind === 'fsync').length;
  const lyingDisk = options.lyingDisk ?? false;
  for (const cut of powerCuts({ base, recording, count: options.cuts, random: options.random, lyingDisk })) {
    const dir = path.join(folder, `cut-${report.cuts}`);
    const acknowledgedFile = `${dir}.acknowledged`;
    cut.writeImage(dir);
    fs.writeFileSync(acknowledgedFile, cut.acknowledged.map((line) => `${line}\n`).join(''));
    const life = new Life({ scenario: 'verify', dir, acknowledgedFile, template });
    await life.ended;
    const found = life.problems();
    if (found.length === 0 && (await life.until('sound')) === null) found.push('died without a word');
    if (found[0] !== undefined) report.problems.push(`cut at ${cut.at}, ${cut.keep * 100} % kept: ${found[0]}`);
    report.cuts += 1;
    report.acknowledged += cut.acknowledged.length;
    for (const suffix of ['', '.ballast', '.lock']) fs.rmSync(`${dir}${suffix}`, { recursive: true, force: true });
    options.progress(`cut ${report.cuts}/${options.cuts} at operation ${cut.at} of ${report.operations}`);
  }
  return report;
}

async function mustSucceed(life: Life): Promise<void> {
  const code = await life.ended;
  if (code !== 0) throw new Error(`the recorded life failed: ${life.lines.join('; ')}`);
}
