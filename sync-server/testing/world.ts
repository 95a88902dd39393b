import { sql } from 'drizzle-orm';
import { inScope } from '../../shared/db/scope.ts';
import { columnsOf, sqlName, tableNames } from '../../shared/db/tables.ts';
import { canonicalText, type Plain, parseCanonical } from '../../shared/kernel/canonical.ts';
import type { Id } from '../../shared/kernel/ids.ts';
import { type PullAnswer, type SignedCommand, zPullAnswer, zPushAnswer } from '../../shared/sync/messages.ts';
import { pull } from '../services/pull.ts';
import { push } from '../services/push.ts';
import { sqlRows } from '../stores/sql-rows.ts';
import { good, type TestDesk, type TestServer } from './test-server.ts';

/** Pushes and answers in the form of the wire, so that what does not fit the schema fails the test. */
export async function pushed(server: TestServer, desk: TestDesk, commands: readonly SignedCommand[]) {
  const answer = good(await push(server.context, await desk.device(), commands));
  return zPushAnswer.parse(parseCanonical(canonicalText(answer as unknown as Plain)));
}

export async function pulled(
  server: TestServer,
  desk: TestDesk,
  collegeId: Id,
  { cursor = 0, ackedSeq = 0, limitRows = 2_000, parked = [] as readonly number[] } = {},
): Promise<PullAnswer> {
  const request = { collegeId, cursor, ackedSeq, limitRows, parked: [...parked] };
  const text = good(await pull(server.context, await desk.device(), request));
  return zPullAnswer.parse(parseCanonical(text));
}

/** All pages from the cursor on. */
export async function pulledAll(server: TestServer, desk: TestDesk, collegeId: Id, limitRows = 2_000, from = 0) {
  const pages: PullAnswer[] = [];
  for (let cursor = from; ; ) {
    const page = await pulled(server, desk, collegeId, { cursor, limitRows });
    pages.push(page);
    cursor = page.cursor;
    if (!page.more) return { pages, rows: pages.flatMap(({ rows }) => rows), cursor };
  }
}

/** Every synced row of the college as the database has it, by table and id: what a desk must end up with. */
export async function booksOf(server: TestServer, collegeId: Id): Promise<Map<string, string>> {
  const books = new Map<string, string>();
  await inScope(server.context.database.db, [collegeId], async (tx) => {
    for (const table of tableNames) {
      const rows = await sqlRows<Record<string, unknown>>(tx, sql`SELECT * FROM ${sql.raw(`"${sqlName(table)}"`)}`);
      for (const row of rows) {
        const plain = Object.fromEntries(
          columnsOf(table).map(({ key, name, type }) => {
            const value = row[name];
            return [key, type === 'number' && typeof value === 'bigint' ? Number(value) : value];
          }),
        );
        books.set(`${table}/${String(row.id)}`, canonicalText(plain as Plain));
      }
    }
  });
  return books;
}

/** What a desk has after it applied these pulled rows in order. */
export function booksFrom(rows: PullAnswer['rows']): Map<string, string> {
  const books = new Map<string, string>();
  for (const { table, id, version, row } of rows) {
    if (row === null) books.delete(`${table}/${id}`);
    else books.set(`${table}/${id}`, canonicalText({ ...row, version } as Plain));
  }
  return books;
}
