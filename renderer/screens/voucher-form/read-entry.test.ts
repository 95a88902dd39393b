import { beforeAll, describe, expect, test } from 'vitest';
import type { EntryKind } from '../../../shared/domain/rows.ts';
import type { OpenBill } from '../../../shared/ipc/contract/vouchers.ts';
import { CollegeWorld, expectOk, expectRefused } from '../../../shared/testing/college-world.ts';
import { type EntryBooks, readEntry } from './read-entry.ts';
import { refusedField } from './refused-field.ts';
import { addLine, changeLine, emptyVoucher, type LineValues, type VoucherValues } from './voucher-values.ts';

let world: CollegeWorld;
let vendorId: string;
let open: readonly OpenBill[] | null;
const books: EntryBooks = {
  account: (code) => {
    const found = world.books.rows('accounts').find((account) => account.code === code);
    return found === undefined ? undefined : { ...found, pending: false, balancePaise: 0n };
  },
  openBills: () => open,
  hasDepartments: false,
  hasFunds: false,
};

beforeAll(async () => {
  world = await CollegeWorld.create(7, { miscellaneous: 50_000_00n });
  vendorId = await world.vendor({ name: 'Patil Brothers Hardware' });
});

/** A voucher as somebody types it, line after line; the last amount is the one that was proposed. */
function typed(kind: EntryKind, lines: readonly Partial<LineValues>[], head: Partial<VoucherValues> = {}) {
  let values = { ...emptyVoucher(kind, '21-11-2026'), ...head };
  for (const [index, line] of lines.entries()) {
    let key = values.lines[0]?.key ?? 1;
    if (index > 0) ({ values, key } = addLine(values));
    values = changeLine(values, key, line);
  }
  return values;
}
const read = (kind: EntryKind, values: VoucherValues) => readEntry(kind, values, world.today, books);
/** Runs what the form read by the rules of the books. */
async function post(kind: EntryKind, values: VoucherValues) {
  const { fields } = read(kind, values);
  if (fields === null) throw new Error('the form is not whole');
  return world.run('voucher.post', { ...fields, voucherId: world.newId() }, world.accountant);
}
const party = () => ({ vendorId, vendorName: 'Patil Brothers Hardware' });

describe('what the form lets through', () => {
  test('is what the rules accept: a purchase makes a bill, and a payment settles it', async () => {
    open = [];
    const bill = typed(
      'purchase',
      [{ accountCode: '2100', amount: '12000+18%', ...party() }, { accountCode: '1630' }],
      { reference: 'PB/140' },
    );
    expectOk(await post('purchase', bill));
    const allocation = world.books.rows('bill_allocations').find(({ name }) => name === 'PB/140');
    expect(allocation).toMatchObject({ kind: 'new', creditPaise: 14_160_00n });

    open = [{ name: 'PB/140', billDate: world.today, dueOn: null, openPaise: -14_160_00n }];
    const payment = typed('payment', [{ accountCode: '2100', amount: '15k', ...party() }, { accountCode: '1100' }]);
    expectOk(await post('payment', payment));
    expect(world.books.rows('bill_allocations').slice(-2)).toMatchObject([
      { kind: 'against', name: 'PB/140', debitPaise: 14_160_00n },
      { kind: 'on_account', name: null, debitPaise: 840_00n },
    ]);
  });

  test.each<[EntryKind, string, string]>([
    ['receipt', '4100', '1100'],
    ['contra', '1200', '1100'],
    ['journal', '5950', '1690'],
    ['sales', '1300', '4100'],
  ])('%s is accepted', async (kind, first, second) => {
    expectOk(await post(kind, typed(kind, [{ accountCode: first, amount: '500' }, { accountCode: second }])));
  });
});

describe('what is wrong is said at its field', () => {
  test('nothing is posted on account while the bills of the party are on their way', () => {
    open = null;
    const payment = typed('payment', [{ accountCode: '2100', amount: '500', ...party() }, { accountCode: '1100' }]);
    const { fields, problems } = read('payment', payment);
    expect(fields).toBeNull();
    expect(problems.get('line.1.bills')).toBe('entry.billsComing');
    open = [];
    expect(read('payment', payment).fields).not.toBeNull();
  });

  test.each<[string, EntryKind, readonly Partial<LineValues>[], Partial<VoucherValues>, string, string]>([
    ['no amount', 'journal', [{ accountCode: '5950' }], {}, 'line.1.amount', 'problem.empty'],
    [
      'an amount of nothing',
      'journal',
      [{ accountCode: '5950', amount: '0' }],
      {},
      'line.1.amount',
      'problem.notPositive',
    ],
    ['one line', 'journal', [{ accountCode: '5950', amount: '5' }], {}, 'lines', 'entry.twoLines'],
    [
      'a day to come',
      'journal',
      [{ accountCode: '5950', amount: '5' }],
      { date: '22-11-2026' },
      'date',
      'problem.date.future',
    ],
    ['a purchase of no paper', 'purchase', [{ accountCode: '2100', amount: '5' }], {}, 'reference', 'problem.empty'],
    [
      'a purchase of nobody',
      'purchase',
      [{ accountCode: '2100', amount: '5' }],
      {},
      'line.1.vendorId',
      'problem.empty',
    ],
    [
      'income as an opening balance',
      'opening',
      [{ accountCode: '4100', amount: '5' }],
      {},
      'line.1.account',
      'entry.neverHere',
    ],
  ])('%s', (_, kind, lines, head, field, problem) => {
    open = [];
    expect(read(kind, typed(kind, lines, head)).problems.get(field)).toBe(problem);
  });

  test('a refusal of the rules is found on its line, counted without the lines that stay empty', async () => {
    open = [];
    const values = typed('payment', [{ accountCode: '2100', amount: '5', ...party() }, { accountCode: '1100' }]);
    const bills = [{ kind: 'against' as const, name: 'PB/999', amount: '5', dueOn: '' }];
    const unknown = changeLine(values, 1, { bills });
    const refused = expectRefused(await post('payment', unknown));
    expect(refusedField(refused, 'payment', unknown, books)).toBe('line.1.bill.0.name');
    const gone = typed('journal', [{}, { accountCode: '5950', amount: '5' }, { accountCode: 'GONE' }]);
    const onLine = expectRefused(await post('journal', gone));
    expect(onLine.details).toMatchObject({ field: 'accountCode', line: 2 });
    expect(refusedField(onLine, 'journal', gone, books)).toBe('line.3.account');
  });
});
