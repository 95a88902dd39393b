import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { vendorFields } from '../../shared/testing/entries.ts';
import { migrationsDir, programRoot } from '../composition/places.ts';
import { deskIndexes, deskTables, dropDeskReading } from '../stores/desk-reading.ts';
import { sqlRows } from '../stores/sql-rows.ts';
import { billFields, enrolDesk, makeCollege, openTestServer, type TestServer } from './test-server.ts';
import { pushed } from './world.ts';

/** Indexes of those tables, which go with them. */
const beside = ['ledger_days_by_account'];

/** The statements of the migrations that make what only desks read. */
function makingStatements(): readonly string[] {
  const folder = migrationsDir(programRoot());
  const files = readdirSync(folder).filter((name) => name.endsWith('.sql'));
  const statements = files
    .sort()
    .flatMap((name) => readFileSync(path.join(folder, name), 'utf8').split('--> statement-breakpoint'));
  const isOfTable = (statement: string): boolean =>
    deskTables.some(({ name }) => new RegExp(`CREATE (TABLE|FUNCTION|TRIGGER) "${name}`).test(statement));
  return statements.filter(
    (statement) =>
      isOfTable(statement) || [...deskIndexes, ...beside].some((name) => statement.includes(`INDEX "${name}"`)),
  );
}

/** The server keeps up nothing that only the lists and searches of desks ask. */
export function deskReadingSuite(databaseUrl: () => Promise<string | null>): void {
  let server: TestServer;
  beforeAll(async () => {
    server = await openTestServer(await databaseUrl());
  });
  afterAll(() => server.close());

  const namesIn = async (): Promise<readonly string[]> => {
    const rows = await sqlRows<{ name: string }>(
      server.context.database.db,
      sql`SELECT "indexname" AS "name" FROM "pg_indexes" WHERE "schemaname" = 'public'
        UNION ALL SELECT "tgname" FROM "pg_trigger" WHERE "tgrelid" IN ('"expenses"'::regclass, '"vouchers"'::regclass, '"voucher_lines"'::regclass) AND NOT "tgisinternal"
        UNION ALL SELECT "relname" FROM "pg_class" WHERE "relname" IN ('expense_totals', 'ledger_days', 'voucher_words') AND "relkind" = 'r' ORDER BY 1`,
    );
    return rows.map(({ name }) => name);
  };
  const isOfDesk = (name: string): boolean =>
    deskIndexes.includes(name) || deskTables.some((table) => name.startsWith(table.name));

  test('a server just opened has none of it, but all that its own questions go by', async () => {
    const names = await namesIn();
    expect(names.filter(isOfDesk)).toEqual([]);
    expect(names.filter((name) => name.startsWith('expenses'))).toEqual([
      'expenses_by_bill',
      'expenses_by_date',
      'expenses_by_import_key',
      'expenses_college_id_id_pk',
      'expenses_college_id_version_index',
      'expenses_number',
    ]);
  });

  test('what an older version kept up goes at the next start, and commands are taken afterwards', async () => {
    const { db } = server.context.database;
    const making = makingStatements();
    for (const statement of making) await db.execute(sql.raw(statement));
    const made = (await namesIn()).filter(isOfDesk);
    expect(made).toEqual(
      [
        ...deskIndexes,
        ...beside,
        ...deskTables.flatMap(({ name, events }) => [
          name,
          `${name}_pkey`,
          ...events.map((event) => `${name}_${event}`),
        ]),
      ].sort(),
    );
    await dropDeskReading(db);
    expect((await namesIn()).filter(isOfDesk)).toEqual([]);
    await dropDeskReading(db);

    const college = await makeCollege(server, 'ABC');
    const desk = await enrolDesk(server, [college.id]);
    await desk.signIn(college.accountant);
    const [vendorId, expenseId] = [desk.newId(), desk.newId()];
    const { results } = await pushed(server, desk, [
      desk.command(college.id, college.accountantId, 'vendor.create', { vendorId, fields: vendorFields('Vendor') }),
      desk.command(college.id, college.accountantId, 'expense.create', { expenseId, fields: billFields(vendorId) }),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['applied', 'applied']);
  });
}
