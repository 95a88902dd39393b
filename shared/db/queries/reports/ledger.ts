import { type SQL, sql } from 'drizzle-orm';
import { isNominal } from '../../../domain/period/figures.ts';
import { yearStart } from '../../../domain/report/frame.ts';
import type { LedgerFigures, LedgerRow } from '../../../domain/report/ledger.ts';
import type { Chart, ChartAccount } from '../../../domain/report/statement-rows.ts';
import type { VoucherKind } from '../../../domain/rows.ts';
import type { IsoDate } from '../../../kernel/dates.ts';
import type { Id } from '../../../kernel/ids.ts';
import type { Paise } from '../../../kernel/money.ts';
import type { Db } from '../../tables.ts';
import type { PageWindow } from '../ordered-parts.ts';
import { big, int, type RawRow, runOne, runQuery, runWide, text, textOrNull } from '../run-query.ts';
import { figuresOver } from './balances.ts';
import { accountIn, chartOf } from './books-head.ts';

export interface LedgerQuestion {
  readonly collegeId: Id;
  readonly accountCode: string;
  readonly from: IsoDate;
  readonly to: IsoDate;
  readonly vendorId?: Id | undefined;
  readonly centreCode?: string | undefined;
}

export interface LedgerPage extends LedgerFigures {
  /** Lines of the whole period; the figures besides `rows` and `openingPaise` are of the whole period too. */
  readonly count: number;
}

/** How many names of accounts a line shows. */
const PARTICULARS_MAX = 5;

/**
 * Some lines of an account, in the order of their days and within a day of their entry, and the balance before the first of them. Where no
 * vendor and no cost centre narrows them, the place to begin at and every sum come from the kept days, so that a late page of a long
 * account costs no more than an early one. @throws MunimError NOT_FOUND for an account that is not there
 */
export async function ledgerPage(
  db: Db,
  question: LedgerQuestion,
  window: PageWindow | null,
  chart?: Chart,
): Promise<LedgerPage> {
  const known = chart ?? (await chartOf(db, question.collegeId));
  const account = accountIn(known.accounts, question.accountCode);
  const isNarrowed = question.vendorId !== undefined || question.centreCode !== undefined;
  const whole = isNarrowed ? await narrowedSums(db, question, account) : await keptSums(db, question, known);
  const offset = window?.offset ?? 0;
  const start =
    isNarrowed || offset === 0
      ? { date: question.from, skip: offset, openingPaise: whole.openingPaise }
      : await startOf(db, question, offset, whole.openingPaise);
  const openingPaise = start.openingPaise + (await movedIn(db, question, start));
  const found = await linesOf(db, question, start, window?.limit ?? null);
  const names = new Map(known.accounts.map(({ code, name }) => [code, name]));
  let balancePaise = openingPaise;
  const rows = found.map((raw): LedgerRow => {
    const row = rowOf(raw, names);
    balancePaise += row.debitPaise - row.creditPaise;
    return { ...row, balancePaise };
  });
  return { account, ...whole, openingPaise, rows };
}

interface WholeSums {
  readonly openingPaise: Paise;
  readonly debitPaise: Paise;
  readonly creditPaise: Paise;
  readonly closingPaise: Paise;
  readonly count: number;
}

async function keptSums(db: Db, question: LedgerQuestion, chart: Chart): Promise<WholeSums> {
  const { collegeId, accountCode } = question;
  const { accounts } = await figuresOver(db, collegeId, question, chart, accountCode);
  const { lines } = await runOne(
    db,
    sql`select coalesce(sum("line_count"), 0)::int8 as "lines" from "ledger_days" where ${ofAccount(question)}`,
  );
  const none = { openingPaise: 0n, debitPaise: 0n, creditPaise: 0n, closingPaise: 0n };
  return { ...(accounts.get(accountCode) ?? none), count: int(lines) };
}

/** Nothing is kept by vendor or cost centre: the lines of the account are read, by its index. */
async function narrowedSums(db: Db, question: LedgerQuestion, account: ChartAccount): Promise<WholeSums> {
  const { from, to } = question;
  const since = isNominal(account.kind) ? yearStart(from) : '0001-01-01';
  const sums = await runOne(
    db,
    sql`select coalesce(sum("debit_paise" - "credit_paise") filter (where "date" < ${from}::date), 0)::text as "opening",
        coalesce(sum("debit_paise") filter (where "date" >= ${from}::date), 0)::text as "debit",
        coalesce(sum("credit_paise") filter (where "date" >= ${from}::date), 0)::text as "credit",
        count(*) filter (where "date" >= ${from}::date) as "lines"
      from "voucher_lines" where ${ofAccount({ ...question, from: since, to })} and ${narrowing(question)}`,
  );
  const [openingPaise, debitPaise, creditPaise] = [big(sums.opening), big(sums.debit), big(sums.credit)];
  const closingPaise = openingPaise + debitPaise - creditPaise;
  return { openingPaise, debitPaise, creditPaise, closingPaise, count: int(sums.lines) };
}

