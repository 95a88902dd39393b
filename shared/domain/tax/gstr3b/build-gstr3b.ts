import { type Paise, sumPaise } from '../../../kernel/money.ts';
import { type GstTaxes, sumTaxes } from '../gst.ts';
import { gstr3bForm } from '../gst-rules.ts';
import { type OutwardDocument, type OutwardLine, type SignedLine, signedLines } from '../gstr1/documents.ts';
import type { PortalValue } from '../portal-json.ts';
import type { ByHead } from '../set-off.ts';

/** Where the credit of a bill comes from, as table 4(A) tells it apart; `none` for what bears no tax. */
export type CreditSource =
  | 'import_of_goods'
  | 'import_of_services'
  | 'reverse_charge'
  | 'distributor'
  | 'other'
  | 'none';

/** What a bill of the period says of its taxes. Notes of suppliers are negative. */
export interface InwardSupply {
  readonly source: CreditSource;
  /** Of what bears no tax here: exempt, nil-rated or of a composition dealer, or not under GST at all. */
  readonly untaxed: 'exempt' | 'non_gst' | null;
  readonly isInterState: boolean;
  readonly taxablePaise: Paise;
  readonly taxes: GstTaxes;
  /** The college itself pays the tax. */
  readonly isReverseCharge: boolean;
}

/** Credit that is given back: by rules 38, 42 and 43 and where the law blocks it (s. 17(5)), or for other reasons, to be taken again later. */
export interface CreditReversed {
  readonly byRule: ByHead;
  readonly other: ByHead;
}

export interface SummaryPeriod {
  readonly gstin: string;
  /** `YYYY-MM` */
  readonly month: string;
  readonly outward: readonly OutwardDocument[];
  readonly inward: readonly InwardSupply[];
  readonly reversed: CreditReversed;
  /** Credit that was never to be had: too late, or of another state (s. 16(4), place of supply). */
  readonly lostToTime: ByHead;
  readonly interest: ByHead;
}

export interface Summary {
  /** What the college owes on its own supplies; credit may pay it. */
  readonly liability: ByHead;
  /** What it owes as a recipient; cash only. */
  readonly reverseCharge: ByHead;
  readonly creditAvailable: ByHead;
  readonly creditNet: ByHead;
}

export const nothingByHead: ByHead = { igst: 0n, cgst: 0n, sgst: 0n, cess: 0n };
/** What the documents and bills of a month come to, before any of it is paid. */
export function summaryOf({ outward, inward, reversed }: SummaryPeriod): Summary {
  const owed = ownLines(outward).filter(({ document }) => !document.isReverseCharge);
  const creditAvailable = headsOf(inward.filter(({ source }) => source !== 'none').map(({ taxes }) => taxes));
  return {
    liability: headsOf(owed.map(({ taxes }) => taxes)),
    reverseCharge: headsOf(inward.filter(({ isReverseCharge }) => isReverseCharge).map(({ taxes }) => taxes)),
    creditAvailable,
    creditNet: minus(minus(creditAvailable, reversed.byRule), reversed.other),
  };
}

/**
 * GSTR-3B as the portal takes it. Documents that put earlier returns right are not in it: what they change is entered as notes. Of sales between
 * states to people the portal knows since November 2025 by GSTR-1, so that there is no table of them any more.
 */
