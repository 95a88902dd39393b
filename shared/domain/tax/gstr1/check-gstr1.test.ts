import { describe, expect, it } from 'vitest';
import { readPortalJson, writePortalJson } from '../portal-json.ts';
import { checkGstr1, type Gstr1Reason } from './check-gstr1.ts';
import type { OutwardDocument, OutwardLine, OutwardPeriod } from './documents.ts';
import { ownGstin } from './testing.ts';

const line: OutwardLine = {
  ...{ code: '9983', description: 'Consultancy', unit: null, quantity: 0n, treatment: 'taxed', basisPoints: 1_800n },
  taxablePaise: 10_000_00n,
  taxes: { cgstPaise: 900_00n, sgstPaise: 900_00n, igstPaise: 0n, cessPaise: 0n },
};
const untaxed = { cgstPaise: 0n, sgstPaise: 0n, igstPaise: 0n, cessPaise: 0n };
const integrated = { ...untaxed, igstPaise: 1_800_00n };
const document: OutwardDocument = {
  ...{
    kind: 'invoice',
    number: 'CON/26-27/1',
    date: '2026-10-05',
    recipientGstin: '27AAPFU0939F1ZV',
    supply: 'regular',
  },
  ...{ place: '27', isReverseCharge: false, lines: [line], isOfLargeInvoice: false, shippingBill: null, amends: null },
};
const range = { kind: 1, from: 'CON/26-27/1', to: 'CON/26-27/9', total: 9, cancelled: 1 };
const period: OutwardPeriod = {
  ...{
    gstin: ownGstin,
    month: '2026-10',
    isInvoiceFurnishing: false,
    documents: [document],
    advances: [],
    ranges: [range],
  },
};
const of = (change: Partial<OutwardDocument>): OutwardPeriod => ({
  ...period,
  documents: [{ ...document, ...change }],
});
const ofLine = (change: Partial<OutwardLine>): OutwardPeriod => of({ lines: [{ ...line, ...change }] });

describe('the portal would refuse', () => {
  const cases: readonly (readonly [string, Gstr1Reason, OutwardPeriod])[] = [
    ['gstin', 'gstin', { ...period, gstin: '27AAATD1234F1Z9' }],
    ['month', 'form', { ...period, month: '2026-13' }],
    ['number', 'form', of({ number: '' })],
    ['number', 'form', of({ number: '-1' })],
    ['number', 'form', of({ number: 'A'.repeat(17) })],
    ['number', 'form', of({ number: 'A B' })],
    ['number', 'twice', { ...period, documents: [document, { ...document, number: 'con/26-27/1' }] }],
    ['amends', 'form', of({ amends: { number: 'A B', date: '2026-09-01' } })],
    ['amends', 'no_amendment', of({ recipientGstin: null, amends: { number: 'A', date: '2026-09-01' } })],
    ['date', 'later_period', of({ date: '2026-11-01' })],
    ['date', 'later_period', of({ date: '2026-10-32' })],
    ['recipientGstin', 'gstin', of({ recipientGstin: '27AAPFU0939F1ZW' })],
    ['recipientGstin', 'gstin', of({ recipientGstin: '27aapfu0939f1zv' })],
    ['recipientGstin', 'recipient', of({ recipientGstin: ownGstin })],
    ['place', 'place', of({ place: '25' })],
    ['place', 'place', of({ place: '96' })],
    [
      'place',
      'place',
      of({ recipientGstin: null, supply: 'export_without_payment', lines: [{ ...line, taxes: untaxed }] }),
    ],
    ['isReverseCharge', 'reverse_charge', of({ recipientGstin: null, isReverseCharge: true })],
    ['isReverseCharge', 'reverse_charge', of({ supply: 'deemed_export', isReverseCharge: true })],
    ['isReverseCharge', 'reverse_charge', of({ supply: 'igst_within_state', lines: [{ ...line, taxes: integrated }] })],
    ['lines', 'no_lines', of({ lines: [] })],
    ['code', 'form', ofLine({ code: '99' })],
    ['code', 'form', ofLine({ code: '99831' })],
    ['taxablePaise', 'negative', ofLine({ taxablePaise: -10_000_00n })],
    ['taxablePaise', 'negative', ofLine({ quantity: -1n })],
    ['basisPoints', 'rate', ofLine({ basisPoints: 1_200n })],
    ['basisPoints', 'rate', ofLine({ treatment: 'exempt', taxes: untaxed })],
    ['taxes', 'tax', ofLine({ treatment: 'exempt', basisPoints: 0n })],
    ['taxes', 'tax', ofLine({ taxes: integrated })],
    ['taxes', 'tax', ofLine({ taxes: { ...line.taxes, sgstPaise: 899_99n } })],
    ['taxes', 'tax', ofLine({ taxes: { ...line.taxes, cgstPaise: 901_00n, sgstPaise: 901_00n } })],
    ['taxes', 'tax', of({ place: '29' })],
    ['taxes', 'tax', of({ supply: 'sez_without_payment' })],
    ['taxes', 'tax', of({ supply: 'sez_with_payment' })],
    ['total', 'range', { ...period, ranges: [{ ...range, cancelled: 10 }] }],
    ['total', 'range', { ...period, ranges: [{ ...range, kind: 13 }] }],
    ['total', 'range', { ...period, ranges: [{ ...range, from: '' }] }],
  ];
  it.each(cases)('%s: %s', (field, reason, given) => {
    expect(checkGstr1(given)).toContainEqual(expect.objectContaining({ field, reason }));
  });
});

