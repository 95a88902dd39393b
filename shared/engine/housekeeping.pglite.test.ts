import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { limits } from '../kernel/limits.ts';
import { SimClock } from '../testing/sim-clock.ts';
import { Disk, defaultDiskLimits } from './disk.ts';
import type { Engine } from './engine.ts';
import { openTestEngine, testFolder } from './testing.ts';

let home: ReturnType<typeof testFolder>;
let dir: string;
let clock: SimClock;

beforeEach(() => {
  home = testFolder('disk');
  dir = path.join(home.folder, 'books');
  clock = new SimClock(Date.UTC(2026, 3, 1));
});
afterEach(() => home.remove());

const redo = async (engine: Engine): Promise<string> => {
  const { rows } = await engine.pg.query<{ redo: string }>(
    'select redo_lsn::text as redo from pg_control_checkpoint()',
  );
  return rows[0]?.redo ?? '';
};
const walBytes = (): number =>
  fs
    .readdirSync(path.join(dir, 'pg_wal'), { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((total, entry) => total + fs.statSync(path.join(dir, 'pg_wal', entry.name)).size, 0);

describe('housekeeping', () => {
  it('checkpoints when the log has grown, so that it stays small', async () => {
    const { engine } = await openTestEngine(dir, { clock });
    await engine.pg.exec('create table t (a text)');
    const before = await redo(engine);
    await engine.housekeeping.tick();
    expect(await redo(engine)).toBe(before);
    for (let batch = 0; batch < 12; batch++) {
      // About 20 MB of log each.
      await engine.pg.exec('insert into t select repeat(md5(g::text), 30) from generate_series(1, 20000) g');
      await engine.housekeeping.tick();
    }
    expect(await redo(engine)).not.toBe(before);
    // 240 MB were written; what is kept stays near max_wal_size.
    expect(walBytes()).toBeLessThan(160 * 1024 * 1024);
    await engine.close();
  });

  it('checkpoints five minutes after the last write, by its own timer, and then rests', async () => {
    const { engine } = await openTestEngine(dir, { clock });
    // Today's vacuum is done, so that only the checkpoint can move the redo point.
    await engine.pg.query('update engine.canary set vacuumed_at = $1', [clock.now()]);
    const before = await redo(engine);
    const pass = async (ms: number): Promise<void> => {
      for (let passed = 0; passed < ms; passed += limits.engine.housekeepingTickMs) {
        clock.advance(limits.engine.housekeepingTickMs);
        await engine.housekeeping.settled();
      }
    };
    await pass(limits.engine.housekeepingTickMs);
    expect(await redo(engine)).toBe(before);
    await pass(limits.engine.checkpointIdleMs + limits.engine.housekeepingTickMs);
    expect(await redo(engine)).not.toBe(before);
    // Reading right after a checkpoint may still log a few hint bits, worth one more; then there is rest.
    await pass(3 * limits.engine.checkpointIdleMs);
    const settled = await redo(engine);
    await pass(3 * limits.engine.checkpointIdleMs);
    expect(await redo(engine)).toBe(settled);
    await engine.close();
  });

  it('vacuums and analyzes once a day when nobody writes, and after a bulk load', async () => {
    const { engine } = await openTestEngine(dir, { clock });
    await engine.pg.exec('create table t (a int); insert into t select generate_series(1, 1000)');
    const estimate = async (): Promise<number | undefined> => {
      const { rows } = await engine.pg.query<{ n: number }>(
        "select reltuples::int as n from pg_class where relname = 't'",
      );
      return rows[0]?.n;
    };
    expect(await estimate()).toBe(-1);
    await engine.housekeeping.tick();
    expect(await estimate()).toBe(-1);
    clock.advance(limits.engine.checkpointIdleMs + 1);
    await engine.housekeeping.tick();
    expect(await estimate()).toBe(1000);
    await engine.pg.exec('insert into t select generate_series(1, 500)');
    await engine.housekeeping.tick();
    clock.advance(limits.engine.checkpointIdleMs + 1);
    await engine.housekeeping.tick();
    expect(await estimate()).toBe(1000);
    await engine.housekeeping.afterBulkLoad();
    expect(await estimate()).toBe(1500);
    await engine.close();
  });
});

describe('space on the disk', () => {
  it('refuses to write while space is short, still reads, and returns to normal by itself', async () => {
    const diskLimits = { freeMinBytes: 1, ballastBytes: 1024 * 1024, openMinBytes: 1 };
    const { engine } = await openTestEngine(dir, { clock, diskLimits });
    const ballast = `${dir}.ballast`;
    expect(fs.statSync(ballast).size).toBe(diskLimits.ballastBytes);
    await engine.pg.exec('create table t (a int); insert into t values (1)');
    diskLimits.freeMinBytes = Number.MAX_SAFE_INTEGER;
    await engine.housekeeping.tick();
    expect(fs.existsSync(ballast)).toBe(false);
    await expect(engine.pg.query('insert into t values (2)')).rejects.toMatchObject({ code: 'ENGINE_DISK_FULL' });
    await expect(engine.pg.transaction((tx) => tx.query('insert into t values (3)'))).rejects.toMatchObject({
      code: 'ENGINE_DISK_FULL',
    });
    expect((await engine.pg.query('select a from t')).rows).toEqual([{ a: 1 }]);
    diskLimits.freeMinBytes = 1;
    await engine.housekeeping.tick();
    await engine.pg.query('insert into t values (4)');
    expect((await engine.pg.query('select a from t order by a')).rows).toEqual([{ a: 1 }, { a: 4 }]);
    expect(fs.statSync(ballast).size).toBe(diskLimits.ballastBytes);
    await engine.close();
  });

  it('refuses to open, and to begin large work, when there is no room', async () => {
    const huge = Number.MAX_SAFE_INTEGER;
    const opening = openTestEngine(dir, { diskLimits: { ...defaultDiskLimits, openMinBytes: huge } });
    await expect(opening).rejects.toMatchObject({ code: 'ENGINE_DISK_FULL' });
    expect(fs.existsSync(dir)).toBe(false);
    const disk = new Disk(dir);
    expect(() => disk.assertRoomFor(disk.freeBytes())).toThrow('ENGINE_DISK_FULL');
    expect(() => disk.assertRoomFor(0)).not.toThrow();
  });
});