export function buildGstr3b(period: SummaryPeriod): PortalValue {
  const { gstin, month, outward, inward, reversed } = period;
  const form = gstr3bForm(`${month}-01`);
  const { creditNet } = summaryOf(period);
  const credit = (source: CreditSource): ByHead =>
    headsOf(inward.filter((one) => one.source === source).map(({ taxes }) => taxes));
  const untaxed = (kind: InwardSupply['untaxed'], isInterState: boolean): Paise =>
    sumPaise(
      inward
        .filter((one) => one.untaxed === kind && one.isInterState === isInterState)
        .map(({ taxablePaise }) => taxablePaise),
    );
  return {
    gstin,
    ret_period: `${month.slice(5)}${month.slice(0, 4)}`,
    sup_details: outwardTable(outward, inward),
    ...(form.hasOperators
      ? { eco_dtls: { eco_sup: row(0n, nothingByHead), eco_reg_sup: row(0n, nothingByHead) } }
      : {}),
    itc_elg: {
      itc_avl: [
        { ty: 'IMPG', ...heads(credit('import_of_goods')) },
        { ty: 'IMPS', ...heads(credit('import_of_services')) },
        { ty: 'ISRC', ...heads(credit('reverse_charge')) },
        { ty: 'ISD', ...heads(credit('distributor')) },
        { ty: 'OTH', ...heads(credit('other')) },
      ],
      itc_rev: [
        { ty: 'RUL', ...heads(reversed.byRule) },
        { ty: 'OTH', ...heads(reversed.other) },
      ],
      itc_net: heads(creditNet),
      itc_inelg: [
        { ty: 'RUL', ...heads(nothingByHead) },
        { ty: 'OTH', ...heads(period.lostToTime) },
      ],
    },
    inward_sup: {
      isup_details: [
        { ty: 'GST', inter: untaxed('exempt', true), intra: untaxed('exempt', false) },
        { ty: 'NONGST', inter: untaxed('non_gst', true), intra: untaxed('non_gst', false) },
      ],
    },
    intr_ltfee: { intr_details: heads(period.interest), ltfee_details: {} },
    ...(form.hasPlaces ? { inter_sup: betweenStates(outward, gstin.slice(0, 2)) } : {}),
  };
}

function outwardTable(outward: readonly OutwardDocument[], inward: readonly InwardSupply[]): PortalValue {
  const lines = ownLines(outward);
  const taxed = lines.filter(({ treatment, document }) => treatment === 'taxed' && !document.isReverseCharge);
  const isZeroRated = ({ document }: SignedLine): boolean => /^(?:export|sez)_/.test(document.supply);
  const untaxed = (...treatments: readonly OutwardLine['treatment'][]): Paise =>
    sumPaise(lines.filter(({ treatment }) => treatments.includes(treatment)).map(({ taxablePaise }) => taxablePaise));
  const charged = inward.filter(({ isReverseCharge }) => isReverseCharge);
  return {
    osup_det: rowOf(taxed.filter((line) => !isZeroRated(line))),
    osup_zero: rowOf(taxed.filter(isZeroRated)),
    osup_nil_exmp: row(untaxed('nil', 'exempt'), nothingByHead),
    isup_rev: rowOf(charged),
    osup_nongst: row(untaxed('non_gst'), nothingByHead),
  };
}

/** Table 3.2: between states to people who are not registered. */
function betweenStates(outward: readonly OutwardDocument[], state: string): PortalValue {
  const lines = ownLines(outward).filter(
    ({ treatment, document }) =>
      treatment === 'taxed' &&
      document.recipientGstin === null &&
      document.place !== state &&
      document.supply === 'regular',
  );
  const places = [...Map.groupBy(lines, ({ document }) => document.place)].sort(([one], [other]) =>
    one < other ? -1 : 1,
  );
  return {
    unreg_details: places.map(([pos, same]) => ({
      pos,
      txval: sumPaise(same.map(({ taxablePaise }) => taxablePaise)),
      iamt: sumPaise(same.map(({ taxes }) => taxes.igstPaise)),
    })),
    comp_details: [],
    uin_details: [],
  };
}

/** Of documents that put nothing earlier right. */
const ownLines = (outward: readonly OutwardDocument[]): readonly SignedLine[] =>
  signedLines(outward.filter(({ amends }) => amends === null));

const rowOf = (lines: readonly { readonly taxablePaise: Paise; readonly taxes: GstTaxes }[]): PortalValue =>
  row(sumPaise(lines.map(({ taxablePaise }) => taxablePaise)), headsOf(lines.map(({ taxes }) => taxes)));

const row = (txval: Paise, taxes: ByHead): PortalValue => ({ txval, ...heads(taxes) });
const heads = ({ igst, cgst, sgst, cess }: ByHead) => ({ iamt: igst, camt: cgst, samt: sgst, csamt: cess });

function headsOf(all: readonly GstTaxes[]): ByHead {
  const { igstPaise: igst, cgstPaise: cgst, sgstPaise: sgst, cessPaise: cess } = sumTaxes(all);
  return { igst, cgst, sgst, cess };
}

const minus = (one: ByHead, other: ByHead): ByHead => ({
  igst: one.igst - other.igst,
  cgst: one.cgst - other.cgst,
  sgst: one.sgst - other.sgst,
  cess: one.cess - other.cess,
});
