import type { ExpenseFields } from '../../../shared/domain/command/args.ts';
import type { DeskClient } from '../../../shared/ipc/client.ts';
import type { Output } from '../../../shared/ipc/contract.ts';
import { formatDate, isIsoDate } from '../../../shared/kernel/dates.ts';
import { formatPaise } from '../../../shared/kernel/money.ts';
import { newId } from '../../host/system.ts';
import { draftText } from '../expense-form/draft.ts';
import { type ExpenseValues, emptyValues, valuesOf } from '../expense-form/expense-values.ts';
import { type Typed as VendorTyped, vendorFieldNames } from '../vendors/vendor-values.ts';

export type AttentionRow = Output<'attention.list'>['rows'][number];
type Typed = AttentionRow['typed'][number];

const AMOUNTS: Readonly<Record<string, 'taxable' | 'cgst' | 'sgst' | 'igst' | 'tds'>> = {
  taxablePaise: 'taxable',
  cgstPaise: 'cgst',
  sgstPaise: 'sgst',
  igstPaise: 'igst',
  tdsPaise: 'tds',
};
const TEXTS = ['vendorId', 'billNo', 'category', 'accountCode', 'description', 'department'] as const;

/** What was typed laid over what the form would show: the form then holds exactly what the refused entry said. */
export function withTyped(values: ExpenseValues, typed: readonly Typed[]): ExpenseValues {
  let next = values;
  for (const { field, mine } of typed) {
    const amount = AMOUNTS[field];
    const name = TEXTS.find((one) => one === field);
    if (amount !== undefined && /^-?\d+$/.test(mine))
      next = { ...next, [amount]: mine === '0' ? '' : formatPaise(BigInt(mine)) };
    else if (field === 'billDate') next = { ...next, billDate: isIsoDate(mine) ? formatDate(mine) : mine };
    else if (field === 'itcEligible') next = { ...next, itcEligible: mine === 'true' };
    else if (name !== undefined) next = { ...next, [name]: mine };
  }
  return next;
}

/** What was typed of a vendor, for its form. */
export const vendorTyped = (typed: readonly Typed[]): Partial<VendorTyped> =>
  Object.fromEntries(
    typed.flatMap(({ field, mine }) => (vendorFieldNames.some((name) => name === field) ? [[field, mine]] : [])),
  );

export type Reopened =
  | { readonly path: string; readonly settles: boolean }
  /** Something unsaved lies in the form it would open in; it must not be overwritten. */
  | { readonly inTheWay: string };

/**
 * Prepares the form of a refused entry with what was typed. The draft is durable before the entry is let go of, so that at no moment
 * neither of them exists. Budgets open as they are and the entry stays until it is settled otherwise.
 * @throws DeskError
 */
export async function reopen(desk: DeskClient, row: AttentionRow): Promise<Reopened> {
  if (row.name === 'budget.set') return { path: '/budgets', settles: false };
  const isNew = row.name === 'expense.create';
  const form = isNew ? `expense:new:${row.collegeId}` : `expense:edit:${row.documentId}`;
  const path = isNew ? '/expenses/new' : `/expenses/${row.documentId}/edit`;
  const there = await desk.call('drafts.get', { form });
  if (there.content !== null) return { inTheWay: path };
  const begin = isNew ? null : await desk.call('expenses.get', { id: row.documentId });
  const base: ExpenseFields | null = begin?.fields ?? null;
  const typed = withTyped(begin === null ? emptyValues : valuesOf(begin.fields, begin.vendorName), row.typed);
  const values = { ...typed, vendorName: await vendorNameOf(desk, typed) };
  const expenseId = isNew ? newId() : row.documentId;
  await desk.call('drafts.save', { form, content: draftText({ values, base, expenseId }) });
  return { path, settles: true };
}

/** A vendor that is not in the books (it was refused itself) leaves the field to be chosen anew. */
async function vendorNameOf(desk: DeskClient, values: ExpenseValues): Promise<string> {
  if (values.vendorId === '') return '';
  try {
    return (await desk.call('vendors.get', { id: values.vendorId })).fields.name;
  } catch {
    return values.vendorName;
  }
}
