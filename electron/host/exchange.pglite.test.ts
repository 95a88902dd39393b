import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { TallyEmulator } from '../../shared/connectors/accounting/tally/emulator.ts';
import { readTallyFile } from '../../shared/connectors/accounting/tally/files.ts';
import type { VoucherLineFields } from '../../shared/domain/command/args.ts';
import type { EntryKind } from '../../shared/domain/rows.ts';
import type { Input, Output } from '../../shared/ipc/contract.ts';
import { MunimError } from '../../shared/kernel/errors.ts';
import { CollegeWorld, expectOk } from '../../shared/testing/college-world.ts';
import { openTestDesk, type TestDesk } from './testing.ts';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const side = { vendorId: null, departmentCode: null, fundCode: null };
const dr = (accountCode: string, debitPaise: bigint, more: Partial<VoucherLineFields> = {}): VoucherLineFields => ({
  ...{ ...side, ...more, accountCode, debitPaise, creditPaise: 0n },
});
const cr = (accountCode: string, creditPaise: bigint, more: Partial<VoucherLineFields> = {}): VoucherLineFields => ({
  ...{ ...side, ...more, accountCode, debitPaise: 0n, creditPaise },
});

async function post(world: CollegeWorld, kind: EntryKind, date: string, lines: readonly VoucherLineFields[]) {
  const head = { voucherId: world.newId(), kind, date, narration: 'नकद', reference: 'R', referenceDate: null };
  expectOk(await world.run('voucher.post', { ...head, lines }, world.accountant));
}

/** Books with an opening that has a bill, a bill that is paid in part, and an account of their own. */
async function fullWorld(count = 3): Promise<CollegeWorld> {
  const world = await CollegeWorld.create(3);
  const vendorId = await world.vendor({ name: 'श्री गणेश & Sons', gstin: '27AAPFU0939F1ZV' });
  const fields = {
    code: '1299',
    name: 'HDFC hostel',
    kind: 'asset',
    groupCode: null,
    category: null,
    role: 'bank',
  } as const;
  expectOk(await world.run('account.create', { accountId: world.newId(), fields }, world.accountant));
  const old = { kind: 'new', name: 'OLD/1', amountPaise: 700_00n, dueOn: null } as const;
  await post(world, 'opening', '2026-03-31', [
    dr('1299', 5_000_00n),
    cr('2100', 1_000_00n, { vendorId, bills: [old, { ...old, kind: 'on_account', name: null, amountPaise: 300_00n }] }),
    cr('3100', 4_000_00n),
  ]);
  const paid = { kind: 'against', name: 'OLD/1', amountPaise: 200_00n, dueOn: null } as const;
  await post(world, 'payment', '2026-05-02', [dr('2100', 200_00n, { vendorId, bills: [paid] }), cr('1299', 200_00n)]);
  for (let index = 1; index < count; index += 1) {
    await post(world, 'journal', '2026-06-01', [dr('1620', BigInt(index)), cr('1310', BigInt(index))]);
  }
  return world;
}

