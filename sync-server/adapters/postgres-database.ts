import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';
import type { Db } from '../../shared/db/tables.ts';
import type { Database } from '../ports/database.ts';
import { dropDeskReading } from '../stores/desk-reading.ts';
import { SturdyPool } from './postgres-pool.ts';

export interface PostgresOptions {
  readonly url: string;
  readonly migrationsDir: string;
  readonly connectionsMax?: number;
  /** Told of a connection that broke while nobody used it. */
  readonly onIdleError: (problem: Error) => void;
}

/** Any number, the same for every server process: who holds it may change the schema. */
const migrationLock = 7_246_381;
const int8 = 20;

/** The books in PostgreSQL 15 or later. @throws what the driver throws when it cannot be reached or the migrations fail */
export async function postgresDatabase(options: PostgresOptions): Promise<Database> {
  // drizzle asks the driver's own table of parsers, so the setting has to be made there: int8 is exact, as in PGlite.
  pg.types.setTypeParser(int8, (text) => BigInt(text));
  await migrateUnderLock(options);
  const pool = new SturdyPool({
    connectionString: options.url,
    max: options.connectionsMax ?? 10,
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    // A process that froze or vanished in the middle must not hold a college for ever, nor may who waits for it. No statement here is so
    // long that compiling it would not take longer, above all a page of a pull, which reads fourteen tables at once.
    options:
      '-c jit=off -c timezone=UTC -c client_min_messages=warning -c idle_in_transaction_session_timeout=60s -c lock_timeout=20s',
  });
  pool.on('error', options.onIdleError);
  return {
    kind: 'postgres',
    db: drizzle(pool, { casing: 'snake_case' }) as unknown as Db,
    ping: async () => {
      await pool.query('SELECT 1');
    },
    close: () => pool.end(),
  };
}

/** Several processes may start at once; one migrates, the others wait and find nothing left to do. */
async function migrateUnderLock(options: PostgresOptions): Promise<void> {
  const client = new pg.Client({ connectionString: options.url, connectionTimeoutMillis: 10_000 });
  client.on('error', options.onIdleError);
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [migrationLock]);
    await migrate(drizzle(client), { migrationsFolder: options.migrationsDir });
    await dropDeskReading(drizzle(client) as unknown as Db);
  } finally {
    await client.end();
  }
}
