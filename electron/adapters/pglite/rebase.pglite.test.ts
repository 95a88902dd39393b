import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BooksUnit } from '../../../shared/db/books.ts';
import { executeCommand } from '../../../shared/db/execute.ts';
import { inScratch } from '../../../shared/db/queries/testing.ts';
import type { Db } from '../../../shared/db/tables.ts';
import { testFolder } from '../../../shared/engine/testing.ts';
import { MunimError } from '../../../shared/kernel/errors.ts';
import type { WireRow } from '../../../shared/sync/messages.ts';
import { CollegeWorld } from '../../../shared/testing/college-world.ts';
import { randomStep, type Step, takeStep } from '../../../shared/testing/random-steps.ts';
import { nodeDigest } from '../node-digest.ts';
import { CommandStore } from './command-store.ts';
import { needsRebase, rebase } from './rebase.ts';
import { inTransaction, rowsOf } from './rows-of.ts';
import { stagePage } from './stage.ts';
import {
  type Attempt,
  commandOf,
  openDeskBooks,
  recordAttempts,
  snapshot,
  type TestBooks,
  wireRows,
} from './testing.ts';
import { undoAll } from './undo.ts';

const OWN = '018f0000-0000-7000-8000-0000000000d1';
const OTHER = '018f0000-0000-7000-8000-0000000000d2';
const budgets = { supplies: 500_000_00n, travel: 200_000_00n, library: 100_000_00n };

const { folder, remove } = testFolder();
let books: TestBooks;
let store: CommandStore;

beforeAll(async () => {
  books = await openDeskBooks(folder);
  store = new CommandStore(books.db, nodeDigest);
});
afterAll(async () => {
  await books?.close();
  remove();
});

/** A world with some history, and what people then tried in it. */
async function story(
  history: readonly Step[],
  later: readonly Step[],
): Promise<{ world: CollegeWorld; attempts: readonly Attempt[] }> {
  const world = await CollegeWorld.create(7, budgets);
  world.authority = 'desk';
  for (const step of history) await takeStep(step, world);
  await books.reset(world);
  store.forget();
  const attempts = recordAttempts(world);
  for (const step of later) await takeStep(step, world);
  return { world, attempts };
}

/** Saves what the desk accepts. @returns the accepted attempts, in the order of their sequence */
async function saveAll(attempts: readonly Attempt[]): Promise<readonly Attempt[]> {
  const saved: Attempt[] = [];
  for (const attempt of attempts) {
    const done = await store.save({ ...commandOf(attempt, OWN, saved.length + 1), actorName: 'A', settles: null });
    if (done.ok) saved.push(attempt);
  }
  return saved;
}

async function serve(tx: Db, attempt: Attempt, version: number, device: { id: string; seq: number }): Promise<boolean> {
  const execution = {
    ...commandOf(attempt, device.id, device.seq),
    recordedAt: attempt.header.occurredAt,
    digest: nodeDigest,
  };
  const unit = new BooksUnit(tx, execution.command.collegeId);
  const done = await executeCommand({
    ...execution,
    books: unit,
    authority: version === 0 ? 'desk' : 'server',
    version,
  });
  await unit.flush();
  return done.ok;
}

/** The server has spoken of a command under the present name of this desk. */
async function told({ header }: Attempt, status: 'applied' | 'rejected'): Promise<void> {
  const code = status === 'rejected' ? 'COMMAND_STALE' : null;
  await books.db.execute(
    sql`UPDATE "desk"."outbox" SET "status" = ${status}, "code" = ${code} WHERE "command_id" = ${header.id}`,
  );
}

const steps = (maxLength: number) => fc.array(randomStep, { minLength: 1, maxLength, size: 'max' });

describe('taking back', () => {
  it('restores every row as it was, whatever was done', async () => {
    await fc.assert(
      fc.asyncProperty(steps(12), steps(25), async (history, later) => {
        const { world, attempts } = await story(history, later);
        const before = await snapshot(books.db);
        const saved = await saveAll(attempts);
        const after = await snapshot(books.db);
        if (saved.length > 0) expect(after).not.toEqual(before);
        await inTransaction(books.db, (tx) => undoAll(tx, world.collegeId));
        expect(await snapshot(books.db)).toEqual(before);
      }),
      { numRuns: 12 },
    );
  });
});

