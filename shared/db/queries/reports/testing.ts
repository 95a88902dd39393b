import fc from 'fast-check';
import { isNominal } from '../../../domain/period/figures.ts';
import type { ReportDocument, ReportRow } from '../../../domain/report/document.ts';
import { yearStart } from '../../../domain/report/frame.ts';
import type { ReportName, ReportQuestion } from '../../../domain/report/names.ts';
import type { VoucherLine } from '../../../domain/rows.ts';
import { addDays, financialYearOf, type IsoDate } from '../../../kernel/dates.ts';
import { makeBankAccount } from '../../../testing/bank-steps.ts';
import { CollegeWorld } from '../../../testing/college-world.ts';
import { randomStep, type Step, takeStep } from '../../../testing/random-steps.ts';
import { type AnyRow, type Db, tableNames } from '../../tables.ts';
import { insertRows } from '../../write-rows.ts';
import type { Scope } from '../scope.ts';
import { buildReport } from './registry.ts';

/** Writes all rows of a world, so that reports are read of the same books in memory and in the database. */
export async function insertWorld(db: Db, { books }: CollegeWorld): Promise<void> {
  for (const table of tableNames) await insertRows(db, table, books.rows(table) as unknown as AnyRow[], 1);
}

let worlds = 1_000;

const YEAR_MS = 365 * 86_400_000;

/** Days back from 21 November on which months and years end and begin. */
const turns = [234, 235, 21, 20, 600];

/** Steps that make books, most of them entered vouchers. Time moves from year to year only. */
const anySteps = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: randomStep.filter(({ kind }) => kind !== 'wait') },
    {
      weight: 4,
      arbitrary: fc
        .tuple(randomStep, fc.oneof(fc.integer({ min: 0, max: 500 }), fc.constantFrom(...turns)))
        .map(([step, daysBack]) => ({ ...step, daysBack, kind: 'voucher' as const, spoil: 20, anybody: false })),
    },
  ),
  { minLength: 15, maxLength: 40, size: 'max' },
);

/** A day near the entries of a world, on both sides of the ends of months and years. */
const anyDay = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: -1_000, max: 60 }) },
  { weight: 1, arbitrary: fc.constantFrom(...turns, 599, 965).map((days) => -days) },
);

export interface AnyBooks {
  readonly world: CollegeWorld;
  readonly from: IsoDate;
  readonly to: IsoDate;
}

/** Three years of entries one after the other; the first of them mostly ends closed. */
async function liveYears(world: CollegeWorld, years: readonly (readonly Step[])[]): Promise<void> {
  world.now -= 2 * YEAR_MS;
  await world.vendor({ name: 'First Vendor' });
  await makeBankAccount(world);
  for (const [index, steps] of years.entries()) {
    for (const { code } of world.books.rows('categories')) {
      if (!world.books.rows('budgets').some((one) => one.category === code && one.financialYear === world.year))
        await world.setBudget(code, 90_00_000_00n);
    }
    for (const step of steps) await takeStep(step, world);
    world.now += index === years.length - 1 ? 0 : YEAR_MS;
    if (index === 1) {
      const before = Number(world.year.slice(0, 4)) - 2;
      await world.run('year.close', { financialYear: financialYearOf(`${before - 1}-04-01`) }, world.principal);
      await world.run('year.close', { financialYear: financialYearOf(`${before}-04-01`) }, world.principal);
    }
  }
}

/** Runs `check` over random books of one college after the other in the same database. */
export function forAnyBooks(db: () => Db, numRuns: number, check: (books: AnyBooks) => Promise<void>): Promise<void> {
  const years = fc.tuple(anySteps, anySteps, anySteps);
  return fc.assert(
    fc.asyncProperty(years, anyDay, anyDay, async (steps, one, other) => {
      worlds += 1;
      const world = await CollegeWorld.create(worlds);
      await liveYears(world, steps);
      await insertWorld(db(), world);
      const [from, to] = [Math.min(one, other), Math.max(one, other)];
      await check({ world, from: addDays('2026-11-21', from), to: addDays('2026-11-21', to) });
    }),
    { numRuns },
  );
}

export const scopeOfWorld = ({ collegeId, college }: CollegeWorld): Scope => [{ id: collegeId, code: college.code }];

export const ask = (
  db: Db,
  world: CollegeWorld,
  report: ReportName,
  question: Omit<ReportQuestion, 'report' | 'collegeId' | 'language'> & { readonly language?: 'en' | 'hi' },
): Promise<ReportDocument> =>
  buildReport(db, scopeOfWorld(world), { language: 'en', ...question, report, collegeId: world.collegeId });

/** Debit less credit of each account over the lines that count, made from the lines themselves. */
export function balancesOf(world: CollegeWorld, counts: (line: VoucherLine) => boolean): ReadonlyMap<string, bigint> {
  const balances = new Map<string, bigint>();
  for (const line of world.books.rows('voucher_lines')) {
    if (!counts(line)) continue;
    balances.set(line.accountCode, (balances.get(line.accountCode) ?? 0n) + line.debitPaise - line.creditPaise);
  }
  return balances;
}

/** The balance of each account at the end of a day, income and expenditure from the beginning of the year of `since`. */
export function oracleAt(world: CollegeWorld, date: IsoDate, since: IsoDate = date): ReadonlyMap<string, bigint> {
  const kinds = new Map(world.books.rows('accounts').map(({ code, kind }) => [code, kind]));
  return balancesOf(world, (line) => {
    const kind = kinds.get(line.accountCode) ?? 'asset';
    return line.date <= date && (!isNominal(kind) || line.date >= yearStart(since));
  });
}

export const lineOf = (document: ReportDocument, code: string): ReportRow | undefined =>
  document.rows.find((row) => row.kind === 'line' && row.cells.code === code);

/** The figures of the accounts in a column, without those that are nothing. */
export const column = (document: ReportDocument, key: string): ReadonlyMap<string, bigint> =>
  new Map(
    document.rows.flatMap((row) => {
      if (row.kind !== 'line' || typeof row.cells.code !== 'string') return [];
      const cell = row.cells[key];
      return typeof cell === 'bigint' && cell !== 0n ? [[row.cells.code, cell] as const] : [];
    }),
  );

export const withoutNothing = (balances: ReadonlyMap<string, bigint>): ReadonlyMap<string, bigint> =>
  new Map([...balances].filter(([, balance]) => balance !== 0n));

/** The cell of the total with this label. */
export function totalCell(document: ReportDocument, label: string, key: string): bigint {
  const row = document.rows.find((one) => one.kind === 'total' && one.label === label);
  const cell = row === undefined || row.kind === 'heading' ? undefined : row.cells[key];
  if (typeof cell !== 'bigint') throw new Error(`no total ${label}`);
  return cell;
}
