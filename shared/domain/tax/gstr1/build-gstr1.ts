import type { IsoDate } from '../../../kernel/dates.ts';
import { type Paise, sumPaise } from '../../../kernel/money.ts';
import { compareText } from '../../../kernel/order.ts';
import { type GstTaxes, sumTaxes, totalTax } from '../gst.ts';
import { gstLimit } from '../gst-rules.ts';
import type { PortalValue } from '../portal-json.ts';
import {
  type Advance,
  type DocumentRange,
  documentKinds,
  type OutwardDocument,
  type OutwardLine,
  type OutwardPeriod,
  type SupplyClass,
  signedLines,
} from './documents.ts';
import { hsnSummary } from './hsn.ts';

type Members = { readonly [key: string]: PortalValue | undefined };

/**
 * GSTR-1 as the portal and its offline tool take it, version GST3.2.4: what goes where by the kind of the recipient, the place of supply and the
 * amount; tables without anything in them are left out. The documents are expected to be in order, see `checkGstr1`.
 */
export function buildGstr1(period: OutwardPeriod): PortalValue {
  const { gstin, month, documents, advances } = period;
  const sorted = new Sorted(gstin.slice(0, 2), documents);
  const head = { gstin, fp: `${month.slice(5)}${month.slice(0, 4)}`, version: toolVersion, hash: 'hash' };
  const registered = { b2b: sorted.b2b(false), b2ba: sorted.b2b(true) };
  const notes = { cdnra: sorted.cdnr(true), cdnr: sorted.cdnr(false) };
  if (period.isInvoiceFurnishing) return withoutEmpty({ ...head, ...registered, ...notes });
  return withoutEmpty({
    ...head,
    ...registered,
    b2cl: sorted.b2cl(false),
    b2cla: sorted.b2cl(true),
    b2cs: sorted.b2cs(),
    nil: { inv: sorted.nil() },
    exp: sorted.exp(false),
    expa: sorted.exp(true),
    cdnra: notes.cdnra,
    at: advancesOf(advances, 'received', gstin.slice(0, 2)),
    cdnr: notes.cdnr,
    cdnur: sorted.cdnur(false),
    cdnura: sorted.cdnur(true),
    doc_issue: { doc_det: documentsIssued(period.ranges) },
    hsn: hsnSummary(documents, `${month}-01`),
    txpd: advancesOf(advances, 'adjusted', gstin.slice(0, 2)),
  });
}

const toolVersion = 'GST3.2.4';

/** Leaves out lists and objects in which nothing is. */
function withoutEmpty(members: Members): PortalValue {
  const kept = Object.entries(members).flatMap(([key, value]) => {
    const inner = isMembers(value) ? withoutEmpty(value) : value;
    return inner === undefined || isEmpty(inner) ? [] : [[key, inner] as const];
  });
  return Object.fromEntries(kept);
}

const isMembers = (value: PortalValue | undefined): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isEmpty = (value: PortalValue): boolean =>
  Array.isArray(value) ? value.length === 0 : isMembers(value) && Object.keys(value).length === 0;

const portalClass: Readonly<Record<SupplyClass, string>> = {
  regular: 'R',
  sez_with_payment: 'SEWP',
  sez_without_payment: 'SEWOP',
  deemed_export: 'DE',
  igst_within_state: 'CBW',
  export_with_payment: 'WPAY',
  export_without_payment: 'WOPAY',
};
const isExport = ({ supply }: OutwardDocument): boolean => supply.startsWith('export_');
const isNote = ({ kind }: OutwardDocument): boolean => kind !== 'invoice';

/** What a document comes to with its tax; under reverse charge the tax is the recipient's and no part of it. */
export function documentValue({ lines, isReverseCharge }: OutwardDocument): Paise {
  const taxable = sumPaise(lines.map(({ taxablePaise }) => taxablePaise));
  return isReverseCharge ? taxable : taxable + sumPaise(lines.map(({ taxes }) => totalTax(taxes)));
}

class Sorted {
  readonly #state: string;
  readonly #documents: readonly OutwardDocument[];

