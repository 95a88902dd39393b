import { z } from 'zod';
import { isIsoDate } from '../../../kernel/dates.ts';

/** The target namespace of resources/wsdl/sbi.wsdl. */
export const SBI_NAMESPACE = 'urn:munim:sbi:corporate-account:1';

export const zAccountNumber = z.string().regex(/^\d{9,18}$/);
const zDay = z.string().refine(isIsoDate);
/** Rupees as decimal text with at most two decimals; the sign is that of the account, below zero where it is overdrawn. */
const zRupees = z.string().regex(/^-?\d{1,15}(\.\d{1,2})?$/);
const zPositiveRupees = z.string().regex(/^\d{1,15}(\.\d{1,2})?$/);
const zPage = z.string().regex(/^[1-9]\d{0,5}$/);
/** With or without its distance from Greenwich. */
const zInstant = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)?$/);
/** An empty element, which the package reads as null, says no more than none. */
const zMaybeText = z
  .string()
  .max(200)
  .nullish()
  .transform((text) => text || null);

export const zBalanceRequest = z.strictObject({
  accountNumber: zAccountNumber,
  requestType: z.literal('BALANCE_INQUIRY'),
});

export const zBalanceResponse = z.object({
  accountNumber: zAccountNumber,
  currency: z.literal('INR').optional(),
  availableBalance: zRupees,
  ledgerBalance: zRupees.optional(),
  responseDateTime: zInstant,
});
export type BalanceResponse = z.infer<typeof zBalanceResponse>;

export const zStatementRequest = z.strictObject({
  accountNumber: zAccountNumber,
  fromDate: zDay,
  toDate: zDay,
  requestType: z.literal('STATEMENT'),
  page: zPage.optional(),
});

const zLine = z.object({
  transactionDate: zDay,
  valueDate: zDay.optional(),
  description: z.string().max(1_000).nullable(),
  referenceNumber: zMaybeText,
  chequeNumber: zMaybeText,
  direction: z.enum(['CREDIT', 'DEBIT']),
  amount: zPositiveRupees,
  balance: zRupees.optional(),
});
export type StatementLine = z.infer<typeof zLine>;

export const zStatementResponse = z.object({
  accountNumber: zAccountNumber,
  openingBalance: zRupees.optional(),
  closingBalance: zRupees.optional(),
  line: z.array(zLine).max(5_000).default([]),
  nextPage: zPage.optional(),
});
export type StatementResponse = z.infer<typeof zStatementResponse>;
