import { describe, expect, it } from 'vitest';
import { checkStatement, type StatementReason } from './check-statement.ts';
import type { Deductor, StatementChallan, StatementDeductee, TdsStatement } from './model.ts';
import { readStatement, type StatementFault } from './read-statement.ts';
import { goodStatement } from './testing.ts';
import { writeStatement } from './write-statement.ts';

const good = goodStatement();
const file = writeStatement(good);

describe('a file is refused', () => {
  const cases: readonly (readonly [StatementFault['fault'], number, number, string, string])[] = [
    ['encoding', 2, 0, 'Deccan', 'डेक्कन'],
    ['record_end', 5, 0, '\r\n6^', '\n6^'],
    ['line_number', 4, 1, '4^DD', '5^DD'],
    ['field_count', 3, 0, '3^CD^', '3^CD^^'],
    ['count', 3, 5, '4^DD', '4^CD'],
    ['order', 2, 2, '2^BH', '2^CD'],
    ['order', 4, 4, '4^DD^1^1^1', '4^DD^1^2^1'],
    ['order', 4, 4, '4^DD^1^1^1', '4^DD^1^1^2'],
    ['order', 6, 4, '6^CD^1^2', '6^CD^1^1'],
    ['unreadable', 4, 19, '10072026', '31062026'],
    ['unreadable', 4, 28, '10.0000', '10.0050'],
    ['unreadable', 3, 8, '14000.00', '14,000.00'],
    ['unreadable', 2, 18, 'Q2', 'Q5'],
    ['must_be_empty', 4, 7, 'O^^ABCPD', 'O^7^ABCPD'],
    ['count', 2, 4, '2^BH^1^2', '2^BH^1^3'],
    ['count', 3, 5, '3^CD^1^1^2', '3^CD^1^1^1'],
    ['total', 2, 47, '20420.00', '20420.01'],
    ['total', 3, 12, '14210.00', '14210.01'],
    ['total', 3, 21, '14000.00^14000.00^200', '14001.00^14001.00^200'],
    ['total', 3, 22, '14000.00^14000.00^200', '14000.00^14001.00^200'],
    ['total', 4, 25, '6000.00^6000.00', '6000.00^6000.01'],
    ['header', 2, 8, 'D^PNEA12345B', 'D^PNEA12345C'],
    ['header', 2, 8, 'NS1', 'SL1'],
    ['header', 2, 3, 'R^12102026^1^D', 'R^12102026^2^D'],
    ['header', 2, 16, '202728', '202829'],
  ];
  it.each(cases)('%s in record %i, field %i', (fault, record, field, old, now) => {
    expect(file).toContain(old);
    const read = readStatement(file.replace(old, now));
    expect(read).toEqual({ ok: false, error: { record, field, fault } });
  });

  it.each([
    ['that is cut off in its headers', '', 1],
    ['that ends without a record end', file.slice(0, -2), 7],
  ])('%s', (_what, cut, record) => {
    expect(readStatement(cut)).toMatchObject({ ok: false, error: { record } });
  });
});

const deductor = (change: Partial<Deductor>): TdsStatement => ({ ...good, deductor: { ...good.deductor, ...change } });
const responsible = (change: Partial<Deductor['responsible']>): TdsStatement =>
  deductor({ responsible: { ...good.deductor.responsible, ...change } });
const [firstChallan] = good.challans;
const challan = (change: Partial<StatementChallan>): TdsStatement => ({
  ...good,
  challans: firstChallan === undefined ? [] : [{ ...firstChallan, ...change }],
});
const [firstDeductee] = firstChallan?.deductees ?? [];
const deductee = (change: Partial<StatementDeductee>): TdsStatement =>
  challan({ deductees: firstDeductee === undefined ? [] : [{ ...firstDeductee, ...change }] });

