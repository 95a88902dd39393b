import { z } from 'zod';
import { isIsoDate } from '../../../kernel/dates.ts';
import { zInstantText } from '../../_kit/instant.ts';
import { zCount, zRupees } from '../../_kit/rupee-json.ts';

/** What goes over the wire, by the names of contract 000, section 1. Amounts are numbers of rupees. Members that are not named are ignored. */
const zDay = z.string().refine(isIsoDate);
const zBankId = z.string().min(1).max(64);
const zWords = z.string().max(2_000).nullish();

export const zIciciToken = z.object({
  // It goes into a header.
  access_token: z.string().regex(/^[\x21-\x7e]{1,4096}$/),
  // Left out, the document counts on an hour.
  expires_in: zCount.optional(),
});

export const zIciciBalance = z.object({
  accountNumber: z.string(),
  currency: z.literal('INR'),
  availableBalance: zRupees,
  currentBalance: zRupees,
  timestamp: zInstantText,
});

export const zIciciTransaction = z.object({
  transactionId: zBankId,
  date: zDay,
  type: z.enum(['CREDIT', 'DEBIT']),
  amount: zRupees.refine((amount) => amount > 0n),
  balance: zRupees,
  reference: z.string().max(100).nullish(),
  description: z.string().max(1_000),
  chequeNumber: z.string().max(20).nullish(),
});
export type IciciTransaction = z.infer<typeof zIciciTransaction>;

export const zIciciTransactions = z.object({
  transactions: z.array(zIciciTransaction),
  pagination: z.object({ currentPage: zCount, totalPages: zCount, totalRecords: zCount }),
});

/** The answer to a payment. What it calls SUCCESS is that the payment was taken on, not that the beneficiary has it. */
export const zIciciInitiated = z.object({
  status: z.string().min(1).max(50),
  transactionId: zBankId.nullish(),
  referenceNumber: z.string().max(64).nullish(),
  message: zWords,
  estimatedSettlement: z.string().max(40).nullish(),
});

/** The body of the webhook. */
export const zIciciEvent = z.object({
  transactionId: zBankId,
  status: z.string().min(1).max(50),
  settlementTime: zInstantText.nullish(),
  failureReason: zWords,
});
export type IciciEvent = z.infer<typeof zIciciEvent>;

/** Ours: the answer to the enquiry is the webhook's body with the names of the payment, so that one of another payment is seen. */
export const zIciciStatus = zIciciEvent.extend({
  requestId: z.string(),
  referenceId: z.string(),
  utr: z.string().max(40).nullish(),
});

/** Ours: the document shows no error. */
export const zIciciDeclined = z
  .object({ errorCode: z.string().min(1).max(64), message: zWords })
  .transform(({ errorCode, message }) => ({ code: errorCode, text: message ?? '' }));

/** Errors of the token endpoint, as RFC 6749 section 5.2 has them. */
export const zIciciTokenDeclined = z
  .object({ error: z.string().min(1).max(64), error_description: zWords })
  .transform(({ error, error_description }) => ({ code: error, text: error_description ?? '' }));