/** Where a page begins: on a day, after some of its lines, with the balance before that day. */
interface Start {
  readonly date: IsoDate;
  readonly skip: number;
  readonly openingPaise: Paise;
}

async function startOf(db: Db, question: LedgerQuestion, offset: number, openingPaise: Paise): Promise<Start> {
  const [day] = await runQuery(
    db,
    sql`select "date"::text as "date", "lines", "moved" from (
        select "date", sum("line_count") over w - "line_count" as "lines",
          (sum("debit_paise" - "credit_paise") over w - ("debit_paise" - "credit_paise"))::text as "moved"
        from "ledger_days" where ${ofAccount(question)} window w as (order by "date")
      ) d where "lines" <= ${offset}::int8 order by d."date" desc limit 1`,
  );
  if (day === undefined) return { date: question.from, skip: offset, openingPaise };
  const skip = offset - int(day.lines);
  return { date: text(day.date), skip, openingPaise: openingPaise + big(day.moved) };
}

/** What the lines that are skipped on the first day come to. */
async function movedIn(db: Db, question: LedgerQuestion, { date, skip }: Start): Promise<Paise> {
  if (skip === 0) return 0n;
  const { moved } = await runOne(
    db,
    sql`select coalesce(sum("debit_paise" - "credit_paise"), 0)::text as "moved" from (
        select "debit_paise", "credit_paise" from "voucher_lines"
          where ${ofAccount({ ...question, from: date })} and ${narrowing(question)} ${inOrder} limit ${skip}::int8
      ) s`,
  );
  return big(moved);
}

function linesOf(db: Db, question: LedgerQuestion, { date, skip }: Start, limit: number | null) {
  const end = limit === null ? sql`` : sql`limit ${limit}::int8 offset ${skip}::int8`;
  return runWide(
    db,
    sql`select l."voucher_id", l."date"::text as "date", v."number", v."kind", v."narration", v."expense_id", l."debit_paise", l."credit_paise",
        (select json_agg(c."account_code" order by c."first") from (
          select o."account_code", min(o."line_no") as "first" from "voucher_lines" o
            where o."college_id" = ${question.collegeId}::uuid and o."voucher_id" = l."voucher_id"
              and (o."debit_paise" > 0) <> (l."debit_paise" > 0) group by 1
        ) c) as "counters"
      from (
        select "voucher_id", "line_no", "date", "debit_paise", "credit_paise" from "voucher_lines"
          where ${ofAccount({ ...question, from: date })} and ${narrowing(question)} ${inOrder} ${end}
      ) l join "vouchers" v on v."college_id" = ${question.collegeId}::uuid and v."id" = l."voucher_id"
      order by l."date", l."voucher_id", l."line_no"`,
  );
}

const inOrder = sql`order by "date", "voucher_id", "line_no"`;

const ofAccount = ({ collegeId, accountCode, from, to }: LedgerQuestion): SQL =>
  sql`"college_id" = ${collegeId}::uuid and "account_code" = ${accountCode} and "date" between ${from}::date and ${to}::date`;

function narrowing({ vendorId, centreCode }: LedgerQuestion): SQL {
  const parts = [sql`true`];
  if (vendorId !== undefined) parts.push(sql`"vendor_id" = ${vendorId}::uuid`);
  if (centreCode !== undefined) parts.push(sql`("department_code" = ${centreCode} or "fund_code" = ${centreCode})`);
  return sql.join(parts, sql` and `);
}

function rowOf(raw: RawRow, names: ReadonlyMap<string, string>): Omit<LedgerRow, 'balancePaise'> {
  const counters = raw.counters as readonly string[];
  return {
    voucherId: text(raw.voucher_id),
    expenseId: textOrNull(raw.expense_id),
    date: text(raw.date),
    number: textOrNull(raw.number),
    kind: text(raw.kind) as VoucherKind,
    narration: text(raw.narration),
    particulars: counters.slice(0, PARTICULARS_MAX).map((code) => names.get(code) ?? code),
    moreParticulars: Math.max(0, counters.length - PARTICULARS_MAX),
    debitPaise: big(raw.debit_paise),
    creditPaise: big(raw.credit_paise),
  };
}

/** The ledger of every bank and cash account, or of the one that was asked for. */
export async function cashLedgers(
  db: Db,
  question: Omit<LedgerQuestion, 'accountCode'> & { readonly accountCode?: string | undefined },
): Promise<readonly LedgerFigures[]> {
  const chart = await chartOf(db, question.collegeId);
  const { collegeId, from, to } = question;
  const all: LedgerFigures[] = [];
  for (const { code, role } of chart.accounts) {
    if ((role !== 'bank' && role !== 'cash') || (question.accountCode ?? code) !== code) continue;
    all.push(await ledgerPage(db, { collegeId, accountCode: code, from, to }, null, chart));
  }
  return all;
}
