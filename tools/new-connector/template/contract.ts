import { z } from 'zod';
import { isIsoDate } from '../../../shared/kernel/dates.ts';

/** Whole paise. Large ones come as bigint from the reader of JSON. */
const paise = z.union([z.int(), z.bigint()]).transform(BigInt);
const side = paise.refine((amount) => amount >= 0n);

export const tokenAnswer = z.object({ access_token: z.string().min(1), expires_in: z.int().positive() });

export const balanceAnswer = z.object({ account: z.string(), available: paise, current: paise, at: z.int() });

export const statementAnswer = z.object({
  account: z.string(),
  opening: paise,
  closing: paise,
  next: z.string().nullable(),
  lines: z.array(
    z.object({
      date: z.string().refine(isIsoDate),
      narration: z.string(),
      reference: z.string().nullable(),
      debit: side,
      credit: side,
      balance: paise,
    }),
  ),
});

export const paymentAnswer = z.object({
  id: z.string().min(1),
  reference: z.string().min(1),
  status: z.string().min(1),
  utr: z.string().nullable(),
  settledOn: z.string().refine(isIsoDate).nullable(),
  failure: z.object({ code: z.string(), text: z.string() }).nullable(),
});

export const batchAnswer = z.object({ batchId: z.string(), payments: z.array(paymentAnswer) });

export const paymentList = z.object({ payments: z.array(paymentAnswer) });

export const refused = z.object({ code: z.string(), text: z.string() });

export const paymentEvent = z.object({ payment: paymentAnswer });
