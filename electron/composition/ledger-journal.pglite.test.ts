import fs from 'node:fs';
import path from 'node:path';
import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/pglite';
import fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import type { Db } from '../../shared/db/tables.ts';
import { backUp } from '../../shared/engine/backup.ts';
import type { Engine } from '../../shared/engine/engine.ts';
import { migrateEngine } from '../../shared/engine/migrate.ts';
import { openSecondLife } from '../../shared/engine/second-life.ts';
import { testFolder } from '../../shared/engine/testing.ts';
import type { SignedText } from '../../shared/sync/client/read-command.ts';
import { CollegeWorld } from '../../shared/testing/college-world.ts';
import { randomStep, takeStep } from '../../shared/testing/random-steps.ts';
import { runSeed } from '../../shared/testing/seed.ts';
import { nodeDigest } from '../adapters/node-digest.ts';
import { CommandStore } from '../adapters/pglite/command-store.ts';
import { writeFact } from '../adapters/pglite/facts.ts';
import { rowsOf } from '../adapters/pglite/rows-of.ts';
import { type Attempt, commandOf, openDeskBooks, recordAttempts, snapshot } from '../adapters/pglite/testing.ts';
import { backupsFolder, journalFiles, openJournal } from './ledger-journal.ts';
import { deskTemplate } from './testing.ts';

const OWN = '018f0000-0000-7000-8000-0000000000d1';
const { folder, remove } = testFolder();
afterAll(remove);

const open = (db: Db) =>
  openJournal(db, {
    files: journalFiles(folder),
    log: () => {},
    expectSilence: () => {},
    onJournalFault: (problem) => {
      throw problem;
    },
  });
const outbox = (db: Db) =>
  rowsOf<{ seq: bigint; status: string }>(
    db,
    sql`SELECT "seq", "command_id", "name", "document_id", "command", "signature", "actor_name", "occurred_at", "status", "code", "details",
      "settled_at", "settled_how" FROM "desk"."outbox" ORDER BY "seq"`,
  );
const journaled = (): readonly string[] => fs.readdirSync(path.join(folder, 'journal')).sort();

/** What people tried until this many of their commands had been accepted. */
async function attemptsOf(world: CollegeWorld, accepted: number): Promise<readonly Attempt[]> {
  const attempts = recordAttempts(world);
  const entries = () => world.books.rows('audit_entries').length;
  const enough = entries() + accepted;
  for (let seed = runSeed(); entries() < enough; seed++) {
    for (const step of fc.sample(randomStep, { numRuns: 10, seed })) await takeStep(step, world);
  }
  return attempts;
}
const HALF = 10;

it('puts books back from a backup and the journal exactly as they were, and lets go of files only when nothing needs them', async () => {
  const world = await CollegeWorld.create(7, { supplies: 500_000_00n, travel: 200_000_00n, library: 100_000_00n });
  world.authority = 'desk';
  const books = await openDeskBooks(folder);
  let engine: Engine = books.engine;
  try {
    await books.reset(world);
    await writeFact(books.db, 'device', {
      id: OWN,
      formerIds: [],
      name: 'Accounts',
      serverUrl: 'http://127.0.0.1:1',
      serverName: 'Group',
      demonstration: false,
      enrolledAt: 5,
      colleges: [{ id: world.collegeId, code: 'NHC', name: 'College' }],
    });
    const { journal, prune } = await open(books.db);
    const keeper = journal.around(new CommandStore(books.db, nodeDigest));
    let seq = 1;
    const attempts = [...(await attemptsOf(world, 2 * HALF))];
    const save = async (count: number): Promise<void> => {
      for (const end = seq + count; seq < end; ) {
        const attempt = attempts.shift();
        if (attempt === undefined) throw new Error('too few attempts');
        const { command, signed } = commandOf(attempt, OWN, seq);
        const saved = await keeper.save({ command: command as SignedText, signed, actorName: 'Asha', settles: null });
        if (saved.ok) seq++;
      }
    };
    await save(HALF);
    await expect(
      prune(async () => {
        throw new Error('no room');
      }),
    ).rejects.toThrow('no room');
    await prune(async () => void (await backUp(engine, { into: backupsFolder(folder), reason: 'test' })));
    await save(HALF);
    // All of it waits for the server, so no file may go.
    expect(journaled().length).toBeGreaterThan(1);
    // The server refused one, and a person let it go; only the journal and the books know of that.
    await books.db.execute(sql`UPDATE "desk"."outbox" SET "status" = 'rejected', "code" = 'COMMAND_STALE', "details" = '{"what":"expense"}',
      "settled_at" = 9, "settled_how" = 'take_theirs' WHERE "seq" = ${seq - 1}`);
    await journal.catchUp();
    const [rows, waiting] = [await snapshot(books.db), await outbox(books.db)];
    await engine.close();

    for (const file of ['global/pg_control', 'PG_VERSION']) fs.writeFileSync(path.join(folder, 'books', file), 'noise');
    const options = {
      dir: path.join(folder, 'books'),
      templateDir: await deskTemplate(),
      onPoison: (reason: string) => {
        throw new Error(reason);
      },
    };
    const second = await openSecondLife(options, backupsFolder(folder));
    engine = second.engine;
    expect(second.backup).not.toBeNull();
    const db = drizzle(engine.pg, { casing: 'snake_case' }) as unknown as Db;
    const reopened = await open(db);
    expect(await outbox(db)).toEqual(waiting);
    expect(reopened.journal.sendUpTo).toBe(seq - 1);
    // What a refused command predicted is taken back when its books are put together again.
    const shown = await snapshot(db);
    const predicted = (shot: typeof rows): number => shot.audit_entries?.length ?? 0;
    expect(predicted(shown)).toBe(predicted(rows) - 1);

    // Once the server has settled everything, the files before the backup go, and the newest stays.
    await db.execute(
      sql`UPDATE "desk"."outbox" SET "status" = 'rejected', "settled_at" = 9, "settled_how" = 'take_theirs'`,
    );
    const kept = journaled();
    await reopened.prune(async () => void (await backUp(engine, { into: backupsFolder(folder), reason: 'test' })));
    expect(journaled()).toEqual(kept.slice(-1));
    expect(fs.readdirSync(folder).some((name) => name.startsWith('books.before-restore-'))).toBe(true);

    // No backup holds: new books, and everything again from the journal.
    for (const name of fs.readdirSync(backupsFolder(folder))) {
      fs.writeFileSync(path.join(backupsFolder(folder), name, 'pgdata', 'global', 'pg_control'), 'noise');
    }
    await engine.close();
    const third = await openSecondLife(options, backupsFolder(folder));
    engine = third.engine;
    expect(third.backup).toBeNull();
    await migrateEngine(engine, { migrationsDir: 'shared/db/migrations', backupsDir: backupsFolder(folder) });
    const empty = drizzle(engine.pg, { casing: 'snake_case' }) as unknown as Db;
    expect((await open(empty)).journal.sendUpTo).toBe(seq - 1);
  } finally {
    await engine.close();
  }
});
