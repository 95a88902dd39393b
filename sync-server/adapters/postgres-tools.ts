import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { MunimError } from '../../shared/kernel/errors.ts';

const run = promisify(execFile);

export interface PostgresPlace {
  readonly url: string;
  /** The folder of pg_dump and pg_restore; null: wherever the system finds them. */
  readonly binDir: string | null;
}

/** The archive inside a backup, in the custom format of pg_dump. */
const archive = (folder: string): string => path.join(folder, 'books.dump');

/** Copies the database by pg_dump at one snapshot, in which the rows are counted too. See `Upkeep.copyBooks`. */
export async function dumpPostgres(place: PostgresPlace, into: string): Promise<Readonly<Record<string, string>>> {
  return withClient(place.url, async (client) => {
    const tool = await toolFor(client, place, 'pg_dump');
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const { rows } = await client.query<{ id: string }>('SELECT pg_export_snapshot() AS id');
    const counts = await countRows(client);
    const snapshot = `--snapshot=${rows[0]?.id ?? ''}`;
    await use('ENGINE_BACKUP_UNVERIFIED', place, tool, [
      '--format=custom',
      '--no-owner',
      snapshot,
      `--file=${archive(into)}`,
    ]);
    return counts;
  });
}

/**
 * Fills an empty database from a copy.
 * @throws MunimError RESTORE_NOT_EMPTY, BACKUP_TOOL, RESTORE_UNSOUND with what pg_restore said
 */
export async function restorePostgres(place: PostgresPlace, from: string): Promise<void> {
  await withClient(place.url, async (client) => {
    if (Object.keys(await countRows(client)).length > 0) throw new MunimError('RESTORE_NOT_EMPTY');
    const tool = await toolFor(client, place, 'pg_restore');
    // Roles belong to the cluster and are in no dump; this one is named in the rights and policies.
    await client.query(`DO $$ BEGIN
      CREATE ROLE "munim_app" NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE;
    EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$`);
    await client.query(`DO $$ BEGIN
      EXECUTE format('GRANT "munim_app" TO %I', current_user);
    EXCEPTION WHEN OTHERS THEN NULL; END $$`);
    await use('RESTORE_UNSOUND', place, tool, ['--no-owner', '--exit-on-error', '--single-transaction', archive(from)]);
  });
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** The tool, when it is there and not older than the server; an older one cannot read it. */
async function toolFor(client: pg.Client, { binDir }: PostgresPlace, name: string): Promise<string> {
  const { rows } = await client.query<{ major: number }>(
    `SELECT current_setting('server_version_num')::int / 10000 AS major`,
  );
  const major = Number(rows[0]?.major ?? 0);
  const tool = binDir === null ? name : path.join(binDir, name);
  const found = await versionOf(tool);
  if (found < major) throw new MunimError('BACKUP_TOOL', { tool: name, major, found: found === 0 ? 'none' : found });
  return tool;
}

/** @returns 0 when it is not there */
async function versionOf(tool: string): Promise<number> {
  try {
    const { stdout } = await run(tool, ['--version']);
    return Number(/\d+/.exec(stdout)?.[0] ?? 0);
  } catch {
    return 0;
  }
}

/** Everybody on the machine can read arguments, so the password goes by the environment. */
async function use(
  failure: 'ENGINE_BACKUP_UNVERIFIED' | 'RESTORE_UNSOUND',
  { url }: PostgresPlace,
  tool: string,
  args: readonly string[],
): Promise<void> {
  const address = new URL(url);
  const password = decodeURIComponent(address.password);
  address.password = '';
  const env = { ...process.env, ...(password === '' ? {} : { PGPASSWORD: password }) };
  try {
    await run(tool, [`--dbname=${address.href}`, ...args], { env, maxBuffer: 16 * 1024 * 1024 });
  } catch (thrown) {
    const said = thrown instanceof Error && 'stderr' in thrown ? String(thrown.stderr).trim() : '';
    const detail = said.split('\n').slice(0, 3).join(' ') || 'it did not run';
    throw new MunimError(failure, { detail }, { cause: thrown });
  }
}

async function countRows(client: pg.Client): Promise<Record<string, string>> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
     WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1`,
  );
  const counts: Record<string, string> = {};
  for (const { name } of rows) {
    const counted = await client.query<{ n: string }>(`SELECT count(*)::text AS n FROM ${name}`);
    counts[name] = counted.rows[0]?.n ?? '0';
  }
  return counts;
}
