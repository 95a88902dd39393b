import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseCanonical } from '../../shared/kernel/canonical.ts';
import { limits } from '../../shared/kernel/limits.ts';
import type { SignedCommand } from '../../shared/sync/messages.ts';
import { vendorFields } from '../../shared/testing/entries.ts';
import { revokeDevice } from '../services/devices.ts';
import { pull } from '../services/pull.ts';
import { push } from '../services/push.ts';
import { verifyCollege } from '../services/verify.ts';
import {
  billFields,
  enrolDesk,
  makeCollege,
  openTestServer,
  type TestCollege,
  type TestDesk,
  type TestServer,
} from './test-server.ts';
import { booksFrom, booksOf, pulled, pulledAll, pushed } from './world.ts';

/** The protocol of sync over the services, the same on every database. @param databaseUrl null for PGlite */
export function protocolSuite(databaseUrl: () => Promise<string | null>): void {
  let server: TestServer;
  let college: TestCollege;
  let desk: TestDesk;
  let vendorId: string;
  let serial = 0;

  beforeAll(async () => {
    server = await openTestServer(await databaseUrl());
    college = await makeCollege(server, 'ABC');
    desk = await enrolDesk(server, [college.id]);
    await desk.signIn(college.accountant);
    await desk.signIn(college.principal);
    vendorId = desk.newId();
    const fields = vendorFields('Tech Supplies');
    await pushed(server, desk, [desk.command(college.id, college.accountantId, 'vendor.create', { vendorId, fields })]);
  });
  afterAll(async () => {
    const verdict = await verifyCollege(server.context, college.id);
    expect(verdict).toMatchObject({ brokenAt: null, wrongTotals: 0, outOfBalancePaise: '0' });
    await server.close();
  });

  const say = (name: string, args: object, change = {}): SignedCommand =>
    desk.command(college.id, college.accountantId, name, args, change);
  const bill = (more: object = {}): object => billFields(vendorId, { billNo: `B-${++serial}`, ...more });
  const create = (expenseId = desk.newId(), more: object = {}): SignedCommand =>
    say('expense.create', { expenseId, fields: bill(more) });
  const statuses = async (commands: readonly SignedCommand[]) =>
    (await pushed(server, desk, commands)).results.map(({ status, code }) => code ?? status);

  describe('push', () => {
    test('the same batch, parts of it and its parts out of order change nothing further', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.integer({ min: 2, max: 8 }),
          fc.array(fc.tuple(fc.nat(7), fc.nat(7)), { maxLength: 6 }),
          async (count, slices) => {
            const commands = Array.from({ length: count }, () => create());
            const first = await pushed(server, desk, commands);
            expect(first.results.every(({ status, duplicate }) => status === 'applied' && !duplicate)).toBe(true);
            const before = await booksOf(server, college.id);
            for (const [from, length] of slices) {
              const again = commands.slice(from % count, (from % count) + length + 1);
              const answer = await pushed(server, desk, again);
              expect(answer.results.map(({ id, status }) => [id, status])).toEqual(
                first.results.slice(from % count, (from % count) + length + 1).map(({ id, status }) => [id, status]),
              );
              expect(answer.results.every(({ duplicate }) => duplicate)).toBe(true);
              expect(answer.lastSeq).toBe(desk.seq);
            }
            expect(await booksOf(server, college.id)).toEqual(before);
          },
        ),
        { numRuns: 8 },
      );
    });

    test('a gap is refused with the sequence that is missing, and what stands before it is taken', async () => {
      const [one, two, three] = [create(), create(), create()];
      const expected = desk.seq - 2;
      expect(await push(server.context, await desk.device(), [two, three])).toEqual({
        ok: false,
        error: { code: 'SYNC_SEQUENCE_GAP', details: { expected } },
      });
      const partly = await pushed(server, desk, [one, three]);
      expect([partly.results.length, partly.lastSeq]).toEqual([1, expected]);
      expect((await pushed(server, desk, [two, three])).lastSeq).toBe(expected + 2);
    });

    test('what was withdrawn takes its number and nothing else, and holds back what was meant on top of it', async () => {
      const expenseId = desk.newId();
      const before = await booksOf(server, college.id);
      const gone = { ...create(expenseId), withdrawn: true } as const;
      const at = desk.seq;
      expect(await statuses([gone])).toEqual(['COMMAND_WITHDRAWN']);
      expect(await statuses([gone])).toEqual(['COMMAND_WITHDRAWN']);
      expect(await booksOf(server, college.id)).toEqual(before);
      expect((await pushed(server, desk, [create(expenseId)])).results).toMatchObject([
        { seq: at + 1, status: 'rejected', code: 'COMMAND_DEPENDS' },
      ]);
      expect(await statuses([create()])).toEqual(['applied']);
    });

    test('another content under a settled sequence is refused and changes nothing', async () => {
      await pushed(server, desk, [create()]);
      const before = await booksOf(server, college.id);
      const forged = say('expense.create', { expenseId: desk.newId(), fields: bill() }, { seq: desk.seq });
      const answer = await push(server.context, await desk.device(), [forged]);
      expect(answer).toMatchObject({ ok: false, error: { code: 'SYNC_SAME_ID_OTHER_CONTENT' } });
      expect(await booksOf(server, college.id)).toEqual(before);
    });

    test('a foreign signature, a changed text, another device and a text that is not canonical are refused', async () => {
      const device = await desk.device();
      const signed = create();
      const stranger = await enrolDesk(server, [college.id], 'Stranger');
      const changed = { ...signed, text: signed.text.replace('Paper', 'Gold!') };
      const foreign = { ...signed, signature: stranger.sign(parseCanonical(signed.text)).signature };
      const loose = desk.sign(' ' as never);
      const spaced = { text: ` ${signed.text}`, signature: desk.signRaw(` ${signed.text}`) };
      const others = desk.sign({ ...(parseCanonical(signed.text) as object), deviceId: stranger.deviceId } as never);
      for (const [bad, code] of [
        [changed, 'AUTH_BAD_SIGNATURE'],
        [foreign, 'AUTH_BAD_SIGNATURE'],
        [{ ...signed, signature: '' }, 'AUTH_BAD_SIGNATURE'],
        [others, 'AUTH_BAD_SIGNATURE'],
        [spaced, 'INPUT_INVALID'],
        [loose, 'INPUT_INVALID'],
      ] as const) {
        expect(await push(server.context, device, [bad])).toMatchObject({ ok: false, error: { code } });
      }
      expect(await statuses([signed])).toEqual(['applied']);
    });

    test('one bad command does not hold up those behind it, only those about its document', async () => {
      const [bad, fine] = [desk.newId(), desk.newId()];
      const answers = await statuses([
        create(bad, { category: 'no-such' }),
        create(fine),
        say('expense.submit', { expenseId: bad, overBudgetReason: null }),
        say('expense.edit', { expenseId: bad, edits: {} }),
        create(),
      ]);
      expect(answers).toEqual(['CATEGORY_UNKNOWN', 'applied', 'COMMAND_DEPENDS', 'COMMAND_DEPENDS', 'applied']);
    });

    test('what was signed before the desk knew of a refusal is held back, however late it is sent', async () => {
      const id = desk.newId();
      const knowing = (knows: number) => say('expense.create', { expenseId: id, fields: bill() }, { knows });
      const wrong = create(id, { taxablePaise: 0n });
      const refusedAt = desk.seq;
      const before = knowing(refusedAt - 1);
      expect(await statuses([wrong])).toEqual(['EXPENSE_AMOUNT_INVALID']);
      await pulled(server, desk, college.id, { ackedSeq: refusedAt });
      expect(await statuses([before])).toEqual(['COMMAND_DEPENDS']);
      // It knows of the first refusal now, but not of the second.
      expect(await statuses([knowing(refusedAt)])).toEqual(['COMMAND_DEPENDS']);
      expect(await statuses([knowing(desk.seq)])).toEqual(['applied']);
    });

    test('a refused command leaves nothing behind and the version without a gap', async () => {
      const before = await pulledAll(server, desk, college.id);
      await statuses([create(desk.newId(), { tdsPaise: 10n ** 12n })]);
      const after = await pulledAll(server, desk, college.id);
      expect(after.cursor).toBe(before.cursor);
      await statuses([create()]);
      expect((await pulledAll(server, desk, college.id)).cursor).toBe(before.cursor + 1);
    });

    test('arguments, actor, college and clock are checked', async () => {
      const other = await makeCollege(server, `X${++serial}`);
      const late = server.clock.now() + limits.sync.clockAheadMaxMs;
      const answers = await statuses([
        say('expense.create', { expenseId: 'nonsense', fields: bill() }),
        say('expense.create', { expenseId: desk.newId(), fields: bill(), more: 1 }),
        desk.command(college.id, other.accountantId, 'expense.create', { expenseId: desk.newId(), fields: bill() }),
        desk.command(other.id, college.accountantId, 'expense.create', { expenseId: desk.newId(), fields: bill() }),
        say('expense.create', { expenseId: desk.newId(), fields: bill() }, { occurredAt: late + 1 }),
        say('expense.create', { expenseId: desk.newId(), fields: bill() }, { occurredAt: late }),
      ]);
      expect(answers).toEqual([
        'INPUT_INVALID',
        'INPUT_INVALID',
        'AUTH_ACTOR_NOT_ON_DEVICE',
        'NOT_FOUND',
        'SYNC_CLOCK_AHEAD',
        'applied',
      ]);
    });

    test('a person without the role is refused: an accountant sets no budget, a principal enters no bill', async () => {
      const allocated = { from: 0n, to: 1_000n };
      const budget = { financialYear: '2026-27', category: 'travel', allocated };
      const asPrincipal = (name: string, args: object) => desk.command(college.id, college.principalId, name, args);
      const answers = await statuses([
        say('budget.set', budget),
        asPrincipal('expense.create', { expenseId: desk.newId(), fields: bill() }),
        asPrincipal('budget.set', { ...budget, category: 'events' }),
      ]);
      expect(answers).toEqual(['AUTH_FORBIDDEN', 'AUTH_FORBIDDEN', 'applied']);
    });

    test('a desk that was enrolled again sends what it kept and the books take it once', async () => {
      const [kept, refused] = [create(), create(desk.newId(), { category: 'no-such' })];
      expect(await statuses([kept, refused])).toEqual(['applied', 'CATEGORY_UNKNOWN']);
      const again = await enrolDesk(server, [college.id], 'Same desk, new key');
      await again.signIn(college.accountant);
      const before = await booksOf(server, college.id);
      const resign = (signed: SignedCommand, change: object = {}) =>
        again.command(
          college.id,
          college.accountantId,
          '',
          {},
          { ...(parse(signed) as object), deviceId: again.deviceId, seq: again.seq + 1, ...change },
        );
      const { results } = await pushed(server, again, [resign(kept), resign(kept, { occurredAt: 1 }), resign(refused)]);
      expect(results.map(({ status, code, duplicate }) => [code ?? status, duplicate])).toEqual([
        ['applied', true],
        ['SYNC_SAME_ID_OTHER_CONTENT', false],
        ['CATEGORY_UNKNOWN', false],
      ]);
      expect(await booksOf(server, college.id)).toEqual(before);
    });

    test('a desk taken out of use is refused in the middle of its work', async () => {
      const other = await enrolDesk(server, [college.id], 'Lost desk');
      await other.signIn(college.accountant);
      const device = await other.device();
      await revokeDevice(server.context, other.deviceId);
      const command = other.command(college.id, college.accountantId, 'expense.create', {
        expenseId: other.newId(),
        fields: bill(),
      });
      expect(await push(server.context, device, [command])).toMatchObject({
        ok: false,
        error: { code: 'AUTH_DEVICE_REVOKED' },
      });
    });
  });

  describe('pull', () => {
    test('pages of any size give the same books, by whole versions, and never a row twice', async () => {
      const rows = Array.from({ length: 40 }, (_, index) => importRow(index));
      await pushed(server, desk, [say('expense.import', { batchId: desk.newId(), fileName: 'a.csv', rows })]);
      const truth = await booksOf(server, college.id);
      for (const limitRows of [1, 3, 17, 2_000]) {
        const { pages, rows: got } = await pulledAll(server, desk, college.id, limitRows);
        expect(booksFrom(got)).toEqual(truth);
        expect(new Set(got.map(({ table, id }) => `${table}/${id}`)).size).toBe(got.length);
        let last = 0;
        for (const page of pages) {
          expect(page.rows.every(({ version }) => version > last && version <= page.cursor)).toBe(true);
          last = page.cursor;
          const versions = new Set(page.rows.map(({ version }) => version));
          expect(page.rows.length <= limitRows || versions.size === 1).toBe(true);
        }
      }
    });

    test('a middle page contains no more of the own commands than it says', async () => {
      const first = desk.seq + 1;
      const from = (await pulledAll(server, desk, college.id)).cursor;
      await pushed(server, desk, [create(), create(desk.newId(), { category: 'no-such' }), create(), create()]);
      const { pages } = await pulledAll(server, desk, college.id, 2, from);
      expect(pages.map(({ lastSeq, more }) => [lastSeq - first, more])).toEqual([
        [1, true],
        [2, true],
        [3, false],
      ]);
      const last = await pulled(server, desk, college.id, { cursor: from, ackedSeq: first - 1 });
      expect(last.results.map(({ seq, status }) => [seq - first, status])).toEqual([
        [0, 'applied'],
        [1, 'rejected'],
        [2, 'applied'],
        [3, 'applied'],
      ]);
    });

    test('what was removed comes as a tombstone', async () => {
      const [expenseId, receiptId] = [desk.newId(), desk.newId()];
      const receipt = {
        receiptId,
        expenseId,
        sha256: 'a'.repeat(64),
        fileName: 'a.pdf',
        mime: 'application/pdf',
        sizeBytes: 9,
      };
      await pushed(server, desk, [create(expenseId), say('receipt.attach', receipt)]);
      const cursor = (await pulledAll(server, desk, college.id)).cursor;
      expect(await statuses([say('receipt.remove', { receiptId, expenseId })])).toEqual(['applied']);
      const { rows } = await pulledAll(server, desk, college.id, 2_000, cursor);
      expect(rows).toContainEqual({ table: 'receipts', id: receiptId, version: cursor + 1, row: null });
      expect(booksFrom((await pulledAll(server, desk, college.id)).rows)).toEqual(await booksOf(server, college.id));
    });

    test('text of any kind comes back as it was typed', async () => {
      const description = 'Tab\t "quotes" \\ back / नमस्ते 🙂 \u0001 \u2028 \u007f line\nend';
      const expenseId = desk.newId();
      expect(await statuses([create(expenseId, { description })])).toEqual(['applied']);
      const { rows } = await pulledAll(server, desk, college.id);
      expect(rows.find(({ id }) => id === expenseId)?.row).toMatchObject({ description, taxablePaise: 100_000n });
    });

    test('a college that is not the desk’s and a cursor from the future are refused', async () => {
      const other = await makeCollege(server, `Y${++serial}`);
      const request = { collegeId: other.id, cursor: 0, ackedSeq: 0, limitRows: 10 };
      const device = await desk.device();
      expect(await pull(server.context, device, request)).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } });
      const ahead = { ...request, collegeId: college.id, cursor: 1_000_000 };
      expect(await pull(server.context, device, ahead)).toMatchObject({
        ok: false,
        error: { code: 'SYNC_CURSOR_LOST' },
      });
    });
  });

  const parse = (signed: SignedCommand): unknown => parseCanonical(signed.text);
  const importRow = (index: number): object => {
    const { vendorId: _, ...fields } = billFields(vendorId, { billNo: `I-${++serial}-${index}` }) as {
      vendorId: string;
    };
    return {
      importKey: `k-${serial}`,
      vendorName: `Imported ${index % 5}`,
      vendorGstin: null,
      vendorPan: null,
      fields,
    };
  };
}
