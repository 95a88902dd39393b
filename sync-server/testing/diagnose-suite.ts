import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { digestForm, digestRows } from '../../shared/db/digest-rows.ts';
import { inScope } from '../../shared/db/scope.ts';
import { toHex } from '../../shared/kernel/ids.ts';
import { limits } from '../../shared/kernel/limits.ts';
import { compareBooks } from '../../shared/sync/client/compare-books.ts';
import { zDiagnoseAnswer } from '../../shared/sync/messages.ts';
import { vendorFields } from '../../shared/testing/entries.ts';
import { diagnoseServer } from '../composition/diagnose-server.ts';
import { diagnose } from '../services/diagnose.ts';
import { beginHistory } from '../stores/histories.ts';
import {
  billFields,
  enrolDesk,
  good,
  makeCollege,
  type TestCollege,
  type TestDesk,
  type TestServer,
} from './test-server.ts';
import { pushed } from './world.ts';

/** The server compared with its own books as they are inside a transaction that changes them and is taken back. */
export function testDiagnose(open: () => Promise<TestServer>): void {
  let server: TestServer;
  let college: TestCollege;
  let desk: TestDesk;
  let version: number;
  beforeAll(async () => {
    server = await open();
    college = await makeCollege(server, 'ABC');
    desk = await enrolDesk(server, [college.id]);
    await desk.signIn(college.accountant);
    for (let n = 1; n <= 40; n++) {
      const args = { vendorId: desk.newId(), fields: vendorFields(`Vendor ${n}`) };
      const { results } = await pushed(server, desk, [
        desk.command(college.id, college.accountantId, 'vendor.create', args),
      ]);
      expect(results[0]?.status).toBe('applied');
    }
    ({ version } = await there(0, 1));
  });
  afterAll(() => server.close());

  const there = async (from: number, to: number) =>
    zDiagnoseAnswer.parse(
      good(await diagnose(server.context, await desk.device(), { collegeId: college.id, from, to })),
    );
  class Back extends Error {}
  /** What a comparison finds when the desk's books were changed like this. */
  async function compared(change: string | null) {
    const { db } = server.context.database;
    let found: Awaited<ReturnType<typeof compareBooks>> | undefined;
    const run = async (tx: Parameters<Parameters<typeof db.transaction>[0]>[0]) => {
      if (change !== null) await tx.execute(sql.raw(change));
      const digests = new Map<string, Awaited<ReturnType<typeof digestRows>>>();
      const here = async (from: number, to: number) => {
        const digest = digests.get(`${from} ${to}`) ?? (await digestRows(tx as typeof db, college.id, from, to));
        const form = toHex(server.context.digest.sha256(digestForm()));
        return { version, form, tables: [...digest.tables], ranges: [...digest.ranges], rows: [...digest.rows] };
      };
      found = await compareBooks(version, here, (from, to) => thereBefore(from, to));
      throw new Back();
    };
    // Embedded books have one connection: the server is asked before the change.
    const answers = new Map<string, Awaited<ReturnType<typeof there>>>();
    const thereBefore = async (from: number, to: number) => {
      const key = `${from} ${to}`;
      const known = answers.get(key);
      if (known) return known;
      throw new Ask(from, to);
    };
    for (;;) {
      try {
        await db.transaction(run);
      } catch (thrown) {
        if (thrown instanceof Back) return found;
        if (!(thrown instanceof Ask)) throw thrown;
        answers.set(`${thrown.from} ${thrown.to}`, await there(thrown.from, thrown.to));
      }
    }
  }
  class Ask extends Error {
    readonly from: number;
    readonly to: number;
    constructor(from: number, to: number) {
      super();
      this.from = from;
      this.to = to;
    }
  }

  test('equal books are equal', async () => {
    expect(await compared(null)).toMatchObject({ outcome: 'equal', version });
  });

  const one = (n: number): string => `"name" = 'Vendor ${n}'`;
  test.each([
    ['other content', `UPDATE "vendors" SET "email" = 'x@y.example' WHERE ${one(7)}`, 7, 'other-content', 40],
    ['a row missing here', `DELETE FROM "vendors" WHERE ${one(12)}`, 12, 'only-there', 39],
    ['the first of several', `DELETE FROM "vendors" WHERE ${one(30)} OR ${one(31)}`, 30, 'only-there', 38],
    [
      'a row under another version',
      `UPDATE "vendors" SET "version" = "version" - 1 WHERE ${one(20)}`,
      19,
      'only-here',
      40,
    ],
  ])('%s is found, with the row it is in', async (_name, change, number, kind, here) => {
    const { vendors } = await inScope(server.context.database.db, [college.id], async (tx) => {
      const answer = await tx.execute(
        sql.raw(`SELECT "id"::text AS "id", "name", "version"::text AS "version" FROM "vendors"`),
      );
      return { vendors: (answer as unknown as { rows: { id: string; name: string; version: string }[] }).rows };
    });
    const versionOf = (n: number) => Number(vendors.find(({ name }) => name === `Vendor ${n}`)?.version);
    const idOf = (n: number) => vendors.find(({ name }) => name === `Vendor ${n}`)?.id;
    const row = kind === 'only-here' ? number + 1 : number;
    expect(await compared(change)).toEqual({
      outcome: 'different',
      version,
      tables: [{ table: 'vendors', here, there: 40 }],
      first: { version: versionOf(number), table: 'vendors', id: idOf(row), kind },
    });
  });

  test('a college that went on is not called different, nor one of another form', async () => {
    expect(await compareBooks(version - 1, there, there)).toEqual({
      outcome: 'moved',
      here: version - 1,
      there: version,
    });
    const old = async (from: number, to: number) => ({ ...(await there(from, to)), form: 'another' });
    expect(await compareBooks(version, old, there)).toEqual({ outcome: 'other-form' });
  });

  test('it answers about the colleges of the desk only, and not without end', async () => {
    const stranger = await makeCollege(server, 'XYZ');
    const device = await desk.device();
    const ask = (collegeId: string, from = 0, to = 1) => diagnose(server.context, device, { collegeId, from, to });
    expect(await ask(stranger.id)).toMatchObject({ error: { code: 'NOT_FOUND' } });
    expect(await ask(college.id, 1, 1)).toMatchObject({ error: { code: 'INPUT_INVALID' } });
    let answer = await ask(college.id);
    for (let n = 0; n < limits.sync.comparesMax && answer.ok; n++) answer = await ask(college.id);
    expect(answer).toMatchObject({ error: { code: 'RATE_LIMITED' } });
    server.clock.advance(limits.auth.signInWindowMs);
  });

  test('the versions of a history that was begun anew are compared in few steps', async () => {
    await inScope(server.context.database.db, [college.id], (tx) => beginHistory(tx, college.id, server.clock.now()));
    const args = { vendorId: desk.newId(), fields: vendorFields('After') };
    await pushed(server, desk, [desk.command(college.id, college.accountantId, 'vendor.create', args)]);
    let asked = 0;
    ({ version } = await there(0, 1));
    const counted = async (from: number, to: number) => {
      asked += 1;
      return there(from, to);
    };
    const changed = async (from: number, to: number) => {
      const digest = await there(from, to);
      if (from >= version || to < version) return digest;
      const spoilt = { ...digest, tables: digest.tables.map((one) => ({ ...one, sum: `${one.sum}.` })) };
      const last = digest.ranges.length - 1;
      return {
        ...spoilt,
        ranges: digest.ranges.map((one, at) => (at === last ? { ...one, sum: 'other' } : one)),
        rows: digest.rows.slice(1),
      };
    };
    const found = await compareBooks(version, changed, counted);
    expect(found).toMatchObject({ outcome: 'different', first: { version, kind: 'only-there' } });
    expect(asked).toBeLessThan(10);
  });

  test('an operator is told how many of the receipts that the books speak of are not there', async () => {
    const other = await makeCollege(server, 'RCPT');
    const by = await enrolDesk(server, [other.id]);
    await by.signIn(other.accountant);
    const [vendorId, expenseId] = [by.newId(), by.newId()];
    const say = (name: string, args: object) => by.command(other.id, other.accountantId, name, args);
    const shas = ['a', 'b', 'c'].map((digit) => digit.repeat(64));
    const attach = (sha256: string) =>
      say('receipt.attach', {
        receiptId: by.newId(),
        expenseId,
        sha256,
        fileName: 'b.pdf',
        mime: 'application/pdf',
        sizeBytes: 5,
      });
    const { results } = await pushed(server, by, [
      say('vendor.create', { vendorId, fields: vendorFields('Vendor') }),
      say('expense.create', { expenseId, fields: billFields(vendorId) }),
      ...shas.map(attach),
    ]);
    expect(results.map(({ code, status }) => code ?? status)).toEqual(results.map(() => 'applied'));
    const told = async () => (await diagnoseServer(server.context, { college: 'RCPT' })) as object;
    expect(await told()).toMatchObject({ colleges: [{ receipts: { spokenOf: 3, missing: 3 } }] });
    await server.context.blobs.put(other.id, shas[0] ?? '', Buffer.from('x'));
    await server.context.blobs.put(college.id, shas[1] ?? '', Buffer.from('of another college'));
    expect(await told()).toMatchObject({
      receipts: expect.stringMatching(/^the folder /),
      colleges: [{ receipts: { spokenOf: 3, missing: 2 } }],
    });
  });
}
