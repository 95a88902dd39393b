import fs from 'node:fs';
import path from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { NodeFS } from '@electric-sql/pglite/nodefs';
import { bigint, date, numeric, pgTable, text } from 'drizzle-orm/pg-core';
import { drizzle } from 'drizzle-orm/pglite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDataDir } from './create.ts';
import { DurableNodeFS } from './durable-fs.ts';
import { openEngine } from './open.ts';
import { openTestEngine, testFolder, testTemplate } from './testing.ts';
import { pgliteVersion } from './version.ts';

let home: ReturnType<typeof testFolder>;
let dir: string;

beforeEach(() => {
  home = testFolder('disk');
  dir = path.join(home.folder, 'books');
});
afterEach(() => home.remove());

describe('opening the engine', () => {
  it('names the PGlite build that is installed', () => {
    const installed: unknown = JSON.parse(fs.readFileSync('node_modules/@electric-sql/pglite/package.json', 'utf8'));
    expect(installed).toMatchObject({ version: pgliteVersion });
  });

  it('creates, stops cleanly, opens again and keeps what was committed', async () => {
    const first = await openTestEngine(dir);
    expect(first.engine.start).toBe('created');
    await first.engine.pg.exec('create table t (a int); insert into t values (1), (2)');
    await first.engine.close();
    const second = await openTestEngine(dir);
    expect(second.engine.start).toBe('clean');
    const { rows } = await second.engine.pg.query('select a from t order by a');
    expect(rows).toEqual([{ a: 1 }, { a: 2 }]);
    await second.engine.close();
    expect([...first.poisons, ...second.poisons]).toEqual([]);
  });

  it('creates by initdb when no template fits', async () => {
    const { engine } = await openTestEngine(dir, { templateDir: undefined });
    expect(engine.start).toBe('created');
    const { rows } = await engine.pg.query('select extname from pg_extension order by 1');
    expect(rows).toEqual([{ extname: 'amcheck' }, { extname: 'pg_trgm' }, { extname: 'plpgsql' }]);
    await engine.close();
  });

  it('uses the template only when it was made by the same PGlite', async () => {
    const random = { bytes: (count: number) => new Uint8Array(count) };
    const fitting = await createDataDir({ dir, templateDir: await testTemplate(), random, log: () => {} });
    expect(fitting.fromTemplate).toBe(true);
    const other = path.join(home.folder, 'template');
    fs.mkdirSync(other);
    fs.writeFileSync(
      path.join(other, 'template.json'),
      JSON.stringify({ pglite: '0.4.6', migrations: 'none', emptyFolders: [] }),
    );
    const initialised = await createDataDir({ dir: `${dir}2`, templateDir: other, random, log: () => {} });
    expect(initialised.fromTemplate).toBe(false);
  });

  it('sweeps an interrupted first start and makes the books whole', async () => {
    const leftover = `${dir}.tmp-0123456789ab`;
    fs.mkdirSync(leftover);
    fs.writeFileSync(path.join(leftover, 'PG_VERSION'), '18\n');
    const { engine } = await openTestEngine(dir);
    expect(engine.start).toBe('created');
    expect(fs.existsSync(leftover)).toBe(false);
    await engine.close();
  });

  it('refuses books of another major version and leaves them untouched', async () => {
    fs.mkdirSync(dir);
    fs.writeFileSync(path.join(dir, 'PG_VERSION'), '17\n');
    await expect(openTestEngine(dir)).rejects.toMatchObject({
      code: 'ENGINE_MAJOR_MISMATCH',
      details: { found: '17', needed: '18' },
    });
    expect(fs.readdirSync(dir)).toEqual(['PG_VERSION']);
  });

  it('refuses a folder that holds something else', async () => {
    fs.mkdirSync(dir);
    fs.writeFileSync(path.join(dir, 'photos.zip'), 'x');
    await expect(openTestEngine(dir)).rejects.toMatchObject({ code: 'ENGINE_CORRUPT' });
    expect(fs.readdirSync(dir)).toEqual(['photos.zip']);
  });

  it('opens although a power cut left an empty postmaster.pid', async () => {
    const first = await openTestEngine(dir);
    await first.engine.close();
    fs.writeFileSync(path.join(dir, 'postmaster.pid'), '');
    const second = await openTestEngine(dir);
    await second.engine.close();
    expect(second.engine.start).toBe('clean');
  });
});

