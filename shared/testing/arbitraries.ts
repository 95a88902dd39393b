import fc from 'fast-check';
import type { ExpenseFields, VendorFields } from '../domain/command/args.ts';
import { gstStates } from '../domain/identity/gst-states.ts';
import { gstinCheckDigit } from '../domain/identity/gstin.ts';
import { addDays, type IsoDate } from '../kernel/dates.ts';
import { PAISE_MAX, type Paise } from '../kernel/money.ts';

/** Any amount the books can hold, with the small and the extreme ones more often than their share. */
export const anyPaise: fc.Arbitrary<Paise> = fc.oneof(
  fc.bigInt({ min: -200n, max: 200n }),
  fc.bigInt({ min: -PAISE_MAX, max: PAISE_MAX }),
  fc.constantFrom(PAISE_MAX, -PAISE_MAX),
);

/** The taxable value of a bill: a paisa to ten lakh rupees. */
export const billPaise: fc.Arbitrary<Paise> = fc.bigInt({ min: 1n, max: 10_00_000_00n });

/** A day from 1 January 2000 to 31 December 2099. */
export const anyDay: fc.Arbitrary<IsoDate> = dayBetween('2000-01-01', 36_524);

/** A day from `first` to `days` later. */
export function dayBetween(first: IsoDate, days: number): fc.Arbitrary<IsoDate> {
  return fc.integer({ min: 0, max: days }).map((offset) => addDays(first, offset));
}

const letters = (min: number, max = min) =>
  fc.string({ unit: fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'), minLength: min, maxLength: max });
const digits = (min: number, max = min) =>
  fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: min, maxLength: max });

export const validPan: fc.Arbitrary<string> = fc
  .tuple(letters(3), fc.constantFrom(...'ABCFGHJLPT'), letters(1), fc.integer({ min: 1, max: 9999 }), letters(1))
  .map(([head, holder, fifth, serial, last]) => `${head}${holder}${fifth}${String(serial).padStart(4, '0')}${last}`);

/** A GSTIN of a regular taxpayer with a right check digit. */
export const validGstin: fc.Arbitrary<string> = fc
  .tuple(fc.constantFrom(...Object.keys(gstStates)), validPan, fc.constantFrom(...'123456789'))
  .map(([state, pan, entity]) => `${state}${pan}${entity}Z`)
  .map((first14) => first14 + gstinCheckDigit(first14));

export const validIfsc: fc.Arbitrary<string> = fc
  .tuple(letters(4), digits(6))
  .map(([bank, branch]) => `${bank}0${branch}`);

export const validAccountNumber: fc.Arbitrary<string> = digits(8, 17).map((tail) => `1${tail}`);

export const vendorName: fc.Arbitrary<string> = fc
  .tuple(fc.constantFrom('Shree', 'Balaji', 'श्री गणेश', 'Deccan', 'M/s. Om', 'Ravi & Sons'), letters(2, 6))
  .map(([head, tail]) => `${head} ${tail} Traders`);

export const vendorFields: fc.Arbitrary<VendorFields> = fc
  .record({
    name: vendorName,
    gstin: fc.option(validGstin),
    bank: fc.option(fc.record({ ifsc: validIfsc, accountNumber: validAccountNumber })),
  })
  .map(({ name, gstin, bank }) => ({
    name,
    gstin,
    pan: null,
    ifsc: bank?.ifsc ?? null,
    accountNumber: bank?.accountNumber ?? null,
    accountName: null,
    email: null,
    phone: null,
  }));

/** GST of a bill at one of the usual rates, within a state or between two; CGST and SGST as a bill rounds them. */
const gst = fc.record({ rate: fc.constantFrom(0n, 5n, 12n, 18n, 28n), between: fc.boolean() });

/** The fields of a bill that can be in the books, but for vendor and date. */
export const goodBill: fc.Arbitrary<Omit<ExpenseFields, 'vendorId' | 'billDate'>> = fc
  .record({
    place: fc.constantFrom(['supplies', '5200'], ['salaries', '5100'], ['utilities', '5300'], ['library', '5700']),
    taxablePaise: billPaise,
    gst,
    itcEligible: fc.boolean(),
    tdsPercent: fc.constantFrom(0n, 1n, 2n, 10n),
    billNo: fc.option(fc.constantFrom('1', '2', '3', 'INV/7')),
  })
  .map(({ place, taxablePaise, gst: { rate, between }, itcEligible, tdsPercent, billNo }) => {
    const half = (taxablePaise * rate) / 200n;
    return {
      category: place[0] ?? '',
      accountCode: place[1] ?? '',
      billNo,
      description: 'As per bill',
      department: null,
      taxablePaise,
      cgstPaise: between ? 0n : half,
      sgstPaise: between ? 0n : half,
      igstPaise: between ? half * 2n : 0n,
      itcEligible,
      tdsPaise: (taxablePaise * tdsPercent) / 100n,
    };
  });
