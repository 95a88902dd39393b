import { z } from 'zod';
import { paymentStates } from '../../domain/payment-order/news.ts';
import { limits } from '../../kernel/limits.ts';
import { zDay, zId, zPaise } from '../../sync/command-args.ts';
import { channel } from '../channel.ts';
import { zSearch, zWindow } from './lists.ts';

export const zOrderStatus = z.enum([
  'prepared',
  'released',
  'sending',
  'exported',
  'in_doubt',
  'not_received',
  'accepted',
  'paid',
  'failed',
  'returned',
  'withdrawn',
]);
export const zOrderAttention = z.enum(['older_paid', 'paid_twice', 'failed_after_paid', 'alive_after_end']);
const zMode = z.enum(['neft', 'rtgs']);

const zBankAccountView = z.strictObject({
  id: zId,
  name: z.string(),
  bankName: z.string(),
  accountNumber: z.string(),
  ifsc: z.string(),
  accountCode: z.string(),
  accountName: z.string(),
  connector: z.string().nullable(),
  fileFormat: z.string().nullable(),
  paymentLimitPaise: zPaise.nullable(),
  dailyLimitPaise: zPaise.nullable(),
  /** What counts against the limit of this day. */
  releasedTodayPaise: zPaise,
  /** By the books, debit positive. */
  bookBalancePaise: zPaise,
  isActive: z.boolean(),
  revision: z.int(),
  pending: z.boolean(),
});
export interface BankAccountView extends Readonly<z.infer<typeof zBankAccountView>> {}

/**
 * What stands between a vendor and his money: no bank details, details that nobody approved, that are too new, or nothing. `own` says that the
 * person asking changed them last, so that another one has to approve them.
 */
const zBeneficiaryView = z.strictObject({
  state: z.enum(['missing', 'unapproved', 'cooling', 'usable']),
  accountName: z.string(),
  accountNumber: z.string(),
  ifsc: z.string(),
  changedByName: z.string(),
  changedAt: z.int().nullable(),
  approvedByName: z.string().nullable(),
  usableFrom: z.int().nullable(),
  own: z.boolean(),
  revision: z.int(),
});
export interface BeneficiaryView extends Readonly<z.infer<typeof zBeneficiaryView>> {}

const zBillToPay = z.strictObject({
  expenseId: zId,
  revision: z.int(),
  reference: z.string(),
  provisional: z.boolean(),
  vendorId: zId,
  vendorName: z.string(),
  billNo: z.string().nullable(),
  billDate: zDay,
  description: z.string(),
  payablePaise: zPaise,
  mode: zMode,
  beneficiary: zBeneficiaryView,
  /** Another payment of the same amount to this vendor in the last days: its number or the bill's. */
  twin: z.string().nullable(),
});
export interface BillToPay extends Readonly<z.infer<typeof zBillToPay>> {}

const zOrderRow = z.strictObject({
  id: zId,
  batchId: zId,
  number: z.string().nullable(),
  status: zOrderStatus,
  attention: zOrderAttention.nullable(),
  pending: z.boolean(),
  expenseId: zId,
  expenseReference: z.string(),
  vendorName: z.string(),
  beneficiaryName: z.string(),
  accountNumber: z.string(),
  ifsc: z.string(),
  mode: zMode,
  amountPaise: zPaise,
  bankAccountId: zId,
  bankAccountName: z.string(),
  purpose: z.string(),
  /** What the bank calls the last sending in its statement; null before the first. */
  wireReference: z.string().nullable(),
  fence: z.int(),
  makerId: zId,
  makerName: z.string(),
  preparedAt: z.int(),
  checkerName: z.string().nullable(),
  releasedAt: z.int().nullable(),
  notBefore: z.int().nullable(),
  senderName: z.string().nullable(),
  takenAt: z.int().nullable(),
  /** Whether it is this desk that holds it. */
  here: z.boolean(),
  providerId: z.string().nullable(),
  utr: z.string().nullable(),
  failureReason: z.string().nullable(),
  failureText: z.string().nullable(),
  chargesPaise: zPaise.nullable(),
  paidOn: zDay.nullable(),
  paymentVoucherId: zId.nullable(),
  returnedOn: zDay.nullable(),
  returnVoucherId: zId.nullable(),
  /** While it can be released: another payment of the same amount to this vendor in the last days, as in a bill to pay. */
  twin: z.string().nullable(),
});
export interface PaymentOrderRow extends Readonly<z.infer<typeof zOrderRow>> {}

