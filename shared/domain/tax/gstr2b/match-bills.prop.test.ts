import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../../kernel/dates.ts';
import { dayBetween, validGstin } from '../../../testing/arbitraries.ts';
import { type BookBill, bareNumber, type MatchedBills, matchBills, type PortalBill } from './match-bills.ts';

const supplier = '27AAPFU0939F1ZV';
const bill: PortalBill = {
  ...{ id: 'p1', supplierGstin: supplier, kind: 'invoice', number: 'INV/26-27/0042', date: '2026-10-05' },
  ...{ taxablePaise: 10_000_00n, isReverseCharge: false, isCreditAvailable: true },
  taxes: { cgstPaise: 900_00n, sgstPaise: 900_00n, igstPaise: 0n, cessPaise: 0n },
};
const { isCreditAvailable: _, ...plain } = bill;
const book = (change: Partial<BookBill> = {}): BookBill => ({ ...plain, id: 'b1', ...change });
const met = (books: readonly BookBill[], portal: readonly PortalBill[] = [bill]): MatchedBills =>
  matchBills(portal, books);

describe('one bill', () => {
  it.each<readonly [string, Partial<BookBill>, string, readonly string[]]>([
    ['the same', {}, 'number', []],
    ['in small letters', { number: 'inv/26-27/0042 ' }, 'number', []],
    ['without zeros and year', { number: 'INV-42' }, 'number_written_otherwise', ['number']],
    ['with the year in full', { number: 'INV/2026-2027/42' }, 'number_written_otherwise', ['number']],
    ['of another day', { date: '2026-10-07' }, 'number', ['date']],
    ['of a rupee more', { taxablePaise: 10_001_00n }, 'number', []],
    ['of more than a rupee more', { taxablePaise: 10_001_01n }, 'number', ['taxable']],
    ['of more tax', { taxes: { ...bill.taxes, cgstPaise: 905_00n, sgstPaise: 905_00n } }, 'number', ['tax']],
    [
      'under other heads',
      { taxes: { cgstPaise: 0n, sgstPaise: 0n, igstPaise: 1_800_00n, cessPaise: 0n } },
      'number',
      ['heads'],
    ],
    ['under reverse charge', { isReverseCharge: true }, 'number', ['reverse_charge']],
    ['of another registration', { supplierGstin: '29AAPFU0939F1ZR' }, 'other_registration', ['registration']],
    ['with another number', { number: 'INV/26-27/0024' }, 'amounts', ['number']],
  ])('%s is found, with what differs', (_what, change, pass, differences) => {
    expect(met([book(change)])).toEqual({
      matched: [{ portalId: 'p1', bookId: 'b1', pass, differences }],
      ...{ onlyInPortal: [], onlyInBooks: [] },
    });
  });

  it.each<readonly [string, Partial<BookBill>]>([
    ['of another kind', { kind: 'credit_note' }],
    ['of another year and number', { date: '2026-03-31', number: 'X' }],
    ['of other amounts and number', { number: 'X', taxablePaise: 9_000_00n }],
    ['of another supplier', { supplierGstin: '24AAACC1206D1ZM' }],
    ['of the same amounts two months later', { number: 'X', date: '2026-12-15' }],
  ])('%s is not it', (_what, change) => {
    expect(met([book(change)])).toMatchObject({ matched: [], onlyInPortal: ['p1'], onlyInBooks: ['b1'] });
  });

  it('is not taken by its amounts where two could be meant', () => {
    const two = [book({ number: 'X' }), book({ id: 'b2', number: 'Y' })];
    expect(met(two)).toMatchObject({ matched: [], onlyInBooks: ['b1', 'b2'] });
  });

  it('is told from its twin of the same number by the amounts', () => {
    const two = [book({ taxablePaise: 5n }), book({ id: 'b2' })];
    expect(met(two).matched).toMatchObject([{ bookId: 'b2', pass: 'number' }]);
  });

  it('of which the portal gives no credit says so', () => {
    expect(met([book()], [{ ...bill, isCreditAvailable: false }]).matched).toMatchObject([
      { differences: ['no_credit'] },
    ]);
  });
});