describe('the durability self-test', () => {
  it('refuses the stock file system, which never syncs', async () => {
    const opening = openTestEngine(dir, { makeFs: (at) => new NodeFS(at) });
    await expect(opening).rejects.toMatchObject({
      code: 'ENGINE_NOT_DURABLE',
      details: { reason: 'a commit did not reach the disk' },
    });
  });

  it('refuses when the fsync hook no longer takes hold of the database build', async () => {
    class UnhookedFS extends DurableNodeFS {
      override init(...args: Parameters<NodeFS['init']>) {
        return NodeFS.prototype.init.apply(this, args);
      }
    }
    const opening = openTestEngine(dir, { makeFs: (at) => new UnhookedFS(at) });
    await expect(opening).rejects.toMatchObject({ code: 'ENGINE_NOT_DURABLE' });
  });

  it('syncs at least once for every commit', async () => {
    let made: DurableNodeFS | undefined;
    const { engine } = await openTestEngine(dir, {
      makeFs: (at) => {
        made = new DurableNodeFS(at);
        return made;
      },
    });
    await engine.pg.exec('create table t (a int)');
    for (let i = 0; i < 5; i++) {
      const before = made?.fsyncCount ?? 0;
      await engine.pg.query('insert into t values ($1)', [i]);
      expect(made?.fsyncCount).toBeGreaterThan(before);
    }
    await engine.close();
  });

  it('lets go of the lock and the directory after a refusal', async () => {
    await expect(openTestEngine(dir, { makeFs: (at) => new NodeFS(at) })).rejects.toThrow();
    const { engine } = await openTestEngine(dir);
    await engine.close();
  });
});

describe('values', () => {
  it('gives int8 as bigint, numeric and dates as text, whatever the size', async () => {
    const { engine } = await openTestEngine(dir);
    const { rows } = await engine.pg.query(`
      select 5::int8 as small, 9007199254740993::int8 as large, array[1, 2]::int8[] as many,
             sum(x)::int8 as total, count(*) as n, 10.50::numeric as rate, date '2026-04-01' as day,
             timestamptz '2026-04-01 05:30:00.123456+05:30' as at, timestamp '2026-04-01 05:30:00' as local
      from (values (1), (2)) v (x)`);
    expect(rows[0]).toEqual({
      small: 5n,
      large: 9007199254740993n,
      many: [1n, 2n],
      total: 3n,
      n: 2n,
      rate: '10.50',
      day: '2026-04-01',
      at: '2026-04-01T00:00:00.123456Z',
      local: '2026-04-01T05:30:00',
    });
    await engine.close();
  });

  it('carries drizzle: insert, select, nested transaction, rollback', async () => {
    const { engine } = await openTestEngine(dir);
    const entries = pgTable('entries', {
      id: text('id').primaryKey(),
      paise: bigint('paise', { mode: 'bigint' }).notNull(),
      day: date('day', { mode: 'string' }).notNull(),
      rate: numeric('rate').notNull(),
    });
    await engine.pg.exec('create table entries (id text primary key, paise int8, day date, rate numeric)');
    const db = drizzle(engine.pg, { schema: { entries } });
    const row = { id: 'a', paise: 9007199254740993n, day: '2026-04-01', rate: '18.00' };
    await db.transaction(async (tx) => {
      await tx.insert(entries).values(row);
      await expect(
        tx.transaction(async (inner) => {
          await inner.insert(entries).values({ ...row, id: 'b' });
          throw new Error('changed my mind');
        }),
      ).rejects.toThrow('changed my mind');
    });
    await expect(db.insert(entries).values(row)).rejects.toMatchObject({ cause: { code: '23505' } });
    expect(await db.select().from(entries)).toEqual([row]);
    expect(await db.query.entries.findFirst()).toEqual(row);
    await engine.close();
  });
});

describe('openEngine over a directory it did not make', () => {
  it('opens books left by the stock engine and protects them from then on', async () => {
    await openEngine({ dir, templateDir: await testTemplate(), onPoison: () => {} }).then((engine) => engine.close());
    const stock = await PGlite.create(dir);
    await stock.exec('create table t (a int); insert into t values (7)');
    await stock.close();
    const { engine } = await openTestEngine(dir);
    // The stock engine shut down in order but left no marker of ours that fits: the books are checked.
    expect(engine.start).toBe('recovered');
    expect((await engine.pg.query('select a from t')).rows).toEqual([{ a: 7 }]);
    await engine.close();
  });
});
