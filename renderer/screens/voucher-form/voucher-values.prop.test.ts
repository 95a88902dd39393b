import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatPaise } from '../../../shared/kernel/money.ts';
import {
  addLine,
  amountOf,
  changeLine,
  emptyVoucher,
  insertLine,
  isEmptyLine,
  removeLine,
  sumsOf,
  type VoucherValues,
} from './voucher-values.ts';

type Step = (values: VoucherValues) => VoucherValues;
const keyAt = (values: VoucherValues, at: number): number => values.lines[at % values.lines.length]?.key ?? 1;

const anyStep: fc.Arbitrary<Step> = fc.oneof(
  fc.constant<Step>((values) => addLine(values).values),
  fc.nat(9).map(
    (at): Step =>
      (values) =>
        insertLine(values, keyAt(values, at)).values,
  ),
  fc.nat(9).map(
    (at): Step =>
      (values) =>
        removeLine(values, keyAt(values, at)),
  ),
  fc.tuple(fc.nat(9), fc.bigInt({ min: 1n, max: 10n ** 9n })).map(
    ([at, paise]): Step =>
      (values) =>
        changeLine(values, keyAt(values, at), { amount: formatPaise(paise) }),
  ),
  fc.tuple(fc.nat(9), fc.constantFrom('debit' as const, 'credit' as const)).map(
    ([at, side]): Step =>
      (values) =>
        changeLine(values, keyAt(values, at), { side }),
  ),
  fc.tuple(fc.nat(9), fc.constantFrom('5201', '1101', '')).map(
    ([at, accountCode]): Step =>
      (values) =>
        changeLine(values, keyAt(values, at), { accountCode }),
  ),
);
const anyVoucher = fc
  .array(anyStep, { maxLength: 25 })
  .map((steps) => steps.reduce((values, step) => step(values), emptyVoucher('journal', '21-11-2026')));

test('a new line with an account evens out the voucher, whatever was typed before', () => {
  fc.assert(
    fc.property(anyVoucher, (values) => {
      const { difference } = sumsOf(values.lines);
      const added = addLine(values);
      const placed = changeLine(added.values, added.key, { accountCode: '1301' });
      expect(sumsOf(placed.lines).difference).toBe(0n);
      // Nothing is proposed where nothing is left to place.
      expect(amountOf(placed.lines.at(-1) ?? { amount: '' })).toBe(difference < 0n ? -difference : difference);
    }),
  );
});

test('a proposed last line follows what is typed above it, until its own amount is typed', () => {
  fc.assert(
    fc.property(anyVoucher, fc.nat(9), fc.bigInt({ min: 1n, max: 10n ** 9n }), (values, at, paise) => {
      const added = addLine(values);
      const placed = changeLine(added.values, added.key, { accountCode: '1301' });
      const other = keyAt(values, at);
      const changed = changeLine(placed, other, { amount: formatPaise(paise), accountCode: '5201' });
      expect(sumsOf(changed.lines).difference).toBe(0n);
      const typed = changeLine(placed, added.key, { amount: '1' });
      expect(changeLine(typed, other, { amount: formatPaise(paise) }).lines.at(-1)?.amount).toBe('1');
    }),
  );
});

test('lines always have names of their own, there is always one, and putting one in changes no sum', () => {
  fc.assert(
    fc.property(anyVoucher, fc.nat(9), (values, at) => {
      const keys = values.lines.map(({ key }) => key);
      expect(new Set(keys).size).toBe(keys.length);
      expect(keys.length).toBeGreaterThan(0);
      const inserted = insertLine(values, keyAt(values, at));
      expect(sumsOf(inserted.values.lines)).toEqual(sumsOf(values.lines));
      expect(inserted.values.lines.filter(({ key }) => key === inserted.key).every(isEmptyLine)).toBe(true);
    }),
  );
});
