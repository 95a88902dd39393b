import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listBackups } from './backup.ts';
import { migrateEngine } from './migrate.ts';
import { openTestEngine, testFolder } from './testing.ts';

let home: ReturnType<typeof testFolder>;
let dir: string;
let backupsDir: string;

beforeEach(() => {
  home = testFolder('disk');
  dir = path.join(home.folder, 'books');
  backupsDir = path.join(home.folder, 'backups');
});
afterEach(() => home.remove());

/** Writes a migrations folder as drizzle-kit would. */
function migrations(name: string, ...files: readonly string[]): string {
  const folder = path.join(home.folder, name);
  fs.mkdirSync(path.join(folder, 'meta'), { recursive: true });
  const entries = files.map((sql, idx) => {
    const tag = `000${idx}_step`;
    fs.writeFileSync(path.join(folder, `${tag}.sql`), sql);
    return { idx, version: '7', when: 1_700_000_000_000 + idx, tag, breakpoints: true };
  });
  fs.writeFileSync(
    path.join(folder, 'meta', '_journal.json'),
    JSON.stringify({ version: '7', dialect: 'postgresql', entries }),
  );
  return folder;
}

const first = 'create table t (a int primary key); --> statement-breakpoint\ninsert into t values (1), (2);';
const second = 'alter table t add column b int; --> statement-breakpoint\nupdate t set b = a * 10;';
/** Goes wrong only on books that hold rows. */
const failing = 'create table u (a int); --> statement-breakpoint\nalter table t add column c int not null;';

describe('migrations', () => {
  it('apply to empty books at once, and to books with a schema after a verified backup', async () => {
    const { engine } = await openTestEngine(dir);
    const one = await migrateEngine(engine, { migrationsDir: migrations('one', first), backupsDir });
    expect(one).toEqual({ applied: 1, backup: null });
    const two = await migrateEngine(engine, { migrationsDir: migrations('two', first, second), backupsDir });
    expect(two.applied).toBe(1);
    expect(two.backup?.stamp.rows['public.t']).toBe('2');
    expect((await engine.pg.query('select a, b from t order by a')).rows).toEqual([
      { a: 1, b: 10 },
      { a: 2, b: 20 },
    ]);
    const again = await migrateEngine(engine, { migrationsDir: migrations('two', first, second), backupsDir });
    expect(again).toEqual({ applied: 0, backup: null });
    expect(listBackups(backupsDir)).toHaveLength(1);
    await engine.close();
  });

  it('that fail are found on the copy; the books stay as they were', async () => {
    const { engine } = await openTestEngine(dir);
    await migrateEngine(engine, { migrationsDir: migrations('one', first), backupsDir });
    const { rows: before } = await engine.pg.query(
      "select pg_relation_filepath('t') as t, xmin::text from pg_class where relname = 't'",
    );
    const migrating = migrateEngine(engine, { migrationsDir: migrations('bad', first, failing), backupsDir });
    await expect(migrating).rejects.toMatchObject({
      code: 'ENGINE_MIGRATION_FAILED',
      details: { detail: 'column "c" of relation "t" contains null values' },
    });
    const { rows: after } = await engine.pg.query(
      "select pg_relation_filepath('t') as t, xmin::text from pg_class where relname = 't'",
    );
    expect(after).toEqual(before);
    expect((await engine.pg.query("select to_regclass('u') as u")).rows).toEqual([{ u: null }]);
    expect(fs.readdirSync(home.folder).filter((name) => name.includes('.tmp-'))).toEqual([]);
    await engine.close();
  });

  it('are refused when the books come from a newer program', async () => {
    const { engine } = await openTestEngine(dir);
    await migrateEngine(engine, { migrationsDir: migrations('two', first, second), backupsDir });
    const older = migrateEngine(engine, { migrationsDir: migrations('one', first), backupsDir });
    await expect(older).rejects.toMatchObject({ code: 'ENGINE_SCHEMA_NEWER' });
    await engine.close();
  });

  it('are refused when an applied file was changed afterwards', async () => {
    const { engine } = await openTestEngine(dir);
    await migrateEngine(engine, { migrationsDir: migrations('one', first), backupsDir });
    const edited = migrateEngine(engine, { migrationsDir: migrations('edited', `${first} `, second), backupsDir });
    await expect(edited).rejects.toMatchObject({ code: 'ENGINE_MIGRATION_FAILED' });
    await engine.close();
  });
});
