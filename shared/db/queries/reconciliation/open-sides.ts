import { type SQL, sql } from 'drizzle-orm';
import type { BankRule } from '../../../domain/bank-rows.ts';
import { ruleFor } from '../../../domain/reconciliation/rule.ts';
import type { BankLineView, BookEntryView } from '../../../ipc/contract/reconciliation.ts';
import type { IsoDate } from '../../../kernel/dates.ts';
import type { Paise } from '../../../kernel/money.ts';
import type { Db } from '../../tables.ts';
import { allOf } from '../expense-conditions.ts';
import type { PageWindow } from '../ordered-parts.ts';
import { big, int, type RawRow, runOne, runWide, text, textOrNull } from '../run-query.ts';
import type { AccountFacts } from './accounts.ts';

export interface OpenQuestion {
  readonly to: IsoDate;
  /** Words and figures that a line has to have. */
  readonly text: string;
}

export interface OpenSums {
  readonly count: number;
  readonly inPaise: Paise;
  readonly outPaise: Paise;
}

/** Lines of the bank that belong to no match, oldest first, each with the first rule that fits it. */
export async function openLines(
  db: Db,
  account: AccountFacts,
  question: OpenQuestion,
  { offset, limit }: PageWindow,
  rules: readonly BankRule[],
): Promise<{ readonly rows: readonly BankLineView[]; readonly count: number }> {
  const condition = openLineCondition(account, question);
  const rows = await runWide(
    db,
    sql`select "id", "date"::text as "date", "narration", "reference", "cheque_no", "debit_paise", "credit_paise", "balance_paise"
      from "bank_lines" where ${condition} order by "date", "id" limit ${limit}::int8 offset ${offset}::int8`,
  );
  const { count } = await runOne(db, sql`select count(*) as "count" from "bank_lines" where ${condition}`);
  return { rows: rows.map((row) => lineView(row, account, rules)), count: int(count) };
}

/** What the open lines up to a day come to: money in and out by the bank. */
export async function openLineSums(db: Db, account: AccountFacts, to: IsoDate): Promise<OpenSums> {
  const row = await runOne(
    db,
    sql`select count(*) as "count", sum("credit_paise")::text as "in", sum("debit_paise")::text as "out"
      from "bank_lines" where ${openLineCondition(account, { to, text: '' })}`,
  );
  return { count: int(row.count), inPaise: big(row.in), outPaise: big(row.out) };
}

function openLineCondition({ collegeId, bankAccountId }: AccountFacts, question: OpenQuestion): SQL {
  return allOf([
    sql`"college_id" = ${collegeId}::uuid and "bank_account_id" = ${bankAccountId}::uuid and "match_id" is null`,
    sql`"date" <= ${question.to}::date`,
    ...typed(
      question.text,
      sql`concat_ws(' ', "narration", "reference", "cheque_no")`,
      sql`"debit_paise" + "credit_paise"`,
    ),
  ]);
}

function lineView(row: RawRow, { bankAccountId }: AccountFacts, rules: readonly BankRule[]): BankLineView {
  const view = {
    id: text(row.id),
    date: text(row.date),
    narration: text(row.narration),
    reference: textOrNull(row.reference),
    chequeNo: textOrNull(row.cheque_no),
    debitPaise: big(row.debit_paise),
    creditPaise: big(row.credit_paise),
    balancePaise: row.balance_paise === null ? null : big(row.balance_paise),
  };
  const rule = ruleFor({ ...view, bankAccountId }, rules);
  return {
    ...view,
    rule: rule === undefined ? null : { id: rule.id, accountCode: rule.accountCode, narration: rule.narration },
  };
}

/** Lines of vouchers on the account of the bank that belong to no match, oldest first. What the books began with is no such entry. */
export async function openEntries(
  db: Db,
  account: AccountFacts,
  question: OpenQuestion,
  { offset, limit }: PageWindow,
): Promise<{ readonly rows: readonly BookEntryView[]; readonly count: number }> {
  const source = openEntrySource(account, question);
  // What is matched has to be told from what is not for all of them, so it is done once for page and count.
  const rows = await runWide(
    db,
    sql`select l."id", l."voucher_id", v."expense_id", v."number", v."kind", l."date"::text as "date", v."party", v."narration",
        v."reference", l."debit_paise", l."credit_paise", count(*) over () as "total"
      ${source} order by l."date", l."voucher_id", l."line_no" limit ${limit}::int8 offset ${offset}::int8`,
  );
  const [first] = rows;
  const count =
    first?.total ?? (offset === 0 ? 0 : (await runOne(db, sql`select count(*) as "total" ${source}`)).total);
  return { rows: rows.map(entryView), count: int(count) };
}

/** What the open entries up to a day come to: money in and out by the books. */
export async function openEntrySums(db: Db, account: AccountFacts, to: IsoDate): Promise<OpenSums> {
  const row = await runOne(
    db,
    sql`select count(*) as "count", sum(l."debit_paise")::text as "in", sum(l."credit_paise")::text as "out"
      ${openEntrySource(account, { to, text: '' })}`,
  );
  return { count: int(row.count), inPaise: big(row.in), outPaise: big(row.out) };
}

/** `from … where …` over the entries `l` with their vouchers `v`, and what else is joined to them. */
export function openEntrySource({ collegeId, accountCode }: AccountFacts, question: OpenQuestion, joined = sql``): SQL {
  const condition = allOf([
    sql`l."college_id" = ${collegeId}::uuid and l."account_code" = ${accountCode} and l."date" <= ${question.to}::date`,
    sql`not exists (select 1 from "cleared_entries" c
      where c."college_id" = l."college_id" and c."id" = l."id" and c."match_id" is not null)`,
    sql`v."kind" <> 'opening'`,
    ...typed(
      question.text,
      sql`concat_ws(' ', v."number", v."party", v."narration", v."reference")`,
      sql`l."debit_paise" + l."credit_paise"`,
    ),
  ]);
  return sql`from "voucher_lines" l
    join "vouchers" v on v."college_id" = l."college_id" and v."id" = l."voucher_id" ${joined} where ${condition}`;
}

export const entryView = (row: RawRow): BookEntryView => ({
  id: text(row.id),
  voucherId: text(row.voucher_id),
  expenseId: textOrNull(row.expense_id),
  number: textOrNull(row.number),
  kind: text(row.kind),
  date: text(row.date),
  party: textOrNull(row.party),
  narration: text(row.narration),
  reference: textOrNull(row.reference),
  debitPaise: big(row.debit_paise),
  creditPaise: big(row.credit_paise),
});

/** Every word has to stand there; one that is an amount may also be the amount. */
function typed(typedText: string, words: SQL, amount: SQL): readonly SQL[] {
  return typedText
    .trim()
    .split(/\s+/)
    .filter((word) => word !== '')
    .map((word) => {
      const rupees = /^\d{1,13}(?:\.\d{1,2})?$/.exec(word.replaceAll(',', ''))?.[0];
      const inWords = sql`strpos(lower(${words}), lower(${word}::text)) > 0`;
      if (rupees === undefined) return inWords;
      const [whole = '0', part = ''] = rupees.split('.');
      const paise = BigInt(whole) * 100n + BigInt(part.padEnd(2, '0'));
      return sql`(${inWords} or ${amount} = ${paise}::int8)`;
    });
}
