import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inScope } from '../../shared/db/scope.ts';
import { sqlName, tableNames } from '../../shared/db/tables.ts';
import { vendorFields } from '../../shared/testing/entries.ts';
import { issueEnrolCode } from '../services/enrol.ts';
import { sqlRows } from '../stores/sql-rows.ts';
import { causeOf, serverTables, serverWallsSuite } from './server-walls-suite.ts';
import {
  billFields,
  enrolDesk,
  makeCollege,
  openTestServer,
  type TestCollege,
  type TestDesk,
  type TestServer,
} from './test-server.ts';
import { pushed } from './world.ts';

const closed = [
  'server.college_versions',
  'server.command_log',
  'public.tombstones',
  ...tableNames.map((table) => `public.${sqlName(table)}`),
];

/** What the role reaches and no wall divides, each for a reason. */
const undivided: Readonly<Record<string, string>> = {
  'server.facts': 'of the server as a whole: its public key and a hash; no college, no person, nothing secret',
};
const named = (table: string) =>
  sql.raw(
    table
      .split('.')
      .map((part) => `"${part}"`)
      .join('.'),
  );

/** The wall between colleges stands in the database: what crosses it is refused there, whatever a query asks. */
export function scopeSuite(databaseUrl: () => Promise<string | null>): void {
  let server: TestServer;
  let mine: TestCollege;
  let theirs: TestCollege;
  const desks = new Map<string, TestDesk>();

  beforeAll(async () => {
    server = await openTestServer(await databaseUrl());
    [mine, theirs] = [await makeCollege(server, 'MINE'), await makeCollege(server, 'THEIRS')];
    for (const college of [mine, theirs]) {
      const desk = await enrolDesk(server, [college.id]);
      desks.set(college.id, desk);
      await issueEnrolCode(server.context, [college.id]);
      await desk.signIn(college.accountant);
      await desk.signIn(college.principal);
      const [vendorId, expenseId, receiptId] = [desk.newId(), desk.newId(), desk.newId()];
      const say = (name: string, args: object, actor = college.accountantId) =>
        desk.command(college.id, actor, name, args);
      const allocated = { from: 0n, to: 10n ** 9n };
      const receipt = {
        receiptId,
        expenseId,
        sha256: 'b'.repeat(64),
        fileName: 'b.pdf',
        mime: 'application/pdf',
        sizeBytes: 5,
      };
      const noGrant = { agency: null, sanctionNo: null, sanctionedPaise: null, startsOn: null, endsOn: null };
      const department = { code: 'MECH', name: 'Mechanical', kind: 'department', ...noGrant };
      const gone = { ...receipt, receiptId: desk.newId() };
      const { results } = await pushed(server, desk, [
        say('vendor.create', { vendorId, fields: vendorFields('Vendor') }),
        say('costCentre.create', { costCentreId: desk.newId(), fields: department }),
        say('budget.set', { financialYear: '2026-27', category: 'supplies', allocated }, college.principalId),
        say('expense.create', { expenseId, fields: billFields(vendorId) }),
        say('receipt.attach', receipt),
        say('receipt.attach', gone),
      ]);
      // A receipt that came and went in one push was never anybody's, and leaves no tombstone.
      const later = await pushed(server, desk, [
        say('receipt.remove', { receiptId: gone.receiptId, expenseId }),
        say('expense.submit', { expenseId, overBudgetReason: null }),
        say('payment.take', { expenseId }),
        say('period.close', { month: '2026-04' }),
      ]);
      results.push(...later.results);
      expect(results.map(({ status, code }) => code ?? status)).toEqual(results.map(() => 'applied'));
    }
  });
  afterAll(() => server.close());

  const collegesIn = (scope: readonly string[], table: string): Promise<readonly string[]> =>
    inScope(server.context.database.db, scope, async (tx) => {
      const rows = await sqlRows<{ id: string }>(tx, sql`SELECT DISTINCT "college_id" AS "id" FROM ${named(table)}`);
      return rows.map(({ id }) => id).sort();
    });
  describe.each(closed)('%s', (table) => {
    test('shows the rows of the scope and no others', async () => {
      expect(await collegesIn([mine.id], table)).toEqual([mine.id]);
      expect(await collegesIn([theirs.id], table)).toEqual([theirs.id]);
      expect(await collegesIn([mine.id, theirs.id], table)).toEqual([mine.id, theirs.id].sort());
      expect(await collegesIn([], table)).toEqual([]);
    });

    test('takes no row of another college and lets none be changed or deleted', async () => {
      const before = await collegesIn([theirs.id], table);
      const { db } = server.context.database;
      const move = inScope(db, [mine.id], (tx) =>
        tx.execute(sql`UPDATE ${named(table)} SET "college_id" = ${theirs.id} WHERE "college_id" = ${mine.id}`),
      );
      expect(await causeOf(move)).toMatch(/row-level security|permission denied/);
      const copy = inScope(db, [mine.id], (tx) =>
        tx.execute(
          sql`INSERT INTO ${named(table)} SELECT (jsonb_populate_record(t, ${JSON.stringify({ college_id: theirs.id })}::jsonb)).* FROM ${named(table)} AS t LIMIT 1`,
        ),
      );
      expect(await causeOf(copy)).toMatch(/row-level security/);
      await causeOf(
        inScope(db, [mine.id], (tx) => tx.execute(sql`DELETE FROM ${named(table)} WHERE "college_id" = ${theirs.id}`)),
      );
      expect(await collegesIn([theirs.id], table)).toEqual(before);
    });
  });

  test.each(['vouchers', 'voucher_lines', 'bill_allocations', 'audit_entries'])(
    '%s can be added to but not changed, in the own college either',
    async (table) => {
      const { db } = server.context.database;
      for (const statement of [
        sql`UPDATE ${named(table)} SET "version" = "version"`,
        sql`DELETE FROM ${named(table)}`,
      ]) {
        expect(await causeOf(inScope(db, [mine.id], (tx) => tx.execute(statement)))).toMatch(/permission denied/);
      }
    },
  );

  describe('tables of the server', () => serverWallsSuite(() => ({ server, mine, theirs, desks })));

  test('every table that the role can reach is tried here, also one that comes later', async () => {
    const { db } = server.context.database;
    const found = await sqlRows<{ name: string; walled: boolean }>(
      db,
      sql`SELECT "n"."nspname" || '.' || "c"."relname" AS "name",
          "c"."relrowsecurity" AND EXISTS (SELECT FROM "pg_policy" WHERE "polrelid" = "c"."oid") AS "walled"
        FROM "pg_class" AS "c" JOIN "pg_namespace" AS "n" ON "n"."oid" = "c"."relnamespace"
        WHERE "c"."relkind" IN ('r', 'p', 'm', 'v', 'f') AND "n"."nspname" NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
          AND has_schema_privilege('munim_app', "n"."oid", 'USAGE')
          AND (has_any_column_privilege('munim_app', "c"."oid", 'SELECT, INSERT, UPDATE, REFERENCES')
            OR has_table_privilege('munim_app', "c"."oid", 'DELETE, TRUNCATE, TRIGGER'))
        ORDER BY 1`,
    );
    expect(found.map(({ name }) => name)).toEqual([...closed, ...serverTables, ...Object.keys(undivided)].sort());
    expect(found.filter(({ name, walled }) => walled === name in undivided)).toEqual([]);
  });

  test('no function of the schema works with more rights than who calls it', async () => {
    const definers = await sqlRows<{ name: string }>(
      server.context.database.db,
      sql`SELECT "proname"::text AS "name" FROM "pg_proc" WHERE "prosecdef" AND "pronamespace"::regnamespace::text IN ('public', 'server')`,
    );
    expect(definers).toEqual([]);
  });

  test('the role cannot widen itself or turn the wall off', async () => {
    const { db } = server.context.database;
    const isRow = await inScope(db, [mine.id], (tx) =>
      sqlRows<{ role: string; free: boolean }>(
        tx,
        sql`SELECT current_user AS "role", (SELECT "rolbypassrls" OR "rolsuper" FROM "pg_roles" WHERE "rolname" = current_user) AS "free"`,
      ),
    );
    expect(isRow).toEqual([{ role: 'munim_app', free: false }]);
    for (const statement of [
      'ALTER TABLE "expenses" DISABLE ROW LEVEL SECURITY',
      'DROP POLICY "college" ON "expenses"',
      'ALTER ROLE "munim_app" BYPASSRLS',
      'CREATE TABLE "mine" ("id" int)',
    ]) {
      expect(await causeOf(inScope(db, [mine.id], (tx) => tx.execute(sql.raw(statement))))).toMatch(
        /must be (?:owner|superuser)|permission denied/,
      );
    }
  });

  test('scope and role end with the transaction, also when it fails', async () => {
    const { db } = server.context.database;
    await causeOf(
      inScope(db, [mine.id], async () => {
        throw new Error('on purpose');
      }),
    );
    await inScope(db, [mine.id], async () => {});
    const [left] = await sqlRows<{ role: string; scope: string | null }>(
      db,
      sql`SELECT current_user AS "role", nullif(current_setting('munim.colleges', true), '') AS "scope"`,
    );
    expect(left?.scope).toBeNull();
    expect(left?.role).not.toBe('munim_app');
  });

  test('a snapshot writes nothing, and a scope takes ids only', async () => {
    const { db } = server.context.database;
    const write = inScope(db, [mine.id], (tx) => tx.execute(sql`DELETE FROM "vendors"`), { snapshot: true });
    expect(await causeOf(write)).toMatch(/read-only transaction/);
    expect(() => inScope(db, [`${mine.id},${theirs.id}`], async () => {})).toThrow(/college ids/);
  });
}
