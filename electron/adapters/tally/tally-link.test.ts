import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { type EmulatorOptions, TallyEmulator } from '../../../shared/connectors/accounting/tally/emulator.ts';
import { standardGroups } from '../../../shared/connectors/accounting/tally/standard-groups.ts';
import type { ExchangeMasters, ExchangeVoucher } from '../../../shared/domain/exchange/model.ts';
import type { LinkCall, LinkProgress } from '../../../shared/ports/accounting-link.ts';
import { CollegeWorld, expectOk } from '../../../shared/testing/college-world.ts';
import { mastersFrom, sentFrom } from '../../../shared/testing/exchange-world.ts';
import type { TallyHttpOptions } from './tally-http.ts';
import { checkTallyAddress } from './tally-http.ts';
import { TallyLink } from './tally-link.ts';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const company = 'Sahyadri Valley College & Trust';
const other = { name: 'Other company', isOpen: true, first: '2025-04-01', last: '2027-03-31' };
const call = (more: Partial<LinkCall> = {}): LinkCall => ({ company, signal: new AbortController().signal, ...more });

function linkTo(address: string, options: Partial<TallyHttpOptions> = {}): TallyLink {
  const link = new TallyLink({ address, requestTimeoutMs: 2_000, ...options });
  closers.push(() => link.close());
  return link;
}

async function tally(options: Partial<EmulatorOptions> = {}, http: Partial<TallyHttpOptions> = {}) {
  const own = { name: company, isOpen: true, first: '2025-04-01', last: '2027-03-31' };
  const emulator = new TallyEmulator({ companies: [other, own], ...options });
  const link = linkTo(await emulator.start(), http);
  closers.push(() => emulator.stop());
  const [, books] = emulator.books;
  if (books === undefined) throw new Error('no books');
  return { emulator, link, books, own };
}

/** A college with a vendor of a Hindi name, an expense that was paid, and vouchers beside it. */
async function college(): Promise<{
  readonly masters: ExchangeMasters;
  readonly vouchers: readonly ExchangeVoucher[];
}> {
  const world = await CollegeWorld.create(1, { supplies: 90_00_000_00n });
  const vendorId = await world.vendor({ name: 'श्री गणेश & "Sons" <पुणे>', gstin: '27AAPFU0939F1ZV' });
  const centre = { agency: null, sanctionNo: null, sanctionedPaise: null, startsOn: null, endsOn: null };
  for (const [code, kind] of [
    ['MECH', 'department'],
    ['DST', 'grant'],
  ] as const) {
    const fields = { code, name: `${code} केंद्र`, kind, ...centre };
    expectOk(await world.run('costCentre.create', { costCentreId: world.newId(), fields }, world.accountant));
  }
  const expense = await world.submitted({ vendorId, billNo: 'B/17' });
  const pay = { expenseId: expense.id, paidOn: world.today, reference: 'UTR1', accountCode: '1200' };
  expectOk(await world.run('expense.pay', pay, world.accountant));
  for (let index = 0; index < 120; index += 1) {
    const side = { vendorId: null, departmentCode: 'MECH', fundCode: 'DST' };
    const amount = BigInt(index) * 12_345_67n + 1n;
    const lines = [
      { ...side, accountCode: '1620', debitPaise: amount, creditPaise: 0n },
      { ...side, accountCode: '1310', debitPaise: 0n, creditPaise: amount },
    ];
    const head = { voucherId: world.newId(), kind: 'journal', reference: null, referenceDate: null } as const;
    const args = { ...head, date: index % 2 === 0 ? '2026-10-31' : '2026-11-01', narration: `क्रमांक ${index}`, lines };
    expectOk(await world.run('voucher.post', args, world.accountant));
  }
  return { masters: mastersFrom(world), vouchers: sentFrom(world) };
}

const period = { first: '2026-04-01', last: '2027-03-31' };
const byId = (vouchers: readonly ExchangeVoucher[]) => [...vouchers].sort((one, two) => (one.id < two.id ? -1 : 1));

