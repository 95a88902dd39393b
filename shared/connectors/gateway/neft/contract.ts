import { z } from 'zod';
import { isIsoDate } from '../../../kernel/dates.ts';
import { zInstantText } from '../../_kit/instant.ts';

/** Whole paise. Large ones come as bigint from the reader of JSON. */
const paise = z.union([z.int(), z.bigint()]).transform(BigInt);
const positivePaise = paise.refine((amount) => amount >= 0n);
const day = z.string().refine(isIsoDate);
/** The contract's examples are UTC; another zone is as good. */
const instant = zInstantText.transform((text) => Date.parse(text));
const id = z.string().min(1).max(200);

/** What a failed payment failed of. Our addition: the contract lists the codes and does not say where they stand. */
const failure = z.object({ code: z.string().max(100), message: z.string().max(1_000).default('') });

export const initiated = z.object({
  payment_id: id,
  status: z.string().min(1).max(100),
  estimated_completion: z.string().nullish(),
  transaction_id: z.string().nullish(),
});

export const paymentStatus = z.object({
  payment_id: id,
  status: z.string().min(1).max(100),
  /** Our addition; without it the payment is known by its id. */
  reference_number: z.string().nullish(),
  transaction_id: z.string().nullish(),
  utr_number: z.string().max(40).nullish(),
  completed_at: instant.nullish(),
  amount: positivePaise.nullish(),
  charges: positivePaise.nullish(),
  error: failure.nullish(),
});

/** Our addition: the payments with one reference number. */
export const paymentList = z.object({ data: z.array(paymentStatus).max(100) });

/** Section 5.2. */
export const refused = z.object({ error: failure });

export const balanceAnswer = z.object({
  account_number: z.string(),
  available_balance: paise,
  as_of: instant,
});

export const statementAnswer = z.object({
  account_number: z.string(),
  bank_name: z.string().nullish(),
  statement_period: z.object({ from: day, to: day }),
  opening_balance: paise,
  closing_balance: paise,
  transactions: z.array(
    z.object({
      date: day,
      description: z.string(),
      ref_number: z.string().nullish(),
      debit: positivePaise,
      credit: positivePaise,
      balance: paise.nullish(),
    }),
  ),
});

export const paymentEvent = z.object({
  event: z.string().min(1).max(100),
  payment_id: id,
  reference_number: z.string().max(100).nullish(),
  status: z.string().min(1).max(100),
  transaction_id: z.string().nullish(),
  utr_number: z.string().max(40).nullish(),
  completed_at: instant.nullish(),
  error: failure.nullish(),
});
