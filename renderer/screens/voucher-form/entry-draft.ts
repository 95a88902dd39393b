import { z } from 'zod';
import { canonicalText, type Plain, parseCanonical } from '../../../shared/kernel/canonical.ts';
import { type Id, isId } from '../../../shared/kernel/ids.ts';
import type { VoucherValues } from './voucher-values.ts';

const zText = z.string();
const zBill = z.strictObject({
  kind: z.enum(['new', 'against', 'advance', 'on_account']),
  name: zText,
  amount: zText,
  dueOn: zText,
});
const zLine = z.strictObject({
  key: z.int(),
  side: z.enum(['debit', 'credit']),
  accountCode: zText,
  amount: zText,
  proposed: z.boolean(),
  vendorId: zText,
  vendorName: zText,
  departmentCode: zText,
  fundCode: zText,
  bills: z.array(zBill).nullable(),
});
const zDraft = z.strictObject({
  voucherId: zText.refine(isId),
  values: z.strictObject({
    date: zText,
    reference: zText,
    referenceDate: zText,
    narration: zText,
    lines: z.array(zLine).min(1),
  }),
});

/**
 * What was typed and not posted. The id is chosen with the first letter: a draft that was accepted and yet survived (a power cut in between)
 * cannot become a second voucher.
 */
export interface EntryDraft {
  readonly voucherId: Id;
  readonly values: VoucherValues;
}

export const draftText = ({ voucherId, values }: EntryDraft): string =>
  canonicalText({ voucherId, values } as unknown as Plain);

/** A draft of an earlier version of the form that no longer fits is left alone and not shown. */
export function readDraft(content: string | null): EntryDraft | null {
  if (content === null) return null;
  try {
    const read = zDraft.safeParse(parseCanonical(content));
    return read.success ? read.data : null;
  } catch {
    return null;
  }
}
