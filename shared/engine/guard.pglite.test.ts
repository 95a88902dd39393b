import path from 'node:path';
import { drizzle } from 'drizzle-orm/pglite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MunimError } from '../kernel/errors.ts';
import { DurableNodeFS } from './durable-fs.ts';
import { openTestEngine, type TestEngine, testFolder } from './testing.ts';

let home: ReturnType<typeof testFolder>;
let dir: string;
let test: TestEngine;

beforeEach(async () => {
  home = testFolder('disk');
  dir = path.join(home.folder, 'books');
  test = await openTestEngine(dir);
  await test.engine.pg.exec('create table t (a int primary key, note text)');
});
afterEach(async () => {
  await test.engine.close();
  home.remove();
});

/** Runs out of stack inside the database: a crash the stock PGlite answers with an empty result. */
const deepRecursion = `
  create function dive(n int) returns int language plpgsql as $$ begin return dive(n + 1); end $$;
`;

describe('the guard against swallowed crashes', () => {
  it('rejects a query whose database crashed, tells once, and never enters the database again', async () => {
    const { pg } = test.engine;
    await pg.exec(deepRecursion);
    await expect(pg.query('select dive(1)')).rejects.toMatchObject({ code: 'ENGINE_POISONED' });
    expect(test.poisons).toHaveLength(1);
    await expect(pg.query('select 1')).rejects.toMatchObject({ code: 'ENGINE_POISONED' });
    await expect(pg.exec('select 1')).rejects.toMatchObject({ code: 'ENGINE_POISONED' });
    await expect(pg.transaction(async () => 1)).rejects.toMatchObject({ code: 'ENGINE_POISONED' });
    await expect(drizzle(pg).execute('select 1')).rejects.toMatchObject({ cause: { code: 'ENGINE_POISONED' } });
    expect(test.poisons).toHaveLength(1);
  });

  it('rejects a batch whose last statement crashed after the first had answered', async () => {
    const { pg } = test.engine;
    await pg.exec(deepRecursion);
    await expect(pg.exec('insert into t values (1); select dive(1)')).rejects.toMatchObject({
      code: 'ENGINE_POISONED',
    });
    expect(test.poisons).toHaveLength(1);
  });

  it('rejects a transaction in which the database crashed, and nothing of it is there afterwards', async () => {
    const { pg } = test.engine;
    await pg.exec(deepRecursion);
    await pg.query('insert into t values (1)');
    const failing = pg.transaction(async (tx) => {
      await tx.query('insert into t values (2)');
      await tx.query('select dive(1)');
    });
    await expect(failing).rejects.toMatchObject({ code: 'ENGINE_POISONED' });
    await test.engine.close();
    test = await openTestEngine(dir);
    expect(test.engine.start).toBe('recovered');
    expect((await test.engine.pg.query('select a from t')).rows).toEqual([{ a: 1 }]);
  });

  it('notices a crash that comes after all answers were given', async () => {
    let armed = false;
    class CrashingFS extends DurableNodeFS {
      override async init(...args: Parameters<DurableNodeFS['init']>): ReturnType<DurableNodeFS['init']> {
        const ready = await super.init(...args);
        const hook = (module: { _PostgresMainLoopOnce: () => void }): void => {
          const real = module._PostgresMainLoopOnce;
          module._PostgresMainLoopOnce = () => {
            real();
            if (armed) throw new Error('null function or function signature mismatch');
          };
        };
        (ready.emscriptenOpts.preRun as unknown[]).push(hook);
        return ready;
      }
    }
    const crashing = await openTestEngine(`${dir}2`, { makeFs: (at) => new CrashingFS(at) });
    const { pg } = crashing.engine;
    expect(await pg.exec('select 1')).toHaveLength(1);
    armed = true;
    await expect(pg.exec('select 1')).rejects.toMatchObject({ code: 'ENGINE_POISONED' });
    armed = false;
    await expect(pg.exec('select 1')).rejects.toMatchObject({ code: 'ENGINE_POISONED' });
    expect(crashing.poisons).toEqual([expect.stringContaining('null function')]);
    await crashing.engine.close();
  });

  it('takes a protocol message without its answer for a crash', async () => {
    const { pg } = test.engine;
    // A database that answers nothing at all, as after a trap that left no other trace.
    let asked = 0;
    Object.assign(pg, {
      execProtocolRawSync: () => {
        asked += 1;
        return new Uint8Array(0);
      },
    });
    await expect(pg.query('insert into t values (1)')).rejects.toMatchObject({ code: 'ENGINE_POISONED' });
    expect(asked).toBe(1);
    expect(test.poisons).toEqual(['no answer to a protocol message of kind P']);
  });

  it('is not fooled by what people type', async () => {
    const { pg } = test.engine;
    const note = 'PANIC: not really\nFATAL: nor this\nAborted(neither)';
    await pg.query('insert into t values (1, $1)', [note]);
    await expect(pg.query('select ($1::text)::int', [note])).rejects.toMatchObject({ code: '22P02' });
    await expect(pg.query('insert into t values (1, $1)', [note])).rejects.toMatchObject({ code: '23505' });
    await pg.exec("do $$ begin raise exception E'PANIC: bluff\\nFATAL: bluff'; end $$").catch(() => {});
    await pg.exec("do $$ begin raise warning E'x\\nPANIC: bluff'; end $$");
    expect(test.poisons).toEqual([]);
    expect((await pg.query('select note from t')).rows).toEqual([{ note }]);
  });

  it('keeps the values of statements out of the server log', async () => {
    await expect(test.engine.pg.query("insert into t values (1, 'PAN ABCPE1234F'), (1, 'x')")).rejects.toThrow();
    expect(test.lines.join('\n')).not.toContain('ABCPE1234F');
  });

  it('reads arrays of text and ids, and carries no parsers for those that nobody asks for', async () => {
    const { pg } = test.engine;
    const id = '018f0000-0000-7000-8000-000000000001';
    const { rows } = await pg.query(`select array['a', 'b'] as texts, array['${id}'::uuid] as ids, 5::int8 as count`);
    expect(rows).toEqual([{ texts: ['a', 'b'], ids: [id], count: 5n }]);
    expect(Object.keys(pg.parsers).length).toBeLessThan(40);
  });

  it('lets ordinary statements of every kind through', async () => {
    const { pg } = test.engine;
    for (const statement of ['', '-- only a comment', 'vacuum', 'checkpoint', 'listen x', 'set work_mem = 4096']) {
      await pg.exec(statement);
      await pg.query(statement);
    }
    await pg.transaction(async (tx) => {
      await tx.exec('savepoint s; insert into t values (1); rollback to s');
      await tx.query('explain select * from t');
      await tx.rollback();
    });
    await pg.exec('begin; insert into t values (9); commit; select 1; copy t to stdout');
    await pg.query("copy t to '/dev/blob'");
    await pg.describeQuery('select a from t where a = $1');
    expect(test.poisons).toEqual([]);
  });
});