  /** @param state of the supplier */
  constructor(state: string, documents: readonly OutwardDocument[]) {
    this.#state = state;
    this.#documents = [...documents].sort(
      (one, other) => compareText(one.date, other.date) || compareText(one.number, other.number),
    );
  }

  /** Documents of a kind with something taxed in them, of this period or putting an earlier one right. */
  #taxed(isAmending: boolean, isMeant: (document: OutwardDocument) => boolean): readonly OutwardDocument[] {
    return this.#documents.filter(
      (document) => (document.amends !== null) === isAmending && isMeant(document) && itemsOf(document).length > 0,
    );
  }

  b2b(isAmending: boolean): PortalValue {
    const documents = this.#taxed(isAmending, (one) => one.recipientGstin !== null && !isNote(one) && !isExport(one));
    return grouped(
      documents,
      ({ recipientGstin }) => recipientGstin ?? '',
      'ctin',
      'inv',
      (document) => ({
        ...originalOf(document, 'oinum', 'oidt'),
        ...numbered(document, 'inum', 'idt'),
        val: documentValue(document),
        pos: document.place,
        rchrg: yesNo(document.isReverseCharge),
        inv_typ: portalClass[document.supply],
        itms: this.#items(document),
      }),
    );
  }

  cdnr(isAmending: boolean): PortalValue {
    const documents = this.#taxed(isAmending, (one) => one.recipientGstin !== null && isNote(one) && !isExport(one));
    return grouped(
      documents,
      ({ recipientGstin }) => recipientGstin ?? '',
      'ctin',
      'nt',
      (document) => ({
        ...originalOf(document, 'ont_num', 'ont_dt'),
        ...numbered(document, 'nt_num', 'nt_dt'),
        ntty: noteType(document),
        val: documentValue(document),
        pos: document.place,
        rchrg: yesNo(document.isReverseCharge),
        inv_typ: portalClass[document.supply],
        itms: this.#items(document),
      }),
    );
  }

  b2cl(isAmending: boolean): PortalValue {
    const documents = this.#taxed(isAmending, (one) => !isNote(one) && this.#isLarge(one));
    return grouped(
      documents,
      ({ place }) => place,
      'pos',
      'inv',
      (document) => ({
        ...originalOf(document, 'oinum', 'oidt'),
        ...numbered(document, 'inum', 'idt'),
        val: documentValue(document),
        itms: this.#items(document),
      }),
    );
  }

  cdnur(isAmending: boolean): PortalValue {
    const documents = this.#taxed(
      isAmending,
      (one) => isNote(one) && (isExport(one) || (one.recipientGstin === null && one.isOfLargeInvoice)),
    );
    return documents.map((document) => ({
      ...originalOf(document, 'ont_num', 'ont_dt'),
      ...numbered(document, 'nt_num', 'nt_dt'),
      ntty: noteType(document),
      val: documentValue(document),
      typ: unregisteredType(document),
      pos: isExport(document) ? undefined : document.place,
      itms: this.#items(document),
    }));
  }

  exp(isAmending: boolean): PortalValue {
    const documents = this.#taxed(isAmending, (one) => isExport(one) && !isNote(one));
    return grouped(
      documents,
      ({ supply }) => portalClass[supply],
      'exp_typ',
      'inv',
      (document) => ({
        ...originalOf(document, 'oinum', 'oidt'),
        ...numbered(document, 'inum', 'idt'),
        val: documentValue(document),
        sbpcode: document.shippingBill?.port,
        sbnum: document.shippingBill?.number,
        sbdt: document.shippingBill === null ? undefined : portalDate(document.shippingBill.date),
        itms: itemsOf(document).map(({ basisPoints, taxablePaise, taxes }) => ({
          ...{ txval: taxablePaise, rt: basisPoints, iamt: taxes.igstPaise, csamt: taxes.cessPaise },
        })),
      }),
    );
  }

  /** All other sales to people, summed up; what notes took back is off. */
  b2cs(): PortalValue {
    const rows = signedLines(this.#taxed(false, (one) => this.#isSmall(one))).filter(
      ({ treatment }) => treatment === 'taxed',
    );
    const groups = Map.groupBy(rows, ({ document, basisPoints }) => `${document.place} ${basisPoints}`);
    return [...groups]
      .sort(([one], [other]) => compareNatural(one, other))
      .flatMap(([, same]) => {
        const [first] = same;
        if (first === undefined) return [];
        const { place } = first.document;
        const isIntra = place === this.#state;
        return {
          ...{ sply_ty: isIntra ? 'INTRA' : 'INTER', rt: first.basisPoints, typ: 'OE', pos: place },
          txval: sumPaise(same.map(({ taxablePaise }) => taxablePaise)),
          ...taxMembers(sumTaxes(same.map(({ taxes }) => taxes)), isIntra),
        };
      });
  }

  /** Table 8: nil-rated, exempt and non-GST supplies; what students pay for teaching is here. */
  nil(): PortalValue {
    return nilKinds.flatMap(({ code, isInter, isRegistered }) => {
      const lines = signedLines(
        this.#documents.filter(
          ({ amends, place, recipientGstin }) =>
            amends === null && (place !== this.#state) === isInter && (recipientGstin !== null) === isRegistered,
        ),
      );
      const sum = (treatment: OutwardLine['treatment']): Paise =>
        sumPaise(lines.filter((line) => line.treatment === treatment).map(({ taxablePaise }) => taxablePaise));
      const [expt, nil, nonGst] = [sum('exempt'), sum('nil'), sum('non_gst')];
      if (expt === 0n && nil === 0n && nonGst === 0n) return [];
      return [{ sply_ty: code, expt_amt: expt, nil_amt: nil, ngsup_amt: nonGst }];
    });
  }

  /** The number of an item is made of its rate: 1801 for 18 percent. */
  #items(document: OutwardDocument): PortalValue {
    const isIntra = this.#isWithin(document);
    return itemsOf(document).map(({ basisPoints, taxablePaise, taxes }) => ({
      num: Number(basisPoints) + 1,
      itm_det: { txval: taxablePaise, rt: basisPoints, ...taxMembers(taxes, isIntra) },
    }));
  }

  /** Between states there is only the integrated tax, within one only the other two, also where all are nothing. */
  #isWithin({ place, supply }: OutwardDocument): boolean {
    return place === this.#state && (supply === 'regular' || supply === 'deemed_export');
  }

  #isLarge(document: OutwardDocument): boolean {
    if (document.recipientGstin !== null || isExport(document) || document.place === this.#state) return false;
    const limit = gstLimit('b2c_large', document.amends?.date ?? document.date);
    return limit !== undefined && documentValue(document) > limit;
  }

  #isSmall(document: OutwardDocument): boolean {
    if (document.recipientGstin !== null || isExport(document)) return false;
    return isNote(document) ? !document.isOfLargeInvoice : !this.#isLarge(document);
  }
}

