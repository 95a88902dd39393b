import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CommandArgs, CommandName } from '../../domain/command/args.ts';
import { commands } from '../../domain/command/registry.ts';
import type { Person } from '../../domain/rows.ts';
import { canonicalText, type Plain } from '../../kernel/canonical.ts';
import type { Id } from '../../kernel/ids.ts';
import { CollegeWorld, expectOk, type Outcome, readChart } from '../../testing/college-world.ts';
import { nodeDigest } from '../../testing/node-digest.ts';
import { randomStep, takeStep } from '../../testing/random-steps.ts';
import { BooksUnit } from '../books.ts';
import { executeCommand, type KnownCommand } from '../execute.ts';
import { type AnyRow, type Db, syncedTables, tableNames } from '../tables.ts';
import type { OpenBooks } from './open-books.ts';

/** A transaction over the books of one college, as the desk or the server opens it. */
export type Within = (db: Db, collegeId: Id, work: (tx: Db) => Promise<void>) => Promise<void>;

/** Commands in the database against commands in memory, the same on every database. `alsoHolds` looks at the books they end with. */
export function executeSuite(openBooks: OpenBooks, within: Within, alsoHolds?: (tx: Db) => Promise<void>): void {
  let books: Awaited<ReturnType<OpenBooks>>;
  let db: Db;
  beforeAll(async () => {
    books = await openBooks();
    db = books.db;
  });
  afterAll(() => books.close());

  /**
   * The world in memory, with every command run on the database as well and both answers compared. What the commands change is written
   * after every `stride` of them, and then now and again the books are read anew.
   */
  async function mirrored(
    world: CollegeWorld,
    tx: Db,
    stride: number,
  ): Promise<{ readonly finish: () => Promise<number> }> {
    let version = 0;
    let compared = 0;
    let unit = new BooksUnit(tx, world.collegeId);
    const execute = async <N extends CommandName>(name: N, args: CommandArgs[N], actor: Person): Promise<Outcome> => {
      const header = world.header();
      const expected = await world.decide(name, args, actor, header);
      const { collegeId } = world;
      const command = { ...header, collegeId, name, args, actorId: actor.id } as unknown as KnownCommand;
      const signed = { text: canonicalText({ ...header, name, actorId: actor.id }), signature: 'c2lnbmF0dXJl' };
      const done = await executeCommand({
        books: unit,
        command,
        signed,
        authority: 'server',
        version: version + 1,
        recordedAt: world.now,
        digest: nodeDigest,
        ...(name === 'college.configure' ? { actor } : {}),
      });
      if (done.ok) version += 1;
      const answer = done.ok ? 'ok' : done.error;
      expect(answer).toEqual(expected.ok ? 'ok' : expected.error);
      compared += 1;
      if (compared % stride === 0) {
        await unit.flush();
        if (compared % 2 === 0) unit = new BooksUnit(tx, world.collegeId);
      }
      if (expected.ok) {
        world.books.apply(expected.value.changes, expected.value.audit);
        world.head = { position: expected.value.audit.position, hash: expected.value.audit.hash };
      }
      return expected;
    };
    world.run = execute;
    const chart = readChart(world.collegeId);
    expectOk(
      await execute('college.configure', { college: world.college, people: world.people(), ...chart }, world.itAdmin),
    );
    return {
      finish: async () => {
        await unit.flush();
        return compared;
      },
    };
  }

  async function databaseRows(tx: Db, collegeId: string): Promise<ReadonlyMap<string, readonly string[]>> {
    const all = new Map<string, readonly string[]>();
    for (const table of tableNames) {
      const rows = await tx.select().from(syncedTables[table]);
      const own = rows
        .filter((row) => row.collegeId === collegeId)
        .map(({ version: _, ...row }) => canonicalText(row as AnyRow as Plain));
      all.set(table, own.sort());
    }
    return all;
  }

  test('the database gives the same books as memory under any sequence of commands', async () => {
    let commandsRun = 0;
    let worlds = 100;
    await fc.assert(
      fc.asyncProperty(
        fc.array(randomStep, { minLength: 40, maxLength: 90, size: 'max' }),
        fc.integer({ min: 1, max: 12 }),
        async (steps, stride) => {
          // Each try has a college of its own, also those of shrinking.
          worlds += 1;
          const world = await CollegeWorld.create(worlds);
          const blank = world.books;
          // Begins again from nothing, so that the set-up is compared too.
          for (const table of tableNames) {
            for (const row of blank.rows(table)) blank.apply([{ table, removed: row.id } as never]);
          }
          world.head = { position: 0, hash: '0'.repeat(64) };
          await within(db, world.collegeId, async (tx) => {
            const mirror = await mirrored(world, tx, stride);
            await world.setBudget('supplies', 90_00_000_00n);
            await world.vendor({ name: 'First Vendor' });
            for (const step of steps) await takeStep(step, world);
            commandsRun += await mirror.finish();
            const database = await databaseRows(tx, world.collegeId);
            for (const table of tableNames) {
              const memory = world.books.rows(table).map((row) => canonicalText(row as unknown as Plain));
              expect(database.get(table), table).toEqual(memory.sort());
            }
            await alsoHolds?.(tx);
          });
        },
      ),
      { numRuns: 12 },
    );
    expect(commandsRun).toBeGreaterThan(12 * 20);
  });

  test('the actor must be known in the books of the college', async () => {
    const world = await CollegeWorld.create(3);
    const header = world.header();
    const args = { vendorId: world.newId(), fields: {} };
    const command = { ...header, name: 'vendor.create', args, actorId: world.newId() } as unknown as KnownCommand;
    let done: unknown;
    await within(db, world.collegeId, async (tx) => {
      done = await executeCommand({
        books: new BooksUnit(tx, world.collegeId),
        command,
        signed: { text: '{}', signature: '' },
        authority: 'desk',
        version: 0,
        recordedAt: 1,
        digest: nodeDigest,
      });
    });
    expect(done).toMatchObject({ ok: false, error: { code: 'AUTH_FORBIDDEN' } });
    expect(Object.keys(commands)).toContain(command.name);
  });
}
