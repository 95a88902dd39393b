import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type GstLine, gstOnInvoice, payableRupees, totalTax } from './gst.ts';

const paise = fc.bigInt({ min: 0n, max: 99_99_999_99n });
const rates = fc.constantFrom(0n, 10n, 25n, 150n, 300n, 500n, 1_200n, 1_800n, 4_000n);
const line: fc.Arbitrary<GstLine> = fc.record({
  paise,
  isInclusive: fc.boolean(),
  basisPoints: rates,
  cessBasisPoints: fc.constantFrom(0n, 0n, 0n, 1_200n),
});
const lines = fc.array(line, { maxLength: 8 });
const kinds = fc.constantFrom('intra', 'inter');
const one = (change: Partial<GstLine>): GstLine => ({
  ...{ paise: 10_000_00n, isInclusive: false, basisPoints: 1_800n, cessBasisPoints: 0n },
  ...change,
});

describe('the tax on an invoice', () => {
  it('of ten thousand rupees at eighteen percent', () => {
    const taxes = { cgstPaise: 900_00n, sgstPaise: 900_00n, igstPaise: 0n, cessPaise: 0n };
    const within = gstOnInvoice([one({})], 'intra');
    expect(within).toMatchObject({ taxablePaise: 10_000_00n, taxes, totalPaise: 11_800_00n });
    expect(gstOnInvoice([one({ paise: 11_800_00n, isInclusive: true })], 'intra')).toEqual(within);
    expect(gstOnInvoice([one({})], 'inter').taxes).toEqual({
      ...taxes,
      cgstPaise: 0n,
      sgstPaise: 0n,
      igstPaise: 1_800_00n,
    });
  });

  it('has CGST equal to SGST and no IGST within a state, on every line and by every rate, and IGST alone between states', () => {
    fc.assert(
      fc.property(lines, kinds, (of, kind) => {
        const { lines: taxed, byRate } = gstOnInvoice(of, kind);
        for (const { cgstPaise, sgstPaise, igstPaise } of [...taxed, ...byRate]) {
          expect(cgstPaise).toBe(sgstPaise);
          if (kind === 'intra') expect(igstPaise).toBe(0n);
          else expect(cgstPaise).toBe(0n);
        }
      }),
    );
  });

  it('is the same by lines and by rates, and adds up to the total', () => {
    fc.assert(
      fc.property(lines, kinds, (of, kind) => {
        const invoice = gstOnInvoice(of, kind);
        expect(invoice.lines.length).toBe(of.length);
        for (const rows of [invoice.lines, invoice.byRate]) {
          const total = rows.reduce((sum, row) => sum + row.taxablePaise + totalTax(row), 0n);
          expect(total).toBe(invoice.totalPaise);
        }
      }),
    );
  });

  it('by a rate is the rate times the taxable value of that rate, to the paisa', () => {
    const plain = fc.array(
      line.map((given) => ({ ...given, isInclusive: false })),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(plain, (of) => {
        for (const { basisPoints, taxablePaise, igstPaise } of gstOnInvoice(
          of.map((each) => ({ ...each, cessBasisPoints: 0n })),
          'inter',
        ).byRate) {
          const apart = 2n * (taxablePaise * basisPoints - igstPaise * 10_000n);
          expect(apart <= 10_000n && apart >= -10_000n).toBe(true);
        }
      }),
    );
  });

  it('of a line is within a paisa of its own share', () => {
    fc.assert(
      fc.property(lines, kinds, (of, kind) => {
        for (const { basisPoints, taxablePaise, cgstPaise, igstPaise } of gstOnInvoice(of, kind).lines) {
          const exact = taxablePaise * basisPoints;
          const apart = kind === 'inter' ? igstPaise * 10_000n - exact : cgstPaise * 20_000n - exact;
          const most = kind === 'inter' ? 20_000n : 40_000n;
          expect(apart < most && apart > -most).toBe(true);
        }
      }),
    );
  });

  it('within an amount leaves that amount', () => {
    fc.assert(
      fc.property(lines, kinds, (of, kind) => {
        for (const [at, taxed] of gstOnInvoice(of, kind).lines.entries()) {
          const asked = of[at];
          if (asked?.isInclusive === true) expect(taxed.taxablePaise + totalTax(taxed)).toBe(asked.paise);
          else expect(taxed.taxablePaise).toBe(asked?.paise);
          for (const each of [taxed.taxablePaise, taxed.cgstPaise, taxed.igstPaise, taxed.cessPaise])
            expect(each >= 0n).toBe(true);
        }
      }),
    );
  });

  it('does not depend on the order of the lines, but for which line has a paisa more', () => {
    fc.assert(
      fc.property(lines, kinds, (of, kind) => {
        const [forth, back] = [gstOnInvoice(of, kind), gstOnInvoice(of.toReversed(), kind)];
        expect(back.byRate).toEqual(forth.byRate);
        expect(back.totalPaise).toBe(forth.totalPaise);
      }),
    );
  });
});

it('is paid in whole rupees, fifty paise up', () => {
  expect([payableRupees(149n), payableRupees(150n), payableRupees(0n)]).toEqual([100n, 200n, 0n]);
});
