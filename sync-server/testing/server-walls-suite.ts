import { type SQL, sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { inScope, nameRow } from '../../shared/db/scope.ts';
import type { Db } from '../../shared/db/tables.ts';
import type { Id } from '../../shared/kernel/ids.ts';
import { sqlRows } from '../stores/sql-rows.ts';
import type { TestCollege, TestDesk, TestServer } from './test-server.ts';

export interface TwoColleges {
  readonly server: TestServer;
  readonly mine: TestCollege;
  readonly theirs: TestCollege;
  /** A desk of each, on which its people signed in. */
  readonly desks: ReadonlyMap<Id, TestDesk>;
}

/** Tables of the server without a college of their own: how a row is called, and whose it is, as their owner sees it. */
const tables = {
  'server.devices': { key: sql`"id"::text`, colleges: sql`"college_ids"`, unnamed: true },
  'server.device_people': {
    key: sql`"device_id" || ' ' || "person_id"`,
    colleges: sql`(SELECT "college_ids" FROM "server"."devices" AS d WHERE d."id" = "device_id")`,
    unnamed: true,
  },
  // A code and a password are nobody's business who cannot say which one, in his own college either.
  'server.enrol_codes': { key: sql`"code_hash"`, colleges: sql`"college_ids"`, unnamed: false },
  'server.credentials': {
    key: sql`"person_id"::text`,
    colleges: sql`(SELECT array_agg("college_id") FROM "people" WHERE "id" = "person_id")`,
    unnamed: false,
  },
} as const;

/** Behind the wall without naming a college. */
export const serverTables = Object.keys(tables) as (keyof typeof tables)[];

const named = (table: string): SQL => sql.raw(table.replace(/^(\w+)\.(\w+)$/, '"$1"."$2"'));
const listed = (ids: readonly string[]): SQL => sql`${`{${ids.join(',')}}`}::uuid[]`;

export async function causeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (thrown) {
    return String(thrown instanceof Error && thrown.cause ? thrown.cause : thrown);
  }
  return 'it went through';
}

