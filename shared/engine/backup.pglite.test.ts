import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SimClock } from '../testing/sim-clock.ts';
import { backUp, listBackups } from './backup.ts';
import { defaultDiskLimits } from './disk.ts';
import { restoreBackup } from './restore.ts';
import { openTestEngine, testFolder } from './testing.ts';

let home: ReturnType<typeof testFolder>;
let dir: string;
let into: string;

beforeEach(() => {
  home = testFolder('disk');
  dir = path.join(home.folder, 'books');
  into = path.join(home.folder, 'backups');
});
afterEach(() => home.remove());

describe('backups', () => {
  it('copies books in use, verifies the copy, and gives them back on restore', async () => {
    const { engine } = await openTestEngine(dir);
    await engine.pg.exec('create table t (a int primary key); insert into t select generate_series(1, 500)');
    let done = false;
    let last = 500;
    const write = async (): Promise<void> => {
      while (!done) await engine.pg.query('insert into t values ($1)', [++last]);
    };
    const writing = write();
    const backup = await backUp(engine, { into, reason: 'test' });
    done = true;
    await writing;
    const saved = BigInt(backup.stamp.rows['public.t'] ?? '0');
    expect(saved).toBeGreaterThanOrEqual(500n);
    expect(saved).toBeLessThan(BigInt(last));
    await engine.pg.exec('delete from t');
    await engine.close();

    const { former } = await restoreBackup(backup.dir, dir);
    const restored = await openTestEngine(dir);
    // A whole prefix of what was written, ending where the copy was taken.
    const { rows } = await restored.engine.pg.query('select count(*) as n, min(a) as low, max(a) as high from t');
    expect(rows).toEqual([{ n: saved, low: 1, high: Number(saved) }]);
    await restored.engine.close();
    const old = await openTestEngine(former ?? '');
    expect((await old.engine.pg.query('select count(*) as n from t')).rows).toEqual([{ n: 0n }]);
    await old.engine.close();
  });

  it('finishes a restore that was interrupted between moving the former books and naming the new', async () => {
    const first = await openTestEngine(dir);
    await first.engine.pg.exec('create table t (a int); insert into t values (1)');
    await first.engine.close();
    fs.renameSync(dir, `${dir}.restore-ready`);
    const second = await openTestEngine(dir);
    expect(second.engine.start).not.toBe('created');
    expect((await second.engine.pg.query('select a from t')).rows).toEqual([{ a: 1 }]);
    await second.engine.close();
    // Interrupted earlier: the books still stand, so they stay.
    fs.cpSync(dir, `${dir}.restore-ready`, { recursive: true });
    const third = await openTestEngine(dir);
    expect(third.engine.start).toBe('clean');
    expect(fs.existsSync(`${dir}.restore-ready`)).toBe(false);
    await third.engine.close();
  });

  it('refuses to restore over open books', async () => {
    const { engine } = await openTestEngine(dir);
    const backup = await backUp(engine, { into, reason: 'test' });
    await expect(restoreBackup(backup.dir, dir)).rejects.toMatchObject({ code: 'ENGINE_LOCKED' });
    await engine.close();
  });

  it('reports a copy that cannot be read, and leaves no backup behind', async () => {
    const { engine } = await openTestEngine(dir);
    await engine.pg.exec('create table t (a text); insert into t select md5(g::text) from generate_series(1, 2000) g');
    await engine.pg.exec('checkpoint');
    const { rows } = await engine.pg.query<{ file: string }>("select pg_relation_filepath('t') as file");
    // Damage on the disk under pages the open books still hold in memory: only reading the copy can find it.
    const file = path.join(dir, rows[0]?.file ?? '');
    const bytes = fs.readFileSync(file);
    bytes[8192 * 2 + 4000] = (bytes[8192 * 2 + 4000] ?? 0) ^ 0xff;
    fs.writeFileSync(file, bytes);
    await expect(backUp(engine, { into, reason: 'test' })).rejects.toMatchObject({ code: 'ENGINE_BACKUP_UNVERIFIED' });
    expect(fs.readdirSync(into)).toEqual([]);
    await engine.close();
  });

  it('lists the others where one bears a torn stamp', async () => {
    const { engine } = await openTestEngine(dir);
    const made = [];
    for (let day = 0; day < 2; day++) made.push((await backUp(engine, { into, reason: `day ${day}` })).dir);
    await engine.close();
    const [sound, torn] = [made[0] ?? '', made[1] ?? ''];
    for (const name of fs.readdirSync(torn)) {
      if (name.endsWith('.json')) fs.truncateSync(path.join(torn, name), 10);
    }
    expect(listBackups(into).map((backup) => backup.dir)).toEqual([sound]);
  });

  it('keeps the newest few and sweeps unfinished ones', async () => {
    const { engine } = await openTestEngine(dir);
    const clock = new SimClock(Date.UTC(2026, 3, 1));
    fs.mkdirSync(path.join(into, 'building-books-old'), { recursive: true });
    const made: string[] = [];
    for (let day = 0; day < 4; day++) {
      made.unshift((await backUp(engine, { into, reason: `day ${day}`, keep: 2, clock })).dir);
      clock.advance(86_400_000);
    }
    expect(listBackups(into).map((backup) => backup.dir)).toEqual(made.slice(0, 2));
    expect(fs.readdirSync(into)).toHaveLength(2);
    await engine.close();
  });

  it('does not begin without room', async () => {
    const { engine } = await openTestEngine(dir);
    const diskLimits = { ...defaultDiskLimits, freeMinBytes: Number.MAX_SAFE_INTEGER };
    const backing = backUp(engine, { into, reason: 'test', diskLimits });
    await expect(backing).rejects.toMatchObject({ code: 'ENGINE_DISK_FULL' });
    expect(fs.readdirSync(into)).toEqual([]);
    await engine.close();
  });
});
