import { sql } from 'drizzle-orm';
import type { ReconciledAccount } from '../../../ipc/contract/reconciliation.ts';
import { MunimError } from '../../../kernel/errors.ts';
import type { Id } from '../../../kernel/ids.ts';
import type { Db } from '../../tables.ts';
import { int, type RawRow, runWide, text, textOrNull } from '../run-query.ts';

/** What questions about a bank account need to know of it. */
export interface AccountFacts {
  readonly collegeId: Id;
  readonly bankAccountId: Id;
  readonly accountCode: string;
}

/** The bank accounts of a college with how far their statements reach and how many lines are open; those in use first. */
export async function reconciledAccounts(db: Db, collegeId: Id): Promise<readonly ReconciledAccount[]> {
  const rows = await runWide(
    db,
    sql`select a."id", a."name", a."bank_name", a."account_number", a."account_code", a."is_active",
        (select max(s."to")::text from "bank_statements" s
          where s."college_id" = a."college_id" and s."bank_account_id" = a."id") as "statement_to",
        (select count(*) from "bank_lines" l
          where l."college_id" = a."college_id" and l."bank_account_id" = a."id" and l."match_id" is null) as "open"
      from "bank_accounts" a where a."college_id" = ${collegeId}::uuid
      order by a."is_active" desc, a."name", a."id"`,
  );
  return rows.map((row: RawRow) => ({
    id: text(row.id),
    name: text(row.name),
    bankName: text(row.bank_name),
    accountNumber: text(row.account_number),
    accountCode: text(row.account_code),
    isActive: row.is_active === true,
    statementTo: textOrNull(row.statement_to),
    openLines: int(row.open),
  }));
}

/** @throws MunimError NOT_FOUND */
export async function accountFacts(db: Db, collegeId: Id, bankAccountId: Id): Promise<AccountFacts> {
  const [row] = await runWide(
    db,
    sql`select "account_code" from "bank_accounts"
      where "college_id" = ${collegeId}::uuid and "id" = ${bankAccountId}::uuid`,
  );
  if (row === undefined) throw new MunimError('NOT_FOUND', { what: 'bank_account' });
  return { collegeId, bankAccountId, accountCode: text(row.account_code) };
}
