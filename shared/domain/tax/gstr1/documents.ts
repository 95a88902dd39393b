import type { IsoDate } from '../../../kernel/dates.ts';
import type { Paise } from '../../../kernel/money.ts';
import type { GstTaxes } from '../gst.ts';

/** How a supply is told apart in table 4 and 6 of GSTR-1; `regular` for all that is nothing else. */
export type SupplyClass =
  | 'regular'
  | 'sez_with_payment'
  | 'sez_without_payment'
  | 'deemed_export'
  /** Within the state, and yet under the integrated tax. */
  | 'igst_within_state'
  | 'export_with_payment'
  | 'export_without_payment';

/** A line of a document as it was issued. Amounts are those of the document, positive in credit notes too. */
export interface OutwardLine {
  /** HSN of goods, SAC of services; four digits or more. */
  readonly code: string;
  readonly description: string;
  /** Unit quantity code; null for services. */
  readonly unit: string | null;
  /** Hundredths of the unit. */
  readonly quantity: bigint;
  readonly treatment: 'taxed' | 'nil' | 'exempt' | 'non_gst';
  /** Zero for what is not taxed. */
  readonly basisPoints: bigint;
  readonly taxablePaise: Paise;
  readonly taxes: GstTaxes;
}

export interface OutwardDocument {
  readonly kind: 'invoice' | 'credit_note' | 'debit_note';
  readonly number: string;
  readonly date: IsoDate;
  /** Null for whom is not registered. */
  readonly recipientGstin: string | null;
  readonly supply: SupplyClass;
  /** GST state code; 96 for what leaves India. */
  readonly place: string;
  /** The recipient pays the tax. */
  readonly isReverseCharge: boolean;
  readonly lines: readonly OutwardLine[];
  /** Of a note to somebody who is not registered: whether its invoice was a large one between states. */
  readonly isOfLargeInvoice: boolean;
  readonly shippingBill: { readonly port: string; readonly number: string; readonly date: IsoDate } | null;
  /** The document of an earlier return that this one puts right. */
  readonly amends: { readonly number: string; readonly date: IsoDate } | null;
}

/** A line as it counts in sums: a credit note takes back what it says. */
export interface SignedLine extends OutwardLine {
  readonly document: OutwardDocument;
}

/** The lines of documents, those of credit notes negative, quantities too. */
export function signedLines(documents: readonly OutwardDocument[]): readonly SignedLine[] {
  return documents.flatMap((document) => {
    const sign = document.kind === 'credit_note' ? -1n : 1n;
    return document.lines.map((line) => ({
      ...line,
      document,
      quantity: sign * line.quantity,
      taxablePaise: sign * line.taxablePaise,
      taxes: {
        ...{ cgstPaise: sign * line.taxes.cgstPaise, sgstPaise: sign * line.taxes.sgstPaise },
        ...{ igstPaise: sign * line.taxes.igstPaise, cessPaise: sign * line.taxes.cessPaise },
      },
    }));
  });
}

/** An advance that was received in the period without an invoice, or one of before that an invoice of the period has used up. */
export interface Advance {
  readonly kind: 'received' | 'adjusted';
  readonly place: string;
  readonly basisPoints: bigint;
  readonly paise: Paise;
  readonly taxes: GstTaxes;
}

/** The numbers of a kind of document that were used in the period, one after another. */
export interface DocumentRange {
  /** Its place in `documentKinds`, from 1. */
  readonly kind: number;
  readonly from: string;
  readonly to: string;
  readonly total: number;
  readonly cancelled: number;
}

/** Table 13: the order is that of the portal, whose number of a kind is its place here. */
export const documentKinds: readonly string[] = [
  'Invoices for outward supply',
  'Invoices for inward supply from unregistered person',
  'Revised Invoice',
  'Debit Note',
  'Credit Note',
  'Receipt Voucher',
  'Payment Voucher',
  'Refund Voucher',
  'Delivery Challan for job work',
  'Delivery Challan for supply on approval',
  'Delivery Challan in case of liquid gas',
  'Delivery Challan in case other than by way of supply (excluding at S no. 9 to 11)',
];

/** All that a return for outward supplies is made of. */
export interface OutwardPeriod {
  readonly gstin: string;
  /** The month, or the last one of a quarter, as `YYYY-MM`. */
  readonly month: string;
  /** A quarterly taxpayer in the first two months of a quarter gives only what registered recipients need (IFF). */
  readonly isInvoiceFurnishing: boolean;
  readonly documents: readonly OutwardDocument[];
  readonly advances: readonly Advance[];
  readonly ranges: readonly DocumentRange[];
}