async function deskOf(world: CollegeWorld): Promise<TestDesk> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'munim-exchange-'));
  const desk = await openTestDesk(folder, world);
  closers.push(async () => {
    await desk.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return desk;
}

async function tally(first = '2025-04-01') {
  const emulator = new TallyEmulator({ companies: [{ name: 'SVCE पुणे', isOpen: true, first, last: '2027-03-31' }] });
  const host = await emulator.start();
  closers.push(() => emulator.stop());
  return { emulator, host };
}

const year = { from: '2026-04-01', to: '2027-03-31' } as const;

async function ended(desk: TestDesk, { id }: Output<'jobs.get'>): Promise<Output<'jobs.get'>> {
  for (;;) {
    const job = await desk.call('jobs.get', { id });
    if (job.state !== 'running') return job;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

const send = async (desk: TestDesk, what: 'masters' | 'vouchers', host: string) => {
  const to = { way: 'tally', host, company: 'svce पुणे' } as const;
  return ended(desk, await desk.call('exchange.export', { collegeId: desk.world.collegeId, ...year, what, ...to }));
};

async function fileOf(desk: TestDesk, what: 'masters' | 'vouchers'): Promise<Uint8Array> {
  const question = { way: 'file', collegeId: desk.world.collegeId, ...year, what } as const;
  const job = await ended(desk, await desk.call('exchange.export', question));
  expect(job).toMatchObject({
    state: 'done',
    result: { refused: 0, fileName: expect.stringMatching(/^Tally .*\.xml$/) },
  });
  const pieces: Buffer[] = [];
  for (let offset = 0; ; ) {
    const answer = await desk.call('files.read', { fileId: job.result?.fileId ?? '', offset });
    pieces.push(Buffer.from(answer.bytes, 'base64'));
    offset += pieces.at(-1)?.length ?? 0;
    if (offset >= answer.sizeBytes) return Buffer.concat(pieces);
  }
}

async function brought(desk: TestDesk, bytes: Uint8Array): Promise<Input<'exchange.plan'>> {
  const upload = { fileName: 'tally.xml', sizeBytes: bytes.length, purpose: 'import' } as const;
  const { fileId } = await desk.call('files.begin', upload);
  const step = 200_000;
  for (let offset = 0; offset < bytes.length; offset += step) {
    const piece = Buffer.from(bytes.subarray(offset, offset + step)).toString('base64');
    await desk.call('files.write', { fileId, offset, bytes: piece });
  }
  return { collegeId: desk.world.collegeId, fileId, openingDate: null };
}

const take = async (desk: TestDesk, bytes: Uint8Array): Promise<Output<'jobs.get'>> =>
  ended(desk, await desk.call('exchange.import', { ...(await brought(desk, bytes)), openingDate: '2026-03-31' }));

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array, void> {
  yield bytes;
}

/** What the books say, by names. */
async function saying(desk: TestDesk) {
  const { ledgers } = (await readTallyFile(once(await fileOf(desk, 'masters')))).masters;
  const { vouchers } = (await readTallyFile(once(await fileOf(desk, 'vouchers')))).vouchers;
  return {
    openings: ledgers
      .filter(({ openingDebitPaise, openingCreditPaise }) => openingDebitPaise + openingCreditPaise > 0n)
      .map(({ name, openingDebitPaise, openingCreditPaise, openingBills }) => ({
        ...{ name, openingDebitPaise, openingCreditPaise },
        bills: openingBills.map((bill) => [bill.name, bill.creditPaise]),
      }))
      .sort((one, other) => (one.name < other.name ? -1 : 1)),
    vouchers: vouchers
      .map(({ kind, date, narration, lines }) => ({ kind, date, narration, lines }))
      .sort((one, other) => Number((one.lines[0]?.debitPaise ?? 0n) - (other.lines[0]?.debitPaise ?? 0n))),
  };
}

describe('books to Tally', () => {
  test('go over its port with their openings and bills, and a second time alter what is there', async () => {
    const desk = await deskOf(await fullWorld());
    const { emulator, host } = await tally();
    expect(await desk.call('exchange.companies', { host })).toEqual({ companies: ['SVCE पुणे'] });
    const masters = await send(desk, 'masters', host);
    expect(masters).toMatchObject({ state: 'done', result: { refused: 0, fileId: null } });
    expect(await send(desk, 'vouchers', host)).toMatchObject({
      state: 'done',
      result: { added: 3, known: 0, refused: 0 },
    });
    expect(await send(desk, 'vouchers', host)).toMatchObject({ result: { added: 0, known: 3, refused: 0 } });
    const party = emulator.books[0]?.masters().find(({ attributes }) => attributes.get('NAME') === 'श्री गणेश & Sons');
    const texts = JSON.stringify(party?.children);
    for (const text of ['OLD/1', '700.00', '1000.00']) expect(texts).toContain(text);
  });

  test('are told voucher by voucher where Tally refuses, in its own words', async () => {
    const desk = await deskOf(await fullWorld());
    const { host } = await tally('2026-06-01');
    await send(desk, 'masters', host);
    const job = await send(desk, 'vouchers', host);
    // Those of a batch of which anything was refused go twice.
    expect(job).toMatchObject({ state: 'done', result: { added: 0, known: 2, refused: 1 } });
    expect(job.result?.refusals).toEqual([
      {
        name: 'PAY-2026-27-000001',
        code: 'TALLY_REFUSED',
        details: { detail: expect.stringContaining('out of range') },
      },
    ]);
  });

  test('say in a code when nobody is there, the company is closed, or the address is none', async () => {
    const desk = await deskOf(await fullWorld());
    const { host, emulator } = await tally();
    const company = emulator.books[0]?.company;
    if (company) company.isOpen = false;
    expect((await send(desk, 'vouchers', host)).error?.code).toBe('TALLY_NO_COMPANY');
    await emulator.stop();
    await expect(desk.call('exchange.companies', { host })).rejects.toMatchObject({ code: 'TALLY_UNREACHABLE' });
    await expect(desk.call('exchange.companies', { host: 'ftp://x' })).rejects.toMatchObject({ code: 'INPUT_INVALID' });
    const other = { way: 'file', collegeId: desk.world.newId(), ...year, what: 'masters' } as const;
    await expect(desk.call('exchange.export', other)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('books from Tally', () => {
  test('come into empty books as they were, and a second time add nothing', async () => {
    const from = await deskOf(await fullWorld());
    const [masters, vouchers] = [await fileOf(from, 'masters'), await fileOf(from, 'vouchers')];
    const desk = await deskOf(await CollegeWorld.create(9));
    const preview = await desk.call('exchange.plan', await brought(desk, masters));
    expect(preview).toMatchObject({
      ...{ openingDate: '2026-03-31', notes: [], noteCount: 0, voucherCounts: { new: 0, known: 0, refused: 0 } },
      ...{ opening: { state: 'new', totalPaise: 5_000_00n }, masterCounts: { new: 2, refused: 0 } },
    });
    expect(preview.masters.map(({ what, name }) => `${what} ${name}`)).toEqual([
      'account HDFC hostel',
      'vendor श्री गणेश & Sons',
    ]);
    expect(await take(desk, masters)).toMatchObject({ state: 'done', result: { added: 3, refused: 0 } });
    const second = await desk.call('exchange.plan', await brought(desk, vouchers));
    expect(second).toMatchObject({ voucherCounts: { new: 3, known: 0, refused: 0 }, notes: [] });
    expect(second.days).toEqual({ first: '2026-05-02', last: '2026-06-01' });
    expect(await take(desk, vouchers)).toMatchObject({ state: 'done', result: { added: 3, known: 0, refused: 0 } });
    expect(await saying(desk)).toEqual(await saying(from));
    const again = await desk.call('exchange.plan', await brought(desk, masters));
    expect(again).toMatchObject({ opening: { state: 'known' }, masterCounts: { new: 0 } });
    expect(await take(desk, masters)).toMatchObject({ state: 'done', result: { added: 0, refused: 0 } });
    expect(await take(desk, vouchers)).toMatchObject({ state: 'done', result: { added: 0, known: 3, refused: 0 } });
  });

  test('stopped half way keep what is in, and the next run adds the rest', async () => {
    const from = await deskOf(await fullWorld(30));
    const [masters, vouchers] = [await fileOf(from, 'masters'), await fileOf(from, 'vouchers')];
    const desk = await deskOf(await CollegeWorld.create(9));
    await take(desk, masters);
    const question = { ...(await brought(desk, vouchers)), openingDate: '2026-03-31' };
    let jobId = '';
    let seen = 0;
    desk.beforeCommand = () => {
      seen += 1;
      if (seen === 10) desk.call('jobs.cancel', { id: jobId }).catch(() => {});
    };
    const started = await desk.call('exchange.import', question);
    jobId = started.id;
    const job = await ended(desk, started);
    const added = job.result?.added ?? 0;
    expect(job.state).toBe('cancelled');
    expect(added).toBeGreaterThan(8);
    expect(added).toBeLessThan(30);
    desk.beforeCommand = () => {};
    expect((await take(desk, vouchers)).result).toMatchObject({ added: 30 - added, known: added, refused: 0 });
  });

  test('go on past what the books refuse and name it; a full disk ends it', async () => {
    const from = await deskOf(await fullWorld());
    const [masters, vouchers] = [await fileOf(from, 'masters'), await fileOf(from, 'vouchers')];
    const desk = await deskOf(await CollegeWorld.create(9));
    await take(desk, masters);
    desk.beforeCommand = (order) => {
      if (order.name === 'voucher.post' && order.args.kind === 'payment')
        throw new MunimError('PERIOD_CLOSED', { date: order.args.date });
    };
    const job = await take(desk, vouchers);
    expect(job).toMatchObject({ state: 'done', result: { added: 2, refused: 1 } });
    expect(job.result?.refusals).toMatchObject([{ name: 'PAY-2026-27-000001 02-05-2026', code: 'PERIOD_CLOSED' }]);
    desk.beforeCommand = () => {
      throw new MunimError('ENGINE_DISK_FULL', { freeMiB: 0 });
    };
    expect(await take(desk, vouchers)).toMatchObject({ state: 'failed', error: { code: 'ENGINE_DISK_FULL' } });
  });

  test('vouchers whose ledgers or bills nobody has are told one by one, with their place in the file', async () => {
    const from = await deskOf(await fullWorld());
    const desk = await deskOf(await CollegeWorld.create(9));
    const vouchers = await fileOf(from, 'vouchers');
    const preview = await desk.call('exchange.plan', await brought(desk, vouchers));
    expect(preview.voucherCounts).toEqual({ new: 2, known: 0, refused: 1 });
    expect(preview.notes).toEqual([
      {
        ...{ what: 'voucher', name: 'PAY-2026-27-000001', date: '2026-05-02', reason: 'voucher_ledger' },
        ...{ detail: 'श्री गणेश & Sons', amountPaise: null, line: null },
      },
    ]);
    const cancelled = Buffer.from(vouchers)
      .toString('utf16le')
      .replace('<VOUCHER ', '<VOUCHER ISBAD="1" ')
      .replace('<NARRATION>', '<ISCANCELLED>Yes</ISCANCELLED><NARRATION>');
    const told = await desk.call('exchange.plan', await brought(desk, Buffer.from(cancelled, 'utf16le')));
    expect(told.notes).toMatchObject([{ what: 'record', reason: 'record_cancelled', detail: 'VOUCHER', line: 1 }]);
  });

  test('openings that do not even out are refused with their difference, and no part of them is entered', async () => {
    const from = await deskOf(await fullWorld());
    const desk = await deskOf(await CollegeWorld.create(9));
    const text = Buffer.from(await fileOf(from, 'masters')).toString('utf16le');
    const bytes = Buffer.from(text.replace('-5000.00', '-5000.07'), 'utf16le');
    const preview = await desk.call('exchange.plan', await brought(desk, bytes));
    expect(preview.opening.state).toBe('refused');
    expect(preview.notes).toMatchObject([{ what: 'opening', reason: 'opening_unbalanced', amountPaise: 7n }]);
    expect(await take(desk, bytes)).toMatchObject({ state: 'done', result: { added: 2, refused: 1 } });
    expect((await saying(desk)).openings).toEqual([]);
  });

  test.each([
    ['TALLY_XML_UNSAFE', '<!DOCTYPE x [<!ENTITY a "b">]><ENVELOPE>&a;</ENVELOPE>'],
    ['TALLY_XML_BROKEN', '<ENVELOPE><BODY>'],
    ['TALLY_XML_BROKEN', '<html></html>'],
    ['TALLY_XML_BROKEN', ''],
  ])('a file that is none is refused as %s and nothing is entered', async (code, text) => {
    const desk = await deskOf(await CollegeWorld.create(9));
    const question = await brought(desk, Buffer.from(text));
    await expect(desk.call('exchange.plan', question)).rejects.toMatchObject({ code });
    expect(await ended(desk, await desk.call('exchange.import', question))).toMatchObject({
      state: 'failed',
      error: { code },
    });
    await expect(desk.call('exchange.plan', { ...question, collegeId: desk.world.newId() })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });
});
