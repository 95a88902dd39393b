import { describe, expect, it } from 'vitest';
import { CollegeWorld, expectOk } from '../../testing/college-world.ts';
import { mastersFrom as masters, rowsOf, sentFrom as sent } from '../../testing/exchange-world.ts';
import type { CommandArgs, VoucherLineFields } from '../command/args.ts';
import type { EntryKind } from '../rows.ts';
import { bookNames } from './book-names.ts';
import { OpenBills } from './fit-bills.ts';
import { LedgerMatcher } from './match-ledgers.ts';
import type { ExchangeLedger, ExchangeVoucher } from './model.ts';
import { vouchersForBooks } from './vouchers-for-books.ts';

const blank = { vendorId: null, departmentCode: null, fundCode: null };
const dr = (accountCode: string, debitPaise: bigint, more: Partial<VoucherLineFields> = {}): VoucherLineFields => ({
  ...{ ...blank, ...more, accountCode, debitPaise, creditPaise: 0n },
});
const cr = (accountCode: string, creditPaise: bigint, more: Partial<VoucherLineFields> = {}): VoucherLineFields => ({
  ...{ ...blank, ...more, accountCode, debitPaise: 0n, creditPaise },
});

async function post(
  world: CollegeWorld,
  kind: EntryKind,
  lines: readonly VoucherLineFields[],
  more: Partial<CommandArgs['voucher.post']> = {},
): Promise<string> {
  const head = {
    voucherId: world.newId(),
    kind,
    date: world.today,
    narration: 'n',
    reference: null,
    referenceDate: null,
  };
  const args = { ...head, lines, ...more };
  expectOk(await world.run('voucher.post', args, world.accountant));
  return args.voucherId;
}

async function addCentre(world: CollegeWorld, code: string, kind: 'department' | 'fund' | 'grant', name = code) {
  const none = { agency: null, sanctionNo: null, sanctionedPaise: null, startsOn: null, endsOn: null };
  const args = { costCentreId: world.newId(), fields: { code, name, kind, ...none } };
  expectOk(await world.run('costCentre.create', args, world.accountant));
}

