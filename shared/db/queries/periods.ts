import { and, eq, sql } from 'drizzle-orm';
import { commands } from '../../domain/command/registry.ts';
import type { Period } from '../../domain/ledger-rows.ts';
import { figuresOf, figuresText } from '../../domain/period/figures.ts';
import type { AccountKind, ConsolidationTotal, Person } from '../../domain/rows.ts';
import type { MonthView, YearView } from '../../ipc/contract/periods.ts';
import {
  type FinancialYear,
  financialYearBounds,
  financialYearOf,
  type IsoDate,
  monthOf,
  monthsOf,
} from '../../kernel/dates.ts';
import type { Id } from '../../kernel/ids.ts';
import { consolidationTotals, periods } from '../ledger-schema.ts';
import { people } from '../schema.ts';
import type { Db } from '../tables.ts';
import { int, runQuery, text } from './run-query.ts';

interface Question {
  readonly collegeId: Id;
  readonly today: IsoDate;
  readonly personId: Id;
}

/** The financial years of a college with their months, and what this person may do with each; newest first. */
export async function periodList(db: Db, { collegeId, today, personId }: Question): Promise<readonly YearView[]> {
  const totals = await db.select().from(consolidationTotals).where(eq(consolidationTotals.collegeId, collegeId));
  const closed = await db.select().from(periods).where(eq(periods.collegeId, collegeId));
  const facts: Facts = {
    totals,
    kinds: await kindsOf(db, collegeId),
    waiting: await waitingOf(db, collegeId),
    find: (kind, name) => closed.find((one) => one.kind === kind && one.name === name),
    today,
    actor: await personIn(db, collegeId, personId),
  };
  const years = new Set([
    financialYearOf(today),
    ...totals.map(({ financialYear }) => financialYear),
    ...closed.map(({ kind, name }) => (kind === 'year' ? name : financialYearOf(`${name}-01`))),
  ]);
  return [...years]
    .sort()
    .reverse()
    .map((year) => yearView(year, facts));
}

interface Facts {
  readonly totals: readonly ConsolidationTotal[];
  readonly kinds: ReadonlyMap<string, AccountKind>;
  readonly waiting: ReadonlyMap<FinancialYear, number>;
  find(kind: Period['kind'], name: string): Period | undefined;
  readonly today: IsoDate;
  /** As the books of the college know the person; nobody there may only look. */
  readonly actor: Person | undefined;
}

function yearView(financialYear: FinancialYear, facts: Facts): YearView {
  const { totals, kinds, today, actor } = facts;
  const { last } = financialYearBounds(financialYear);
  const period = facts.find('year', financialYear);
  const upTo = totals.filter(({ month }) => month <= monthOf(last));
  const figures = figuresOf(upTo, financialYear, (code) => kinds.get(code));
  const isClosed = period?.isClosed === true;
  const asked = isClosed ? askedOf(period) : null;
  const may = mayOf(actor);
  const actions: YearView['actions'] = [];
  if (!isClosed && last < today && may('year.close')) actions.push('close');
  if (isClosed && asked === null && may('year.askReopen')) actions.push('ask');
  if (asked !== null && period?.askedBy !== actor?.id && may('year.reopen')) actions.push('reopen');
  return {
    financialYear,
    months: monthsOf(financialYear).map((month) => monthView(month, isClosed, facts)),
    closed: closedOf(period),
    asked,
    surplusPaise: figures.surplusPaise,
    agrees: isClosed ? figuresText(figures) === period.figures : null,
    waiting: facts.waiting.get(financialYear) ?? 0,
    actions,
  };
}

function monthView(month: string, isYearClosed: boolean, { totals, find, today, actor }: Facts): MonthView {
  const own = totals.filter((total) => total.month === month);
  const period = find('month', month);
  const isClosed = period?.isClosed === true;
  const may = mayOf(actor);
  const actions: MonthView['actions'] = [];
  if (!isYearClosed && !isClosed && month < monthOf(today) && may('period.close')) actions.push('close');
  if (!isYearClosed && isClosed && may('period.reopen')) actions.push('reopen');
  return {
    month,
    lineCount: own.reduce((sum, { lineCount }) => sum + lineCount, 0),
    debitPaise: own.reduce((sum, { debitPaise }) => sum + debitPaise, 0n),
    closed: closedOf(period),
    reopened: isClosed || period === undefined ? null : askedOf(period),
    actions,
  };
}

type PeriodCommand = 'period.close' | 'period.reopen' | 'year.close' | 'year.askReopen' | 'year.reopen';

const mayOf =
  (actor: Person | undefined) =>
  (name: PeriodCommand): boolean =>
    actor?.isActive === true && commands[name].roles.includes(actor.role);

const closedOf = (period: Period | undefined) =>
  period?.isClosed === true ? { byName: period.closedByName, at: period.closedAt } : null;

const askedOf = ({ askedByName, askedAt, reason }: Period) =>
  askedByName === null || askedAt === null || reason === null ? null : { byName: askedByName, at: askedAt, reason };

async function personIn(db: Db, collegeId: Id, personId: Id): Promise<Person | undefined> {
  const [found] = await db
    .select()
    .from(people)
    .where(and(eq(people.collegeId, collegeId), eq(people.id, personId)));
  return found;
}

async function kindsOf(db: Db, collegeId: Id): Promise<ReadonlyMap<string, AccountKind>> {
  const rows = await runQuery(db, sql`select "code", "kind" from "accounts" where "college_id" = ${collegeId}::uuid`);
  return new Map(rows.map((row) => [text(row.code), text(row.kind) as AccountKind]));
}

async function waitingOf(db: Db, collegeId: Id): Promise<ReadonlyMap<FinancialYear, number>> {
  const rows = await runQuery(
    db,
    sql`select "financial_year", count(*) as "waiting" from "expenses"
      where "college_id" = ${collegeId}::uuid and "status" = 'submitted' group by 1`,
  );
  return new Map(rows.map((row) => [text(row.financial_year), int(row.waiting)]));
}
