import { sql } from 'drizzle-orm';
import type { FeeRow, StatementRow } from '../../../ipc/contract/reconciliation.ts';
import { type Plain, parseCanonical } from '../../../kernel/canonical.ts';
import type { Db } from '../../tables.ts';
import type { PageWindow } from '../ordered-parts.ts';
import { big, int, type RawRow, runOne, runWide, text, textOrNull } from '../run-query.ts';
import type { AccountFacts } from './accounts.ts';

/** The statements of an account, the latest first. */
export async function statementsOf(
  db: Db,
  { collegeId, bankAccountId }: AccountFacts,
  { offset, limit }: PageWindow,
): Promise<{ readonly rows: readonly StatementRow[]; readonly count: number }> {
  const own = sql`"college_id" = ${collegeId}::uuid and "bank_account_id" = ${bankAccountId}::uuid`;
  const { count } = await runOne(db, sql`select count(*) as "count" from "bank_statements" where ${own}`);
  const rows = await runWide(
    db,
    sql`select "id", "format", "file_name", "from"::text as "from", "to"::text as "to", "opening_paise", "closing_paise",
        "line_count", "imported_by_name", "imported_at"
      from "bank_statements" where ${own} order by "to" desc, "imported_at" desc, "id"
      limit ${limit}::int8 offset ${offset}::int8`,
  );
  return { rows: rows.map(statementRow), count: int(count) };
}

const statementRow = (row: RawRow): StatementRow => ({
  id: text(row.id),
  format: text(row.format),
  fileName: textOrNull(row.file_name),
  from: text(row.from),
  to: text(row.to),
  openingPaise: row.opening_paise === null ? null : big(row.opening_paise),
  closingPaise: row.closing_paise === null ? null : big(row.closing_paise),
  lineCount: int(row.line_count),
  importedByName: text(row.imported_by_name),
  importedAt: int(row.imported_at),
});

/** What the fee portal said of months of an account, the latest first. */
export async function feesOf(
  db: Db,
  { collegeId, bankAccountId }: AccountFacts,
  { offset, limit }: PageWindow,
): Promise<{ readonly rows: readonly FeeRow[]; readonly count: number }> {
  const own = sql`"college_id" = ${collegeId}::uuid and "bank_account_id" = ${bankAccountId}::uuid`;
  const { count } = await runOne(db, sql`select count(*) as "count" from "fee_reconciliations" where ${own}`);
  const rows = await runWide(
    db,
    sql`select "id", "month", "collections_paise", "deposits_paise", "statement_paise", "books_paise", "status", "discrepancies",
        "reported_by_name", "verified_at"
      from "fee_reconciliations" where ${own} order by "month" desc, "verified_at" desc, "id"
      limit ${limit}::int8 offset ${offset}::int8`,
  );
  return { rows: rows.map(feeRow), count: int(count) };
}

const feeRow = (row: RawRow): FeeRow => ({
  id: text(row.id),
  month: text(row.month),
  collectionsPaise: big(row.collections_paise),
  depositsPaise: big(row.deposits_paise),
  statementPaise: row.statement_paise === null ? null : big(row.statement_paise),
  booksPaise: big(row.books_paise),
  status: text(row.status) === 'matched' ? 'matched' : 'discrepancies',
  discrepancies: discrepanciesIn(text(row.discrepancies)),
  reportedByName: text(row.reported_by_name),
  verifiedAt: int(row.verified_at),
});

const kinds = ['told', 'deposits', 'statement', 'books'] as const;

/** Written by `fees.reconcile`; what a later version writes and this one does not know is told as by the portal. */
function discrepanciesIn(written: string): FeeRow['discrepancies'] {
  const list = parseCanonical(written);
  if (!Array.isArray(list)) return [];
  return list.map((one: Plain) => {
    const { what, amountPaise, reference, reason } = one as Readonly<Record<string, Plain>>;
    return {
      what: kinds.find((kind) => kind === what) ?? 'told',
      amountPaise: typeof amountPaise === 'bigint' ? amountPaise : null,
      reference: typeof reference === 'string' ? reference : null,
      reason: typeof reason === 'string' ? reason : null,
    };
  });
}
