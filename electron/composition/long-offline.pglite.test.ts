import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { testFolder } from '../../shared/engine/testing.ts';
import { canonicalText, type Plain, parseCanonical } from '../../shared/kernel/canonical.ts';
import type { Id } from '../../shared/kernel/ids.ts';
import { systemRandom } from '../../shared/ports/random.ts';
import type { SyncLink } from '../../shared/ports/sync-link.ts';
import { SyncClient } from '../../shared/sync/client/sync-client.ts';
import { zPullAnswer, zPullRequest, zPushAnswer, zPushRequest } from '../../shared/sync/messages.ts';
import { vendorFields } from '../../shared/testing/entries.ts';
import { pull } from '../../sync-server/services/pull.ts';
import { push } from '../../sync-server/services/push.ts';
import { verifyCollege } from '../../sync-server/services/verify.ts';
import {
  billFields,
  enrolDesk,
  good,
  makeCollege,
  openTestServer,
  type TestCollege,
  type TestDesk,
  type TestServer,
} from '../../sync-server/testing/test-server.ts';
import { booksOf, pushed } from '../../sync-server/testing/world.ts';
import { nodeDigest } from '../adapters/node-digest.ts';
import { writeFact } from '../adapters/pglite/facts.ts';
import { runAgain } from '../adapters/pglite/rebase.ts';
import { inTransaction, rowsOf } from '../adapters/pglite/rows-of.ts';
import { PgliteSyncStore } from '../adapters/pglite/sync-store.ts';
import { openDeskBooks, type TestBooks } from '../adapters/pglite/testing.ts';

const DAY_MS = 24 * 60 * 60_000;
const DAYS = 90;
const WAITING = z.coerce.number().int().default(20_000).parse(process.env.OFFLINE_COMMANDS);

const zKept = z.object({ id: z.string(), version: z.number(), description: z.string() });

const { folder, remove } = testFolder();
let server: TestServer;
let college: TestCollege;
let self: TestDesk;
let other: TestDesk;
let books: TestBooks;
beforeAll(async () => {
  server = await openTestServer(null);
  college = await makeCollege(server, 'OFF');
  [self, other] = [await enrolDesk(server, [college.id], 'Away'), await enrolDesk(server, [college.id], 'At home')];
  for (const one of [self, other]) await one.signIn(college.accountant);
  books = await openDeskBooks(folder);
  const { id, code } = college;
  await writeFact(books.db, 'device', {
    ...{
      id: self.deviceId,
      formerIds: [],
      name: 'Away',
      serverUrl: 'http://127.0.0.1',
      serverName: 'S',
      demonstration: false,
    },
    ...{ enrolledAt: server.clock.now(), colleges: [{ id, code, name: code }] },
  });
});
afterAll(async () => {
  await books?.close();
  await server?.close();
  remove();
});

/** The server over the wire's own text, without the network. */
const link: Pick<SyncLink, 'push' | 'pull' | 'watch' | 'onEvent'> = {
  push: async (request) => {
    const { commands } = zPushRequest.parse(overWire(request));
    return zPushAnswer.parse(overWire(good(await push(server.context, await self.device(), commands))));
  },
  pull: async (request) => {
    const text = good(await pull(server.context, await self.device(), zPullRequest.parse(overWire(request))));
    return zPullAnswer.parse(parseCanonical(text));
  },
  watch: async () => {},
  onEvent: () => () => {},
};
const overWire = (value: unknown): unknown => parseCanonical(canonicalText(value as Plain));

async function sync(): Promise<SyncClient> {
  const { clock } = server;
  const store = new PgliteSyncStore({
    ...{ db: books.db, digest: nodeDigest, clock, forget: () => {}, expectSilence: () => {} },
    ...{ resign: async () => {}, sendUpTo: async () => Number.MAX_SAFE_INTEGER, onTold: async () => {} },
    onLost: () => expect.fail('the server was never put back'),
    onFailed: () => {},
  });
  const client = new SyncClient({
    ...{ store, link, clock, random: systemRandom, paused: false, lastSyncedAt: null },
    ...{ isEnrolled: () => true, onState: () => {}, onChanged: () => {}, afterRound: async () => {} },
    onFault: (problem) => expect.fail(String(problem)),
  });
  client.start();
  await client.now();
  await client.stop();
  return client;
}