const nilKinds = [
  { code: 'INTRB2B', isInter: true, isRegistered: true },
  { code: 'INTRB2C', isInter: true, isRegistered: false },
  { code: 'INTRAB2B', isInter: false, isRegistered: true },
  { code: 'INTRAB2C', isInter: false, isRegistered: false },
] as const;

/** What a document says of taxed supplies at one rate. */
interface Item {
  readonly basisPoints: bigint;
  readonly taxablePaise: Paise;
  readonly taxes: GstTaxes;
}

/** Lines of one rate together, as the portal wants them; the lowest rate first. */
function itemsOf({ lines }: OutwardDocument): readonly Item[] {
  const taxed = lines.filter(({ treatment }) => treatment === 'taxed');
  return [...Map.groupBy(taxed, ({ basisPoints }) => basisPoints)]
    .sort(([one], [other]) => Number(one - other))
    .map(([basisPoints, same]) => ({
      basisPoints,
      taxablePaise: sumPaise(same.map(({ taxablePaise }) => taxablePaise)),
      taxes: sumTaxes(same.map(({ taxes }) => taxes)),
    }));
}

function taxMembers({ cgstPaise, sgstPaise, igstPaise, cessPaise }: GstTaxes, isIntra: boolean): Members {
  return isIntra ? { camt: cgstPaise, samt: sgstPaise, csamt: cessPaise } : { iamt: igstPaise, csamt: cessPaise };
}

function grouped(
  documents: readonly OutwardDocument[],
  keyOf: (document: OutwardDocument) => string,
  keyName: string,
  listName: string,
  write: (document: OutwardDocument) => Members,
): PortalValue {
  return [...Map.groupBy(documents, keyOf)]
    .sort(([one], [other]) => compareText(one, other))
    .map(([key, same]) => ({ [keyName]: key, [listName]: same.map(write) }));
}

const originalOf = ({ amends }: OutwardDocument, numberName: string, dateName: string): Members =>
  amends === null ? {} : { [numberName]: amends.number, [dateName]: portalDate(amends.date) };
const numbered = ({ number, date }: OutwardDocument, numberName: string, dateName: string): Members => ({
  [numberName]: number,
  [dateName]: portalDate(date),
});
const noteType = ({ kind }: OutwardDocument): string => (kind === 'credit_note' ? 'C' : 'D');
const yesNo = (isSo: boolean): string => (isSo ? 'Y' : 'N');

function unregisteredType({ supply }: OutwardDocument): string {
  if (supply === 'export_with_payment') return 'EXPWP';
  return supply === 'export_without_payment' ? 'EXPWOP' : 'B2CL';
}

/** `dd-mm-yyyy` */
const portalDate = (date: IsoDate): string => `${date.slice(8)}-${date.slice(5, 7)}-${date.slice(0, 4)}`;
const compareNatural = (one: string, other: string): number => {
  const [[place = '', rate = ''], [otherPlace = '', otherRate = '']] = [one.split(' '), other.split(' ')];
  return compareText(place, otherPlace) || Number(rate) - Number(otherRate);
};

function advancesOf(advances: readonly Advance[], kind: Advance['kind'], state: string): PortalValue {
  const meant = advances.filter((advance) => advance.kind === kind);
  return [...Map.groupBy(meant, ({ place }) => place)]
    .sort(([one], [other]) => compareText(one, other))
    .map(([place, same]) => ({
      pos: place,
      sply_ty: place === state ? 'INTRA' : 'INTER',
      itms: [...same]
        .sort((one, other) => Number(one.basisPoints - other.basisPoints))
        .map(({ basisPoints, paise, taxes }) => ({
          rt: basisPoints,
          ad_amt: paise,
          ...taxMembers(taxes, place === state),
        })),
    }));
}

function documentsIssued(ranges: readonly DocumentRange[]): PortalValue {
  return [...Map.groupBy(ranges, ({ kind }) => kind)]
    .sort(([one], [other]) => one - other)
    .map(([kind, same]) => ({
      doc_num: kind,
      doc_typ: documentKinds[kind - 1] ?? '',
      docs: same.map(({ from, to, total, cancelled }, at) => ({
        ...{ num: at + 1, from, to, totnum: total, cancel: cancelled, net_issue: total - cancelled },
      })),
    }));
}
