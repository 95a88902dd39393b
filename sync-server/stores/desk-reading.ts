import { sql } from 'drizzle-orm';
import type { Db } from '../../shared/db/tables.ts';
import { sqlRows } from './sql-rows.ts';

/**
 * What the migrations make so that the lists and searches of a desk answer at once, and no question of the server asks for. Keeping it
 * was a third of the work of writing a command. A later migration that changes one of these says IF EXISTS.
 */
export const deskIndexes: readonly string[] = [
  'audit_entries_college_id_document_id_index',
  'audit_entries_of_imports',
  'expenses_by_amount',
  'expenses_by_category',
  'expenses_by_status',
  'expenses_by_vendor',
  'expenses_by_vendor_name',
  'expenses_search',
  'expenses_waiting',
  'vendors_by_name',
  'vendors_search',
  'voucher_lines_by_account',
  'voucher_lines_by_amount',
  'vouchers_by_amount',
  'vouchers_college_id_expense_id_index',
  'vouchers_search',
];

/** What triggers keep beside a table and what follows from it: the sums under the desk's list and of
 * each account and day, and the words its search knows. */
export const deskTables: readonly {
  readonly name: string;
  readonly of: string;
  readonly events: readonly string[];
}[] = [
  { name: 'expense_totals', of: 'expenses', events: ['insert', 'update', 'delete', 'truncate'] },
  { name: 'ledger_days', of: 'voucher_lines', events: ['insert', 'update', 'delete', 'truncate'] },
  { name: 'voucher_words', of: 'vouchers', events: ['insert', 'update'] },
];

const named = (names: readonly string[]) =>
  sql.join(
    names.map((name) => sql`${name}`),
    sql`, `,
  );

/**
 * Takes it away, where it is still there: after the migrations, and after books were put back from a backup that had it. Touches no table
 * otherwise, since other server processes are at work on them.
 */
export async function dropDeskReading(db: Db): Promise<void> {
  const indexes = await sqlRows<{ name: string }>(
    db,
    sql`SELECT "indexname" AS "name" FROM "pg_indexes" WHERE "schemaname" = 'public' AND "indexname" IN (${named(deskIndexes)})`,
  );
  const tables = await sqlRows<{ name: string }>(
    db,
    sql`SELECT "tablename" AS "name" FROM "pg_tables" WHERE "schemaname" = 'public' AND "tablename" IN (${named(deskTables.map(({ name }) => name))})`,
  );
  if (indexes.length === 0 && tables.length === 0) return;
  await db.transaction(async (tx) => {
    for (const { name } of indexes) await tx.execute(sql`DROP INDEX IF EXISTS ${sql.identifier(name)}`);
    for (const { name, of, events } of deskTables) {
      for (const event of events) {
        await tx.execute(sql`DROP TRIGGER IF EXISTS ${sql.identifier(`${name}_${event}`)} ON ${sql.identifier(of)}`);
      }
      await tx.execute(sql`DROP FUNCTION IF EXISTS ${sql.identifier(`${name}_follow`)}`);
      await tx.execute(sql`DROP TABLE IF EXISTS ${sql.identifier(name)}`);
    }
  });
}