/** `check` waits for a checker; `under_way` is with a desk or the bank; `person` needs somebody; `done` is over. */
export const zOrderStage = z.enum(['check', 'under_way', 'person', 'done']);
export type OrderStage = z.infer<typeof zOrderStage>;

/** Orders of one batch that go into a file together: all released ones, or again all of one file that was made on this desk. */
const zFileQuestion = {
  collegeId: zId,
  batchId: zId,
  orderIds: z.array(zId).min(1).max(limits.payment.batchMax),
  /** The name the bank gave the college for its files. */
  client: z
    .string()
    .regex(/^[A-Za-z0-9_-]*$/)
    .max(limits.bulkFile.clientMax),
};
const zSerial = z.int().min(1).max(limits.bulkFile.serialMax);

const zFilePreview = z.strictObject({
  fileName: z.string(),
  /** What stands in each place of a row: a name of `bulkValues`, or `text`. */
  columns: z.array(z.string()),
  /** The first of them. */
  rows: z.array(z.array(z.string())),
  count: z.int(),
  totalPaise: zPaise,
  serial: zSerial,
  date: zDay,
  /** Whether it was made before and comes out the same. */
  again: z.boolean(),
});
export interface PaymentFilePreview extends Readonly<z.infer<typeof zFilePreview>> {}

export const paymentChannels = {
  'bankAccounts.list': channel(z.strictObject({ collegeId: zId }), z.strictObject({ rows: z.array(zBankAccountView) })),
  /** Approved bills under no payment, oldest first. */
  'payments.toPay': channel(
    z.strictObject({ collegeId: zId, text: zSearch, ...zWindow }),
    z.strictObject({ rows: z.array(zBillToPay), count: z.int(), totalPaise: zPaise }),
  ),
  /** Bank details that wait for another person. */
  'payments.beneficiaries': channel(
    z.strictObject({ collegeId: zId, ...zWindow }),
    z.strictObject({
      rows: z.array(z.strictObject({ vendorId: zId, vendorName: z.string(), beneficiary: zBeneficiaryView })),
      count: z.int(),
    }),
  ),
  'payments.orders': channel(
    z.strictObject({ collegeId: zId, stage: zOrderStage, text: zSearch, ...zWindow }),
    z.strictObject({ rows: z.array(zOrderRow), count: z.int(), totalPaise: zPaise }),
  ),
  /** All orders of a batch, for the checker to see together. */
  'payments.batch': channel(
    z.strictObject({ collegeId: zId, batchId: zId }),
    z.strictObject({ rows: z.array(zOrderRow) }),
  ),
  /** The file as it would be made now; null as serial asks for a proposal. */
  'payments.previewFile': channel(z.strictObject({ ...zFileQuestion, serial: zSerial.nullable() }), zFilePreview),
  /**
   * Writes into the books that the orders stand in a file, and then makes it. It leaves the desk only when the server has said that it is this
   * desk's: until then `waiting`, and asking again later makes the same file.
   */
  'payments.exportFile': channel(
    z.strictObject({ ...zFileQuestion, serial: zSerial }),
    z.discriminatedUnion('state', [
      z.strictObject({ state: z.literal('made'), fileId: zId, fileName: z.string() }),
      z.strictObject({ state: z.literal('waiting') }),
    ]),
  ),
  /** Asks the bank after one payment now. The books hold what it says when this answers. */
  'payments.askBank': channel(
    z.strictObject({ collegeId: zId, bankAccountId: zId, orderId: zId }),
    z.strictObject({ state: z.enum(paymentStates) }),
  ),
  'payments.counts': channel(
    z.strictObject({ collegeId: zId }),
    z.strictObject({ toPay: z.int(), check: z.int(), underWay: z.int(), person: z.int(), beneficiaries: z.int() }),
  ),
} as const;
