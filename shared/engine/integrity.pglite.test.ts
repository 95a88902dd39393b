import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkIntegrity, readCanary } from './integrity.ts';
import { openTestEngine, testFolder } from './testing.ts';

let home: ReturnType<typeof testFolder>;
let dir: string;

beforeEach(() => {
  home = testFolder('disk');
  dir = path.join(home.folder, 'books');
});
afterEach(() => home.remove());

/** Makes 2,000 rows with an index and gives the host files of both, after an orderly stop. */
async function makeBooks(): Promise<{ readonly heap: string; readonly index: string }> {
  const { engine } = await openTestEngine(dir);
  await engine.pg.exec(`
    create table entries (id int primary key, note text);
    insert into entries select g, md5(g::text) from generate_series(1, 2000) g;
  `);
  const { rows } = await engine.pg.query<{ heap: string; index: string }>(
    "select pg_relation_filepath('entries') as heap, pg_relation_filepath('entries_pkey') as index",
  );
  await engine.close();
  const [row] = rows;
  if (row === undefined) throw new Error('no row');
  return { heap: path.join(dir, row.heap), index: path.join(dir, row.index) };
}

const markUnclean = (): void => fs.rmSync(path.join(dir, 'munim-clean-stop'));

describe('the integrity check', () => {
  it('runs after an unclean stop and passes over sound books', async () => {
    await makeBooks();
    markUnclean();
    const { engine } = await openTestEngine(dir);
    expect(engine.start).toBe('recovered');
    expect(await checkIntegrity(engine.pg)).toBeGreaterThan(50);
    await engine.close();
  });

  it('finds a flipped byte in a table after an unclean stop', async () => {
    const { heap } = await makeBooks();
    flip(heap, 8192 * 2 + 4000);
    markUnclean();
    await expect(openTestEngine(dir)).rejects.toMatchObject({ code: 'ENGINE_CORRUPT' });
  });

  it('finds an index that lost rows, which no checksum shows', async () => {
    await makeBooks();
    const { engine } = await openTestEngine(dir);
    // Rows put in behind the index's back.
    await engine.pg.exec(`
      set allow_system_table_mods = on;
      update pg_index set indisready = false where indexrelid = 'entries_pkey'::regclass;
      insert into entries values (3000, 'unseen');
      update pg_index set indisready = true where indexrelid = 'entries_pkey'::regclass;
    `);
    await expect(checkIntegrity(engine.pg)).rejects.toMatchObject({
      code: 'ENGINE_CORRUPT',
      details: { detail: expect.stringContaining('entries_pkey') },
    });
    await engine.close();
  });

  it('turns a page that fails its checksum into ENGINE_CORRUPT when it is read', async () => {
    const { heap } = await makeBooks();
    flip(heap, 8192 * 2 + 4000);
    const { engine } = await openTestEngine(dir);
    await expect(engine.pg.query('select count(note) from entries')).rejects.toMatchObject({ code: 'ENGINE_CORRUPT' });
    await engine.close();
  });

  it('notices a canary that is not what was written', async () => {
    const { engine } = await openTestEngine(dir);
    await readCanary(engine.pg);
    await engine.pg.exec("update engine.canary set text = 'cuckoo'");
    await expect(readCanary(engine.pg)).rejects.toMatchObject({ code: 'ENGINE_CORRUPT' });
    await engine.close();
  });

  it('does not trust a clean-stop marker carried to other files', async () => {
    await makeBooks();
    const marker = fs.readFileSync(path.join(dir, 'munim-clean-stop'));
    const again = await openTestEngine(dir);
    expect(again.engine.start).toBe('clean');
    await again.engine.pg.exec('create table more (a int)');
    await again.engine.close();
    fs.writeFileSync(path.join(dir, 'munim-clean-stop'), marker);
    const { engine } = await openTestEngine(dir);
    expect(engine.start).toBe('recovered');
    await engine.close();
  });
});

function flip(file: string, at: number): void {
  const fd = fs.openSync(file, 'r+');
  const byte = Buffer.alloc(1);
  fs.readSync(fd, byte, 0, 1, at);
  fs.writeSync(fd, Buffer.from([(byte[0] ?? 0) ^ 0xff]), 0, 1, at);
  fs.closeSync(fd);
}
