import { sql } from 'drizzle-orm';
import type { BookEntry, MatchLine } from '../../../domain/matching/model.ts';
import type { IsoDate } from '../../../kernel/dates.ts';
import type { Id } from '../../../kernel/ids.ts';
import type { Db } from '../../tables.ts';
import { big, type RawRow, runQuery, runWide, text, textOrNull } from '../run-query.ts';
import { isOneOf } from '../scope.ts';
import type { AccountFacts } from './accounts.ts';
import { entryView, openEntrySource } from './open-sides.ts';

/** Rows of one question: the books answer others between two of them. */
const STEP = 5_000;

/** All open lines of the bank up to a day, some at a time. */
export async function* linesToMatch(
  db: Db,
  { collegeId, bankAccountId }: AccountFacts,
  to: IsoDate,
): AsyncGenerator<readonly MatchLine[], void> {
  let after = { date: '0001-01-01', id: '00000000-0000-0000-0000-000000000000' };
  for (;;) {
    const rows = await runWide(
      db,
      sql`select "id", "date"::text as "date", "narration", "reference", "cheque_no", "debit_paise", "credit_paise"
        from "bank_lines" where "college_id" = ${collegeId}::uuid and "bank_account_id" = ${bankAccountId}::uuid
          and "match_id" is null and "date" <= ${to}::date and ("date", "id") > (${after.date}::date, ${after.id}::uuid)
        order by "date", "id" limit ${STEP}::int8`,
    );
    if (rows.length > 0) yield rows.map(matchLine);
    const last = rows.at(-1);
    if (last === undefined || rows.length < STEP) return;
    after = { date: text(last.date), id: text(last.id) };
  }
}

const matchLine = (row: RawRow): MatchLine => ({
  id: text(row.id),
  date: text(row.date),
  narration: text(row.narration),
  reference: textOrNull(row.reference),
  chequeNo: textOrNull(row.cheque_no),
  debitPaise: big(row.debit_paise),
  creditPaise: big(row.credit_paise),
});

/**
 * All open entries of the books up to a day, some at a time, each with everything the bank may print of it: the reference of its voucher, of
 * the payment of its expense, of the order it was paid by and of that one's batch; of a reversal also those of what it takes back.
 */
export async function* entriesToMatch(
  db: Db,
  account: AccountFacts,
  to: IsoDate,
): AsyncGenerator<readonly BookEntry[], void> {
  let after = { date: '0001-01-01', voucher: '00000000-0000-0000-0000-000000000000', lineNo: 0 };
  for (;;) {
    const rows = await runWide(
      db,
      sql`select l."id", l."voucher_id", l."line_no", l."date"::text as "date", l."debit_paise", l."credit_paise", v."number", v."kind",
          v."narration", v."reference", r."reference" as "reversed_reference", v."expense_id", e."bill_no", e."payment_reference",
          (select json_agg(distinct p."name") from "voucher_lines" o join "vendors" p on p."college_id" = o."college_id" and p."id" = o."vendor_id"
            where o."college_id" = l."college_id" and o."voucher_id" = l."voucher_id") as "parties",
          (select json_agg(concat_ws(' ', q."reference", q."utr", q."provider_id")) from "payment_orders" q
            where q."college_id" = l."college_id" and q."expense_id" = v."expense_id"
              and l."voucher_id" in (q."payment_voucher_id", q."return_voucher_id")) as "orders"
        ${openEntrySource(
          account,
          { to, text: '' },
          sql`left join "vouchers" r on r."college_id" = v."college_id" and r."id" = v."reverses_id"
          left join "expenses" e on e."college_id" = v."college_id" and e."id" = v."expense_id"`,
        )}
          and (l."date", l."voucher_id", l."line_no") > (${after.date}::date, ${after.voucher}::uuid, ${after.lineNo}::int4)
        order by l."date", l."voucher_id", l."line_no" limit ${STEP}::int8`,
    );
    if (rows.length > 0) yield rows.map(bookEntry);
    const last = rows.at(-1);
    if (last === undefined || rows.length < STEP) return;
    after = { date: text(last.date), voucher: text(last.voucher_id), lineNo: Number(last.line_no) };
  }
}

function bookEntry(row: RawRow): BookEntry {
  const orders = ((row.orders ?? []) as readonly string[]).flatMap((words) => words.split(' '));
  const said = [row.reference, row.reversed_reference, row.payment_reference].flatMap(
    (one) => textOrNull(one ?? null) ?? [],
  );
  return {
    voucherLineId: text(row.id),
    voucherId: text(row.voucher_id),
    voucherNumber: textOrNull(row.number) ?? '',
    kind: text(row.kind),
    date: text(row.date),
    debitPaise: big(row.debit_paise),
    creditPaise: big(row.credit_paise),
    parties: (row.parties ?? []) as readonly string[],
    references: [...new Set([...said, ...orders])].filter((reference) => reference !== ''),
    narration: text(row.narration),
    billNo: textOrNull(row.bill_no ?? null),
  };
}

/** The lines and entries of these ids that are open, to be shown with a proposal. */
export async function openOf(db: Db, account: AccountFacts, lineIds: readonly Id[], entryIds: readonly Id[]) {
  const { collegeId } = account;
  const lines =
    lineIds.length === 0
      ? []
      : await runWide(
          db,
          sql`select "id", "date"::text as "date", "narration", "reference", "cheque_no", "debit_paise", "credit_paise"
            from "bank_lines" where "college_id" = ${collegeId}::uuid and ${isOneOf(sql`"id"`, lineIds, 'uuid')} and "match_id" is null`,
        );
  const entries =
    entryIds.length === 0
      ? []
      : await runWide(
          db,
          sql`select l."id", l."voucher_id", v."expense_id", v."number", v."kind", l."date"::text as "date", v."party", v."narration",
              v."reference", l."debit_paise", l."credit_paise"
            ${openEntrySource(account, { to: '9999-12-31', text: '' })} and ${isOneOf(sql`l."id"`, entryIds, 'uuid')}`,
        );
  return {
    lines: new Map(lines.map((row) => [text(row.id), matchLine(row)])),
    entries: new Map(entries.map((row) => [text(row.id), entryView(row)])),
  };
}

/** Which of these lines are in the books already. */
export async function knownLines(db: Db, collegeId: Id, ids: readonly Id[]): Promise<ReadonlySet<Id>> {
  if (ids.length === 0) return new Set();
  const rows = await runQuery(
    db,
    sql`select "id" from "bank_lines" where "college_id" = ${collegeId}::uuid and ${isOneOf(sql`"id"`, ids, 'uuid')}`,
  );
  return new Set(rows.map((row) => text(row.id)));
}

/** Day and amounts of the lines between two days, to see whether a statement says the same in other words. */
export async function linesBetween(
  db: Db,
  { collegeId, bankAccountId }: AccountFacts,
  from: IsoDate,
  to: IsoDate,
): Promise<readonly { readonly id: Id; readonly key: string }[]> {
  const rows = await runWide(
    db,
    sql`select "id", "date"::text || ' ' || "debit_paise" || ' ' || "credit_paise" as "key" from "bank_lines"
      where "college_id" = ${collegeId}::uuid and "bank_account_id" = ${bankAccountId}::uuid
        and "date" between ${from}::date and ${to}::date`,
  );
  return rows.map((row) => ({ id: text(row.id), key: text(row.key) }));
}
