import { type SQL, sql } from 'drizzle-orm';
import { columnsOf, type Db, sqlName, tableNames } from '../../../shared/db/tables.ts';
import { type AuditHead, chainStart } from '../../../shared/domain/audit/chain.ts';
import type { TableName } from '../../../shared/domain/rows.ts';
import { MunimError } from '../../../shared/kernel/errors.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import { ChainThread } from '../snapshot/chain-thread.ts';
import type { SnapshotCsv } from '../snapshot/snapshot-files.ts';
import { tableSql } from './row-json.ts';
import { rowsOf } from './rows-of.ts';
import { withoutBalanceOfLines } from './voucher-balance.ts';

/** What drizzle keeps below a transaction: the one way to hand PGlite the bytes of a COPY. */
interface CopyClient {
  query(text: string, params: unknown[], options: { readonly blob: Blob }): Promise<unknown>;
}

/** The process answers the watchdog and other waiting callers. */
const giveWay = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

export interface Loaded {
  readonly tables: readonly TableName[];
  /** Up to here the audit chain was verified, in the very text that the books took. */
  readonly verified: AuditHead;
}

/**
 * Puts all rows of a college in, of which the books hold none, inside the caller's transaction. Books that are empty take them without
 * a log beside them, and the indexes are made afterwards, over all rows at once. The college is not in the parts but the desk's own word,
 * so that no row can come to stand in another college.
 * @throws MunimError SYNC_ROW_MISFIT for a column that is missing, LEDGER_UNBALANCED, and nothing is kept
 */
export async function loadSnapshot(tx: Db, collegeId: Id, parts: AsyncIterable<SnapshotCsv>): Promise<Loaded> {
  const chain = new ChainThread({ collegeId, from: chainStart });
  try {
    await load(tx, collegeId, parts, chain);
    return { tables: tableNames, verified: await chain.head() };
  } finally {
    await chain.close();
  }
}

async function load(tx: Db, collegeId: Id, parts: AsyncIterable<SnapshotCsv>, chain: ChainThread): Promise<void> {
  const isFirst = await areEmpty(tx);
  const indexes = isFirst ? await beginEmpty(tx) : [];
  const filled = new Set<TableName>();
  await withoutBalanceOfLines(tx, async () => {
    for await (const part of parts) {
      const { table } = part;
      if (!filled.has(table)) await setCollege(tx, table, sql`SET DEFAULT ${sql.raw(`'${collegeId}'::uuid`)}`);
      filled.add(table);
      if (table === 'audit_entries') await chain.take(part);
      await copyIn(tx, part, isFirst);
      await giveWay();
    }
    await refuseUnbalanced(tx, collegeId);
  });
  for (const table of filled) await setCollege(tx, table, sql`DROP DEFAULT`);
  for (const definition of indexes) {
    await tx.execute(sql.raw(definition));
    await giveWay();
  }
  // Without counts the database would sort all entries for every step of what follows: the check of the chain, the first lists. Coarse
  // ones do until the nightly count.
  await tx.execute(sql`SET LOCAL default_statistics_target = 20`);
  for (const table of filled) {
    await tx.execute(sql`ANALYZE ${tableSql(table)}`);
    await giveWay();
  }
}

async function copyIn(tx: Db, { table, columns, csv }: SnapshotCsv, isFirst: boolean): Promise<void> {
  const missing = columnsOf(table).find(({ name }) => name !== 'college_id' && !columns.includes(name));
  if (missing !== undefined) throw new MunimError('SYNC_ROW_MISFIT', { table, column: missing.key });
  const names = columns.map((name) => `"${name}"`).join(', ');
  const blob = new Blob([new Uint8Array(csv)]);
  const how = isFirst ? '(FORMAT csv, FREEZE)' : '(FORMAT csv)';
  await clientOf(tx).query(`COPY "${sqlName(table)}" (${names}) FROM '/dev/blob' WITH ${how}`, [], { blob });
}

const setCollege = (tx: Db, table: TableName, what: SQL) =>
  tx.execute(sql`ALTER TABLE ${tableSql(table)} ALTER COLUMN "college_id" ${what}`);

/** Whether no college has rows. */
async function areEmpty(tx: Db): Promise<boolean> {
  const some = tableNames.map((table) => `EXISTS (SELECT 1 FROM "${sqlName(table)}")`).join(' OR ');
  const [found] = await rowsOf<{ some: boolean }>(tx, sql`SELECT ${sql.raw(some)} AS "some"`);
  return found?.some === false;
}

/**
 * Takes away the indexes that no constraint needs, and makes the tables anew, which lets their pages go to the disk without being
 * written to the log first, whole when the transaction commits.
 * @returns what makes the indexes again
 */
async function beginEmpty(tx: Db): Promise<readonly string[]> {
  const names = tableNames.map((table) => `'${sqlName(table)}'`).join(', ');
  const rows = await rowsOf<{ name: string; definition: string }>(
    tx,
    sql`SELECT i."indexname" AS "name", i."indexdef" AS "definition" FROM "pg_indexes" i
      WHERE i."schemaname" = 'public' AND i."tablename" IN (${sql.raw(names)})
        AND NOT EXISTS (SELECT 1 FROM "pg_constraint" c WHERE c."conname" = i."indexname") ORDER BY 1`,
  );
  await tx.execute(sql.raw(`DROP INDEX ${rows.map(({ name }) => `"${name}"`).join(', ')}`));
  await tx.execute(sql.raw(`TRUNCATE ${tableNames.map((table) => `"${sqlName(table)}"`).join(', ')}`));
  return rows.map(({ definition }) => definition);
}

async function refuseUnbalanced(tx: Db, collegeId: Id): Promise<void> {
  const [wrong] = await rowsOf<{ difference: string }>(
    tx,
    sql`SELECT (sum("debit_paise") - sum("credit_paise"))::text AS "difference" FROM "voucher_lines" WHERE "college_id" = ${collegeId}
      GROUP BY "voucher_id" HAVING sum("debit_paise") <> sum("credit_paise") LIMIT 1`,
  );
  if (wrong !== undefined) throw new MunimError('LEDGER_UNBALANCED', { difference: wrong.difference });
}

function clientOf(tx: Db): CopyClient {
  const { session } = tx as unknown as { readonly session?: { readonly client?: CopyClient } };
  if (typeof session?.client?.query !== 'function')
    throw new Error('drizzle no longer keeps its client where COPY finds it');
  return session.client;
}