describe('the guard against a query around an open transaction', () => {
  it('refuses it at once instead of waiting for ever', async () => {
    const { pg } = test.engine;
    const nested = pg.transaction(async () => pg.query('select 1'));
    await expect(nested).rejects.toBeInstanceOf(MunimError);
    await expect(nested).rejects.toMatchObject({ code: 'ENGINE_NESTED_QUERY' });
    await expect(pg.transaction(async () => pg.transaction(async () => 1))).rejects.toMatchObject({
      code: 'ENGINE_NESTED_QUERY',
    });
  });

  it('lets other callers wait their turn, and work begun inside go on afterwards', async () => {
    const { pg } = test.engine;
    let later: Promise<unknown> = Promise.resolve();
    const first = pg.transaction(async (tx) => {
      await tx.query('insert into t values (1)');
      later = new Promise((resolve) => setTimeout(resolve, 50)).then(() => pg.query('select a from t'));
    });
    const beside = pg.query<{ n: bigint }>('select count(*) as n from t');
    await first;
    expect((await beside).rows).toEqual([{ n: 1n }]);
    expect(await later).toMatchObject({ rows: [{ a: 1 }] });
  });
});

describe('a long loop of statements', () => {
  it('lets timers run between, also inside a transaction', async () => {
    const { pg } = test.engine;
    let stop = false;
    setTimeout(() => {
      stop = true;
    }, 20);
    // Without a turn of the event loop the timer could never fire and the loop would reach its end.
    let done = 0;
    for (; done < 20_000 && !stop; done++) await pg.query('select 1');
    expect(stop).toBe(true);
    stop = false;
    setTimeout(() => {
      stop = true;
    }, 20);
    await pg.transaction(async (tx) => {
      for (done = 0; done < 20_000 && !stop; done++) await tx.query('select 1');
    });
    expect(stop).toBe(true);
  });
});
