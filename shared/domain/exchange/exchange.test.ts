import { describe, expect, it } from 'vitest';
import { CollegeWorld, expectOk } from '../../testing/college-world.ts';
import { mastersFrom as masters, rowsOf, sentFrom as sent } from '../../testing/exchange-world.ts';
import { nodeDigest } from '../../testing/node-digest.ts';
import type { CommandArgs, VoucherLineFields } from '../command/args.ts';
import { collegeIds } from '../command/context.ts';
import type { EntryKind } from '../rows.ts';
import { bookNames } from './book-names.ts';
import { OpenBills } from './fit-bills.ts';
import { newMasters } from './masters-for-books.ts';
import { LedgerMatcher } from './match-ledgers.ts';
import type { ExchangeLedger, ExchangeVoucher } from './model.ts';
import { openingForBooks } from './opening-for-books.ts';
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

it('masters that come in become what the books do not have, and nothing else', async () => {
  const world = await CollegeWorld.create();
  await world.vendor({ name: 'Om Stores' });
  await addCentre(world, 'MECH', 'department');
  const own = masters(world, '2026-04-01');
  const rows = rowsOf(world);
  const idFor = collegeIds(world.collegeId, nodeDigest);
  const none = { groups: [], accounts: [], vendors: [], costCentres: [], refused: [] };
  expect(newMasters(own, rows, new LedgerMatcher(rows), idFor)).toMatchObject({ ...none, rows });
  const like = ledger(own.ledgers, 'Om Stores');
  const plain = { ...like, isParty: false, gstin: null, pan: null };
  const more = {
    groups: [...own.groups, { name: 'Hostel', parent: 'Current Assets', kind: 'asset' as const }],
    ledgers: [
      ...own.ledgers,
      { ...like, name: 'Ravi & Sons', gstin: '27AAPFU0939F1ZV', pan: 'AAPFU0939F' },
      { ...like, name: 'No & Number', gstin: '27AAPFU0939F1ZX', pan: 'none' },
      { ...plain, name: 'HDFC hostel', parent: 'Hostel', kind: 'asset' as const, role: 'bank' as const },
    ],
    costCentres: [
      { name: 'mech', kind: null },
      { name: 'MECH', kind: 'grant' as const },
      { name: 'Civil Engg.', kind: null },
      { name: 'श्री कोष', kind: 'fund' as const },
    ],
  };
  const found = newMasters(more, rows, new LedgerMatcher(rows), idFor);
  expect(found.vendors.map(({ fields: { name, gstin, pan } }) => [name, gstin, pan])).toEqual([
    ['Ravi & Sons', '27AAPFU0939F1ZV', 'AAPFU0939F'],
    ['No & Number', null, null],
  ]);
  expect(found.accounts.map(({ fields }) => fields)).toMatchObject([
    { code: '1T001', name: 'HDFC hostel', groupCode: '1G001', role: 'bank', kind: 'asset' },
  ]);
  expect(found.groups.at(-1)?.fields).toMatchObject({ code: '1G001', name: 'Hostel' });
  expect(found.costCentres.map(({ fields: { code, kind } }) => [code, kind])).toEqual([
    ['CIVILENGG', 'department'],
    ['CC001', 'fund'],
  ]);
  expect(found.refused).toEqual([{ name: 'MECH', reason: 'centreKind' }]);
  for (const args of found.groups) expectOk(await world.run('group.create', args, world.accountant));
  for (const args of found.accounts) expectOk(await world.run('account.create', args, world.accountant));
  for (const args of found.vendors) expectOk(await world.run('vendor.create', args, world.accountant));
  for (const args of found.costCentres) expectOk(await world.run('costCentre.create', args, world.accountant));
  const after = rowsOf(world);
  expect(newMasters(more, after, new LedgerMatcher(after), idFor)).toMatchObject({ ...none, refused: found.refused });
});

