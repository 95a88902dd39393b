import { z } from 'zod';
import { zDay, zId, zPaise, zWords } from '../../sync/command-args.ts';
import { channel } from '../channel.ts';
import { zReceiptView, zTimelineEntry } from './expenses.ts';
import { zSearch, zWindow } from './lists.ts';

export const zVoucherKind = z.enum([
  'opening',
  'payment',
  'receipt',
  'contra',
  'journal',
  'purchase',
  'sales',
  'debit_note',
  'credit_note',
  'reversal',
]);

/** Null or an empty list means: no condition. Text is searched in number, reference, narration and the names of parties. */
export const zVoucherFilter = z.strictObject({
  collegeId: zId.nullable(),
  text: zSearch,
  kind: z.array(zVoucherKind),
  accountCode: zWords.max(40).nullable(),
  vendorId: zId.nullable(),
  from: zDay.nullable(),
  to: zDay.nullable(),
});
export interface VoucherFilter extends Readonly<z.infer<typeof zVoucherFilter>> {}

export const zVoucherListRow = z.strictObject({
  id: zId,
  collegeId: zId,
  collegeCode: z.string(),
  date: zDay,
  /** Null until the server has given one. */
  number: z.string().nullable(),
  kind: zVoucherKind,
  /** The party, or else the account, of the line that says what the voucher is about. */
  particulars: z.string(),
  /** How many other lines stand beside that one. */
  others: z.int(),
  narration: z.string(),
  amountPaise: zPaise,
  pending: z.boolean(),
  /** Whether a later entry takes it back. */
  reversed: z.boolean(),
});
export interface VoucherListRow extends Readonly<z.infer<typeof zVoucherListRow>> {}

const zBillKind = z.enum(['new', 'against', 'advance', 'on_account']);
const zVoucherLink = z.strictObject({ id: zId, number: z.string().nullable(), date: zDay });

export const zVoucherPage = z.strictObject({
  id: zId,
  collegeId: zId,
  number: z.string().nullable(),
  kind: zVoucherKind,
  date: zDay,
  narration: z.string(),
  reference: z.string().nullable(),
  referenceDate: zDay.nullable(),
  pending: z.boolean(),
  postedByName: z.string(),
  postedAt: z.int(),
  amountPaise: zPaise,
  lines: z.array(
    z.strictObject({
      lineNo: z.int(),
      accountCode: z.string(),
      accountName: z.string(),
      vendorId: zId.nullable(),
      vendorName: z.string().nullable(),
      departmentCode: z.string().nullable(),
      departmentName: z.string().nullable(),
      fundCode: z.string().nullable(),
      fundName: z.string().nullable(),
      debitPaise: zPaise,
      creditPaise: zPaise,
      bills: z.array(
        z.strictObject({
          kind: zBillKind,
          name: z.string().nullable(),
          billDate: zDay.nullable(),
          dueOn: zDay.nullable(),
          amountPaise: zPaise,
        }),
      ),
    }),
  ),
  /** The expense it was posted for; it is then taken back and documented there. */
  expense: z.strictObject({ id: zId, reference: z.string() }).nullable(),
  reverses: zVoucherLink.nullable(),
  reversedBy: zVoucherLink.nullable(),
  /** The next ones of the day book on either side. */
  olderId: zId.nullable(),
  newerId: zId.nullable(),
  actions: z.array(z.enum(['reverse', 'attach', 'duplicate'])),
  receipts: z.array(zReceiptView),
  timeline: z.array(zTimelineEntry),
  /** The command of this voucher that needs attention, if any. */
  attentionSeq: z.int().nullable(),
});
export interface VoucherPage extends Readonly<z.infer<typeof zVoucherPage>> {}

const zOpenBill = z.strictObject({
  name: z.string(),
  billDate: zDay,
  dueOn: zDay.nullable(),
  /** Debit positive: what the party owes; negative: what is owed to it. */
  openPaise: zPaise,
});
export interface OpenBill extends Readonly<z.infer<typeof zOpenBill>> {}

export const voucherChannels = {
  /** The day book, newest first. */
  'vouchers.page': channel(
    z.strictObject({ filter: zVoucherFilter, ...zWindow }),
    z.strictObject({ rows: z.array(zVoucherListRow) }),
  ),
  /** Separate from the page, so that the first rows never wait for a sum. */
  'vouchers.totals': channel(
    z.strictObject({ filter: zVoucherFilter }),
    z.strictObject({ count: z.int(), totalPaise: zPaise }),
  ),
  'vouchers.get': channel(z.strictObject({ id: zId }), zVoucherPage),
  /** Attaches an uploaded file to a voucher. */
  'vouchers.attach': channel(
    z.strictObject({ collegeId: zId, voucherId: zId, fileId: zId }),
    z.strictObject({ commandId: zId, receiptId: zId }),
  ),
  /** Bills of a party that are not settled, oldest first, and what stands on its account without a bill. */
  'bills.open': channel(
    z.strictObject({ collegeId: zId, vendorId: zId }),
    z.strictObject({ rows: z.array(zOpenBill), onAccountPaise: zPaise }),
  ),
} as const;