const counts = async () =>
  (
    await rowsOf<{ status: string; code: string | null; rows: bigint }>(
      books.db,
      sql`SELECT "status", "code", count(*) AS "rows" FROM "desk"."outbox" GROUP BY 1, 2 ORDER BY 1, 2`,
    )
  ).map(({ status, code, rows }) => [status, code, Number(rows)]);

test(`${DAYS} days and ${WAITING} entries away from the server, a desk sends all of them and has its books`, async () => {
  const vendorId = self.newId();
  const contested = other.newId();
  const as = (desk: TestDesk, name: string, args: object, change = {}) =>
    desk.command(college.id, college.accountantId, name, args, change);
  await pushed(server, other, [
    as(other, 'vendor.create', { vendorId, fields: vendorFields('Away Stores') }),
    as(other, 'expense.create', { expenseId: contested, fields: billFields(vendorId, { billNo: 'C-1' }) }),
  ]);
  expect((await sync()).state).toMatchObject({ state: 'synced', problem: null });

  // What was entered day by day, as the outbox of such a desk has it: signed then, never sent.
  const rows: { seq: number; id: Id; name: string; document: Id; text: string; signature: string; at: number }[] = [];
  for (let index = 0; index < WAITING; index++) {
    const isEdit = index === 1_000;
    const document = isEdit ? contested : self.newId();
    const edits = { description: { from: 'Paper and toner', to: 'Paper' } };
    const [name, args] = isEdit
      ? ['expense.edit', { expenseId: contested, edits }]
      : ['expense.create', { expenseId: document, fields: billFields(vendorId, { billNo: `A-${index}` }) }];
    const signed = as(self, name, args);
    const { id } = z.object({ id: z.string() }).parse(parseCanonical(signed.text));
    rows.push({ ...signed, seq: self.seq, id, name, document, at: server.clock.now() });
    server.clock.advance((DAYS * DAY_MS) / WAITING);
  }
  await inTransaction(books.db, async (tx) => {
    await tx.execute(sql`INSERT INTO "desk"."outbox" ("seq", "command_id", "college_id", "name", "document_id", "command", "signature",
        "actor_name", "occurred_at", "status")
      SELECT "seq", "id", ${college.id}::uuid, "name", "document", "text", "signature", 'Accountant OFF', "at", 'pending'
      FROM json_to_recordset(${JSON.stringify(rows)}::json)
        AS r("seq" int8, "id" uuid, "name" text, "document" uuid, "text" text, "signature" text, "at" int8)`);
    expect((await runAgain(tx, college.id, nodeDigest)).failed).toBe(0);
  });
  expect(await counts()).toEqual([['pending', null, WAITING]]);
  // Meanwhile somebody at home changed the same field.
  const edits = { description: { from: 'Paper and toner', to: 'Toner' } };
  await pushed(server, other, [as(other, 'expense.edit', { expenseId: contested, edits })]);

  expect((await sync()).state).toMatchObject({ state: 'synced', problem: null });
  expect(await counts()).toEqual([['rejected', 'COMMAND_CONFLICT', 1]]);
  const theirs = [...(await booksOf(server, college.id))].flatMap(([key, text]) =>
    key.startsWith('expenses/') ? [zKept.parse(parseCanonical(text))] : [],
  );
  expect(theirs).toHaveLength(WAITING);
  const mine = await rowsOf<{ id: Id; version: bigint; description: string }>(
    books.db,
    sql`SELECT "id", "version", "description" FROM "expenses"`,
  );
  const sorted = (kept: readonly z.infer<typeof zKept>[]) => [...kept].sort((a, b) => (a.id < b.id ? -1 : 1));
  expect(sorted(mine.map((row) => ({ ...row, version: Number(row.version) })))).toEqual(sorted(theirs));
  const verdict = { brokenAt: null, wrongTotals: 0, outOfBalancePaise: '0' };
  expect(await verifyCollege(server.context, college.id)).toMatchObject(verdict);
  expect(server.faults).toEqual([]);
}, 600_000);
