import { z } from 'zod';
import { limits } from '../../kernel/limits.ts';
import { zDay, zId, zPaise, zWords } from '../../sync/command-args.ts';

export const zCollegeId = zId;
export const zWindow = {
  offset: z.int().nonnegative(),
  limit: z.int().positive().max(limits.list.pageRowsMax),
};

export const zExpenseStatus = z.enum([
  'draft',
  'submitted',
  'approved',
  'returned',
  'rejected',
  'payable',
  'paying',
  'paid',
  'reconciled',
  'cancelled',
  'reversed',
]);

/** What is typed into a search box: any text that a database keeps. */
export const zSearch = zWords.max(200);

/** Null or an empty list means: no condition. Text is searched in number, reference, vendor, bill number and description. */
export const zExpenseFilter = z.strictObject({
  collegeId: zId.nullable(),
  text: zSearch,
  status: z.array(zExpenseStatus),
  category: z.array(zWords.max(40)),
  accountCode: zWords.max(40).nullable(),
  vendorId: zId.nullable(),
  from: zDay.nullable(),
  to: zDay.nullable(),
  minPaise: zPaise.nullable(),
  maxPaise: zPaise.nullable(),
  /** Only those that wait for the server. */
  pendingOnly: z.boolean(),
});
export interface ExpenseFilter extends Readonly<z.infer<typeof zExpenseFilter>> {}

export const zExpenseSort = z.enum(['date_desc', 'date_asc', 'amount_desc', 'amount_asc', 'vendor_asc']);
export type ExpenseSort = z.infer<typeof zExpenseSort>;

/** One kind of list that can be exported to a workbook. */
export const zExportKind = z.enum(['expenses', 'vendors', 'budgets', 'audit', 'consolidation']);
