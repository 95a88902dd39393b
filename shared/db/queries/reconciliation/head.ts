import { sql } from 'drizzle-orm';
import type { ReconciliationHead } from '../../../ipc/contract/reconciliation.ts';
import { addDays, financialYearOf, type IsoDate, monthOf } from '../../../kernel/dates.ts';
import type { Id } from '../../../kernel/ids.ts';
import type { Paise } from '../../../kernel/money.ts';
import type { Db } from '../../tables.ts';
import { big, int, runOne, runQuery, runWide, text } from '../run-query.ts';
import type { AccountFacts } from './accounts.ts';
import { openEntrySums, openLineSums } from './open-sides.ts';

/** How bank and books stand to each other on the last day of a month, or today while it runs. */
export async function reconciliationHead(
  db: Db,
  account: AccountFacts,
  month: string,
  today: IsoDate,
): Promise<ReconciliationHead> {
  const last = lastOfMonth(month);
  const to = last < today ? last : today;
  const bank = await bankBalance(db, account, to);
  const { collegeId, bankAccountId } = account;
  const { count } = await runOne(
    db,
    sql`select count(*) as "count" from "bank_matches"
      where "college_id" = ${collegeId}::uuid and "bank_account_id" = ${bankAccountId}::uuid and "is_active"
        and "cleared_on" between ${`${month}-01`}::date and ${last}::date`,
  );
  return {
    ...{ month, to, isClosed: await isClosed(db, collegeId, month) },
    booksPaise: await bookBalance(db, account, to),
    bankPaise: bank?.paise ?? null,
    bankAsOf: bank?.asOf ?? null,
    openLines: await openLineSums(db, account, to),
    openEntries: await openEntrySums(db, account, to),
    matches: int(count),
  };
}

export const lastOfMonth = (month: string): IsoDate => addDays(`${monthOf(addDays(`${month}-28`, 4))}-01`, -1);

export async function isClosed(db: Db, collegeId: Id, month: string): Promise<boolean> {
  const rows = await runQuery(
    db,
    sql`select 1 from "periods" where "college_id" = ${collegeId}::uuid and "is_closed"
      and (("kind" = 'month' and "name" = ${month}) or ("kind" = 'year' and "name" = ${financialYearOf(`${month}-01`)})) limit 1`,
  );
  return rows.length > 0;
}

/** Debit positive: what the bank owes the college by the books. */
export async function bookBalance(db: Db, { collegeId, accountCode }: AccountFacts, to: IsoDate): Promise<Paise> {
  const { balance } = await runOne(
    db,
    sql`select sum("debit_paise" - "credit_paise")::text as "balance" from "ledger_days"
      where "college_id" = ${collegeId}::uuid and "account_code" = ${accountCode} and "date" <= ${to}::date`,
  );
  return big(balance);
}

/**
 * The balance by the bank at the end of a day: from the opening balance of the latest statement that reaches into or beyond it, and the lines
 * since; else the closing balance of the last statement before it. Null where no statement gives one.
 */
export async function bankBalance(
  db: Db,
  { collegeId, bankAccountId }: AccountFacts,
  to: IsoDate,
): Promise<{ readonly paise: Paise; readonly asOf: IsoDate } | null> {
  const own = sql`"college_id" = ${collegeId}::uuid and "bank_account_id" = ${bankAccountId}::uuid`;
  const [statement] = await runWide(
    db,
    sql`select "from"::text as "from", "to"::text as "to", "opening_paise" from "bank_statements"
      where ${own} and "from" <= ${to}::date and "opening_paise" is not null order by "to" desc, "from" desc, "id" limit 1`,
  );
  if (statement === undefined) return null;
  const [from, end] = [text(statement.from), text(statement.to)];
  const asOf = end < to ? end : to;
  const { moved } = await runOne(
    db,
    sql`select sum("credit_paise" - "debit_paise")::text as "moved" from "bank_lines"
      where ${own} and "date" between ${from}::date and ${asOf}::date`,
  );
  return { paise: big(statement.opening_paise) + big(moved), asOf };
}
