import fs from 'node:fs';
import path from 'node:path';
import { Life } from './child.ts';
import type { Seeded } from './seeded.ts';

/** How long after the phase began the kill may come, in milliseconds: about as long as the phase takes. */
const reachMs: Record<string, number> = {
  save: 800,
  import: 250,
  load: 200,
  checkpoint: 25,
  index: 120,
  vacuum: 150,
  migration: 2_500,
};
const scenarios = ['save', 'import', 'load', 'checkpoint', 'index', 'migration', 'first-start', 'vacuum'] as const;
/** Rounds on one directory before the next: crashes pile up on it, and it does not grow without end. */
const roundsPerDir = 16;

export interface KillReport {
  rounds: number;
  /** Kills that struck while the named phase was running, by phase. */
  readonly inside: Map<string, number>;
  acknowledged: number;
  readonly problems: string[];
}

export interface KillOptions {
  readonly folder: string;
  readonly template: string;
  readonly rounds: number;
  readonly random: Seeded;
  readonly progress: (line: string) => void;
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * SIGKILL, again and again. Each new life first compares the books with everything any earlier life acknowledged (and
 * amcheck walks them, because the stop was unclean), then works until it is killed in turn.
 */
export async function killRounds(options: KillOptions): Promise<KillReport> {
  const report: KillReport = { rounds: 0, inside: new Map(), acknowledged: 0, problems: [] };
  let dir = '';
  let acknowledgedFile = '';
  for (let round = 0; round < options.rounds; round++) {
    if (round % roundsPerDir === 0) {
      if (dir !== '') await closeBooks(dir, acknowledgedFile, options, report);
      dir = path.join(options.folder, `books-${round}`);
      acknowledgedFile = `${dir}.acknowledged`;
    }
    const scenario = scenarios[round % scenarios.length] ?? 'save';
    if (scenario === 'first-start') await killFirstStart(round, options, report);
    else await killAtWork(scenario, dir, acknowledgedFile, options, report);
    report.rounds += 1;
    options.progress(`round ${report.rounds}/${options.rounds} ${scenario}`);
  }
  if (dir !== '') await closeBooks(dir, acknowledgedFile, options, report);
  return report;
}

async function killAtWork(
  scenario: string,
  dir: string,
  acknowledgedFile: string,
  options: KillOptions,
  report: KillReport,
): Promise<void> {
  const life = new Life({ scenario, dir, acknowledgedFile, template: options.template });
  if ((await life.until('sound')) !== null) {
    await life.until(`phase ${scenario}`);
    await pause(options.random.between(0, reachMs[scenario] ?? 50));
  }
  await strike(life, report);
}

/** The directory does not exist yet; every other time there is no template either, so that initdb is what dies. */
async function killFirstStart(round: number, options: KillOptions, report: KillReport): Promise<void> {
  const withTemplate = round % 2 === 0;
  const dir = path.join(options.folder, `first-${round}`);
  const args = { dir, acknowledgedFile: `${dir}.acknowledged`, template: withTemplate ? options.template : '-' };
  const life = new Life({ ...args, scenario: 'first-start' });
  await life.until('phase first-start');
  await pause(options.random.between(0, withTemplate ? 600 : 2_000));
  if (life.lines.some((line) => line.startsWith('sound'))) life.phase = 'none';
  await strike(life, report);
  await closeBooks(dir, args.acknowledgedFile, options, report);
}

async function strike(life: Life, report: KillReport): Promise<void> {
  await life.kill();
  if (life.phase !== 'none') report.inside.set(life.phase, (report.inside.get(life.phase) ?? 0) + 1);
  report.problems.push(...life.problems());
}

/** A last life that only looks and stops in order; then one more that must find a clean stop. */
async function closeBooks(
  dir: string,
  acknowledgedFile: string,
  options: KillOptions,
  report: KillReport,
): Promise<void> {
  const args = { scenario: 'verify', dir, acknowledgedFile, template: options.template };
  for (const wanted of ['sound', 'sound clean']) {
    const life = new Life(args);
    await life.ended;
    report.problems.push(...life.problems());
    if ((await life.until(wanted)) === null)
      report.problems.push(`${dir}: expected "${wanted}": ${life.lines.join('; ')}`);
  }
  report.acknowledged += fs.readFileSync(acknowledgedFile, 'utf8').split('\n').filter(Boolean).length;
  const leftovers = fs.readdirSync(options.folder).filter((name) => name.startsWith(`${path.basename(dir)}.tmp-`));
  if (leftovers.length > 0) report.problems.push(`leftovers: ${leftovers.join(', ')}`);
  for (const suffix of ['', '.ballast', '.backups', '.migrations', '.lock']) {
    fs.rmSync(`${dir}${suffix}`, { recursive: true, force: true });
  }
}
