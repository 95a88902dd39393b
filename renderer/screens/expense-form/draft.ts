import { z } from 'zod';
import type { ExpenseFields } from '../../../shared/domain/command/args.ts';
import { zExpenseView } from '../../../shared/ipc/contract/expenses.ts';
import { canonicalText, type Plain, parseCanonical } from '../../../shared/kernel/canonical.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import type { ExpenseValues } from './expense-values.ts';

const zDraft = z.strictObject({
  values: z.strictObject({
    vendorId: z.string(),
    vendorName: z.string(),
    billNo: z.string(),
    billDate: z.string(),
    category: z.string(),
    accountCode: z.string(),
    description: z.string(),
    department: z.string(),
    taxable: z.string(),
    cgst: z.string(),
    sgst: z.string(),
    igst: z.string(),
    tds: z.string(),
    itcEligible: z.boolean(),
  }),
  base: zExpenseView.shape.fields.nullable(),
  expenseId: zExpenseView.shape.id,
});

/**
 * What was typed and not saved. `base`: the saved fields the person began from, so that a later merge knows what he changed. The id is
 * chosen with the first letter: a draft that was accepted and yet survived (a power cut in between) cannot become a second expense.
 */
export interface Draft {
  readonly values: ExpenseValues;
  readonly base: ExpenseFields | null;
  readonly expenseId: Id;
}

/** A draft of an earlier version of the form that no longer fits is left alone and not shown. */
export function readDraft(content: string | null): Draft | null {
  if (content === null) return null;
  try {
    const read = zDraft.safeParse(parseCanonical(content));
    return read.success ? read.data : null;
  } catch {
    return null;
  }
}

export const draftText = (draft: Draft): string => canonicalText(draft as unknown as Plain);
