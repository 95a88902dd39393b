import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { OpenBill } from '../../../shared/ipc/contract/vouchers.ts';
import { proposeBills, settledBy } from './propose-bills.ts';
import { amountOf } from './voucher-values.ts';

const anyOpen: fc.Arbitrary<readonly OpenBill[]> = fc
  .array(
    fc.bigInt({ min: -(10n ** 9n), max: 10n ** 9n }).filter((open) => open !== 0n),
    { maxLength: 8 },
  )
  .map((sizes) =>
    sizes.map((openPaise, index) => ({ name: `B/${index}`, billDate: '2026-04-01', dueOn: null, openPaise })),
  );
const anyKind = fc.constantFrom(
  ...(['payment', 'receipt', 'journal', 'purchase', 'sales', 'debit_note', 'credit_note', 'opening'] as const),
);
const anySide = fc.constantFrom('debit' as const, 'credit' as const);
const anyAmount = fc.bigInt({ min: 1n, max: 3n * 10n ** 9n });
const anyReference = fc.constantFrom('', ' B/0 ', 'INV/7');

test('a proposal places the whole amount and overpays no bill', () => {
  fc.assert(
    fc.property(anyKind, anySide, anyAmount, anyReference, anyOpen, (kind, side, amount, reference, open) => {
      const rows = proposeBills(kind, side, amount, reference, open);
      expect(rows.reduce((sum, row) => sum + amountOf(row), 0n)).toBe(amount);
      for (const row of rows) {
        const bill = open.find(({ name }) => name === row.name);
        if (row.kind === 'against') {
          // What is settled stands on the other side, and is never turned over.
          expect(bill !== undefined && (side === 'debit' ? -bill.openPaise : bill.openPaise) >= amountOf(row)).toBe(
            true,
          );
        } else expect(bill).toBeUndefined();
        expect(row.name === '').toBe(row.kind === 'on_account');
      }
    }),
  );
});

test('a payment settles the oldest first: a later bill is only touched when those before it are settled whole', () => {
  fc.assert(
    fc.property(anyAmount, anyOpen, (amount, open) => {
      const rows = proposeBills('payment', 'debit', amount, '', open).filter(({ kind }) => kind === 'against');
      const settled = settledBy('debit', open);
      expect(rows.map(({ name }) => name)).toEqual(settled.slice(0, rows.length).map(({ name }) => name));
      for (const [index, row] of rows.slice(0, -1).entries()) {
        expect(amountOf(row)).toBe(-(settled[index]?.openPaise ?? 0n));
      }
    }),
  );
});

test('a purchase makes a bill under its reference', () => {
  expect(proposeBills('purchase', 'credit', 118_00n, ' INV/7 ', [])).toEqual([
    { kind: 'new', name: 'INV/7', amount: '118.00', dueOn: '' },
  ]);
});
