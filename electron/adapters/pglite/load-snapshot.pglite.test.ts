import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { inScratch } from '../../../shared/db/queries/testing.ts';
import { tableNames } from '../../../shared/db/tables.ts';
import { testFolder } from '../../../shared/engine/testing.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import { CollegeWorld } from '../../../shared/testing/college-world.ts';
import { snapshotColumns, snapshotLines } from '../../../sync-server/stores/snapshot-rows.ts';
import { nodeDigest } from '../node-digest.ts';
import type { SnapshotCsv } from '../snapshot/snapshot-files.ts';
import { CommandStore } from './command-store.ts';
import { type Loaded, loadSnapshot } from './load-snapshot.ts';
import { type Rebased, rebase } from './rebase.ts';
import { inTransaction, rowsOf } from './rows-of.ts';
import { beginAnew, stagePage } from './stage.ts';
import { type Attempt, commandOf, openDeskBooks, recordAttempts, snapshot, type TestBooks } from './testing.ts';

const FIRST = '00000000-0000-0000-0000-000000000000';
const OWN = '018f0000-0000-7000-8000-0000000000d1';
const budgets = { supplies: 500_000_00n, travel: 200_000_00n };
const { folder, remove } = testFolder();
let books: TestBooks;
let world: CollegeWorld;
let other: CollegeWorld;

beforeAll(async () => {
  books = await openDeskBooks(folder);
});
afterAll(async () => {
  await books?.close();
  remove();
});
beforeEach(async () => {
  world = await busyWorld(7);
  other = await busyWorld(8);
});

/** A college with a voucher posted and a chain of a dozen entries. */
async function busyWorld(seed: number): Promise<CollegeWorld> {
  const made = await CollegeWorld.create(seed, budgets);
  for (let count = 0; count < 3; count++) {
    // Small enough to be posted at once.
    await made.submitted({ description: `Chalk, "white", lot ${count}\nfor the hall` });
  }
  expect(made.books.rows('voucher_lines').length).toBeGreaterThan(0);
  return made;
}

/** What a server with these books gives, a few rows to a part. */
async function partsOf(college: CollegeWorld): Promise<readonly SnapshotCsv[]> {
  await books.reset(college);
  const parts: SnapshotCsv[] = [];
  for (const table of tableNames) {
    let after: Id | null = FIRST;
    while (after !== null) {
      const { lines, next } = await snapshotLines(books.db, college.collegeId, table, after, {
        bytesMax: 20_000,
        stepRows: 100,
      });
      const csv = new TextEncoder().encode(lines.map((line) => `${line}\n`).join(''));
      parts.push({ table, columns: snapshotColumns(table), csv });
      after = next;
    }
  }
  return parts;
}

async function* oneByOne(parts: readonly SnapshotCsv[]): AsyncGenerator<SnapshotCsv> {
  yield* parts;
}

async function empty(): Promise<void> {
  await books.db.execute(sql.raw(`TRUNCATE ${tableNames.map((name) => `"${name}"`).join(', ')}`));
}

/** All that is made of the tables, and would be missed if a load left it changed. */
const structure = () =>
  rowsOf(
    books.db,
    sql`SELECT "indexdef" AS "text" FROM "pg_indexes" WHERE "schemaname" = 'public'
      UNION ALL SELECT "tgname" || "tgenabled"::text FROM "pg_trigger" WHERE NOT "tgisinternal"
      UNION ALL SELECT "conname" || "convalidated" FROM "pg_constraint"
      UNION ALL SELECT a."attrelid"::regclass || a."attname" || a."atthasdef" FROM "pg_attribute" a
        JOIN "pg_class" c ON c."oid" = a."attrelid" AND c."relnamespace" = 'public'::regnamespace AND c."relkind" = 'r' ORDER BY 1`,
  );

const load = (college: CollegeWorld, parts: readonly SnapshotCsv[]): Promise<Loaded> =>
  inTransaction(books.db, (tx) => loadSnapshot(tx, college.collegeId, oneByOne(parts)));

function move(college: CollegeWorld, parts: readonly SnapshotCsv[], forget: () => void = () => {}): Promise<Rebased> {
  const { collegeId } = college;
  return rebase({
    db: books.db,
    collegeId,
    digest: nodeDigest,
    now: 5,
    forget,
    load: (tx) => loadSnapshot(tx, collegeId, oneByOne(parts)),
  });
}

const spoilt = (
  parts: readonly SnapshotCsv[],
  table: string,
  from: string | RegExp,
  to: string,
): readonly SnapshotCsv[] =>
  parts.map((part) => {
    const text = new TextDecoder().decode(part.csv);
    return part.table === table ? { ...part, csv: new TextEncoder().encode(text.replace(from, to)) } : part;
  });

