import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatPaise, PAISE_MAX } from '../../kernel/money.ts';
import { parseAmount, parseRate } from './parse-amount.ts';
import type { RawCell } from './raw-cell.ts';

const text = (value: string): RawCell => ({ kind: 'text', text: value });
const number = (value: string): RawCell => ({ kind: 'number', text: value });
const exact = (paise: bigint) => ({ ok: true, value: { paise, rounded: false } });
const paise = fc.bigInt({ min: 0n, max: PAISE_MAX });
const devanagari = (value: string): string =>
  value.replace(/\d/g, (digit) => String.fromCharCode(0x966 + Number(digit)));

describe('an amount that a person typed', () => {
  it('comes back exactly, whatever stands around it', () => {
    const before = fc.constantFrom('', ' ', '\u00a0', '₹', '₹ ', 'Rs. ', 'Rs ', 'INR ', 'रु. ', 'रुपये ', '+');
    const behind = fc.constantFrom('', ' ', '\u00a0', '/-', ' /-', '/=', ' only', ' मात्र', ' Dr', ' Dr.', 'dr');
    fc.assert(
      fc.property(paise, before, behind, fc.boolean(), (amount, left, right, hindi) => {
        const written = formatPaise(amount);
        const cell = text(`${left}${hindi ? devanagari(written) : written}${right}`);
        expect(parseAmount(cell)).toEqual(exact(amount));
      }),
    );
  });

  it('is negative in brackets, with a minus on either side and as a credit', () => {
    const signed = fc.constantFrom(
      (plain: string) => `(${plain})`,
      (plain: string) => `-${plain}`,
      (plain: string) => `− ${plain}`,
      (plain: string) => `${plain}-`,
      (plain: string) => `${plain} Cr`,
      (plain: string) => `₹ (${plain})`,
    );
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: PAISE_MAX }), signed, (amount, sign) => {
        expect(parseAmount(text(sign(formatPaise(amount))))).toEqual(exact(-amount));
      }),
    );
  });

  it('is refused rather than guessed when a digit group is odd', () => {
    fc.assert(
      fc.property(fc.nat(999), fc.integer({ min: 0, max: 99 }), (whole, cents) => {
        const decimalComma = `${whole},${String(cents).padStart(2, '0')}`;
        expect(parseAmount(text(decimalComma))).toEqual({ ok: false, error: 'unclear' });
      }),
    );
  });

  it('never comes out as something else than was typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'0123456789,.-()₹ RsDrCr/eE+१२O') }), (typed) => {
        const read = parseAmount(text(typed));
        if (!read.ok) return;
        // The oracle keeps the digits and the decimal point, which may also end an abbreviation.
        const latin = typed
          .replaceAll('१', '1')
          .replaceAll('२', '2')
          .replace(/(?:rs|dr|cr)\s*\./gi, '');
        const [whole = '', fraction = ''] = latin.replace(/[^\d.]/g, '').split('.');
        const magnitude = BigInt(`${whole}${fraction.slice(0, 2).padEnd(2, '0')}`);
        expect(read.value.paise < 0n ? -read.value.paise : read.value.paise).toBe(magnitude);
      }),
    );
  });

  it.each([
    ['twelve thousand', 'not_an_amount'],
    ['12.5.3', 'unclear'],
    ['1,2,5', 'unclear'],
    ['1.250,00', 'unclear'],
    ['12O0', 'not_an_amount'],
    ['1.5L', 'not_an_amount'],
    ['500.505', 'too_many_decimals'],
    ['99999999999999999', 'too_large'],
    ['', 'empty'],
    [' - ', 'empty'],
    ['NIL', 'empty'],
  ])('%s is %s', (typed, error) => {
    expect(parseAmount(text(typed))).toEqual({ ok: false, error });
  });
});

describe('an amount in a number cell', () => {
  it('is exact with two decimals', () => {
    fc.assert(
      fc.property(paise, (amount) => {
        expect(parseAmount(number(formatPaise(amount).replaceAll(',', '')))).toEqual(exact(amount));
      }),
    );
  });

  it.each([
    ['111.1104', 11_111n],
    ['0.005', 1n],
    ['0.00499', 0n],
    ['-2.675', -268n],
  ])('%s is rounded half away from zero, and says so', (stored, rounded) => {
    expect(parseAmount(number(stored))).toEqual({ ok: true, value: { paise: rounded, rounded: true } });
  });

  it('does not come from a failed or unfinished formula, a day or a yes', () => {
    expect(parseAmount({ kind: 'error', text: '#REF!' })).toEqual({ ok: false, error: 'error_value' });
    expect(parseAmount({ kind: 'formula', text: '' })).toEqual({ ok: false, error: 'no_value' });
    expect(parseAmount({ kind: 'date', text: '2026-01-01' })).toEqual({ ok: false, error: 'not_an_amount' });
    expect(parseAmount({ kind: 'boolean', text: 'TRUE' })).toEqual({ ok: false, error: 'not_an_amount' });
  });
});

describe('a GST rate', () => {
  it.each([
    [text('18'), 1800],
    [text('18%'), 1800],
    [text('GST @ 5 %'), 500],
    [text('०.२५'), 25],
    [number('18'), 1800],
    [number('0.18'), 1800],
    [number('0.05'), 500],
    [number('0.25'), 25],
    [number('0'), 0],
    [text('0'), 0],
  ])('%o is read in basis points', (cell, rate) => {
    expect(parseRate(cell)).toEqual({ ok: true, value: rate });
  });

  it.each(['eighteen', '18+2', '101', '5/12'])('%s is none', (typed) => {
    expect(parseRate(text(typed)).ok).toBe(false);
  });
});
