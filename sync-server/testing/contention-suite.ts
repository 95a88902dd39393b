import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { parseCanonical } from '../../shared/kernel/canonical.ts';
import type { Id } from '../../shared/kernel/ids.ts';
import type { SignedCommand } from '../../shared/sync/messages.ts';
import { vendorFields } from '../../shared/testing/entries.ts';
import { publicKeyOf } from '../adapters/device-keys.ts';
import { enrol, issueEnrolCode } from '../services/enrol.ts';
import { addPerson } from '../services/set-up-college.ts';
import { verifyCollege } from '../services/verify.ts';
import {
  billFields,
  enrolDesk,
  makeCollege,
  newPrivateKey,
  openTestServer,
  password,
  type TestCollege,
  type TestDesk,
  type TestServer,
} from './test-server.ts';
import { booksFrom, booksOf, pulledAll, pushed } from './world.ts';

/** What desks want at the same moment and only one can have: decided once, by the server. @param databaseUrl null for PGlite */
export function contentionSuite(databaseUrl: () => Promise<string | null>): void {
  let server: TestServer;
  let college: TestCollege;
  let desks: readonly TestDesk[];
  let vendorId: Id;
  const deciders: Id[] = [];
  let serial = 0;

  beforeAll(async () => {
    server = await openTestServer(await databaseUrl());
    college = await makeCollege(server, 'ONE');
    desks = await Promise.all([1, 2, 3, 4].map((one) => enrolDesk(server, [college.id], `Desk ${one}`)));
    for (const [index, desk] of desks.entries()) {
      const email = `decider${index}@one.example`;
      const person = { name: `Decider ${index}`, email, role: 'principal', password } as const;
      deciders.push(await addPerson(server.context, person, [college.id]));
      await desk.signIn(college.accountant);
      await desk.signIn(email);
    }
    vendorId = first().newId();
    await done(say(first(), 'vendor.create', { vendorId, fields: vendorFields('Common') }));
  });
  afterAll(async () => {
    const verdict = { brokenAt: null, wrongTotals: 0, outOfBalancePaise: '0' };
    expect(await verifyCollege(server.context, college.id)).toMatchObject(verdict);
    expect(server.faults).toEqual([]);
    await server.close();
  });

  const first = (): TestDesk => {
    const [desk] = desks;
    if (!desk) throw new Error('no desk');
    return desk;
  };
  const say = (desk: TestDesk, name: string, args: object, actorId = college.accountantId): SignedCommand =>
    desk.command(college.id, actorId, name, args, { knows: desk.seq });
  const done = async (...commands: readonly SignedCommand[]): Promise<void> => {
    const { results } = await pushed(server, first(), commands);
    expect(results.map(({ status, code }) => code ?? status)).toEqual(commands.map(() => 'applied'));
  };
  /** Every desk pushes its command, all at once. @returns the codes, sorted, and the details of the refusals */
  const atOnce = async (command: (desk: TestDesk, index: number) => SignedCommand) => {
    const signed = desks.map((desk, index) => [desk, command(desk, index)] as const);
    const answers = await Promise.all(signed.map(([desk, one]) => pushed(server, desk, [one])));
    const results = answers.flatMap((answer) => answer.results);
    const refused = results.filter(({ code }) => code !== null);
    return {
      codes: results.map(({ status, code }) => code ?? status).sort(),
      details: refused.map((one) => one.details),
    };
  };
  const bill = (expenseId: Id, taxablePaise: bigint, more: object = {}) =>
    say(first(), 'expense.create', {
      expenseId,
      fields: billFields(vendorId, { billNo: `B-${++serial}`, taxablePaise, cgstPaise: 0n, sgstPaise: 0n, ...more }),
    });
  const rows = async (table: string) => {
    const books = booksFrom((await pulledAll(server, first(), college.id)).rows);
    return [...books].flatMap(([key, text]) => (key.startsWith(`${table}/`) ? [text] : []));
  };
  const rounds = [1, 2, 3, 4, 5];

  test('the last rupee of a budget is spent once', async () => {
    let allocated = 0n;
    for (const round of rounds) {
      const amount = BigInt(round) * 10_000n;
      const bills = desks.map(() => first().newId());
      const change = { from: allocated, to: allocated + amount };
      allocated = change.to;
      const budget = { financialYear: '2026-27', category: 'supplies', allocated: change };
      await done(say(first(), 'budget.set', budget, deciders[0]), ...bills.map((id) => bill(id, amount)));
      const { codes } = await atOnce((desk, index) =>
        say(desk, 'expense.submit', { expenseId: bills[index], overBudgetReason: null }),
      );
      expect(codes).toEqual(['BUDGET_INSUFFICIENT', 'BUDGET_INSUFFICIENT', 'BUDGET_INSUFFICIENT', 'applied']);
      const spent = `"spentPaise":{"$n":"${allocated}"}`;
      expect((await rows('budgets')).filter((text) => text.includes(spent))).toHaveLength(1);
    }
  });

  test('one expense is approved once, and the others are told by whom and when', async () => {
    for (const _ of rounds) {
      const expenseId = first().newId();
      const file = { sha256: 'a'.repeat(64), fileName: 'a.pdf', mime: 'application/pdf', sizeBytes: 9 };
      await done(
        bill(expenseId, 6_000_000n),
        say(first(), 'receipt.attach', { receiptId: first().newId(), expenseId, ...file }),
        say(first(), 'expense.submit', { expenseId, overBudgetReason: 'It has to be' }),
      );
      const [seen] = (await rows('expenses')).filter((text) => text.includes(`"id":"${expenseId}"`));
      const { revision } = z.object({ revision: z.int() }).parse(parseCanonical(seen ?? 'null'));
      const decide = { expenseId, revision, comment: null, overBudgetReason: 'It has to be' };
      const { codes, details } = await atOnce((desk, index) => say(desk, 'expense.approve', decide, deciders[index]));
      expect(codes).toEqual(['APPROVAL_DECIDED', 'APPROVAL_DECIDED', 'APPROVAL_DECIDED', 'applied']);
      const [told] = details;
      expect(told).toEqual({
        name: expect.stringMatching(/^Decider \d$/),
        at: expect.stringContaining('2026'),
        decision: 'approved',
      });
      expect(new Set(details.map(({ name }) => name)).size).toBe(1);
      expect((await rows('vouchers')).filter((text) => text.includes(expenseId))).toHaveLength(1);
    }
  });

  test('one desk gets the payment, the others are told, and only that desk can say that it was made', async () => {
    const budget = { financialYear: '2026-27', category: 'library', allocated: { from: 0n, to: 10_000_00n } };
    await done(say(first(), 'budget.set', budget, deciders[0]));
    for (const _ of rounds) {
      const expenseId = first().newId();
      await done(
        bill(expenseId, 100_00n, { category: 'library', accountCode: '5700' }),
        say(first(), 'expense.submit', { expenseId, overBudgetReason: null }),
      );
      const { codes, details } = await atOnce((desk) => say(desk, 'payment.take', { expenseId }));
      expect(codes).toEqual(['EXPENSE_WRONG_STATE', 'EXPENSE_WRONG_STATE', 'EXPENSE_WRONG_STATE', 'applied']);
      expect(new Set(details.map(({ status }) => status))).toEqual(new Set(['paying']));
      const payment = { expenseId, paidOn: '2026-11-20', reference: 'UTR 1', accountCode: '1200' };
      const paid = await atOnce((desk) => say(desk, 'expense.pay', payment));
      expect(paid.codes.filter((code) => code === 'applied')).toHaveLength(1);
      expect((await rows('vouchers')).filter((text) => text.includes(expenseId))).toHaveLength(2);
    }
  });

  test('an id is taken once, even when it comes several times in one push', async () => {
    const [desk, id] = [first(), first().newId()];
    const twin = (name: string, vendor: Id) => {
      const args = { vendorId: vendor, fields: vendorFields(name) };
      return desk.command(college.id, college.accountantId, 'vendor.create', args, { knows: desk.seq, id });
    };
    const [one, other] = [desk.newId(), desk.newId()];
    const { results } = await pushed(server, desk, [twin('Twin', one), twin('Twin', one), twin('Other', other)]);
    expect(results.map(({ status, code, duplicate }) => [code ?? status, duplicate])).toEqual([
      ['applied', false],
      ['applied', true],
      ['SYNC_SAME_ID_OTHER_CONTENT', false],
    ]);
    expect((await rows('vendors')).filter((text) => text.includes(other))).toEqual([]);
    expect((await rows('audit_entries')).filter((text) => text.includes(id))).toHaveLength(1);
  });

  test('numbers are given once and without a gap, whoever asks at the same time, refused ones taking none', async () => {
    const budget = { financialYear: '2026-27', category: 'travel', allocated: { from: 0n, to: 10n ** 10n } };
    await done(say(first(), 'budget.set', budget, deciders[0]));
    const bills = [...rounds, ...rounds].map(() => desks.map(() => first().newId()));
    const travel = { category: 'travel', accountCode: '5600', taxablePaise: 1_000n, cgstPaise: 0n, sgstPaise: 0n };
    for (const [index, ids] of bills.entries()) {
      for (const expenseId of ids) {
        const fields = billFields(vendorId, { billNo: `T-${++serial}`, ...travel });
        await done(say(first(), 'expense.create', { expenseId, fields }));
      }
      // One of four submits what is not there.
      const { codes } = await atOnce((desk, one) =>
        say(desk, 'expense.submit', { expenseId: one === index % 4 ? desk.newId() : ids[one], overBudgetReason: null }),
      );
      expect(codes).toEqual(['NOT_FOUND', 'applied', 'applied', 'applied']);
    }
    for (const table of ['expenses', 'vouchers']) {
      const numbers = (await rows(table)).flatMap((text) => /"number":"([^"]+)"/.exec(text)?.[1] ?? []);
      const series = Map.groupBy(numbers, (number) => number.replace(/\d+$/, ''));
      expect(series.size).toBeGreaterThan(0);
      for (const given of series.values()) {
        const counted = given.map((number) => Number(/\d+$/.exec(number)?.[0])).sort((a, b) => a - b);
        expect(counted).toEqual(counted.map((_, index) => index + 1));
      }
    }
  });

  test('versions stay without gaps, numbers too, and a reader who keeps pulling misses no row', async () => {
    const place = await makeCollege(server, 'MANY');
    const writers = await Promise.all([1, 2, 3].map((one) => enrolDesk(server, [place.id], `Desk ${one}`)));
    const reader = await enrolDesk(server, [place.id], 'Reader');
    const vendor = reader.newId();
    for (const one of writers) await one.signIn(place.accountant);
    await writers[0]?.signIn(place.principal);
    const [leader] = writers;
    if (!leader) throw new Error('no desk');
    const start = [
      leader.command(place.id, place.accountantId, 'vendor.create', {
        vendorId: vendor,
        fields: vendorFields('Common'),
      }),
      leader.command(place.id, place.principalId, 'budget.set', {
        financialYear: '2026-27',
        category: 'supplies',
        allocated: { from: 0n, to: 10n ** 10n },
      }),
    ];
    await pushed(server, leader, start);
    let running = true;
    const seen: Awaited<ReturnType<typeof pulledAll>>['rows'] = [];
    const reading = (async () => {
      let cursor = 0;
      for (let last = false; !last; ) {
        last = !running;
        const step = await pulledAll(server, reader, place.id, 7, cursor);
        seen.push(...step.rows);
        cursor = step.cursor;
      }
    })();
    await Promise.all(
      writers.map(async (one) => {
        for (let round = 0; round < 6; round++) {
          const expenseId = one.newId();
          const fields = billFields(vendor, { billNo: `${one.deviceId}-${round}` });
          const { results } = await pushed(server, one, [
            one.command(place.id, place.accountantId, 'expense.create', { expenseId, fields }),
            one.command(place.id, place.accountantId, 'expense.submit', { expenseId, overBudgetReason: null }),
          ]);
          expect(results.map(({ status, code }) => code ?? status)).toEqual(['applied', 'applied']);
        }
      }),
    );
    running = false;
    await reading;
    expect(booksFrom(seen)).toEqual(await booksOf(server, place.id));
    const versions = new Set(seen.map(({ version }) => version));
    const audits = booksFrom(seen);
    expect(Math.max(...versions)).toBe([...audits.keys()].filter((key) => key.startsWith('audit_entries/')).length);
    const numbers = seen.flatMap(({ table, row }) =>
      table === 'expenses' && typeof row?.number === 'string' ? [row.number] : [],
    );
    expect([...new Set(numbers)].sort()).toEqual(
      Array.from({ length: 18 }, (_, index) => `EXP-2026-27-${String(index + 1).padStart(6, '0')}`),
    );
    expect(await verifyCollege(server.context, place.id)).toMatchObject({ brokenAt: null, wrongTotals: 0 });
  });

  test('one code makes one device, also when two desks use it at once', async () => {
    const { code } = await issueEnrolCode(server.context, [college.id]);
    const keys = [newPrivateKey(), newPrivateKey()];
    const request = (key: string) => ({ code, publicKey: publicKeyOf(key), deviceName: 'Twin' });
    const answers = await Promise.all(keys.map((key) => enrol(server.context, request(key))));
    expect(answers.filter((answer) => answer.ok).length).toBe(1);
    const index = answers.findIndex((answer) => answer.ok);
    expect(answers[1 - index]).toMatchObject({ ok: false, error: { code: 'ENROL_CODE_INVALID' } });
    // The winner's answer was lost on the way and it asks again.
    expect(await enrol(server.context, request(keys[index] ?? ''))).toEqual(answers[index]);
  });
}
