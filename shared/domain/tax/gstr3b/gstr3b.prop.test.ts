import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { totalTax } from '../gst.ts';
import { anyPeriod, ownGstin } from '../gstr1/testing.ts';
import { readPortalJson, writePortalJson } from '../portal-json.ts';
import { type ByHead, gstHeads, setOff } from '../set-off.ts';
import { buildGstr3b, type InwardSupply, nothingByHead, type SummaryPeriod, summaryOf } from './build-gstr3b.ts';

const paise = fc.bigInt({ min: 0n, max: 9_00_000_00n });
const taxed: fc.Arbitrary<InwardSupply> = fc
  .record({
    source: fc.constantFrom('import_of_goods', 'import_of_services', 'reverse_charge', 'distributor', 'other'),
    isInterState: fc.boolean(),
    taxablePaise: paise,
    half: paise,
  })
  .map(({ half, ...rest }) => {
    const isInter = rest.isInterState || rest.source.startsWith('import_');
    const own = isInter ? 0n : half;
    return {
      ...rest,
      isInterState: isInter,
      untaxed: null,
      isReverseCharge: rest.source === 'reverse_charge' || rest.source === 'import_of_services',
      taxes: { cgstPaise: own, sgstPaise: own, igstPaise: isInter ? half : 0n, cessPaise: 0n },
    };
  });
const untaxed: fc.Arbitrary<InwardSupply> = fc
  .record({ untaxed: fc.constantFrom('exempt', 'non_gst'), isInterState: fc.boolean(), taxablePaise: paise })
  .map((rest) => ({
    ...rest,
    ...{ source: 'none', isReverseCharge: false },
    taxes: { cgstPaise: 0n, sgstPaise: 0n, igstPaise: 0n, cessPaise: 0n },
  }));
const inward = fc.array(fc.oneof(taxed, untaxed), { maxLength: 12 });

const period: fc.Arbitrary<SummaryPeriod> = fc.tuple(anyPeriod, inward).map(([{ documents }, bills]) => ({
  ...{ gstin: ownGstin, month: '2026-10', outward: documents, inward: bills },
  ...{ reversed: { byRule: nothingByHead, other: nothingByHead }, lostToTime: nothingByHead, interest: nothingByHead },
}));

/** What the portal reads, in paise. */
// biome-ignore lint/suspicious/noExplicitAny: the shape is what is being looked at
const asRead = (given: SummaryPeriod): any => JSON.parse(writePortalJson(buildGstr3b(given)));
const inPaise = (rupees: number): bigint => BigInt(Math.round(rupees * 100));

describe('GSTR-3B', () => {
  it('owes what the documents of the month say, with notes off and reverse charge left to the recipient', () => {
    fc.assert(
      fc.property(period, (given) => {
        const { sup_details: table } = asRead(given);
        const owed = given.outward
          .filter(({ amends, isReverseCharge }) => amends === null && !isReverseCharge)
          .reduce((sum, { kind, lines }) => {
            const tax = lines.reduce((of, { taxes }) => of + totalTax(taxes), 0n);
            return kind === 'credit_note' ? sum - tax : sum + tax;
          }, 0n);
        const said = [table.osup_det, table.osup_zero].reduce(
          (sum, of) => sum + inPaise(of.iamt + of.camt + of.samt + of.csamt),
          0n,
        );
        expect(said).toBe(owed);
        const { liability } = summaryOf(given);
        expect(gstHeads.reduce((sum, head) => sum + liability[head], 0n)).toBe(owed);
      }),
    );
  });

  it('has each bill once: its credit by its source, its value among what bears no tax, or its tax to be paid by the college', () => {
    fc.assert(
      fc.property(period, (given) => {
        const { itc_elg: credit, inward_sup: free, sup_details: table } = asRead(given);
        const available = credit.itc_avl.reduce(
          (sum: bigint, row: Record<string, number>) =>
            sum + inPaise((row.iamt ?? 0) + (row.camt ?? 0) + (row.samt ?? 0)),
          0n,
        );
        expect(available).toBe(given.inward.reduce((sum, { taxes }) => sum + totalTax(taxes), 0n));
        const freeOf = free.isup_details.reduce(
          (sum: bigint, row: { inter: number; intra: number }) => sum + inPaise(row.inter + row.intra),
          0n,
        );
        expect(freeOf).toBe(
          given.inward.filter((bill) => bill.untaxed !== null).reduce((sum, bill) => sum + bill.taxablePaise, 0n),
        );
        const charged = given.inward.filter(({ isReverseCharge }) => isReverseCharge);
        expect(inPaise(table.isup_rev.txval)).toBe(charged.reduce((sum, { taxablePaise }) => sum + taxablePaise, 0n));
      }),
    );
  });

  it('takes off what is given back, and what credit and cash pay is what is owed', () => {
    const some = fc.bigInt({ min: 0n, max: 1_000_00n });
    const by: fc.Arbitrary<ByHead> = fc.record({ igst: some, cgst: some, sgst: some, cess: some });
    fc.assert(
      fc.property(period, by, by, (given, byRule, other) => {
        const { liability, creditAvailable, creditNet } = summaryOf({ ...given, reversed: { byRule, other } });
        for (const head of gstHeads) expect(creditNet[head]).toBe(creditAvailable[head] - byRule[head] - other[head]);
        const owed = Object.fromEntries(
          gstHeads.map((head) => [head, liability[head] > 0n ? liability[head] : 0n]),
        ) as unknown as ByHead;
        const held = Object.fromEntries(
          gstHeads.map((head) => [head, creditNet[head] > 0n ? creditNet[head] : 0n]),
        ) as unknown as ByHead;
        const { setOffs, cash } = setOff(owed, held);
        const paid =
          setOffs.reduce((sum, one) => sum + one.paise, 0n) + gstHeads.reduce((sum, head) => sum + cash[head], 0n);
        expect(paid).toBe(gstHeads.reduce((sum, head) => sum + owed[head], 0n));
      }),
    );
  });

  it('is read back without a loss', () => {
    fc.assert(
      fc.property(period, (given) => {
        const text = writePortalJson(buildGstr3b(given));
        const read = readPortalJson(text);
        expect(read.ok && writePortalJson(read.value)).toBe(text);
      }),
    );
  });

  it.each([
    ['2022-06', ['sup_details', 'itc_elg', 'inward_sup', 'intr_ltfee', 'inter_sup']],
    ['2022-07', ['sup_details', 'eco_dtls', 'itc_elg', 'inward_sup', 'intr_ltfee', 'inter_sup']],
    ['2025-10', ['sup_details', 'eco_dtls', 'itc_elg', 'inward_sup', 'intr_ltfee', 'inter_sup']],
    ['2025-11', ['sup_details', 'eco_dtls', 'itc_elg', 'inward_sup', 'intr_ltfee']],
  ])('of %s has its tables and is a whole form though nothing is in it', (month, tables) => {
    const empty = {
      ...{ gstin: ownGstin, month, outward: [], inward: [] },
      reversed: { byRule: nothingByHead, other: nothingByHead },
    };
    const read = asRead({ ...empty, lostToTime: nothingByHead, interest: nothingByHead });
    expect(Object.keys(read)).toEqual(['gstin', 'ret_period', ...tables]);
    expect(read.sup_details.osup_det).toEqual({ txval: 0, iamt: 0, camt: 0, samt: 0, csamt: 0 });
    expect(read.itc_elg.itc_avl.map(({ ty }: { ty: string }) => ty)).toEqual(['IMPG', 'IMPS', 'ISRC', 'ISD', 'OTH']);
  });
});