describe('books over HTTP', () => {
  it('are the same after they were sent twice, and come back as they went', async () => {
    const { link, books, emulator } = await tally();
    const { masters, vouchers } = await college();
    expect(await link.companies(call().signal)).toEqual([other.name, company]);
    const steps: LinkProgress[] = [];
    const onProgress = (progress: LinkProgress) => steps.push(progress);
    const first = await link.sendMasters(masters, call());
    expect(first.altered).toBe(0);
    expect(await link.sendMasters(masters, call())).toEqual({ created: 0, altered: first.created });
    const sent = { created: vouchers.length, altered: 0, refused: [] };
    expect(await link.sendVouchers(vouchers, call({ onProgress }))).toEqual(sent);
    const before = new Map(books.vouchers);
    const again = await link.sendVouchers(vouchers, call({ company: company.toUpperCase() }));
    expect(again).toEqual({ created: 0, altered: vouchers.length, refused: [] });
    expect(new Map(books.vouchers)).toEqual(before);
    expect(steps).toEqual([50, 100, 122].map((done) => ({ done, total: 122 })));
    expect(emulator.books[0]?.vouchers.size).toBe(0);

    const back = await link.fetchVouchers(period, call());
    expect(back.leftOut).toEqual([]);
    expect(byId(back.vouchers)).toEqual(byId(vouchers));
    const fetched = await link.fetchMasters(call());
    const own = fetched.masters.groups.filter(({ name }) => !standardGroups.some((group) => group.name === name));
    expect(own.map(({ name }) => name)).toContain('Earmarked funds');
    const names = (rows: readonly { readonly name: string }[]) => rows.map(({ name }) => name).sort();
    expect(names(fetched.masters.ledgers)).toEqual(
      names([...masters.ledgers, { name: 'Cash' }, { name: 'Profit & Loss A/c' }]),
    );
    for (const ledger of masters.ledgers) {
      const found = fetched.masters.ledgers.find(({ name }) => name === ledger.name);
      const { kind, gstin, pan, hasCostCentres } = ledger;
      expect(found).toMatchObject({ kind, gstin, pan, hasCostCentres });
      if (ledger.isParty) expect(found?.isParty).toBe(true);
      if (ledger.role !== 'tax') expect(found?.role).toBe(ledger.role);
    }
    expect(fetched.masters.costCentres).toEqual(masters.costCentres);
  });

  it('are asked for by months, and not twice where Tally gives the whole year', async () => {
    const { link, emulator } = await tally({ ignoresPeriod: true });
    const { masters, vouchers } = await college();
    await link.sendMasters(masters, call());
    await link.sendVouchers(vouchers, call());
    emulator.requests.length = 0;
    const back = await link.fetchVouchers({ first: '2026-10-31', last: '2026-11-30' }, call());
    expect(emulator.requests.filter((id) => id === 'Voucher Register')).toHaveLength(2);
    expect(byId(back.vouchers)).toEqual(byId(vouchers));
    expect(back.leftOut).toEqual([]);
  });
});

describe.each(['errors', 'exceptions'] as const)('vouchers that Tally refuses, counted as %s', (refusedAs) => {
  it('are named with its words, and the others are there', async () => {
    const { link, books } = await tally({ refusedAs });
    const { masters, vouchers } = await college();
    await link.sendMasters(masters, call());
    const spoilt = vouchers.map((voucher, index) => {
      if (index === 3)
        return { ...voucher, lines: voucher.lines.map((line) => ({ ...line, ledger: 'Nobody & Sons' })) };
      return index === 70 ? { ...voucher, date: '2019-01-01' } : voucher;
    });
    const sent = await link.sendVouchers(spoilt, call());
    expect(sent.refused.map(({ voucher, refusal }) => [voucher.id, refusal.code, refusal.details.detail])).toEqual([
      [vouchers[3]?.id, 'TALLY_REFUSED', "Ledger 'Nobody & Sons' does not exist"],
      [vouchers[70]?.id, 'TALLY_REFUSED', "The date is out of range! Can't import"],
    ]);
    expect(books.vouchers.size).toBe(vouchers.length - 2);
  });
});

it('without a licence Tally takes only some days', async () => {
  const { link } = await tally({ isEducational: true });
  const { masters, vouchers } = await college();
  await link.sendMasters(masters, call());
  const { refused, created, altered } = await link.sendVouchers(vouchers, call());
  // The 31st and the 1st pass, the day of the expense and its payment does not.
  expect(refused.map(({ voucher }) => voucher.date)).toEqual(['2026-11-21', '2026-11-21']);
  expect(created + altered).toBe(vouchers.length - 2);
});

