import { type SQL, sql } from 'drizzle-orm';
import type { BankItem, BankReconciliationFigures } from '../../../domain/report/bank-reconciliation.ts';
import type { ReportQuestion } from '../../../domain/report/names.ts';
import { MunimError } from '../../../kernel/errors.ts';
import type { Db } from '../../tables.ts';
import { bankBalance, bookBalance } from '../reconciliation/head.ts';
import { big, type RawRow, runWide, text, textOrNull } from '../run-query.ts';

/**
 * What bank and books have of an account at the end of a day, and what only one of them has. A match is settled from the day on which both
 * have all of it; before, its parts are open. @throws MunimError NOT_FOUND for a GL code that no bank account stands behind
 */
export async function bankFigures(
  db: Db,
  { collegeId, to }: ReportQuestion,
  accountCode: string,
): Promise<BankReconciliationFigures> {
  const [row] = await runWide(
    db,
    sql`select "id", "name", "bank_name", "account_number" from "bank_accounts"
      where "college_id" = ${collegeId}::uuid and "account_code" = ${accountCode} order by "is_active" desc, "id" limit 1`,
  );
  if (row === undefined) throw new MunimError('NOT_FOUND', { what: 'bank_account' });
  const account = { collegeId, bankAccountId: text(row.id), accountCode };
  const late = lateMatches(account, to);
  const entries = await runWide(
    db,
    sql`select l."id", l."date"::text as "date", (l."debit_paise" - l."credit_paise")::text as "paise", v."id" as "voucher_id",
        concat_ws(', ', v."number", coalesce(v."party", v."narration")) as "particulars", v."reference"
      from "voucher_lines" l join "vouchers" v on v."college_id" = l."college_id" and v."id" = l."voucher_id"
        left join "cleared_entries" c on c."college_id" = l."college_id" and c."id" = l."id"
      where l."college_id" = ${collegeId}::uuid and l."account_code" = ${accountCode} and l."date" <= ${to}::date
        and v."kind" <> 'opening' and (c."match_id" is null or c."match_id" in (${late}))`,
  );
  const lines = await runWide(
    db,
    sql`select "id", "date"::text as "date", ("credit_paise" - "debit_paise")::text as "paise", null as "voucher_id",
        "narration" as "particulars", coalesce("reference", "cheque_no") as "reference"
      from "bank_lines" where "college_id" = ${collegeId}::uuid and "bank_account_id" = ${account.bankAccountId}::uuid
        and "date" <= ${to}::date and ("match_id" is null or "match_id" in (${late}))`,
  );
  const bank = await bankBalance(db, account, to);
  return {
    account: {
      name: text(row.name),
      bankName: text(row.bank_name),
      accountNumber: text(row.account_number),
      accountCode,
    },
    bookBalancePaise: await bookBalance(db, account, to),
    bank: bank === null ? null : { balancePaise: bank.paise, asOf: bank.asOf },
    entries: entries.map(itemOf),
    lines: lines.map(itemOf),
  };
}

/** Matches of which one side comes only after the day. */
const lateMatches = (
  { collegeId, bankAccountId, accountCode }: { collegeId: string; bankAccountId: string; accountCode: string },
  to: string,
): SQL => sql`select m."id" from "bank_matches" m where m."college_id" = ${collegeId}::uuid
    and m."bank_account_id" = ${bankAccountId}::uuid and m."is_active" and m."cleared_on" > ${to}::date
  union select c."match_id" from "voucher_lines" l join "cleared_entries" c on c."college_id" = l."college_id" and c."id" = l."id"
    where l."college_id" = ${collegeId}::uuid and l."account_code" = ${accountCode} and l."date" > ${to}::date and c."match_id" is not null`;

const itemOf = (row: RawRow): BankItem => ({
  id: text(row.id),
  date: text(row.date),
  paise: big(row.paise),
  voucherId: textOrNull(row.voucher_id),
  particulars: text(row.particulars),
  reference: textOrNull(row.reference),
});
