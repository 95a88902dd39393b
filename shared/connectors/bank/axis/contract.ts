import { z } from 'zod';
import { isIsoDate } from '../../../kernel/dates.ts';

/**
 * The messages inside of the envelope. SubHeader, the names of the operations and most fields of a payment are those of the corporate
 * gateway as it is publicly known; the rest, the words of `responseCode` among it, is our own.
 */
export const operations = {
  balance: { name: 'GetAccountBalance', path: '/acct-recon/get-balance' },
  statement: { name: 'GetAccountStatement', path: '/acct-recon/get-account-statement' },
  transfer: { name: 'TransferPayment', path: '/payments/transfer-payment' },
  status: { name: 'GetTransferPaymentStatus', path: '/acct-recon/get-status' },
} as const;
export type AxisOperation = (typeof operations)[keyof typeof operations];

export const zSubHeader = z.object({
  requestUUID: z.string(),
  serviceRequestId: z.string(),
  serviceRequestVersion: z.string(),
  channelId: z.string(),
});

export const zAccountNumber = z.string().regex(/^\d{9,18}$/);
export const zReference = z.string().regex(/^[A-Za-z0-9]{1,20}$/);
export const zIfsc = z.string().regex(/^[A-Z]{4}0[A-Z0-9]{6}$/);
export const zPageNo = z.string().regex(/^[1-9]\d{0,5}$/);
const zDay = z.string().refine(isIsoDate);
/** Rupees as decimal text; a number of JSON is text too by the time it comes here. */
const zRupees = z.string().regex(/^-?\d{1,15}(\.\d{1,2})?$/);
const zPositiveRupees = z.string().regex(/^\d{1,15}(\.\d{1,2})?$/);
const zMaybeText = z
  .string()
  .max(200)
  .nullish()
  .transform((text) => text?.trim() || null);

export const zTransferBody = z.strictObject({
  channelId: z.string().min(1),
  corpCode: z.string().min(1),
  paymentDetails: z
    .array(
      z.strictObject({
        /** `NE` is NEFT, `RT` is RTGS. */
        txnPaymode: z.enum(['NE', 'RT']),
        custUniqRef: zReference,
        corpAccNum: zAccountNumber,
        valueDate: zDay,
        txnAmount: z.string().regex(/^\d{1,15}\.\d\d$/),
        beneName: z.string().min(1).max(100),
        beneAccNum: z.string().regex(/^[A-Za-z0-9]{5,34}$/),
        beneIfscCode: zIfsc,
        senderToReceiverInfo: z.string().max(100),
      }),
    )
    .length(1),
});
export type TransferBody = z.infer<typeof zTransferBody>;

/** What is around the data of every answer: S for done, F for not, and why. */
const verdict = { status: z.string().max(40), message: z.string().max(1_000), responseCode: zMaybeText };

export const zTransferResponse = z.object({
  ...verdict,
  data: z
    .object({ crn: z.string(), transaction_id: zMaybeText, transactionStatus: z.string().max(60).nullish() })
    .nullish(),
});
export type TransferResponse = z.infer<typeof zTransferResponse>;

const zTransaction = z.object({
  crn: z.string(),
  transaction_id: zMaybeText,
  utrNo: zMaybeText,
  transactionStatus: z.string().max(60),
  statusDescription: z.string().max(1_000).nullish(),
  responseCode: zMaybeText,
  /** `dd-mm-yyyy hh:mm:ss` of India. */
  processingDate: zMaybeText,
  amount: zPositiveRupees,
  chargeAmount: zPositiveRupees.nullish(),
});
export type AxisTransaction = z.infer<typeof zTransaction>;

export const zStatusResponse = z.object({
  ...verdict,
  data: z.object({ CUR_TXN_ENQ: z.array(zTransaction).max(100) }).nullish(),
});
export type StatusResponse = z.infer<typeof zStatusResponse>;

export const zBalanceResponse = z.object({
  ...verdict,
  data: z
    .object({
      corpAccNum: zAccountNumber,
      currency: z.literal('INR').optional(),
      availableBalance: zRupees,
      ledgerBalance: zRupees.nullish(),
    })
    .nullish(),
});

const zLine = z.object({
  transactionDate: zDay,
  valueDate: zDay.nullish(),
  particulars: z.string().max(1_000),
  referenceNo: zMaybeText,
  chequeNo: zMaybeText,
  crDr: z.enum(['C', 'D']),
  amount: zPositiveRupees,
  balance: zRupees.nullish(),
});
export type AxisLine = z.infer<typeof zLine>;

export const zStatementResponse = z.object({
  ...verdict,
  data: z
    .object({
      corpAccNum: zAccountNumber,
      openingBalance: zRupees.nullish(),
      closingBalance: zRupees.nullish(),
      pageNo: zPageNo,
      hasMore: z.enum(['Y', 'N']),
      transactions: z.array(zLine).max(5_000),
    })
    .nullish(),
});
export type StatementData = NonNullable<z.infer<typeof zStatementResponse>['data']>;
