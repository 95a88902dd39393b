import { type BankTruth, type Calm, calm } from './calm.ts';
import { checkBooks, compareDesks, type Figures, logLines } from './checks.ts';
import { Office } from './office.ts';
import type { Plan } from './plan.ts';
import { seedBooks } from './seed-books.ts';
import { storm } from './storm.ts';

export interface Report {
  readonly figures: Figures;
  readonly kills: ReadonlyMap<string, number>;
  readonly faults: ReadonlyMap<string, number>;
  readonly webhooks: ReadonlyMap<string, number>;
  readonly commands: ReadonlyMap<string, number>;
  readonly refused: ReadonlyMap<string, number>;
  readonly foundByPerson: number;
  /** Payments that a bank was asked for. */
  readonly heard: number;
  readonly findings: readonly string[];
  readonly seconds: Readonly<Record<'setUp' | 'storm' | 'calm' | 'check', number>>;
}

/** The whole torture, once: set-up, storm, calm, checks. Nothing of it runs any more when it resolves. */
export async function torturePayments(plan: Plan): Promise<Report> {
  const begun = Date.now();
  const books = await seedBooks(plan);
  const office = new Office(plan, books);
  try {
    await office.open();
    const stormAt = Date.now();
    plan.progress(`set up in ${seconds(begun, stormAt)} s`);
    const { acts, kills, findings: inStorm } = await storm(office);
    const calmAt = Date.now();
    plan.progress(`the storm is over after ${seconds(stormAt, calmAt)} s`);
    const rest: Calm = await calm(office, acts);
    const checkAt = Date.now();
    const compared = await compareDesks(office);
    const truth = (await office.bank.ask('instructions', null)) as readonly BankTruth[];
    await office.close();
    const { figures, findings } = await checkBooks(plan, books, truth);
    const tallied = (kind: 'faults' | 'webhooks') => tally(logLines(plan, kind));
    const heard = logLines(plan, 'heard').length;
    const problems = logLines(plan, 'problems').map((line) => `the bank's machine: ${line}`);
    return {
      ...{ figures, kills, faults: tallied('faults'), webhooks: tallied('webhooks'), commands: acts.commands },
      ...{ refused: rest.refused, foundByPerson: rest.foundByPerson, heard },
      findings: [...new Set([...inStorm, ...acts.findings, ...rest.findings, ...compared, ...findings, ...problems])],
      seconds: {
        setUp: seconds(begun, stormAt),
        storm: seconds(stormAt, calmAt),
        calm: seconds(calmAt, checkAt),
        check: seconds(checkAt, Date.now()),
      },
    };
  } finally {
    await office.killAll();
  }
}

const seconds = (from: number, to: number): number => Math.round((to - from) / 1_000);

function tally(lines: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const line of lines.toSorted()) counts.set(line, (counts.get(line) ?? 0) + 1);
  return counts;
}
