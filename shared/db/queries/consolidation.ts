import { sql } from 'drizzle-orm';
import { type FinancialYear, financialYearBounds } from '../../kernel/dates.ts';
import type { Id } from '../../kernel/ids.ts';
import { sumPaise } from '../../kernel/money.ts';
import type { Db } from '../tables.ts';
import { big, int, type RawRow, runOne, runQuery, text } from './run-query.ts';
import { codeOf, idsIn, isOneOf, type Scope } from './scope.ts';

export interface ConsolidationSummary {
  readonly colleges: {
    readonly id: Id;
    readonly code: string;
    readonly name: string;
    readonly spentPaise: bigint;
    readonly allocatedPaise: bigint;
    readonly committedPaise: bigint;
    readonly waiting: number;
    readonly overdue: number;
  }[];
  readonly months: { readonly month: string; readonly collegeId: Id; readonly spentPaise: bigint }[];
  readonly categories: {
    readonly category: string;
    readonly label: string;
    readonly labelHi: string;
    readonly collegeId: Id;
    readonly spentPaise: bigint;
  }[];
  readonly accounts: {
    readonly accountCode: string;
    readonly accountName: string;
    readonly kind: string;
    readonly collegeId: Id;
    readonly debitPaise: bigint;
    readonly creditPaise: bigint;
  }[];
  readonly totalPaise: bigint;
  readonly agrees: boolean;
}

/**
 * The consolidated reading of a year. Spent is what was posted to expense lines, less what was reversed; it comes from the kept totals,
 * and `agrees` says whether these equal the posted lines of every college, cell by cell.
 */
export async function consolidationSummary(
  db: Db,
  scope: Scope,
  financialYear: FinancialYear,
  now: number,
): Promise<ConsolidationSummary> {
  const ids = idsIn(scope, null);
  if (ids.length === 0) {
    return { colleges: [], months: [], categories: [], accounts: [], totalPaise: 0n, agrees: true };
  }
  const colleges = await collegesOf(db, ids, financialYear, now);
  return {
    colleges,
    months: await monthsOf(db, ids, financialYear),
    categories: await categoriesOf(db, ids, financialYear),
    accounts: await accountsOf(db, ids, financialYear),
    totalPaise: sumPaise(colleges.map((college) => college.spentPaise)),
    agrees: await totalsAgree(db, ids, financialYear),
  };
}

const inYear = (ids: readonly Id[], financialYear: FinancialYear) =>
  sql`${isOneOf(sql`t."college_id"`, ids, 'uuid')} and t."financial_year" = ${financialYear}`;

/** Only expense lines carry a category. */
const spent = sql`(sum(t."debit_paise") - sum(t."credit_paise"))::text`;

async function collegesOf(db: Db, ids: readonly Id[], financialYear: FinancialYear, now: number) {
  const rows = await runQuery(
    db,
    sql`select c."college_id", c."code", c."name", s."spent", b."allocated", b."committed", w."waiting", w."overdue"
      from "colleges" c
      left join (select t."college_id", ${spent} as "spent" from "consolidation_totals" t
        where ${inYear(ids, financialYear)} and t."category" <> '' group by 1) s using ("college_id")
      left join (select t."college_id", sum(t."allocated_paise")::text as "allocated", sum(t."committed_paise")::text as "committed"
        from "budgets" t where ${inYear(ids, financialYear)} group by 1) b using ("college_id")
      left join (select "college_id", count(*) as "waiting", count(*) filter (where "due_at" <= ${now}::int8) as "overdue"
        from "expenses" where ${isOneOf(sql`"college_id"`, ids, 'uuid')} and "status" = 'submitted' group by 1) w using ("college_id")
      where ${isOneOf(sql`c."college_id"`, ids, 'uuid')} order by c."code" COLLATE "C"`,
  );
  return rows.map((row) => ({
    id: text(row.college_id),
    code: text(row.code),
    name: text(row.name),
    spentPaise: big(row.spent),
    allocatedPaise: big(row.allocated),
    committedPaise: big(row.committed),
    waiting: int(row.waiting ?? 0),
    overdue: int(row.overdue ?? 0),
  }));
}

async function monthsOf(db: Db, ids: readonly Id[], financialYear: FinancialYear) {
  const rows = await runQuery(
    db,
    sql`select t."month", t."college_id", ${spent} as "spent" from "consolidation_totals" t
      where ${inYear(ids, financialYear)} and t."category" <> '' group by 1, 2 order by t."month" COLLATE "C", 2`,
  );
  return rows.map((row) => ({
    month: text(row.month),
    collegeId: text(row.college_id),
    spentPaise: big(row.spent),
  }));
}

