import { describe, expect, it } from 'vitest';
import { CollegeWorld, expectOk } from '../../testing/college-world.ts';
import { mastersFrom as masters, rowsOf } from '../../testing/exchange-world.ts';
import { nodeDigest } from '../../testing/node-digest.ts';
import { collegeIds } from '../command/context.ts';
import { OpenBills } from './fit-bills.ts';
import { newMasters } from './masters-for-books.ts';
import { LedgerMatcher } from './match-ledgers.ts';
import type { ExchangeLedger } from './model.ts';
import { openingForBooks } from './opening-for-books.ts';

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

  it('are on account when the books have their openings and nobody made them', () => {
    const refs = [{ kind: 'against', name: 'A', amountPaise: 5n, dueOn: null } as const];
    const line = { vendorId, isDebit: true, amountPaise: 5n, billDate: '2026-04-01', refs, isOpened: true };
    expect(new OpenBills([]).draft().fitLine(line)).toEqual({
      ok: true,
      value: { bills: [{ kind: 'on_account', name: null, amountPaise: 5n, dueOn: null }], loosened: ['A'] },
    });
  });
});
