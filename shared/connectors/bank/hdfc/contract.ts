import { z } from 'zod';
import { isIsoDate } from '../../../kernel/dates.ts';
import { limits } from '../../../kernel/limits.ts';
import { zCount, zRupees } from '../../_kit/rupee-json.ts';

/**
 * What goes over the wire. Paths, headers and what is sent are those of contract 000, section 2; it shows no answer, so the answers are ours,
 * as plain as could be (README.md). Amounts are numbers of rupees. Members that are not named are ignored.
 */
const zDay = z.string().refine(isIsoDate);
const zBankId = z.string().min(1).max(64);
/** One side of a line; nothing and zero are the same. */
const zSide = zRupees
  .nullish()
  .transform((amount) => amount ?? 0n)
  .refine((amount) => amount >= 0n);

export const zHdfcLine = z
  .object({
    transactionId: zBankId,
    date: zDay,
    valueDate: zDay.nullish(),
    narration: z.string().max(1_000),
    referenceNumber: z.string().max(100).nullish(),
    chequeNumber: z.string().max(20).nullish(),
    /** Exactly one of the two is above zero. */
    withdrawalAmount: zSide,
    depositAmount: zSide,
    closingBalance: zRupees,
  })
  .refine(({ withdrawalAmount, depositAmount }) => withdrawalAmount > 0n !== depositAmount > 0n, {
    path: ['withdrawalAmount'],
  });
export type HdfcLine = z.infer<typeof zHdfcLine>;

export const zHdfcStatement = z.object({
  accountNumber: z.string(),
  fromDate: zDay,
  toDate: zDay,
  /** Of the whole period, on every page. */
  openingBalance: zRupees,
  closingBalance: zRupees,
  page: zCount,
  totalPages: zCount,
  totalRecords: zCount,
  transactions: z.array(zHdfcLine),
});
export type HdfcStatement = z.infer<typeof zHdfcStatement>;

export const zHdfcRow = z.object({
  /** Our reference, as it was sent. */
  employeeId: z.string().max(64),
  amount: zRupees,
  status: z.string().min(1).max(50),
  transactionId: zBankId.nullish(),
  utr: z.string().max(40).nullish(),
  settledOn: zDay.nullish(),
  reason: z.string().max(2_000).nullish(),
});
export type HdfcRow = z.infer<typeof zHdfcRow>;

/** Of a batch that was sent, and of one that is asked for. */
export const zHdfcBatch = z.object({
  batchId: z.string().max(64),
  batchReference: zBankId.nullish(),
  totalCount: zCount,
  totalAmount: zRupees,
  payments: z.array(zHdfcRow).max(4 * limits.connector.bulkRowsMax),
});
export type HdfcBatch = z.infer<typeof zHdfcBatch>;

export const zHdfcDeclined = z
  .object({ errorCode: z.string().min(1).max(64), errorMessage: z.string().max(2_000).nullish() })
  .transform(({ errorCode, errorMessage }) => ({ code: errorCode, text: errorMessage ?? '' }));
