import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { freshDatabase } from '../../tools/testing/postgres.ts';
import { SturdyPool } from './postgres-pool.ts';

let url: string;
let drop: () => Promise<void>;
let pool: SturdyPool;
let killer: SturdyPool;

beforeEach(async () => {
  ({ url, drop } = await freshDatabase());
  pool = new SturdyPool({ connectionString: url, max: 2, connectionTimeoutMillis: 10_000 });
  killer = new SturdyPool({ connectionString: url, max: 1 });
  for (const one of [pool, killer]) one.on('error', () => {});
});
afterEach(async () => {
  await Promise.all([pool.end(), killer.end()]);
  await drop();
});

const cut = (): Promise<unknown> =>
  killer.query(
    'SELECT pg_terminate_backend("pid") FROM "pg_stat_activity" WHERE "pid" <> pg_backend_pid() AND "datname" = current_database()',
  );

test('connections cut before, within and at the end of transactions never use the pool up', async () => {
  const db = drizzle(pool);
  for (let round = 0; round < 6; round++) {
    const open = db.transaction(async (tx) => {
      await cut();
      await tx.execute(sql`SELECT 1`);
    });
    await expect(open).rejects.toThrow();
    // Cut while they lie idle: whatever comes next may meet a connection that does not know yet that it is dead, here as everywhere.
    await Promise.allSettled([1, 2].map(() => db.execute(sql`SELECT 1`)));
    await cut();
    await Promise.allSettled([1, 2].map(() => db.transaction((tx) => tx.execute(sql`SELECT 1`))));
    const busy = Promise.allSettled([db.transaction((tx) => tx.execute(sql`SELECT pg_sleep(0.2)`))]);
    await cut();
    await busy;
  }
  // One that was used up would keep its place for ever, and the pool has but two.
  const ones = async () => {
    const both = [1, 2].map(() => db.transaction((tx) => tx.execute(sql`SELECT 1 AS "one"`)));
    return (await Promise.all(both)).flatMap(({ rows }) => rows);
  };
  await vi.waitFor(async () => expect(await ones()).toEqual([{ one: 1 }, { one: 1 }]), { timeout: 20_000 });
});

test('a connection that breaks while BEGIN is on its way is not kept', async () => {
  const db = drizzle(pool);
  for (let round = 0; round < 4; round++) {
    const client = await pool.connect();
    client.release();
    // What drizzle does when BEGIN fails: it throws, and never gives the connection back.
    const held = await pool.connect();
    await cut();
    await expect(held.query('BEGIN')).rejects.toThrow();
  }
  expect((await db.execute(sql`SELECT 1 AS "one"`)).rows).toEqual([{ one: 1 }]);
  const fine = await pool.connect();
  fine.release();
  // A second time, as drizzle does after a broken ROLLBACK.
  fine.release();
});