describe('moving onto the rows of the server', () => {
  it('ends as if everything had been done one after the other in the order of the server', async () => {
    const split = fc.record({ own: fc.infiniteStream(fc.boolean()), confirmed: fc.nat(10_000) });
    await fc.assert(
      fc.asyncProperty(steps(12), steps(30), split, async (history, later, { own, confirmed }) => {
        const { world, attempts } = await story(history, later);
        const isOwn = new Map(attempts.map((attempt) => [attempt, own.next().value === true]));
        const saved = await saveAll(attempts.filter((attempt) => isOwn.get(attempt)));
        const known = new Set(saved.slice(0, confirmed % (saved.length + 1)));
        const reached = attempts.filter((attempt) => known.has(attempt) || isOwn.get(attempt) === false);
        const { wire, expected, refused } = await serially(world, saved, known, reached);

        const page = {
          collegeId: world.collegeId,
          rows: [...wire],
          cursor: 1_000,
          more: false,
          lastSeq: 0,
          results: [],
        };
        await stagePage(books.db, page);
        for (const attempt of refused) await told(attempt, 'rejected');
        for (const attempt of known) {
          if (!refused.includes(attempt)) await told(attempt, 'applied');
        }
        if (!(await needsRebase(books.db, world.collegeId))) {
          expect(await snapshot(books.db)).toEqual(expected);
          return;
        }
        await rebase({
          db: books.db,
          collegeId: world.collegeId,
          digest: nodeDigest,
          now: 5,
          forget: () => store.forget(),
        });
        expect(await snapshot(books.db)).toEqual(expected);
        const outbox = await rowsOf<{ id: string }>(
          books.db,
          sql`SELECT "command_id" AS "id" FROM "desk"."outbox" ORDER BY "seq"`,
        );
        const unconfirmed = saved.filter((attempt) => !known.has(attempt) || refused.includes(attempt));
        expect(outbox.map(({ id }) => id)).toEqual(unconfirmed.map(({ header }) => header.id));
        expect(await rowsOf(books.db, sql`SELECT 1 FROM "desk"."pull_stage"`)).toEqual([]);
      }),
      { numRuns: 15 },
    );
  });

  /** The oracle: the same commands on the same books, the server's first, then what waits; all in a transaction that is thrown away. */
  async function serially(
    world: CollegeWorld,
    saved: readonly Attempt[],
    known: ReadonlySet<Attempt>,
    reached: readonly Attempt[],
  ): Promise<{
    wire: readonly WireRow[];
    expected: Awaited<ReturnType<typeof snapshot>>;
    refused: readonly Attempt[];
  }> {
    let wire: readonly WireRow[] = [];
    let expected: Awaited<ReturnType<typeof snapshot>> = {};
    const refused: Attempt[] = [];
    const seqOf = new Map(saved.map((attempt, index) => [attempt, index + 1]));
    await inScratch(books.db, async (tx) => {
      await undoAll(tx, world.collegeId);
      let version = 1;
      for (const attempt of reached) {
        const seq = seqOf.get(attempt);
        const device = seq === undefined ? { id: OTHER, seq: version } : { id: OWN, seq };
        const done = await serve(tx, attempt, version + 1, device);
        if (done) version++;
        else if (known.has(attempt)) refused.push(attempt);
      }
      wire = await wireRows(tx);
      // A desk keeps no tombstones and hears of no number it cannot use.
      for (const [index, attempt] of saved.entries()) {
        if (!known.has(attempt)) await serve(tx, attempt, 0, { id: OWN, seq: index + 1 });
      }
      expected = await snapshot(tx);
    });
    return { wire, expected, refused };
  }

  it('refuses a chain that does not go on from the confirmed one, and changes nothing', async () => {
    const { world, attempts } = await story([], []);
    expect(attempts).toEqual([]);
    let wire: readonly WireRow[] = [];
    await inScratch(books.db, async (tx) => {
      const attempt: Attempt = {
        header: world.header(),
        name: 'vendor.create',
        args: {
          vendorId: world.newId(),
          fields: {
            name: 'Forged',
            gstin: null,
            pan: null,
            ifsc: null,
            accountNumber: null,
            accountName: null,
            email: null,
            phone: null,
          },
        },
        actor: world.accountant,
      };
      expect(await serve(tx, attempt, 2, { id: OTHER, seq: 1 })).toBe(true);
      wire = await wireRows(tx);
    });
    const before = await snapshot(books.db);
    const forge = (row: WireRow, fields: Record<string, unknown>): WireRow => ({
      ...row,
      row: { ...row.row, ...fields },
    });
    const spoilt = [
      wire.map((row) => (row.table === 'audit_entries' ? forge(row, { actorName: 'Somebody else' }) : row)),
      wire.map((row) => (row.table === 'audit_entries' ? forge(row, { previousHash: 'f'.repeat(64) }) : row)),
      wire.map((row) => (row.table === 'audit_entries' ? forge(row, { position: 99 }) : row)),
      [{ table: 'audit_entries', id: world.books.rows('audit_entries')[0]?.id ?? '', version: 9, row: null }],
    ];
    for (const rows of spoilt) {
      const page = { collegeId: world.collegeId, rows, cursor: 9, more: false, lastSeq: 0, results: [] };
      await stagePage(books.db, page);
      await expect(
        rebase({ db: books.db, collegeId: world.collegeId, digest: nodeDigest, now: 5, forget: () => store.forget() }),
      ).rejects.toMatchObject({ code: 'AUDIT_BROKEN' });
      expect(await snapshot(books.db)).toEqual(before);
      await books.db.execute(sql`DELETE FROM "desk"."pull_stage"`);
    }
  });

  it('keeps a command that reached the server under an earlier name until it is settled under this one', async () => {
    const world = await CollegeWorld.create(7, budgets);
    await books.reset(world);
    store.forget();
    const attempts = recordAttempts(world);
    world.authority = 'desk';
    await world.vendor();
    const [saved] = await saveAll(attempts);
    if (saved === undefined) throw new Error('nothing was saved');
    let wire: readonly WireRow[] = [];
    await inScratch(books.db, async (tx) => {
      await undoAll(tx, world.collegeId);
      expect(await serve(tx, saved, 2, { id: OTHER, seq: 7 })).toBe(true);
      wire = await wireRows(tx);
    });
    const page = { collegeId: world.collegeId, rows: [...wire], cursor: 2, more: false, lastSeq: 0, results: [] };
    const forget = () => store.forget();
    const options = { db: books.db, collegeId: world.collegeId, digest: nodeDigest, now: 5, forget };
    const outbox = () => rowsOf(books.db, sql`SELECT "seq", "status" FROM "desk"."outbox"`);
    await stagePage(books.db, page);
    expect(await rebase(options)).toMatchObject({ confirmed: 0, failed: 0 });
    expect(await outbox()).toEqual([{ seq: 1n, status: 'pending' }]);
    expect(await needsRebase(books.db, world.collegeId)).toBe(false);
    await told(saved, 'applied');
    expect(await needsRebase(books.db, world.collegeId)).toBe(true);
    expect(await rebase(options)).toMatchObject({ confirmed: 1, failed: 0 });
    expect(await outbox()).toEqual([]);
  });

  it('ends when the engine fails under it, and calls no command unfit for that', async () => {
    const world = await CollegeWorld.create(7, budgets);
    await books.reset(world);
    store.forget();
    const attempts = recordAttempts(world);
    world.authority = 'desk';
    await world.vendor();
    expect(await saveAll(attempts)).toHaveLength(1);
    const before = await snapshot(books.db);
    // As drizzle hands it on from the engine.
    const full = new MunimError('ENGINE_DISK_FULL', { freeMiB: 0 });
    const failing = {
      sha256: () => {
        throw new Error('Failed query', { cause: full });
      },
    };
    await expect(
      rebase({ db: books.db, collegeId: world.collegeId, digest: failing, now: 5, forget: () => store.forget() }),
    ).rejects.toBe(full);
    expect(await snapshot(books.db)).toEqual(before);
    expect(await rowsOf(books.db, sql`SELECT "status", "code" FROM "desk"."outbox"`)).toEqual([
      { status: 'pending', code: null },
    ]);
  });

  it('refuses rows of another college and of another form', async () => {
    const { world } = await story([], []);
    const person = world.accountant;
    const stage = (row: WireRow) => stagePage(books.db, { collegeId: world.collegeId, rows: [row], cursor: 2 });
    const good: WireRow = { table: 'people', id: person.id, version: 2, row: { ...person } };
    await stage(good);
    for (const bad of [
      { ...good, table: 'pg_authid', row: { ...person, collegeId: OTHER } },
      { ...good, row: { ...person, collegeId: OTHER } },
      { ...good, row: { ...person, isActive: 'yes' } },
      { ...good, id: OTHER },
    ]) {
      await expect(stage(bad)).rejects.toMatchObject({ code: 'SYNC_ROW_MISFIT' });
    }
  });
});