const ledger = (ledgers: readonly ExchangeLedger[], name: string): ExchangeLedger => {
  const found = ledgers.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no ledger ${name}`);
  return found;
};

describe('the masters that go out', () => {
  it('have every account once and every vendor as a party beside the control account', async () => {
    const world = await CollegeWorld.create();
    await world.vendor({ name: 'Om Stores', gstin: '27AAPFU0939F1ZV' });
    const { ledgers, groups } = masters(world, '2026-04-01');
    expect(ledgers).toHaveLength(world.books.rows('accounts').length + 1);
    expect(ledger(ledgers, 'Om Stores')).toMatchObject({
      ...{ kind: 'liability', isParty: true, gstin: '27AAPFU0939F1ZV', pan: 'AAPFU0939F' },
      parent: ledger(ledgers, 'Sundry creditors').parent,
    });
    const at = new Map(groups.map(({ name }, index) => [name, index]));
    for (const { name, parent } of groups) {
      if (parent !== null) expect(at.get(parent)).toBeLessThan(at.get(name) ?? -1);
    }
    expect(ledger(ledgers, 'Income and expenditure account').role).toBe('surplus');
  });

  it('never call two things the same, and always call the same thing the same', async () => {
    const world = await CollegeWorld.create();
    await world.vendor({ name: 'ELECTRICITY', gstin: '27AAPFU0939F1ZV' });
    await world.vendor({ name: 'Water' });
    await addCentre(world, 'W', 'fund', 'water');
    const { ledgers, costCentres } = masters(world, '2026-04-01');
    const names = [...ledgers, ...costCentres].map(({ name }) => name.toLowerCase());
    expect(new Set(names).size).toBe(names.length);
    expect(names).toEqual(
      expect.arrayContaining(['electricity', 'electricity (27aapfu0939f1zv)', 'water', 'water (w)']),
    );
    const rows = rowsOf(world);
    const turned = { ...rows, accounts: rows.accounts.toReversed(), vendors: rows.vendors.toReversed() };
    expect(new Map([...bookNames(turned).vendors].sort())).toEqual(new Map([...bookNames(rows).vendors].sort()));
  });

  it('open with what was before the day, evenly, and with the surplus of earlier years', async () => {
    const world = await CollegeWorld.create(1, { supplies: 10_000_00n });
    const vendorId = await world.vendor({ name: 'Om Stores' });
    await post(world, 'sales', [dr('1200', 900n), cr('4100', 900n)], { date: '2026-03-31' });
    await post(world, 'purchase', [dr('1630', 118n), cr('2100', 118n, { vendorId })], {
      date: '2026-05-02',
      reference: 'B/1',
    });
    await post(world, 'payment', [dr('5200', 40n), cr('1200', 40n)], { date: '2026-06-01' });
    await post(world, 'payment', [dr('5200', 7n), cr('1200', 7n)], { date: '2026-07-01' });
    const { ledgers } = masters(world, '2026-07-01');
    const opening = (name: string) => {
      const { openingDebitPaise, openingCreditPaise } = ledger(ledgers, name);
      return openingDebitPaise - openingCreditPaise;
    };
    expect(opening('Income and expenditure account')).toBe(-900n);
    expect(opening('Tuition fees')).toBe(0n);
    expect(opening('Office Supplies')).toBe(40n);
    expect(opening('Bank: current account')).toBe(860n);
    expect(opening('Om Stores')).toBe(-118n);
    expect(opening('Sundry creditors')).toBe(0n);
    expect(ledgers.reduce((sum, one) => sum + one.openingDebitPaise - one.openingCreditPaise, 0n)).toBe(0n);
    for (const one of ledgers) expect(one.openingDebitPaise === 0n || one.openingCreditPaise === 0n).toBe(true);
  });
});

describe('the vouchers that go out', () => {
  it('name the vendor on the control account and the bill it is about, through to payment and reversal', async () => {
    const world = await CollegeWorld.create(1, { supplies: 10_000_00n });
    const vendorId = await world.vendor({ name: 'Om Stores' });
    const expense = await world.submitted({ vendorId, billNo: 'B/17' });
    expect(expense.status).toBe('approved');
    const pay = { expenseId: expense.id, paidOn: world.today, reference: 'UTR1', accountCode: '1200' };
    expectOk(await world.run('expense.pay', pay, world.accountant));
    const back = { expenseId: expense.id, date: world.today, reason: 'Entered twice' };
    expectOk(await world.run('expense.reverse', back, world.accountant));
    const refs = sent(world).map(({ kind, partyLedger, lines }) => [
      kind,
      partyLedger,
      lines.filter(({ ledger: name }) => name === 'Om Stores').map(({ bills }) => bills[0]),
    ]);
    const bill = { name: 'B/17', amountPaise: 1_000_00n, dueOn: null };
    const expected = [
      ['journal', 'Om Stores', [{ ...bill, kind: 'new' }]],
      ['payment', 'Om Stores', [{ ...bill, kind: 'against' }]],
      ['journal', 'Om Stores', [{ ...bill, kind: 'against' }]],
    ];
    expect(refs).toEqual(expected);
    for (const { lines } of sent(world))
      expect(lines.some(({ ledger: name }) => name === 'Sundry creditors')).toBe(false);
  });

  it('leave on account what no document connects with a bill', async () => {
    const world = await CollegeWorld.create();
    const vendorId = await world.vendor({ name: 'Om Stores' });
    await post(world, 'payment', [dr('2100', 5n, { vendorId }), cr('1200', 5n)], { reference: 'Cheque 1' });
    const [voucher] = sent(world);
    expect(voucher?.lines[0]).toMatchObject({
      ledger: 'Om Stores',
      bills: [{ kind: 'on_account', name: null, amountPaise: 5n, dueOn: null }],
    });
  });

  it('take a reversal for what its money makes it', async () => {
    const world = await CollegeWorld.create();
    const vendorId = await world.vendor({ name: 'Om Stores' });
    const bill = { kind: 'new', name: 'B/9', amountPaise: 5n, dueOn: null } as const;
    const ids = [
      await post(world, 'payment', [dr('1500', 5n), cr('1200', 5n)]),
      await post(world, 'receipt', [dr('1200', 5n), cr('1500', 5n)]),
      await post(world, 'contra', [dr('1200', 5n), cr('1100', 5n)]),
      await post(world, 'purchase', [dr('1630', 5n), cr('2100', 5n, { vendorId, bills: [bill] })], {
        reference: 'B/9',
      }),
    ];
    for (const voucherId of ids) {
      const args = { voucherId, date: world.today, reason: 'Entered twice' };
      expectOk(await world.run('voucher.reverse', args, world.accountant));
    }
    const reversals = sent(world).slice(4);
    expect(reversals.map(({ kind }) => kind)).toEqual(['receipt', 'payment', 'contra', 'journal']);
    expect(reversals[3]?.lines[1]?.bills).toEqual([{ kind: 'against', name: 'B/9', amountPaise: 5n, dueOn: null }]);
  });
});

describe('the vouchers that come in', () => {
  const into = (world: CollegeWorld, hasVoucher: (id: string) => boolean = () => false) => ({
    ...{ rows: rowsOf(world), ledgers: new LedgerMatcher(rowsOf(world)), hasVoucher, bills: new OpenBills([]) },
    isOpened: false,
    idFor: (id: string) => id,
  });
  const voucher = (lines: ExchangeVoucher['lines'], id = '018f0000-0000-7000-8000-0000000000a1'): ExchangeVoucher => ({
    ...{ id, kind: 'journal', number: '1', date: '2026-11-20', narration: '', reference: null, referenceDate: null },
    ...{ partyLedger: null, lines },
  });
  const line = (
    name: string,
    debitPaise: bigint,
    creditPaise: bigint,
    costShares: ExchangeVoucher['lines'][number]['costShares'] = [],
  ) => ({
    ...{ ledger: name, debitPaise, creditPaise, bills: [], costShares },
  });

  it('come to the vendor and the control account, Latin letter case aside', async () => {
    const world = await CollegeWorld.create();
    const vendorId = await world.vendor({ name: 'श्री Om Stores' });
    const read = vouchersForBooks(
      [voucher([line('OFFICE  supplies', 5n, 0n), line('श्री OM stores', 0n, 5n)])],
      into(world),
    );
    expect(read.unread).toEqual([]);
    expect(read.ready[0]?.args.lines).toEqual([dr('5200', 5n), cr('2100', 5n, { vendorId })]);
  });

  it('are reported whole when anything of them is unknown', async () => {
    const world = await CollegeWorld.create();
    await addCentre(world, 'MECH', 'department');
    await addCentre(world, 'DST', 'grant');
    const good = line('Office Supplies', 0n, 10n);
    const share = (name: string, amountPaise: bigint, kind: 'department' | 'grant' | null = null) => ({
      name,
      kind,
      amountPaise,
    });
    const reasons = [
      [line('Offise Supplies', 10n, 0n), 'ledger', 'Offise Supplies'],
      [line('Water', 10n, 0n, [share('CIVIL', 10n)]), 'costCentre', 'CIVIL'],
      [line('Water', 10n, 0n, [share('MECH', 10n, 'grant')]), 'costCentre', 'MECH'],
      [line('Water', 10n, 0n, [share('MECH', 11n)]), 'costSplit', 'Water'],
      [line('Water', 10n, 0n, [share('MECH', 5n), share('DST', 5n)]), 'costSplit', 'Water'],
      [line('Water', 9n, 0n), 'unbalanced', null],
    ] as const;
    for (const [bad, reason, name] of reasons) {
      const given = voucher([bad, good]);
      expect(vouchersForBooks([given], into(world))).toEqual({ ready: [], unread: [{ voucher: given, reason, name }] });
    }
    const two = { ...voucher([good]), lines: [good] };
    expect(vouchersForBooks([two], into(world)).unread[0]?.reason).toBe('lines');
  });

  it('put the party that only the voucher names on the line of what is due', async () => {
    const world = await CollegeWorld.create();
    const vendorId = await world.vendor({ name: 'Om Stores' });
    const lines = [line('Tuition fees', 5n, 0n), line('Fees receivable', 0n, 5n)];
    const given = { ...voucher(lines), kind: 'credit_note', partyLedger: 'om stores', reference: 'C/1' } as const;
    const [ready] = vouchersForBooks([given], into(world)).ready;
    expect(ready?.args.lines).toEqual([dr('4100', 5n), cr('1300', 5n, { vendorId })]);
    if (ready !== undefined) expectOk(await world.run('voucher.post', ready.args, world.accountant));
  });

  it('are split where their cost centres are', async () => {
    const world = await CollegeWorld.create();
    await addCentre(world, 'MECH', 'department');
    await addCentre(world, 'DST', 'grant');
    const shares = [
      { name: 'mech', kind: null, amountPaise: 6n },
      { name: 'DST', kind: 'grant', amountPaise: 10n },
    ] as const;
    const read = vouchersForBooks(
      [voucher([line('Water', 10n, 0n, shares), line('TDS payable', 0n, 10n)])],
      into(world),
    );
    expect(read.ready[0]?.args.lines).toEqual([
      dr('5310', 6n, { departmentCode: 'MECH', fundCode: 'DST' }),
      dr('5310', 4n, { fundCode: 'DST' }),
      cr('2200', 10n),
    ]);
  });

  it('do not come twice, and not when they are ours', async () => {
    const world = await CollegeWorld.create();
    const id = await post(world, 'journal', [dr('1300', 5n), cr('1310', 5n)]);
    const has = (one: string) => world.books.rows('vouchers').some((row) => row.id === one);
    expect(vouchersForBooks(sent(world), into(world, has))).toMatchObject({ ready: [], unread: [{ reason: 'known' }] });
    const theirs = { ...into(world, has), idFor: () => id };
    const given = [voucher([line('Water', 5n, 0n), line('Rent', 0n, 5n)], 'guid-of-tally')];
    expect(vouchersForBooks(given, theirs).unread[0]?.reason).toBe('known');
  });

  it('go to the surplus by each of its names', async () => {
    const world = await CollegeWorld.create();
    const matcher = new LedgerMatcher(rowsOf(world));
    const place = { accountCode: '3900', vendorId: null };
    expect(matcher.find('Profit & Loss A/c')).toEqual({ kind: 'found', place });
  });

  it('are not sent to either of two that are called alike', async () => {
    const world = await CollegeWorld.create();
    const fields = {
      code: '3910',
      name: 'Profit and loss account',
      kind: 'fund',
      groupCode: '32',
      category: null,
      role: null,
    } as const;
    expectOk(await world.run('account.create', { accountId: world.newId(), fields }, world.accountant));
    const matcher = new LedgerMatcher(rowsOf(world));
    expect(matcher.find('Profit & Loss A/c')).toEqual({ kind: 'ambiguous' });
    expect(matcher.find('General fund').kind).toBe('found');
  });
});