it.each([
  ['INV/26-27/0042', 'INV42'],
  ['INV/2026-27/42', 'INV42'],
  ['INV-42', 'INV42'],
  ['0042', '42'],
  ['26-27', '2627'],
  ['A/26-28/1', 'A26281'],
  ['', ''],
])('the number %j without what only fills it is %j', (number, bare) => {
  expect(bareNumber(number)).toBe(bare);
});

const drawn = fc.record({
  gstin: fc.constantFrom(supplier, '24AAACC1206D1ZM', '29AAGCB7383J1Z4'),
  date: dayBetween('2026-04-01', 300),
  taxable: fc.bigInt({ min: 1n, max: 90_000_00n }),
  inBooks: fc.constantFrom('as it is', 'otherwise', 'a day later', 'not at all'),
  inPortal: fc.boolean(),
});

/** A year of which the truth is known: a bill of the books is one of the portal when they have one number. */
const years = fc.array(drawn, { maxLength: 40 }).map((all) => {
  const portal: PortalBill[] = [];
  const books: BookBill[] = [];
  for (const [at, { gstin, date, taxable, inBooks, inPortal }] of all.entries()) {
    const number = `S/26-27/${String(at + 1).padStart(4, '0')}`;
    const taxes = { cgstPaise: 0n, sgstPaise: 0n, igstPaise: taxable / 10n, cessPaise: 0n };
    const one = { ...bill, supplierGstin: gstin, number, date, taxablePaise: taxable, taxes };
    if (inPortal) portal.push({ ...one, id: `p${at}` });
    const { isCreditAvailable: __, ...own } = one;
    if (inBooks === 'as it is') books.push({ ...own, id: `b${at}` });
    if (inBooks === 'otherwise') books.push({ ...own, id: `b${at}`, number: `S-${at + 1}` });
    if (inBooks === 'a day later') books.push({ ...own, id: `b${at}`, date: addDays(date, 1) });
  }
  return { portal, books };
});

describe('a year', () => {
  it('has every bill once, and all that has a twin is found by its number', () => {
    fc.assert(
      fc.property(years, ({ portal, books }) => {
        const { matched, onlyInPortal, onlyInBooks } = matchBills(portal, books);
        expect([...matched.map(({ portalId }) => portalId), ...onlyInPortal].sort()).toEqual(
          portal.map(({ id }) => id).sort(),
        );
        expect([...matched.map(({ bookId }) => bookId), ...onlyInBooks].sort()).toEqual(
          books.map(({ id }) => id).sort(),
        );
        for (const { portalId, bookId, pass } of matched)
          if (pass !== 'amounts') expect(portalId.slice(1)).toBe(bookId.slice(1));
        const both = portal.filter(({ id }) => books.some((own) => own.id.slice(1) === id.slice(1)));
        const found = new Set(matched.map(({ portalId }) => portalId));
        for (const { id, date } of both) if (date.slice(5) !== '03-31') expect(found.has(id)).toBe(true);
      }),
    );
  });

  it('comes to the same whatever order it comes in', () => {
    fc.assert(
      fc.property(years, ({ portal, books }) => {
        expect(matchBills(portal.toReversed(), books.toReversed())).toEqual(matchBills(portal, books));
      }),
    );
  });

  it('never brings bills of two PANs together', () => {
    fc.assert(
      fc.property(fc.array(validGstin, { minLength: 2, maxLength: 6 }), (gstins) => {
        const portal = gstins.map((one, at) => ({ ...bill, id: `p${at}`, supplierGstin: one }));
        const books = gstins.toReversed().map((one, at) => ({ ...book(), id: `b${at}`, supplierGstin: one }));
        for (const { portalId, bookId } of matchBills(portal, books).matched) {
          const [one, other] = [portal.find(({ id }) => id === portalId), books.find(({ id }) => id === bookId)];
          expect(one?.supplierGstin.slice(2, 12)).toBe(other?.supplierGstin.slice(2, 12));
        }
      }),
    );
  });
});