/** What belongs to a college without saying so in a column, or has to be found before a college is known. */
export function serverWallsSuite(world: () => TwoColleges): void {
  const within = <T>(scope: readonly Id[], work: (tx: Db) => Promise<T>): Promise<T> =>
    inScope(world().server.context.database.db, scope, work);
  const refused = (scope: readonly Id[], name: string, statement: SQL): Promise<string> =>
    causeOf(
      within(scope, async (tx) => {
        await nameRow(tx, name);
        await tx.execute(statement);
      }),
    );
  const keysIn = (tx: Db, table: keyof typeof tables): Promise<readonly string[]> =>
    sqlRows<{ key: string }>(tx, sql`SELECT ${tables[table].key} AS "key" FROM ${named(table)}`).then((rows) =>
      rows.map(({ key }) => key).sort(),
    );
  /** As the owner of the database sees it, whom no wall stops. */
  const all = (table: keyof typeof tables) =>
    sqlRows<{ key: string; whose: string }>(
      world().server.context.database.db,
      sql`SELECT ${tables[table].key} AS "key", (${tables[table].colleges})::text AS "whose" FROM ${named(table)} ORDER BY 1`,
    );
  const keysOf = async (table: keyof typeof tables, college: Id): Promise<readonly string[]> =>
    (await all(table)).filter(({ whose }) => whose.includes(college)).map(({ key }) => key);

  describe.each(serverTables)('%s', (table) => {
    test('shows what is of the scope, and without one nothing', async () => {
      const { mine, theirs } = world();
      for (const { id } of [mine, theirs]) {
        const own = await keysOf(table, id);
        expect(own.length).toBeGreaterThan(0);
        expect(await within([id], (tx) => keysIn(tx, table))).toEqual(tables[table].unnamed ? own : []);
      }
      expect(await within([], (tx) => keysIn(tx, table))).toEqual([]);
    });

    test('is not changed beyond the scope by a statement that forgot to say which row', async () => {
      const { mine } = world();
      const columns = await sqlRows<{ name: string }>(
        world().server.context.database.db,
        sql`SELECT "attname"::text AS "name" FROM "pg_attribute" WHERE "attrelid" = ${table}::regclass AND "attnum" > 0 AND NOT "attisdropped"
          AND has_column_privilege('munim_app', ${table}::regclass, "attnum", 'UPDATE')`,
      );
      const own = tables[table].unnamed ? await keysOf(table, mine.id) : [];
      for (const { name } of columns) {
        const column = sql.raw(`"${name}"`);
        const statement = sql`UPDATE ${named(table)} SET ${column} = ${column} RETURNING ${tables[table].key} AS "key"`;
        const reached = await within([mine.id], (tx) => sqlRows<{ key: string }>(tx, statement));
        expect({ name, reached: reached.map(({ key }) => key).sort() }).toEqual({ name, reached: own });
      }
      expect(await causeOf(within([mine.id], (tx) => tx.execute(sql`DELETE FROM ${named(table)}`)))).toMatch(
        /permission denied/,
      );
    });
  });

  test('a device is shown to who names it, it alone, and until another is named', async () => {
    const { mine, theirs, desks } = world();
    const stranger = desks.get(theirs.id)?.deviceId ?? '';
    await within([], async (tx) => {
      await nameRow(tx, stranger);
      expect(await keysIn(tx, 'server.devices')).toEqual([stranger]);
      await nameRow(tx, mine.accountant);
      expect(await keysIn(tx, 'server.devices')).toEqual([]);
      expect(await keysIn(tx, 'server.credentials')).toEqual([mine.accountantId]);
    });
    expect(await within([], (tx) => keysIn(tx, 'server.devices'))).toEqual([]);
  });

  test('a device gets no college that is not in the scope, and loses none', async () => {
    const { mine, theirs, desks } = world();
    const id = desks.get(mine.id)?.deviceId ?? '';
    const set = (ids: readonly Id[]) =>
      sql`UPDATE "server"."devices" SET "college_ids" = ${listed(ids)} WHERE "id" = ${id}`;
    expect(await refused([mine.id], id, set([mine.id, theirs.id]))).toMatch(/row-level security/);
    expect(await refused([mine.id], id, set([theirs.id]))).toMatch(/row-level security/);
    expect(await refused([mine.id, theirs.id], id, set([theirs.id]))).toMatch(/row-level security/);
    const newId = '019ab000-0000-7000-8000-000000000001';
    const made = sql`INSERT INTO "server"."devices" ("id", "name", "public_key", "college_ids", "last_seq", "enrolled_at")
      VALUES (${newId}, 'Stranger', '', ${listed([theirs.id])}, 0, 0)`;
    expect(await refused([mine.id], newId, made)).toMatch(/row-level security/);
    expect(await refused([mine.id], '', made)).toMatch(/row-level security/);
  });

  test('nobody is bound to the desk of another college, and no stranger to the own', async () => {
    const { mine, theirs, desks } = world();
    const bind = (device: Id | undefined, person: Id) =>
      sql`INSERT INTO "server"."device_people" ("device_id", "person_id", "since") VALUES (${device}, ${person}, 0)`;
    const own = desks.get(mine.id)?.deviceId;
    expect(await refused([mine.id], '', bind(desks.get(theirs.id)?.deviceId, mine.accountantId))).toMatch(
      /row-level security/,
    );
    expect(await refused([mine.id], '', bind(own, theirs.accountantId))).toMatch(/row-level security/);
  });

  test('a code is for colleges of the scope, and never becomes one for others', async () => {
    const { mine, theirs } = world();
    const add = (ids: readonly Id[]) =>
      sql`INSERT INTO "server"."enrol_codes" ("code_hash", "college_ids", "expires_at") VALUES ('crossing', ${listed(ids)}, 0)`;
    for (const ids of [[theirs.id], [mine.id, theirs.id], []]) {
      expect(await refused([mine.id], 'crossing', add(ids))).toMatch(/row-level security/);
    }
    const [code] = await keysOf('server.enrol_codes', theirs.id);
    const take = sql`UPDATE "server"."enrol_codes" SET "used_by" = ${mine.accountantId}`;
    expect(await refused([mine.id], code ?? '', take)).toMatch(/row-level security/);
    const widen = sql`UPDATE "server"."enrol_codes" SET "college_ids" = ${listed([mine.id])}`;
    expect(await refused([mine.id], code ?? '', widen)).toMatch(/permission denied/);
  });

  test('a password is written for the person who is named, and moves to nobody else', async () => {
    const { mine, theirs } = world();
    const move = sql`UPDATE "server"."credentials" SET "person_id" = ${mine.principalId}, "email" = 'moved'`;
    expect(await refused([mine.id, theirs.id], theirs.accountantId, move)).toMatch(/row-level security/);
    const add = sql`INSERT INTO "server"."credentials" ("person_id", "email", "password_hash", "changed_at")
      VALUES ('019ab000-0000-7000-8000-000000000002', 'new@example', '', 0)`;
    expect(await refused([mine.id], mine.accountantId, add)).toMatch(/row-level security/);
  });

  test('the facts of the server can be added to and neither changed nor deleted', async () => {
    for (const statement of [sql`UPDATE "server"."facts" SET "value" = ''`, sql`DELETE FROM "server"."facts"`]) {
      expect(await refused([], '', statement)).toMatch(/permission denied/);
    }
  });
}
