import { describe, expect, test } from 'vitest';
import { expectOk } from '../../testing/college-world.ts';
import { PaymentWorld } from '../../testing/payment-world.ts';
import { orderReference, wireReference } from '../payment-order/reference.ts';
import { utrOfLine } from './bank-number.ts';

const NEFT = 'HDFCN52026112100417';

describe('the number of a line', () => {
  test.each([
    [null, `NEFT-${NEFT}-GODAVARI TRADERS`, NEFT],
    [NEFT, 'NEFT DR', NEFT],
    [NEFT, 'NEFT AXISP00471234567 DR', NEFT],
    ['000123', `NEFT/${NEFT}/BILLS`, NEFT],
    [null, 'RTGS/ICICR52026112100000417/VENDOR', 'ICICR52026112100000417'],
  ])('reference %s, narration %s: %s', (reference, narration, utr) => {
    expect(utrOfLine({ reference, narration })).toBe(utr);
  });

  test.each([
    [null, 'NEFT 919876543210 GODAVARI', 'a mobile number'],
    [null, 'NEFT TO 50200012345678 HDFC0001234', 'an account and its branch'],
    [null, `NEFT-${NEFT}-AXISP00471234567`, 'two numbers'],
    [
      null,
      `NEFT ${wireReference(orderReference('01980000-0000-7000-8000-000000000001'), 1)}`,
      'what we call it ourselves',
    ],
    [null, 'BY TRANSFER', 'nothing'],
  ])('reference %s, narration %s is none: %s', (reference, narration) => {
    expect(utrOfLine({ reference, narration })).toBeNull();
  });
});

/** Bills in one batch that were paid, each with or without its UTR being told. */
async function paid(...utrs: readonly (string | null)[]) {
  const made = await PaymentWorld.create(3);
  const { world } = made;
  const bills: string[] = [];
  for (const _ of utrs) bills.push((await made.bill()).id);
  const batch = made.preparing(bills);
  expectOk(await world.run('order.prepare', batch, world.accountant));
  const orderIds = batch.orders.map(({ orderId }) => orderId);
  const orders = () => orderIds.map((id) => world.books.rows('payment_orders').find((order) => order.id === id));
  const totalPaise = orders().reduce((sum, order) => sum + (order?.amountPaise ?? 0n), 0n);
  const named = { batchId: batch.batchId, orderIds };
  expectOk(await world.run('order.release', { ...named, totalPaise }, world.principal));
  expectOk(await world.run('order.take', named, world.accountant));
  const outcomes = orderIds.map((orderId, index) => ({
    ...{ orderId, fence: 1, state: 'paid' as const, utr: utrs[index] ?? null, providerId: null },
    ...{ bookedOn: null, failure: null, chargesPaise: null },
  }));
  const said = { batchId: batch.batchId, source: 'enquiry' as const, outcomes };
  expectOk(await world.run('order.record', said, world.accountant));
  const entryOf = async (index: number): Promise<string> => {
    const lines = await world.books.voucherLines(orders()[index]?.paymentVoucherId ?? '');
    return lines.find(({ accountCode }) => accountCode === '1200')?.id ?? '';
  };
  /** A line of the statement over these payments, and perhaps more. */
  const line = async (indexes: readonly number[], narration: string, more = 0n): Promise<string> => {
    const debitPaise = indexes.reduce((sum, index) => sum + (orders()[index]?.amountPaise ?? 0n), more);
    const date = orders()[0]?.paidOn ?? '';
    const statementId = world.newId();
    const one = { lineNo: 1, occurrence: 1, date, valueDate: null, narration, reference: null, chequeNo: null };
    const file = { format: 'sheet', fileName: null, sha256: null, from: date, to: date } as const;
    const head = { statementId, bankAccountId: made.bankAccountId, openingPaise: null, closingPaise: null };
    const lines = [{ ...one, debitPaise, creditPaise: 0n, balancePaise: null }];
    expectOk(await world.run('statement.import', { ...head, ...file, lines }, world.accountant));
    return world.books.rows('bank_lines').find((row) => row.statementId === statementId)?.id ?? '';
  };
  const fields = (lineIds: readonly string[], entryIds: readonly string[]) => ({
    ...{ matchId: world.newId(), lineIds, entryIds, pass: 'manual' as const, because: '' },
  });
  const match = async (lineIds: readonly string[], entryIds: readonly string[]): Promise<void> => {
    const args = { bankAccountId: made.bankAccountId, matches: [fields(lineIds, entryIds)] };
    expectOk(await world.run('reconciliation.match', args, world.accountant));
  };
  const expenseOf = (index: number) => world.books.rows('expenses').find(({ id }) => id === bills[index]);
  return { made, world, orders, entryOf, line, fields, match, expenseOf };
}

describe('a payment without a UTR', () => {
  test('gets it from the line of the statement in which it is found', async () => {
    const { orders, entryOf, line, match, expenseOf } = await paid(null);
    expect(expenseOf(0)?.paymentReference).toMatch(/^[A-Z2-9]{16}$/);
    await match([await line([0], `NEFT-${NEFT}-GODAVARI`)], [await entryOf(0)]);
    expect([orders()[0]?.utr, orders()[0]?.status]).toEqual([NEFT, 'paid']);
    expect([expenseOf(0)?.paymentReference, expenseOf(0)?.status]).toEqual([NEFT, 'reconciled']);
  });

  test('gets it also where charges are entered with it', async () => {
    const { made, world, orders, entryOf, line, fields } = await paid(null);
    const args = {
      ...{ bankAccountId: made.bankAccountId, voucherId: world.newId(), narration: 'Charges' },
      match: fields([await line([0], `NEFT-${NEFT}-GODAVARI`, 590n)], [await entryOf(0)]),
      lines: [
        {
          ...{ accountCode: '1250', vendorId: null, departmentCode: null, fundCode: null },
          ...{ debitPaise: 590n, creditPaise: 0n },
        },
      ],
    };
    expectOk(await world.run('reconciliation.post', args, world.accountant));
    expect(orders()[0]?.utr).toBe(NEFT);
  });

  test('keeps none where one line is for several', async () => {
    const { orders, entryOf, line, match } = await paid(null, null);
    await match([await line([0, 1], `NEFT-${NEFT}-SALARIES`)], [await entryOf(0), await entryOf(1)]);
    expect(orders().map((order) => order?.utr)).toEqual([null, null]);
  });

  test('has what the bank said of it, whatever the statement says', async () => {
    const told = 'AXISP00471234567';
    const { orders, entryOf, line, match, expenseOf } = await paid(told);
    const { revision } = orders()[0] ?? {};
    await match([await line([0], `NEFT-${NEFT}-GODAVARI`)], [await entryOf(0)]);
    expect([orders()[0]?.utr, orders()[0]?.revision]).toEqual([told, revision]);
    expect(expenseOf(0)?.paymentReference).toBe(told);
  });
});
