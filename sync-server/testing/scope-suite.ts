import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inScope } from '../../shared/db/scope.ts';
import { type Db, sqlName, tableNames } from '../../shared/db/tables.ts';
import type { Id } from '../../shared/kernel/ids.ts';
import { vendorFields } from '../../shared/testing/entries.ts';
import { issueEnrolCode } from '../services/enrol.ts';
import { sqlRows } from '../stores/sql-rows.ts';
import { keepEvent, showUnassigned, type WebhookEvent } from '../stores/webhook-events.ts';
import { interestLine, interestPost, statementOf } from './bank-samples.ts';
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
  'server.webhook_events',
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

/** A message of a bank that came to nothing. */
const messageFor = (collegeId: Id, id: Id): WebhookEvent => ({
  ...{
    id,
    provider: 'icici',
    eventKey: id,
    collegeId,
    secretColleges: [collegeId],
    body: '',
    headers: '{}',
    news: null,
  },
  ...{ status: 'dead', attempts: 1, nextAt: 0, code: 'WEBHOOK_UNREADABLE', details: null, receivedAt: 0, settledAt: 0 },
});
/** A statement of which one line is entered, a rule, and what the fee portal says of the month. */
function bankCommands<C>(desk: TestDesk, collegeId: string, say: (name: string, args: object) => C): readonly C[] {
  const bankAccountId = desk.newId();
  const named = { name: 'Fees', bankName: 'ICICI Bank', accountNumber: '002105001234', ifsc: 'ICIC0000021' };
  const account = { ...named, accountCode: '1210', connector: null, fileFormat: null };
  const line = interestLine('INTEREST');
  const rule = {
    bankAccountId,
    words: 'charges',
    direction: 'out',
    accountCode: '5840',
    narration: '',
    isActive: true,
  };
  const told = { month: '2026-10', bankAccountId, collectionsPaise: 5n, depositsPaise: 5n, status: 'matched' };
  return [
    say('bankAccount.create', { bankAccountId, fields: account }),
    say('statement.import', statementOf(desk.newId(), bankAccountId, [line])),
    say(
      'reconciliation.post',
      interestPost(() => desk.newId(), collegeId, bankAccountId, line),
    ),
    say('bankRule.set', { ruleId: desk.newId(), revision: 0, fields: rule }),
    say('fees.reconcile', { ...told, discrepancies: [] }),
  ];
}

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
      await inScope(server.context.database.db, [college.id], (tx) =>
        keepEvent(tx, messageFor(college.id, desk.newId())),
      );
      const [vendorId, expenseId, receiptId] = [desk.newId(), desk.newId(), desk.newId()];
      const say = (
        name: string,
        args: object,
        actor = college.accountantId,
        change: { readonly occurredAt?: number } = {},
      ) => desk.command(college.id, actor, name, args, change);
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
      const details = { accountNumber: '50100000000099', ifsc: 'HDFC0001234' };
      const seen = { vendorId, ...details, accountName: 'Vendor', revision: 1 };
      const twoDaysAgo = server.clock.now() - 48 * 3_600_000;
      const account = {
        ...{ name: 'Current', bankName: 'Bank', accountNumber: '001105012345', ifsc: 'ICIC0000011' },
        ...{ accountCode: '1200', connector: null, fileFormat: null },
      };
      const bankAccountId = desk.newId();
      const ordered = desk.newId();
      const gone = { ...receipt, receiptId: desk.newId() };
      const { results } = await pushed(server, desk, [
        say('vendor.create', { vendorId, fields: vendorFields('Vendor', details) }),
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
        say('beneficiary.approve', seen, college.principalId, { occurredAt: twoDaysAgo }),
        say('bankAccount.create', { bankAccountId, fields: account }),
        say('expense.create', { expenseId: ordered, fields: billFields(vendorId, { billNo: 'B-2' }) }),
        say('receipt.attach', { ...receipt, receiptId: desk.newId(), expenseId: ordered }),
        say('expense.submit', { expenseId: ordered, overBudgetReason: null }),
        say('order.prepare', {
          ...{ batchId: desk.newId(), bankAccountId, purpose: 'Bills' },
          orders: [{ orderId: desk.newId(), expenseId: ordered }],
        }),
        say('period.close', { month: '2026-04' }),
        ...bankCommands(desk, college.id, say),
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

  test('a message whose college nobody knows yet is shown to the server itself alone', async () => {
    const { db } = server.context.database;
    const id = desks.get(mine.id)?.newId() ?? '';
    await inScope(db, [mine.id], async (tx) => {
      await showUnassigned(tx);
      await keepEvent(tx, { ...messageFor(mine.id, id), collegeId: null });
    });
    const seen = (tx: Db) =>
      sqlRows<{ id: string }>(tx, sql`SELECT "id" FROM "server"."webhook_events" WHERE "id" = ${id}`);
    expect(await inScope(db, [mine.id, theirs.id], seen)).toEqual([]);
    expect(
      await inScope(db, [], async (tx) => {
        await showUnassigned(tx);
        return seen(tx);
      }),
    ).toEqual([{ id }]);
    const smuggle = inScope(db, [mine.id], async (tx) => {
      await showUnassigned(tx);
      await tx.execute(sql`UPDATE "server"."webhook_events" SET "college_id" = ${theirs.id} WHERE "id" = ${id}`);
    });
    expect(await causeOf(smuggle)).toMatch(/row-level security/);
  });

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