describe('what the law wants of a statement', () => {
  it('is all in one that is good', () => {
    expect(checkStatement(good)).toEqual([]);
    const salaries = deductee({ code: '1002' });
    expect(checkStatement({ ...salaries, form: '138' })).toEqual([]);
    const government = { kind: 'S', governmentStateCode: '19', accountsOffice: '1060872' };
    const byBook = challan({ mode: 'B', serial: null, minorHead: null });
    expect(checkStatement({ ...byBook, deductor: { ...good.deductor, ...government } })).toEqual([]);
  });

  const cases: readonly (readonly [string, StatementReason, TdsStatement])[] = [
    ['taxYear', 'older_year', { ...good, taxYear: '2025-26' }],
    ['quarter', 'not_published', { ...deductee({ code: '1002' }), form: '138', quarter: 'Q4' }],
    ['createdOn', 'date', { ...good, createdOn: '2026-06-30' }],
    ['software', 'missing', { ...good, software: ' ' }],
    ['challans', 'missing', { ...good, challans: [] }],
    ['tan', 'form', deductor({ tan: 'PNE12345B' })],
    ['tan', 'form', deductor({ tan: 'pnea12345b' })],
    ['pan', 'form', deductor({ pan: 'AAAXD1234F' })],
    ['name', 'missing', deductor({ name: '' })],
    ['name', 'characters', deductor({ name: 'डेक्कन' })],
    ['name', 'characters', deductor({ name: 'A ^ B' })],
    ['name', 'too_long', deductor({ name: 'A'.repeat(76) })],
    ['country', 'missing', deductor({ country: '' })],
    ['kind', 'form', deductor({ kind: 'X' })],
    ['kind', 'form', deductor({ kind: '' })],
    ['governmentStateCode', 'missing', deductor({ kind: 'S', accountsOffice: '1060872' })],
    ['accountsOffice', 'missing', deductor({ kind: 'A' })],
    ['accountsOffice', 'form', deductor({ kind: 'A', accountsOffice: '12' })],
    ['address', 'missing', deductor({ address: [] })],
    ['address', 'too_long', deductor({ address: ['A'.repeat(26)] })],
    ['address', 'too_long', deductor({ address: ['1', '2', '3', '4', '5', '6'] })],
    ['stateCode', 'form', deductor({ stateCode: '08' })],
    ['pin', 'form', deductor({ pin: '011004' })],
    ['email', 'form', deductor({ email: 'accounts' })],
    ['countryCode', 'missing', deductor({ countryCode: '' })],
    ['phone', 'form', deductor({ phone: '+91 20' })],
    ['name', 'missing', responsible({ name: '' })],
    ['designation', 'too_long', responsible({ designation: 'Registrar and Secretary' })],
    ['pan', 'form', responsible({ pan: 'PANNOTAVBL' })],
    ['pin', 'form', responsible({ pin: '4110' })],
    ['bsrCode', 'form', challan({ bsrCode: '51030' })],
    ['serial', 'missing', challan({ serial: null })],
    ['minorHead', 'form', challan({ minorHead: '100' })],
    ['mode', 'book_entry', challan({ mode: 'B' })],
    ['date', 'date', challan({ date: '2026-10-13' })],
    ['deductees', 'missing', challan({ deductees: [] })],
    ['taxPaise', 'amount', challan({ taxPaise: 13_999_99n })],
    ['taxPaise', 'amount', challan({ interestPaise: -1n })],
    ['pan', 'form', deductee({ pan: 'ABCPD0000E' })],
    ['name', 'characters', deductee({ name: 'Café' })],
    ['code', 'form', deductee({ code: '1002' })],
    ['code', 'form', { ...good, form: '138' }],
    ['paidOn', 'date', deductee({ paidOn: '2026-06-30' })],
    ['deductedOn', 'date', deductee({ deductedOn: '2026-08-08' })],
    ['taxPaise', 'amount', deductee({ paise: 0n, taxPaise: 0n })],
    ['taxPaise', 'amount', deductee({ isDeposited: false })],
    ['basisPoints', 'rate', deductee({ basisPoints: 999n })],
    ['flag', 'form', deductee({ flag: 'a' })],
    ['flag', 'flag', deductee({ flag: 'C' })],
    ['flag', 'flag', deductee({ pan: 'PANNOTAVBL' })],
    ['flag', 'flag', deductee({ flag: 'B' })],
    ['certificate', 'flag', deductee({ flag: 'A' })],
    ['certificate', 'flag', deductee({ certificate: '3120ABC12A' })],
    ['certificate', 'form', deductee({ flag: 'A', certificate: '31' })],
  ];
  it.each(cases)('%s: %s', (field, reason, statement) => {
    expect(checkStatement(statement)).toContainEqual(expect.objectContaining({ field, reason }));
  });

  it('says which deductee of which challan it is about', () => {
    const [one, two] = good.challans;
    if (one === undefined || two === undefined || firstDeductee === undefined) throw new Error('no challans');
    const wrong = { ...two, deductees: [firstDeductee, { ...firstDeductee, name: '' }], taxPaise: 12_000_00n };
    expect(checkStatement({ ...good, challans: [one, wrong] })).toEqual([
      { part: { of: 'deductee', challan: 1, deductee: 1 }, field: 'name', reason: 'missing' },
    ]);
  });
});
