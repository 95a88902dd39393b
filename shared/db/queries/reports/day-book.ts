import { type SQL, sql } from 'drizzle-orm';
import type { DayBookFigures, DayBookVoucher } from '../../../domain/report/day-book.ts';
import type { VoucherKind } from '../../../domain/rows.ts';
import type { IsoDate } from '../../../kernel/dates.ts';
import type { Id } from '../../../kernel/ids.ts';
import type { Db } from '../../tables.ts';
import { allOf } from '../expense-conditions.ts';
import { big, int, runOne, runWide, text, textOrNull } from '../run-query.ts';
import { isOneOf } from '../scope.ts';
import { typedConditions } from '../voucher-search.ts';

export interface DayBookQuestion {
  readonly collegeId: Id;
  readonly from: IsoDate;
  readonly to: IsoDate;
  /** None means all of them. */
  readonly kinds?: readonly VoucherKind[] | undefined;
  /** As in a search of the vouchers. */
  readonly text?: string | undefined;
}

/** The vouchers of the period with their lines, in the order of their days and within a day of their entry. */
async function vouchersOf(db: Db, question: DayBookQuestion): Promise<readonly DayBookVoucher[]> {
  const { collegeId } = question;
  const rows = await runWide(
    db,
    sql`select v."id", v."expense_id", v."number", v."kind", v."date"::text as "date", v."narration", v."reference",
        (select json_agg(json_build_object('code', l."account_code", 'name', a."name", 'debit', l."debit_paise", 'credit', l."credit_paise")
            order by l."line_no")
          from "voucher_lines" l
          left join "accounts" a on a."college_id" = ${collegeId}::uuid and a."code" = l."account_code"
          where l."college_id" = ${collegeId}::uuid and l."voucher_id" = v."id") as "lines"
      from (select * from "vouchers" where ${conditions(question)}) v
      order by v."date", v."id"`,
  );
  return rows.map((row) => ({
    id: text(row.id),
    expenseId: textOrNull(row.expense_id),
    number: textOrNull(row.number),
    kind: text(row.kind) as VoucherKind,
    date: text(row.date),
    narration: text(row.narration),
    reference: textOrNull(row.reference),
    lines: ((row.lines ?? []) as readonly Readonly<Record<string, unknown>>[]).map((line) => ({
      accountCode: text(line.code),
      accountName: text(line.name ?? line.code),
      debitPaise: big(line.debit),
      creditPaise: big(line.credit),
    })),
  }));
}

export async function dayBookCount(db: Db, question: DayBookQuestion): Promise<number> {
  const { vouchers } = await runOne(
    db,
    sql`select count(*) as "vouchers" from "vouchers" where ${conditions(question)}`,
  );
  return int(vouchers);
}

/** The whole day book; its totals come from the kept days where nothing narrows it, so that the lines prove them. */
export async function dayBookFigures(db: Db, question: DayBookQuestion): Promise<DayBookFigures> {
  const { collegeId, from, to, kinds = [], text: typed = '' } = question;
  const vouchers = await vouchersOf(db, question);
  const isNarrowed = kinds.length > 0 || typed.trim() !== '';
  const inDays = sql`"college_id" = ${collegeId}::uuid and "date" between ${from}::date and ${to}::date`;
  const source = isNarrowed
    ? sql`"voucher_lines" where ${inDays} and "voucher_id" in (select "id" from "vouchers" where ${conditions(question)})`
    : sql`"ledger_days" where ${inDays}`;
  const sums = await runOne(
    db,
    sql`select sum("debit_paise")::text as "debit", sum("credit_paise")::text as "credit" from ${source}`,
  );
  return { vouchers, debitPaise: big(sums.debit), creditPaise: big(sums.credit), kinds, text: typed };
}

function conditions({ collegeId, from, to, kinds = [], text: typed = '' }: DayBookQuestion): SQL {
  return allOf([
    sql`"college_id" = ${collegeId}::uuid and "date" between ${from}::date and ${to}::date`,
    ...(kinds.length === 0 ? [] : [isOneOf(sql`"kind"`, kinds, 'text')]),
    ...typedConditions([collegeId], typed),
  ]);
}
