import { PGlite, types } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { drizzle } from 'drizzle-orm/pglite';
import { migrate } from 'drizzle-orm/pglite/migrator';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CommandArgs, CommandName } from '../domain/command/args.ts';
import { commands } from '../domain/command/registry.ts';
import type { Person } from '../domain/rows.ts';
import { canonicalText, type Plain } from '../kernel/canonical.ts';
import { CollegeWorld, expectOk, type Outcome, readChart } from '../testing/college-world.ts';
import { nodeDigest } from '../testing/node-digest.ts';
import { randomStep, takeStep } from '../testing/random-steps.ts';
import { executeCommand, type KnownCommand } from './execute.ts';
import { type AnyRow, type Db, syncedTables, tableNames } from './tables.ts';

let pg: PGlite;
let db: Db;

beforeAll(async () => {
  pg = await PGlite.create({
    extensions: { pg_trgm },
    parsers: { [types.INT8]: (text: string) => BigInt(text), [types.DATE]: (text: string) => text },
  });
  const opened = drizzle(pg, { casing: 'snake_case' });
  await migrate(opened, { migrationsFolder: 'shared/db/migrations' });
  db = opened as unknown as Db;
});
afterAll(() => pg.close());

const refused = new Error('refused');

/** The world in memory, with every command run on the database as well and both answers compared. */
async function mirrored(world: CollegeWorld): Promise<{ readonly compared: () => number }> {
  let version = 0;
  let compared = 0;
  const execute = async <N extends CommandName>(name: N, args: CommandArgs[N], actor: Person): Promise<Outcome> => {
    const header = world.header();
    const expected = await world.decide(name, args, actor, header);
    const { collegeId } = world;
    const command = { ...header, collegeId, name, args, actorId: actor.id } as unknown as KnownCommand;
    let answer: unknown;
    await db
      .transaction(async (tx) => {
        const signed = { text: canonicalText({ ...header, name, actorId: actor.id }), signature: 'c2lnbmF0dXJl' };
        const done = await executeCommand({
          db: tx as unknown as Db,
          command,
          signed,
          authority: 'server',
          version: version + 1,
          recordedAt: world.now,
          digest: nodeDigest,
          ...(name === 'college.configure' ? { actor } : {}),
        });
        answer = done.ok ? 'ok' : done.error;
        if (!done.ok) throw refused;
        version += 1;
      })
      .catch((thrown: unknown) => {
        if (thrown !== refused) throw thrown;
      });
    expect(answer).toEqual(expected.ok ? 'ok' : expected.error);
    compared += 1;
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
  return { compared: () => compared };
}

async function databaseRows(collegeId: string): Promise<ReadonlyMap<string, readonly string[]>> {
  const all = new Map<string, readonly string[]>();
  for (const table of tableNames) {
    const rows = await db.select().from(syncedTables[table]);
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
    fc.asyncProperty(fc.array(randomStep, { minLength: 40, maxLength: 90, size: 'max' }), async (steps) => {
      // Each try has a college of its own, also those of shrinking.
      worlds += 1;
      const world = await CollegeWorld.create(worlds);
      const blank = world.books;
      // Begins again from nothing, so that the set-up is compared too.
      for (const table of tableNames) {
        for (const row of blank.rows(table)) blank.apply([{ table, removed: row.id } as never]);
      }
      world.head = { position: 0, hash: '0'.repeat(64) };
      const mirror = await mirrored(world);
      await world.setBudget('supplies', 90_00_000_00n);
      await world.vendor({ name: 'First Vendor' });
      for (const step of steps) await takeStep(step, world);
      const database = await databaseRows(world.collegeId);
      for (const table of tableNames) {
        const memory = world.books.rows(table).map((row) => canonicalText(row as unknown as Plain));
        expect(database.get(table), table).toEqual(memory.sort());
      }
      commandsRun += mirror.compared();
    }),
    { numRuns: 12 },
  );
  expect(commandsRun).toBeGreaterThan(12 * 20);
});

test('the actor must be known in the books of the college', async () => {
  const world = await CollegeWorld.create(3);
  const header = world.header();
  const args = { vendorId: world.newId(), fields: {} };
  const command = { ...header, name: 'vendor.create', args, actorId: world.newId() } as unknown as KnownCommand;
  const done = await db.transaction((tx) =>
    executeCommand({
      db: tx as unknown as Db,
      command,
      signed: { text: '{}', signature: '' },
      authority: 'desk',
      version: 0,
      recordedAt: 1,
      digest: nodeDigest,
    }),
  );
  expect(done).toMatchObject({ ok: false, error: { code: 'AUTH_FORBIDDEN' } });
  expect(Object.keys(commands)).toContain(command.name);
});