async function categoriesOf(db: Db, ids: readonly Id[], financialYear: FinancialYear) {
  const rows = await runQuery(
    db,
    sql`select t."category", t."college_id", ${spent} as "spent", max(c."label") as "label", max(c."label_hi") as "label_hi"
      from "consolidation_totals" t
      left join "categories" c on c."college_id" = t."college_id" and c."code" = t."category"
      where ${inYear(ids, financialYear)} and t."category" <> '' group by 1, 2 order by t."category" COLLATE "C", 2`,
  );
  return rows.map((row) => {
    const category = text(row.category);
    return {
      category,
      label: text(row.label ?? category),
      labelHi: text(row.label_hi ?? category),
      collegeId: text(row.college_id),
      spentPaise: big(row.spent),
    };
  });
}

async function accountsOf(db: Db, ids: readonly Id[], financialYear: FinancialYear) {
  const rows = await runQuery(
    db,
    sql`select t."account_code", t."college_id", sum(t."debit_paise")::text as "debit", sum(t."credit_paise")::text as "credit",
        max(a."name") as "name", max(a."kind") as "kind"
      from "consolidation_totals" t
      left join "accounts" a on a."college_id" = t."college_id" and a."code" = t."account_code"
      where ${inYear(ids, financialYear)} group by 1, 2 order by t."account_code" COLLATE "C", 2`,
  );
  return rows.map((row: RawRow) => ({
    accountCode: text(row.account_code),
    accountName: text(row.name ?? row.account_code),
    kind: text(row.kind ?? ''),
    collegeId: text(row.college_id),
    debitPaise: big(row.debit),
    creditPaise: big(row.credit),
  }));
}

/** Adds the posted lines of the year up again and looks for a cell in which the kept totals say anything else. */
export async function totalsAgree(db: Db, ids: readonly Id[], financialYear: FinancialYear): Promise<boolean> {
  const { first, last } = financialYearBounds(financialYear);
  const { differences } = await runOne(
    db,
    sql`with "lines" as (
        select "college_id", to_char("date", 'YYYY-MM') as "month", coalesce("category", '') as "category", "account_code",
          sum("debit_paise") as "debit", sum("credit_paise") as "credit", count(*) as "line_count"
        from "voucher_lines"
        where ${isOneOf(sql`"college_id"`, ids, 'uuid')} and "date" between ${first}::date and ${last}::date group by 1, 2, 3, 4
      ), "kept" as (
        select t."college_id", t."month", t."category", t."account_code", t."debit_paise", t."credit_paise", t."line_count"
        from "consolidation_totals" t where ${inYear(ids, financialYear)}
      )
      select count(*) as "differences" from "lines" l
      full join "kept" k using ("college_id", "month", "category", "account_code")
      where l."debit" is distinct from k."debit_paise" or l."credit" is distinct from k."credit_paise"
        or l."line_count" is distinct from k."line_count"`,
  );
  return int(differences) === 0;
}

/** One kept total as an export shows it. */
export interface ConsolidationLine {
  readonly college: string;
  readonly month: string;
  readonly category: string;
  readonly accountCode: string;
  readonly accountName: string;
  readonly debitPaise: bigint;
  readonly creditPaise: bigint;
}

/** The kept totals of a year, one row for each college, month, category and GL code. */
export async function consolidationLines(
  db: Db,
  scope: Scope,
  financialYear: FinancialYear,
): Promise<readonly ConsolidationLine[]> {
  const ids = idsIn(scope, null);
  const rows = await runQuery(
    db,
    sql`select t."college_id", t."month", t."category", t."account_code", a."name", t."debit_paise", t."credit_paise"
      from "consolidation_totals" t
      left join "accounts" a on a."college_id" = t."college_id" and a."code" = t."account_code"
      where ${inYear(ids, financialYear)} order by t."month" COLLATE "C", t."college_id", t."category" COLLATE "C", t."account_code" COLLATE "C"`,
  );
  return rows.map((row) => ({
    college: codeOf(scope, text(row.college_id)),
    month: text(row.month),
    category: text(row.category),
    accountCode: text(row.account_code),
    accountName: text(row.name ?? row.account_code),
    debitPaise: big(row.debit_paise),
    creditPaise: big(row.credit_paise),
  }));
}
