import { useEffect, useRef } from 'react';
import { z } from 'zod';
import type { ExpenseFields } from '../../../shared/domain/command/args.ts';
import { zExpenseView } from '../../../shared/ipc/contract/expenses.ts';
import { canonicalText, type Plain, parseCanonical } from '../../../shared/kernel/canonical.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import { useDesk } from '../../data/desk.tsx';
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

const SAVE_AFTER_MS = 300;

/**
 * Keeps the draft at the desk a moment after each change and at once when the form goes away.
 * @param draft null while nothing differs from what the form began with
 */
export function useKeepDraft(form: string, draft: Draft | null): { flush(): Promise<void>; drop(): Promise<void> } {
  const desk = useDesk();
  const content = draft === null ? null : draftText(draft);
  const saved = useRef<string | null>(null);
  const latest = useRef<string | null>(null);
  /** Accepted content, which a timer still under way must not bring back. */
  const dropped = useRef<string | null>(null);
  latest.current = content;

  const keep = useRef(async (): Promise<void> => {});
  keep.current = async () => {
    if (latest.current === saved.current || (latest.current !== null && latest.current === dropped.current)) return;
    const text = latest.current;
    saved.current = text;
    await desk.call('drafts.save', { form, content: text });
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: each change starts the time again.
  useEffect(() => {
    const timer = setTimeout(() => void keep.current(), SAVE_AFTER_MS);
    return () => clearTimeout(timer);
  }, [content]);
  useEffect(() => () => void keep.current(), []);
  return {
    flush: () => keep.current(),
    drop: async () => {
      dropped.current = latest.current;
      saved.current = null;
      await desk.call('drafts.save', { form, content: null });
    },
  };
}