describe('opening balances that come in', () => {
  const read = async (
    balances: readonly (readonly [string, bigint])[],
    openingBills: ExchangeLedger['openingBills'] = [],
  ) => {
    const world = await CollegeWorld.create();
    const vendorId = await world.vendor({ name: 'Om Stores' });
    const rows = rowsOf(world);
    const ledgers = balances.map(
      ([name, sum]): ExchangeLedger => ({
        ...{
          name,
          parent: null,
          kind: 'asset',
          role: null,
          isParty: false,
          hasCostCentres: false,
          gstin: null,
          pan: null,
        },
        openingDebitPaise: sum > 0n ? sum : 0n,
        openingCreditPaise: sum < 0n ? -sum : 0n,
        openingBills: name === 'Om Stores' ? openingBills : [],
      }),
    );
    const place = {
      ...{ date: '2026-03-31', accounts: rows.accounts, matcher: new LedgerMatcher(rows), there: [] as string[] },
      ...{ bills: new OpenBills([]).draft(), idFor: collegeIds(world.collegeId, nodeDigest) },
    };
    return { world, vendorId, ledgers, place, opening: openingForBooks(ledgers, place) };
  };

  it('are one voucher with the bills of parties on both sides, and come once', async () => {
    const bill = { billDate: '2026-02-01', dueOn: null };
    const { world, vendorId, ledgers, place, opening } = await read(
      [
        ['Bank: current account', 900n],
        ['Om Stores', -118n],
        ['General fund', -782n],
      ],
      [
        { ...bill, name: 'B/1', debitPaise: 0n, creditPaise: 200n },
        { ...bill, name: 'ADV', debitPaise: 100n, creditPaise: 0n },
      ],
    );
    expect(opening.refused).toEqual([]);
    const args = opening.args;
    if (args === null) throw new Error('nothing to open with');
    expectOk(await world.run('voucher.post', args, world.accountant));
    expect(world.books.rows('bill_allocations')).toMatchObject([
      { vendorId, kind: 'new', name: 'ADV', debitPaise: 100n },
      { vendorId, kind: 'new', name: 'B/1', creditPaise: 200n },
      { vendorId, kind: 'on_account', name: null, creditPaise: 18n },
    ]);
    const again = openingForBooks(ledgers, { ...place, there: [args.voucherId] });
    expect(again).toEqual({ args: null, isKnown: true, refused: [] });
    const others = openingForBooks(ledgers, { ...place, there: ['018f0000-0000-7000-8000-0000000000a1'] });
    expect(others.refused).toMatchObject([{ reason: 'exists' }]);
  });

  it('that do not even out, or stand where none can, are told with their amounts and not entered', async () => {
    const { opening } = await read([
      ['Bank: current account', 900n],
      ['General fund', -800n],
    ]);
    expect(opening).toMatchObject({ args: null, refused: [{ reason: 'unbalanced', name: null, amountPaise: 100n }] });
    const wrong = await read([
      ['Water', 900n],
      ['Nobody', -900n],
    ]);
    expect(wrong.opening).toMatchObject({
      args: null,
      refused: [
        { reason: 'ofYear', name: 'Water', amountPaise: 900n },
        { reason: 'ledger', name: 'Nobody', amountPaise: -900n },
      ],
    });
  });
});

describe('bills that come in', () => {
  const vendorId = '018f0000-0000-7000-8000-0000000000a1';
  const fitted = (openPaise: bigint | null, kind: 'new' | 'against', amountPaise: bigint, isDebit = true) => {
    const open = openPaise === null ? [] : [{ vendorId, name: 'A', openPaise }];
    const refs = [{ kind, name: ' A ', amountPaise, dueOn: null }];
    return new OpenBills(open).draft().fitLine({ vendorId, isDebit, amountPaise, billDate: '2026-04-01', refs });
  };
  const parts = (one: ReturnType<typeof fitted>) =>
    one.ok ? one.value.bills.map(({ kind, amountPaise }) => [kind, amountPaise]) : one.error;

  it.each([
    ['settle what is open', fitted(-9n, 'against', 5n), [['against', 5n]]],
    [
      'leave on account what a bill does not take',
      fitted(-9n, 'against', 12n),
      [
        ['against', 9n],
        ['on_account', 3n],
      ],
    ],
    ['open an even bill again', fitted(0n, 'against', 5n, false), [['new', 5n]]],
    ['do not make an open bill larger', fitted(-9n, 'against', 5n, false), [['on_account', 5n]]],
    ['are not made twice', fitted(-9n, 'new', 5n, false), [['on_account', 5n]]],
    ['are refused when nobody made them', fitted(null, 'against', 5n), 'A'],
    ['are refused when their amount is none', fitted(-9n, 'against', -5n), 'A'],
  ] as const)('%s', (_what, given, expected) => {
    expect(parts(given)).toEqual(expected);
  });
});
