import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { validAccountNumber, validGstin, validIfsc, validPan } from '../../testing/arbitraries.ts';
import { checkAccountNumber } from './account-number.ts';
import { checkGstin, gstinCheckDigit } from './gstin.ts';
import { checkIfsc } from './ifsc.ts';
import { checkPan } from './pan.ts';

const withDigit = (first14: string): string => first14 + gstinCheckDigit(first14);

describe('a GSTIN', () => {
  it('with a right check digit is read, with its state and PAN', () => {
    fc.assert(
      fc.property(validGstin, (gstin) => {
        const value = { text: gstin, kind: 'normal', stateCode: gstin.slice(0, 2), pan: gstin.slice(2, 12) };
        expect(checkGstin(gstin)).toEqual({ ok: true, value });
        expect(checkGstin(` ${gstin.toLowerCase()} `)).toEqual({ ok: true, value });
      }),
    );
  });

  it('with any one character changed is refused', () => {
    const other = fc.constantFrom(...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ');
    fc.assert(
      fc.property(validGstin, fc.nat(14), other, (gstin, at, character) => {
        fc.pre(gstin.charAt(at) !== character);
        expect(checkGstin(gstin.slice(0, at) + character + gstin.slice(at + 1)).ok).toBe(false);
      }),
      { numRuns: 2_000 },
    );
  });

  // Numbers that were published elsewhere, so that the check digit is not only checked against itself.
  it.each(['27AAPFU0939F1ZV', '29AAGCB7383J1Z4', '24AAACC1206D1ZM'])('of real life, %s, is read', (gstin) => {
    expect(checkGstin(gstin)).toMatchObject({ ok: true, value: { kind: 'normal' } });
  });

  it.each([
    ['27PQRS12345A1D', 'tds', null],
    ['27ABCPD1234E1C', 'tcs', 'ABCPD1234E'],
    ['2717UNO00157UN', 'uin', null],
    ['9917USA29016NR', 'non_resident', null],
    ['9917USA29016OS', 'oidar', null],
  ])('on %s is of the kind %s', (first14, kind, pan) => {
    const found = checkGstin(withDigit(first14));
    expect(found).toMatchObject({ ok: true, value: { kind, pan } });
    const last = gstinCheckDigit(first14) === '0' ? '1' : '0';
    expect(checkGstin(first14 + last).ok).toBe(false);
  });

  it('of a government department has a TAN inside', () => {
    // The last character of this kind is a figure, which not every number leads to.
    const serial = Array.from({ length: 100 }, (_, n) => `07DELP${String(10_000 + n)}A1Z`).find((first14) =>
      /\d/.test(gstinCheckDigit(first14)),
    );
    expect(checkGstin(withDigit(serial ?? ''))).toMatchObject({ ok: true, value: { kind: 'government', pan: null } });
  });

  it.each([
    ['27AAPFU0939F1Z', 'length'],
    ['27AAPFU0939F1ZVX', 'length'],
    ['2AAAPFU0939F1ZV', 'format'],
    ['27AAPFU0939F0ZV', 'format'],
    [withDigit('25AAPFU0939F1Z'), 'state'],
    [withDigit('00AAPFU0939F1Z'), 'state'],
    ['29ABCDE1234F1Z5', 'check_digit'],
    ['29ABCDE1234F1ZW', 'pan'],
  ])('%s is refused: %s', (text, error) => {
    expect(checkGstin(text)).toEqual({ ok: false, error });
  });
});

describe('a PAN', () => {
  it('is read in any case', () => {
    fc.assert(
      fc.property(validPan, (pan) => {
        expect(checkPan(pan.toLowerCase())).toEqual({ ok: true, value: pan });
      }),
    );
  });

  it.each([
    ['AAPFU0939', 'length'],
    ['AAPFU09390', 'format'],
    ['AAPDU0939F', 'holder'],
    ['AAPFU0000F', 'serial'],
  ])('%s is refused: %s', (text, error) => {
    expect(checkPan(text)).toEqual({ ok: false, error });
  });
});

describe('bank details', () => {
  it('are read with or without spaces', () => {
    fc.assert(
      fc.property(validIfsc, validAccountNumber, (ifsc, account) => {
        expect(checkIfsc(` ${ifsc.toLowerCase()}`)).toEqual({ ok: true, value: ifsc });
        expect(checkAccountNumber(`${account.slice(0, 4)} ${account.slice(4)}`)).toEqual({ ok: true, value: account });
      }),
    );
    expect(checkAccountNumber('0012-3456-789')).toEqual({ ok: true, value: '00123456789' });
  });

  it.each([
    ['HDFC000123', 'length'],
    ['HDFCO001234', 'fifth'],
    ['HDF10001234', 'format'],
    ['HDFC1001234', 'format'],
  ])('IFSC %s is refused: %s', (text, error) => {
    expect(checkIfsc(text)).toEqual({ ok: false, error });
  });

  it.each([
    ['12345678', 'length'],
    ['1234567890123456789', 'length'],
    ['12345678A', 'format'],
    ['', 'format'],
    ['000000000', 'zeros'],
  ])('account number %j is refused: %s', (text, error) => {
    expect(checkAccountNumber(text)).toEqual({ ok: false, error });
  });
});
