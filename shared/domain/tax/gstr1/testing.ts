import fc from 'fast-check';
import { dayBetween, validGstin } from '../../../testing/arbitraries.ts';
import { gstOnInvoice } from '../gst.ts';
import { outsideIndia, supplyKind } from '../place-of-supply.ts';
import type { OutwardDocument, OutwardLine, OutwardPeriod, SupplyClass } from './documents.ts';

export const ownGstin = '27AAATD1234F1Z8';

interface Drawn {
  readonly code: string;
  readonly treatment: OutwardLine['treatment'];
  readonly basisPoints: bigint;
  readonly paise: bigint;
  readonly quantity: bigint;
}

const drawnLine: fc.Arbitrary<Drawn> = fc.record({
  code: fc.constantFrom('9992', '999293', '4901', '847130'),
  treatment: fc.constantFrom('taxed', 'taxed', 'nil', 'exempt', 'non_gst'),
  basisPoints: fc.constantFrom(0n, 500n, 1_800n, 4_000n),
  paise: fc.bigInt({ min: 0n, max: 3_00_000_00n }),
  quantity: fc.bigInt({ min: 0n, max: 10_000n }),
});

/** Lines with the tax that the engine counts for them. */
function linesOf(drawn: readonly Drawn[], supply: SupplyClass, place: string): readonly OutwardLine[] {
  const isUntaxed = supply.endsWith('without_payment');
  const isSez = supply.startsWith('sez_') || supply === 'igst_within_state';
  const taxed = gstOnInvoice(
    drawn.map(({ treatment, basisPoints, paise }) => ({
      ...{ paise, isInclusive: false, cessBasisPoints: 0n },
      basisPoints: treatment === 'taxed' && !isUntaxed ? basisPoints : 0n,
    })),
    supplyKind(ownGstin.slice(0, 2), place, isSez),
  );
  return drawn.map(({ code, treatment, basisPoints, paise, quantity }, at) => {
    const { cgstPaise = 0n, sgstPaise = 0n, igstPaise = 0n, cessPaise = 0n } = taxed.lines[at] ?? {};
    return {
      ...{ code, description: '', unit: code.startsWith('99') ? null : 'NOS', quantity, treatment },
      basisPoints: treatment === 'taxed' ? basisPoints : 0n,
      taxablePaise: paise,
      taxes: { cgstPaise, sgstPaise, igstPaise, cessPaise },
    };
  });
}

const registeredSupply = fc.constantFrom(
  ...(['regular', 'regular', 'regular', 'sez_with_payment', 'sez_without_payment', 'deemed_export'] as const),
);
const exportSupply = fc.constantFrom('export_with_payment', 'export_without_payment');

const document: fc.Arbitrary<Omit<OutwardDocument, 'number'>> = fc
  .record({
    kind: fc.constantFrom('invoice', 'invoice', 'invoice', 'credit_note', 'debit_note'),
    date: dayBetween('2026-10-01', 30),
    to: fc.oneof(
      fc.record({ recipientGstin: validGstin.filter((one) => one !== ownGstin), supply: registeredSupply }),
      fc.record({ recipientGstin: fc.constant(null), supply: fc.constant('regular' as const) }),
      fc.record({ recipientGstin: fc.constant(null), supply: exportSupply }),
    ),
    place: fc.constantFrom('27', '27', '29', '07'),
    isReverseCharge: fc.boolean(),
    isOfLargeInvoice: fc.boolean(),
    drawn: fc.array(drawnLine, { minLength: 1, maxLength: 4 }),
    amends: fc.option(fc.record({ number: fc.constant('OLD/1'), date: dayBetween('2026-07-01', 60) }), { freq: 6 }),
  })
  .map(({ to, place, isReverseCharge, drawn, ...rest }) => {
    const isExport = to.supply.startsWith('export_');
    const where = isExport ? outsideIndia : place;
    return {
      ...rest,
      ...to,
      place: where,
      isReverseCharge: isReverseCharge && to.recipientGstin !== null && to.supply !== 'deemed_export',
      isOfLargeInvoice: rest.isOfLargeInvoice && to.recipientGstin === null && where !== ownGstin.slice(0, 2),
      // Sales to people are put right in sums and not one by one.
      amends: to.recipientGstin === null && !isExport ? null : rest.amends,
      lines: linesOf(drawn, to.supply, where),
      shippingBill: null,
    };
  });

/** A month of a college with documents of all kinds, in which nothing is wrong. */
export const anyPeriod: fc.Arbitrary<OutwardPeriod> = fc.array(document, { maxLength: 25 }).map((documents) => ({
  gstin: ownGstin,
  month: '2026-10',
  isInvoiceFurnishing: false,
  documents: documents.map((one, at) => ({ ...one, number: `INV/${at + 1}` })),
  advances: [],
  ranges: [{ kind: 1, from: 'INV/1', to: 'INV/99', total: 99, cancelled: 2 }],
}));
