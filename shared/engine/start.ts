import { type Extensions, PGlite } from '@electric-sql/pglite';
import { amcheck } from '@electric-sql/pglite/contrib/amcheck';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import type { NodeFS } from '@electric-sql/pglite/nodefs';
import { MunimError } from '../kernel/errors.ts';
import { DurableNodeFS } from './durable-fs.ts';
import { GuardedPGlite, type PoisonListener } from './guard.ts';
import { createEngineSchema } from './integrity.ts';
import { engineParsers, engineSerializers } from './parsers.ts';

export type Log = (line: string) => void;
export type MakeFs = (dir: string) => NodeFS;

/** What every opening loads. pgcrypto is left out for good: together with pg_trgm it crashed this build. */
const baseExtensions = { pg_trgm, amcheck };

/**
 * The server settings. `-F` (fsync off) is taken out of the stock list; full pages and a small log keep a crash
 * recoverable in seconds; statements and values are kept out of the server log, because they hold people's money. No other
 * database follows the log, so what fills a table made anew in the same transaction is synced at its commit instead of logged.
 */
export const startParams: readonly string[] = [
  ...PGlite.defaultStartParams.filter((param) => param !== '-F'),
  ...[
    'fsync=on',
    'wal_sync_method=fsync',
    'full_page_writes=on',
    'synchronous_commit=on',
    'wal_level=minimal',
    'max_wal_senders=0',
    'max_wal_size=64MB',
    'min_wal_size=32MB',
    'shared_buffers=32MB',
    'log_min_error_statement=panic',
    'log_error_verbosity=terse',
  ].flatMap((setting) => ['-c', setting]),
];

export interface Started {
  readonly pg: GuardedPGlite;
  /** Host fsyncs since the start; 0 for ever when the file system is not the durable one. */
  fsyncCount(): number;
}

export interface StartOptions {
  readonly dir: string;
  readonly extensions?: Extensions | undefined;
  readonly onPoison: PoisonListener;
  readonly log: Log;
  /** Another file system, for tests that show the self-test refusing it. */
  readonly makeFs?: MakeFs | undefined;
}

/**
 * Starts the database on a directory, which PostgreSQL recovers if it was not shut down.
 * @throws MunimError ENGINE_DISK_FULL, ENGINE_NOT_DURABLE (a failing disk) or ENGINE_CORRUPT, with PostgreSQL's own last words
 */
export async function startDatabase(options: StartOptions): Promise<Started> {
  const lines: string[] = [];
  const onLogLine = (line: string): void => {
    lines.push(line);
    if (lines.length > 20) lines.shift();
    options.log(line);
  };
  const hostFs = options.makeFs?.(options.dir) ?? new DurableNodeFS(options.dir);
  try {
    const pg = await GuardedPGlite.open(
      {
        fs: hostFs,
        extensions: { ...baseExtensions, ...options.extensions },
        startParams: [...startParams],
        parsers: engineParsers,
        serializers: engineSerializers,
      },
      options.onPoison,
      onLogLine,
    );
    return { pg, fsyncCount: () => (hostFs instanceof DurableNodeFS ? hostFs.fsyncCount : 0) };
  } catch (thrown) {
    throw startFailure(lines, thrown);
  }
}

function startFailure(lines: readonly string[], thrown: unknown): MunimError {
  if (thrown instanceof MunimError) return thrown;
  if (lines.some((line) => line.includes('No space left on device'))) {
    return new MunimError('ENGINE_DISK_FULL', { freeMiB: 0 }, { cause: thrown });
  }
  if (lines.some((line) => line.includes('could not fsync'))) {
    return new MunimError(
      'ENGINE_NOT_DURABLE',
      { reason: 'the disk reported an error while saving' },
      { cause: thrown },
    );
  }
  const last = lines.findLast((line) => /PANIC|FATAL|ERROR/.test(line)) ?? lines.at(-1);
  const detail = last ?? (thrown instanceof Error ? thrown.message : String(thrown));
  return new MunimError('ENGINE_CORRUPT', { detail }, { cause: thrown });
}

/** Creates the extensions in the database that are loaded but not yet there, and the engine's own schema. Idempotent. */
export async function furnish(pg: GuardedPGlite, extensions: Extensions = {}): Promise<void> {
  const { rows } = await pg.query<{ extname: string }>('select extname from pg_extension');
  const present = new Set(rows.map((row) => row.extname));
  for (const name of Object.keys({ ...baseExtensions, ...extensions })) {
    if (!present.has(name)) await pg.exec(`create extension if not exists "${name}"`);
  }
  const canary = await pg.query("select 1 from pg_class where oid = to_regclass('engine.canary')");
  if (canary.rows.length === 0) await createEngineSchema(pg);
}
