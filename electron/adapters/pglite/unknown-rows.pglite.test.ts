import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { AnyRow } from '../../../shared/db/tables.ts';
import { testFolder } from '../../../shared/engine/testing.ts';
import type { WireRow } from '../../../shared/sync/messages.ts';
import { CollegeWorld } from '../../../shared/testing/college-world.ts';
import { nodeDigest } from '../node-digest.ts';
import { rebase } from './rebase.ts';
import { rowsOf } from './rows-of.ts';
import { beginAnew, stagePage } from './stage.ts';
import { openDeskBooks, snapshot, type TestBooks } from './testing.ts';
import { stageKnownAtLast } from './unknown-rows.ts';

const { folder, remove } = testFolder();
let books: TestBooks;
let world: CollegeWorld;
beforeAll(async () => {
  books = await openDeskBooks(folder);
});
afterAll(async () => {
  await books?.close();
  remove();
});
beforeEach(async () => {
  world = await CollegeWorld.create(3);
  await books.reset(world);
  await books.db.execute(sql`TRUNCATE "desk"."unknown_rows"`);
});

const stage = (rows: readonly WireRow[], cursor: number) =>
  stagePage(books.db, { collegeId: world.collegeId, rows: [...rows], cursor });
const moved = async () => {
  const { collegeId } = world;
  await rebase({ db: books.db, collegeId, digest: nodeDigest, now: 5, forget: () => {} });
};
const kept = () =>
  rowsOf<{ table_name: string; row: string }>(
    books.db,
    sql`SELECT "table_name", "row" FROM "desk"."unknown_rows" ORDER BY "table_name"`,
  );
/** What an update does for the books of this test: it knows the table, or the column, by the name it has here. */
const update = async (from: string, to: string): Promise<number> => {
  await books.db.execute(sql`UPDATE "desk"."unknown_rows"
    SET "table_name" = replace("table_name", ${from}, ${to}), "row" = replace("row", ${from}, ${to})`);
  return await stageKnownAtLast(books.db);
};
const category = (): AnyRow => world.books.rows('categories')[0] as unknown as AnyRow;
const nameOf = async (): Promise<unknown> =>
  (await rowsOf<{ label: string }>(books.db, sql`SELECT "label" FROM "categories" WHERE "id" = ${category().id}`))[0]
    ?.label;

it('keeps rows of an unknown table until an update knows it, and then shows them', async () => {
  const row = { ...category(), id: world.newId(), code: 'new', receiptThresholdPaise: 7n };
  await stage([{ table: 'later_table', id: row.id, version: 2, row }], 2);
  const before = await snapshot(books.db);
  await moved();
  expect(await snapshot(books.db)).toEqual(before);
  expect(await stageKnownAtLast(books.db)).toBe(0);
  expect(await kept()).toHaveLength(1);

  expect(await update('later_table', 'categories')).toBe(1);
  await moved();
  const [shown] = await rowsOf(books.db, sql`SELECT "code", "version" FROM "categories" WHERE "id" = ${row.id}`);
  expect(shown).toEqual({ code: 'new', version: 2n });
  expect(await kept()).toEqual([]);
});

it('shows what it knows of a row with an unknown column, and the rest after the update', async () => {
  const { label, ...rest } = category();
  const row = { ...rest, label: 'Before', shade: 'blue' };
  await stage([{ table: 'categories', id: String(rest.id), version: 2, row }], 2);
  await moved();
  expect(await nameOf()).toBe('Before');
  // As if the column were `label`, which this desk then did not know.
  await books.db.execute(sql`UPDATE "desk"."unknown_rows" SET "row" = replace("row", '"label":"Before",', '')`);
  expect(await update('shade', 'label')).toBe(1);
  await moved();
  expect(await nameOf()).toBe('blue');
  expect(label).toBeDefined();
});

it('keeps only the newest of a row: a later version or its removal ends what was kept', async () => {
  const [first, second] = [world.newId(), world.newId()];
  const later = (id: string, version: number, more: object | null): WireRow => {
    return { table: 'later_table', id, version, row: more && { collegeId: world.collegeId, id, ...more } };
  };
  await stage([later(first, 2, { a: 1 }), later(second, 2, { a: 1 }), later(first, 3, { a: 2 })], 3);
  await stage([later(second, 4, null)], 4);
  expect((await kept()).map(({ row }) => JSON.parse(row))).toEqual([{ a: 2, collegeId: world.collegeId, id: first }]);

  const known = { ...category(), shade: 'blue' };
  await stage([{ table: 'categories', id: String(category().id), version: 5, row: known }], 5);
  expect(await kept()).toHaveLength(2);
  await stage([{ table: 'categories', id: String(category().id), version: 6, row: category() }], 6);
  expect(await kept()).toHaveLength(1);
});

it('forgets what it kept of books that the server no longer has', async () => {
  const id = world.newId();
  await stage([{ table: 'later_table', id, version: 2, row: { collegeId: world.collegeId, id } }], 2);
  await beginAnew(books.db, world.collegeId);
  expect(await kept()).toEqual([]);
});

it('fills what an older server does not know, if it may be empty, and takes no row of another college', async () => {
  const account = world.books.rows('accounts').find(({ role }) => role !== null) as unknown as AnyRow;
  const id = String(account.id);
  const { role: _, ...withoutRole } = account;
  await stage([{ table: 'accounts', id, version: 2, row: withoutRole }], 2);
  await moved();
  expect(await rowsOf(books.db, sql`SELECT "role", "version" FROM "accounts" WHERE "id" = ${id}`)).toEqual([
    { role: null, version: 2n },
  ]);
  const { name: __, ...nameless } = account;
  const foreign = { ...account, collegeId: world.newId() };
  for (const [table, row] of [
    ['accounts', nameless],
    ['accounts', foreign],
    ['later_table', foreign],
    ['later_table', {}],
  ] as const) {
    await expect(stage([{ table, id, version: 3, row }], 3)).rejects.toMatchObject({
      code: 'SYNC_ROW_MISFIT',
    });
  }
});
