import { z } from 'zod';
import { limits } from '../../shared/kernel/limits.ts';
import { parseRupees } from '../../shared/kernel/money.ts';
import { zId, zMonth, zWords } from '../../shared/sync/command-args.ts';
import { ApiNumber } from './api-json.ts';

/**
 * The answers of 001 section 1 as its portals read them. The document says "amounts in paisa" but its samples in sections 1.2 and 1.3
 * are rupees, so rupees it is: an amount is kept here as paise (bigint) and written as a JSON number of rupees.
 */
export const zRupees = z.bigint().meta({ unit: 'rupees', wire: 'JSON number, at most two decimals' });

/** The document numbers its records 1, 2, 3; ours are UUIDs and go out as text. */
const zApiId = z.string();

export const zCollegesAnswer = z.strictObject({
  data: z.array(
    z.strictObject({
      id: zApiId,
      name: z.string(),
      code: z.string(),
      is_active: z.boolean(),
      address: z.string(),
      phone: z.string().nullable(),
    }),
  ),
});

export const zUsersAnswer = z.strictObject({
  data: z.array(
    z.strictObject({
      id: zApiId,
      name: z.string(),
      email: z.string(),
      role: z.string(),
      college_id: zApiId,
      is_active: z.boolean(),
    }),
  ),
});

export const zGlCodesAnswer = z.strictObject({
  data: z.array(
    z.strictObject({
      id: zApiId,
      code: z.string(),
      name: z.string(),
      category: z.string().nullable(),
      is_active: z.boolean(),
    }),
  ),
});

export const zCategoriesAnswer = z.strictObject({
  categories: z.array(
    z.strictObject({
      value: z.string(),
      label: z.string(),
      requires_approval: z.boolean(),
      receipt_threshold: zRupees,
    }),
  ),
});

export const zBudgetsAnswer = z.strictObject({
  college_id: zApiId,
  financial_year: z.string(),
  budgets: z.array(
    z.strictObject({
      category: z.string(),
      allocated_amount: zRupees,
      /** Spent and committed: what can no longer be asked for. */
      utilized_amount: zRupees,
      remaining_amount: zRupees,
      utilization_percentage: z.number(),
      alert_level: z.enum(['normal', 'warning', 'critical']),
    }),
  ),
});

export const zExpensesAnswer = z.strictObject({
  data: z.array(
    z.strictObject({
      expense_number: z.string().nullable(),
      college_id: zApiId,
      college_name: z.string(),
      category: z.string(),
      amount: zRupees,
      expense_date: z.string(),
      vendor_name: z.string(),
      gl_code: z.string(),
      status: z.string(),
      approved_by_name: z.string().nullable(),
      approved_at: z.string().nullable(),
    }),
  ),
  summary: z.strictObject({ total_expenses: zRupees, expense_count: z.int() }),
});

export const zConsolidationAnswer = z.strictObject({
  financial_year: z.string(),
  data: z.array(
    z.strictObject({
      college_id: zApiId,
      college_name: z.string(),
      month: z.string(),
      category: z.string(),
      gl_code: z.string(),
      gl_name: z.string(),
      kind: z.string().nullable(),
      debit: zRupees,
      credit: zRupees,
      line_count: z.int(),
    }),
  ),
  summary: z.strictObject({ income: zRupees, expenses: zRupees, net_income: zRupees }),
});

/** An amount that another program sends: a JSON number of rupees, read from its digits. */
const zSentRupees = z.instanceof(ApiNumber).transform(({ text }, issues) => {
  const read = /^-?\d+(?:\.\d+)?$/.test(text) ? parseRupees(text) : null;
  if (read?.ok === true) return read.value;
  issues.addIssue({ code: 'custom', message: 'not an amount in rupees' });
  return z.NEVER;
});

const zDiscrepancy = z.union([
  zWords
    .min(1)
    .max(limits.text.commentMax)
    .transform((reason) => ({ reference: null, amountPaise: null, reason })),
  z
    .object({
      receipt_number: zWords.min(1).max(limits.text.nameMax).nullish(),
      reference: zWords.min(1).max(limits.text.nameMax).nullish(),
      amount: zSentRupees.nullish(),
      reason: zWords.max(limits.text.commentMax).nullish(),
    })
    .transform(({ receipt_number, reference, amount, reason }) => ({
      reference: receipt_number ?? reference ?? null,
      amountPaise: amount ?? null,
      reason: reason ?? '',
    })),
]);

/** 001 section 1.4. Its totals are rupees, as the receipts of the same section are: 250 of 50,000 come to its 1,25,00,000. */
export const zFeeReconciliation = z.strictObject({
  college_id: zId,
  period: zMonth,
  bank_account_id: zId,
  fee_collections_total: zSentRupees,
  bank_deposits_total: zSentRupees,
  reconciliation_status: z.enum(['matched', 'discrepancies']),
  discrepancies: z.array(zDiscrepancy).max(limits.reconciliation.discrepanciesMax),
});

/** `completed` where portal, bank and books agree. */
export const zFeeReconciliationAnswer = z.strictObject({
  reconciliation_id: zApiId,
  status: z.enum(['completed', 'discrepancies']),
  verified_at: z.string(),
});

/** A percentage that another program sends, as basis points. */
const zSentPercent = zSentRupees.refine((basisPoints) => basisPoints >= 0n && basisPoints <= 100_00n);

/** 001 section 2.3. Its sample is rupees, 18 percent of 10,000 within a state; what is sent to another state asks for it by name. */
export const zGstCalculation = z.strictObject({
  amount: zSentRupees.refine((paise) => paise >= 0n),
  gst_rate: zSentPercent,
  include_tax: z.boolean(),
  inter_state: z.boolean().default(false),
});

export const zGstCalculationAnswer = z.strictObject({
  taxable_amount: zRupees,
  cgst: zRupees,
  sgst: zRupees,
  igst: zRupees,
  total_gst: zRupees,
  total_amount: zRupees,
});
