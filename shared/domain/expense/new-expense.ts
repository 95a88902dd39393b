import type { Id } from '../../kernel/ids.ts';
import type { ExpenseFields } from '../command/args.ts';
import type { CommandContext } from '../command/command.ts';
import type { Expense, Vendor } from '../rows.ts';
import { derivedOf } from './fields.ts';

/** A draft as it enters the books, from fields that were checked. */
export function newExpense(
  id: Id,
  fields: ExpenseFields,
  vendor: Pick<Vendor, 'name'>,
  origin: { readonly provisionalRef: string; readonly importKey: string | null },
  context: CommandContext,
): Expense {
  return {
    ...derivedOf(fields, vendor),
    ...origin,
    collegeId: context.collegeId,
    id,
    number: null,
    status: 'draft',
    committedPaise: 0n,
    overBudget: false,
    overBudgetReason: null,
    makerId: context.actor.id,
    makerName: context.actor.name,
    createdAt: context.occurredAt,
    submittedAt: null,
    dueAt: null,
    decidedBy: null,
    decidedByName: null,
    decidedAt: null,
    decisionComment: null,
    voucherId: null,
    paymentVoucherId: null,
    paidOn: null,
    paymentReference: null,
    receiptCount: 0,
    revision: 1,
  };
}

/**
 * What the desk calls an expense until the server numbers it: four letters of the desk and the count of its entry, `9F3A-000123`; rows
 * of an import add their place, `9F3A-000123/17`. The end of a device id is its random part.
 */
export function provisionalRef(context: Pick<CommandContext, 'deviceId' | 'seq'>, place?: number): string {
  const bare = `${context.deviceId.slice(-4).toUpperCase()}-${String(context.seq).padStart(6, '0')}`;
  return place === undefined ? bare : `${bare}/${place}`;
}