describe('a company that is not open', () => {
  it('gets nothing, and no other gets it', async () => {
    const { link, emulator, own } = await tally();
    const { masters, vouchers } = await college();
    own.isOpen = false;
    const refused = { code: 'TALLY_NO_COMPANY', details: { company } };
    await expect(link.sendMasters(masters, call())).rejects.toMatchObject(refused);
    await expect(link.sendVouchers(vouchers, call())).rejects.toMatchObject(refused);
    await expect(link.fetchMasters(call())).rejects.toMatchObject(refused);
    await expect(link.fetchVouchers(period, call())).rejects.toMatchObject(refused);
    for (const { vouchers: kept } of emulator.books) expect(kept.size).toBe(0);
  });

  it('is noticed when it is closed on the way', async () => {
    const { link, emulator, own } = await tally();
    const { masters, vouchers } = await college();
    await link.sendMasters(masters, call());
    const onProgress = () => {
      own.isOpen = false;
    };
    await expect(link.sendVouchers(vouchers, call({ onProgress }))).rejects.toMatchObject({ code: 'TALLY_NO_COMPANY' });
    expect(emulator.books.map(({ vouchers: kept }) => kept.size)).toEqual([0, 50]);
  });
});

describe('an answer that does not come', () => {
  it.each(['hang', 'hang_done', 'reset', 'reset_done'] as const)(
    'after "%s" is asked for again, and nothing is there twice',
    async (fault) => {
      const { link, books, emulator } = await tally({}, { requestTimeoutMs: 1_000 });
      const { masters, vouchers } = await college();
      await link.sendMasters(masters, call());
      emulator.requests.length = 0;
      // The first asks for the companies, the second brings vouchers.
      emulator.faults.push(fault, fault);
      const { refused } = await link.sendVouchers(vouchers, call());
      expect(refused).toEqual([]);
      expect(books.vouchers.size).toBe(vouchers.length);
      expect(byId((await link.fetchVouchers(period, call())).vouchers)).toEqual(byId(vouchers));
    },
  );

  it('time after time is said to be open', async () => {
    const { link, emulator } = await tally({}, { requestTimeoutMs: 200 });
    emulator.faults.push('hang', 'hang', 'hang');
    await expect(link.companies(call().signal)).rejects.toMatchObject({ code: 'TALLY_TIMEOUT' });
    expect(emulator.faults).toEqual([]);
  });
});

describe('what answers', () => {
  it.each([
    ['empty', 'TALLY_EMPTY_ANSWER'],
    ['page', 'TALLY_BAD_ANSWER'],
    ['status', 'TALLY_BAD_ANSWER'],
    ['endless', 'TALLY_TOO_LARGE'],
  ] as const)('with "%s" is %s', async (fault, code) => {
    const { link, emulator } = await tally({}, { answerBytesMax: 1024 * 1024 });
    emulator.faults.push(fault);
    await expect(link.companies(call().signal)).rejects.toMatchObject({ code });
  });

  it('is nobody', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    await new Promise((resolve) => server.close(resolve));
    await expect(linkTo(address).companies(call().signal)).rejects.toMatchObject({
      code: 'TALLY_UNREACHABLE',
      details: { address },
    });
  });
});

it('stops when it is told to, with what was sent until then', async () => {
  const { link, books, emulator } = await tally();
  const { masters, vouchers } = await college();
  await link.sendMasters(masters, call());
  const stop = new AbortController();
  const onProgress = () => stop.abort();
  const stopped = link.sendVouchers(vouchers, call({ signal: stop.signal, onProgress }));
  await expect(stopped).rejects.toMatchObject({ code: 'CANCELLED' });
  expect(books.vouchers.size).toBe(50);
  const hung = new AbortController();
  emulator.faults.push('hang');
  setTimeout(() => hung.abort(), 50);
  await expect(link.companies(hung.signal)).rejects.toMatchObject({ code: 'CANCELLED' });
});

it('the address is a host and a port', () => {
  expect(checkTallyAddress(' http://accounts-pc:9000/ ')).toBe('http://accounts-pc:9000');
  for (const bad of [
    '',
    'accounts-pc:9000',
    'https://x:9000',
    'http://a:b@x:9000',
    'http://x:9000/y',
    'http://x/?q',
    'file:///x',
  ]) {
    expect(() => checkTallyAddress(bad)).toThrow(expect.objectContaining({ code: 'INPUT_INVALID' }));
  }
});