describe('the portal takes', () => {
  it.each<readonly [string, OutwardPeriod]>([
    ['an invoice within the state', period],
    ['one between states', of({ place: '29', lines: [{ ...line, taxes: integrated }] })],
    ['one that was forgotten in an earlier month', of({ date: '2026-08-05' })],
    ['one to a special economic zone', of({ supply: 'sez_with_payment', lines: [{ ...line, taxes: integrated }] })],
    [
      'one under reverse charge and the integrated tax',
      of({ supply: 'igst_within_state', isReverseCharge: true, lines: [{ ...line, taxes: integrated }] }),
    ],
    [
      'one of before the rates were changed',
      of({
        amends: { number: 'A', date: '2025-09-21' },
        lines: [{ ...line, basisPoints: 1_200n, taxes: { ...untaxed, cgstPaise: 600_00n, sgstPaise: 600_00n } }],
      }),
    ],
    ['the same number in another year', { ...period, documents: [document, { ...document, date: '2026-03-31' }] }],
    ['tax that was rounded by a rupee', ofLine({ taxes: { ...line.taxes, cgstPaise: 900_50n, sgstPaise: 900_50n } })],
  ])('%s', (_what, given) => {
    expect(checkGstr1(given)).toEqual([]);
  });
});

describe('numbers of the portal', () => {
  it('are written without zeros at their end and read to the paisa', () => {
    const value = { a: 900_00n, b: 900_50n, c: 900_55n, d: 0n, e: -5n, num: 1_801, hsn: '9983', none: undefined };
    const text = '{"a":900,"b":900.5,"c":900.55,"d":0,"e":-0.05,"num":1801,"hsn":"9983"}';
    expect(writePortalJson(value)).toBe(text);
    const { none: _, ...rest } = value;
    expect(readPortalJson(text)).toEqual({ ok: true, value: rest });
  });

  it('of any size come back to the paisa', () => {
    const value = { a: 9_00_71_99_25_47_409_93n, b: -123_456_789_012_34n };
    expect(readPortalJson(writePortalJson(value))).toEqual({ ok: true, value });
  });

  it.each([
    ['{"a":1.005}', 'number'],
    ['{"a":1e3}', 'number'],
    ['{"a":1000000000000000000}', 'number'],
    ['{"a":90071992547409.93}', undefined],
    ['{"num":1.5}', undefined],
    ['{"a":', 'not_json'],
  ])('of %s are %s', (text, problem) => {
    const read = readPortalJson(text);
    expect(read.ok ? undefined : read.error).toBe(problem);
  });
});
