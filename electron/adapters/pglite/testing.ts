import path from 'node:path';
import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/pglite';
import type { KnownCommand } from '../../../shared/db/execute.ts';
import { type AnyRow, type Db, syncedTables, tableNames } from '../../../shared/db/tables.ts';
import { insertRows } from '../../../shared/db/write-rows.ts';
import type { CommandArgs, CommandName } from '../../../shared/domain/command/args.ts';
import type { CommandHeader } from '../../../shared/domain/command/context.ts';
import { commands } from '../../../shared/domain/command/registry.ts';
import type { Person } from '../../../shared/domain/rows.ts';
import type { Engine } from '../../../shared/engine/engine.ts';
import { migrateEngine } from '../../../shared/engine/migrate.ts';
import { openTestEngine, testTemplate } from '../../../shared/engine/testing.ts';
import { canonicalText, type Plain } from '../../../shared/kernel/canonical.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import { commandArgs } from '../../../shared/sync/command-args.ts';
import type { WireRow } from '../../../shared/sync/messages.ts';
import type { CollegeWorld } from '../../../shared/testing/college-world.ts';
import { rowsOf } from './rows-of.ts';

export interface TestBooks {
  readonly db: Db;
  readonly engine: Engine;
  /** Empties every table and puts the rows of the world in at version 1. */
  reset(world: CollegeWorld): Promise<void>;
  close(): Promise<void>;
}

/** Real books on disk, with every migration. */
export async function openDeskBooks(folder: string): Promise<TestBooks> {
  const { engine } = await openTestEngine(path.join(folder, 'books'), {
    templateDir: await testTemplate('shared/db/migrations'),
  });
  await migrateEngine(engine, { migrationsDir: 'shared/db/migrations', backupsDir: path.join(folder, 'backups') });
  const db = drizzle(engine.pg, { casing: 'snake_case' }) as unknown as Db;
  return {
    db,
    engine,
    reset: async (world) => {
      const all = [...tableNames.map((name) => `"${name}"`), '"tombstones"', ...deskTables].join(', ');
      await db.execute(sql.raw(`TRUNCATE ${all}`));
      for (const table of tableNames) await insertRows(db, table, world.books.rows(table) as unknown as AnyRow[], 1);
    },
    close: () => engine.close(),
  };
}

const deskTables = ['outbox', 'undo_images', 'sync_cursors', 'pull_stage', 'facts', 'known_people'].map(
  (name) => `"desk"."${name}"`,
);

/** Everything the books hold, as PostgreSQL itself writes it: two states are the same when these texts are. */
export async function snapshot(db: Db): Promise<Readonly<Record<string, readonly string[]>>> {
  const shot: Record<string, readonly string[]> = {};
  for (const table of tableNames) {
    const rows = await rowsOf<{ text: string }>(
      db,
      sql.raw(`SELECT to_json(t)::text AS "text" FROM "${table}" t ORDER BY "college_id", "id"`),
    );
    shot[table] = rows.map(({ text }) => text);
  }
  const totals = await rowsOf<{ text: string }>(
    db,
    sql`SELECT to_json(t)::text AS "text" FROM "expense_totals" t WHERE "expense_count" <> 0 OR "total_paise" <> 0 ORDER BY 1`,
  );
  return { ...shot, expense_totals: totals.map(({ text }) => text) };
}

/** What a server would send of everything it wrote after version 1. */
export async function wireRows(db: Db): Promise<readonly WireRow[]> {
  const wire: WireRow[] = [];
  for (const table of tableNames) {
    const rows = (await db.select().from(syncedTables[table])) as readonly (AnyRow & { id: Id; version: number })[];
    for (const { version, ...row } of rows) if (version > 1) wire.push({ table, id: row.id, version, row });
  }
  const gone = await rowsOf<{ table_name: string; id: Id; version: bigint }>(db, sql`SELECT * FROM "tombstones"`);
  for (const { table_name, id, version } of gone)
    wire.push({ table: table_name, id, version: Number(version), row: null });
  return wire;
}

export interface Attempt {
  readonly header: CommandHeader;
  readonly name: CommandName;
  readonly args: CommandArgs[CommandName];
  readonly actor: Person;
}

/** Notes every well-formed command that is tried in the world from now on. */
export function recordAttempts(world: CollegeWorld): readonly Attempt[] {
  const attempts: Attempt[] = [];
  const decide = world.decide.bind(world);
  world.decide = (name, args, actor, header = world.header(), authority = world.authority) => {
    // What the boundary would refuse never becomes a command.
    if (commandArgs[name].safeParse(args).success) attempts.push({ header, name, args, actor });
    return decide(name, args, actor, header, authority);
  };
  return attempts;
}

/** The attempt as a command of a device, with the text it would sign. */
export function commandOf(
  attempt: Attempt,
  deviceId: Id,
  seq: number,
): { command: KnownCommand; signed: { text: string; signature: string } } {
  const { header, name, args, actor } = attempt;
  const command = {
    ...header,
    deviceId,
    seq,
    knows: 0,
    name,
    schemaVersion: commands[name].schemaVersion,
    args,
    actorId: actor.id,
  } as KnownCommand;
  return { command, signed: { text: canonicalText(command as unknown as Plain), signature: 'c2lnbmF0dXJl' } };
}
