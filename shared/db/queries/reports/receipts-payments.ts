import { sql } from 'drizzle-orm';
import type { ReportQuestion } from '../../../domain/report/names.ts';
import type { CashFigures } from '../../../domain/report/receipts-payments.ts';
import type { Paise } from '../../../kernel/money.ts';
import type { Db } from '../../tables.ts';
import { big, runQuery, text } from '../run-query.ts';
import { isOneOf } from '../scope.ts';
import { figuresOver } from './balances.ts';
import { chartOf } from './books-head.ts';

/**
 * A voucher that leaves more money in bank and cash than there was is a receipt as a whole, one that leaves less a payment; its heads are
 * its other lines. One that takes another back counts on the side of what it takes back. What leaves the money as it was (contra) is left out.
 */
export async function cashFigures(db: Db, question: ReportQuestion): Promise<CashFigures> {
  const { collegeId, from, to } = question;
  const chart = await chartOf(db, collegeId);
  const money = chart.accounts.flatMap(({ code, role }) => (role === 'bank' || role === 'cash' ? [code] : []));
  const { accounts } = await figuresOver(db, collegeId, question, chart);
  const rows = await runQuery(
    db,
    sql`with "moved" as (
        select "voucher_id", sum("debit_paise" - "credit_paise") as "net" from "voucher_lines"
          where "college_id" = ${collegeId}::uuid and ${isOneOf(sql`"account_code"`, money, 'text')}
            and "date" between ${from}::date and ${to}::date
          group by 1 having sum("debit_paise" - "credit_paise") <> 0
      )
      select l."account_code", (m."net" > 0) <> (v."kind" = 'reversal') as "is_receipt", sum(l."credit_paise" - l."debit_paise")::text as "amount"
      from "moved" m
      join "vouchers" v on v."college_id" = ${collegeId}::uuid and v."id" = m."voucher_id"
      join "voucher_lines" l on l."college_id" = ${collegeId}::uuid and l."voucher_id" = m."voucher_id"
      where not ${isOneOf(sql`l."account_code"`, money, 'text')} group by 1, 2`,
  );
  const receipts = new Map<string, Paise>();
  const payments = new Map<string, Paise>();
  for (const row of rows) {
    if (row.is_receipt === true) receipts.set(text(row.account_code), big(row.amount));
    else payments.set(text(row.account_code), -big(row.amount));
  }
  const of = (side: 'openingPaise' | 'closingPaise') =>
    new Map(money.map((code) => [code, accounts.get(code)?.[side] ?? 0n]));
  return { chart, opening: of('openingPaise'), closing: of('closingPaise'), receipts, payments };
}