describe('a load', () => {
  it('makes the books what they are on the server, and verifies the chain to its end on the way', async () => {
    const parts = await partsOf(world);
    const [before, made] = [await snapshot(books.db), await structure()];
    await empty();
    expect(await load(world, parts)).toEqual({ tables: tableNames, verified: world.head });
    expect(await snapshot(books.db)).toEqual(before);
    expect(await structure()).toEqual(made);
  });

  it('leaves the books of another college as they are', async () => {
    const parts = await partsOf(world);
    const mine = await snapshot(books.db);
    await books.reset(other);
    const [theirs, made] = [await snapshot(books.db), await structure()];
    expect(await load(world, parts)).toEqual({ tables: tableNames, verified: world.head });
    const both = await snapshot(books.db);
    for (const [table, rows] of Object.entries(both)) {
      expect([...rows].sort()).toEqual([...(mine[table] ?? []), ...(theirs[table] ?? [])].sort());
    }
    expect(await structure()).toEqual(made);
  });

  it('refuses a voucher that is out of balance, and keeps nothing', async () => {
    const parts = spoilt(await partsOf(world), 'voucher_lines', /,(\d{4,}),0\n/, ',1$1,0\n');
    await empty();
    const [before, made] = [await snapshot(books.db), await structure()];
    await expect(load(world, parts)).rejects.toMatchObject({ code: 'LEDGER_UNBALANCED' });
    expect(await snapshot(books.db)).toEqual(before);
    expect(await structure()).toEqual(made);
  });
});

describe('moving onto a load', () => {
  const page = { cursor: 9, more: false, lastSeq: 0, results: [] };

  it('reads from the books what is not spelled as the database gives it back', async () => {
    const parts = await partsOf(world);
    const before = await snapshot(books.db);
    await empty();
    const other = spoilt(parts, 'audit_entries', /^([^,]{36},1),6,/m, '$1,06,');
    expect(other).not.toEqual(parts);
    await inScratch(books.db, async (tx) => {
      const { verified } = await loadSnapshot(tx, world.collegeId, oneByOne(other));
      expect(verified.position).toBeLessThan(6);
    });
    await move(world, other);
    expect(await snapshot(books.db)).toEqual(before);
  });

  it('names the position at which the chain of the parts breaks', async () => {
    const hash = world.books.rows('audit_entries').find(({ position }) => position === 5)?.hash ?? '';
    const parts = spoilt(await partsOf(world), 'audit_entries', hash, 'f'.repeat(64));
    await empty();
    await expect(move(world, parts)).rejects.toMatchObject({ code: 'AUDIT_BROKEN', details: { position: 5 } });
  });

  it('verifies again what the pull after the snapshot puts over it', async () => {
    const parts = await partsOf(world);
    const entry = world.books.rows('audit_entries').find(({ position }) => position === 4);
    if (entry === undefined) throw new Error('a chain of four');
    const { collegeId } = world;
    const restaged = (fields: object) => ({
      ...page,
      collegeId,
      rows: [{ table: 'audit_entries', id: entry.id, version: 2, row: { ...entry, ...fields } }],
    });
    await empty();
    await stagePage(books.db, restaged({ actorName: 'Somebody Else' }));
    await expect(move(world, parts)).rejects.toMatchObject({ code: 'AUDIT_BROKEN', details: { position: 4 } });
    await stagePage(books.db, restaged({}));
    await move(world, parts);
    expect(await rowsOf(books.db, sql`SELECT count(*)::int4 AS "n" FROM "audit_entries"`)).toEqual([
      { n: world.head.position },
    ]);
  });

  it('puts the books in anew over posted vouchers, with what waits run again', async () => {
    const parts = await partsOf(world);
    const store = new CommandStore(books.db, nodeDigest);
    const attempts: readonly Attempt[] = recordAttempts(world);
    world.authority = 'desk';
    await world.submitted({ description: 'Enters while the server is put back' });
    let seq = 0;
    for (const attempt of attempts) {
      const saved = await store.save({ ...commandOf(attempt, OWN, ++seq), actorName: 'A', settles: null });
      expect(saved).toMatchObject({ ok: true });
    }
    const shown = await snapshot(books.db);
    const { collegeId } = world;
    await stagePage(books.db, { ...page, collegeId, rows: [] });
    await books.db.execute(sql`UPDATE "desk"."sync_cursors" SET "cursor" = 9, "pulled_at" = 1`);
    await beginAnew(books.db, collegeId);
    await stagePage(books.db, { ...page, collegeId, rows: [] });
    expect(await move(world, parts, () => store.forget())).toMatchObject({ failed: 0 });
    expect(await snapshot(books.db)).toEqual(shown);
    const outbox = await rowsOf(books.db, sql`SELECT count(*)::int4 AS "n" FROM "desk"."outbox"`);
    expect(outbox).toEqual([{ n: attempts.length }]);
  });
});
