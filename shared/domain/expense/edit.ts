import { ok } from '../../kernel/result.ts';
import type { CommandArgs } from '../command/args.ts';
import type { CommandDefinition } from '../command/command.ts';
import { mergeEdits } from '../command/merge-edits.ts';
import { checkFields, cleanFields, derivedOf, fieldsOf } from './fields.ts';
import { findExpense } from './find.ts';
import { lifeCycle } from './life-cycle.ts';

/** Changes fields of a draft or a returned expense; edits of two people to different fields merge. */
export const editExpense: CommandDefinition<CommandArgs['expense.edit']> = {
  name: 'expense.edit',
  schemaVersion: 1,
  roles: lifeCycle.edit.roles,
  documentId: (args) => args.expenseId,
  audit: 'rows',
  async decide(args, context, books) {
    const found = await findExpense(args.expenseId, 'edit', books);
    if (!found.ok) return found;
    const expense = found.value;
    const merged = mergeEdits(fieldsOf(expense), args.edits);
    if (!merged.ok) return merged;
    const fields = cleanFields(merged.value);
    const checked = await checkFields(fields, context, books);
    if (!checked.ok) return checked;
    // The name stays as it stood on the bill, unless the bill is given to another vendor.
    const vendor = fields.vendorId === expense.vendorId ? { name: expense.vendorName } : checked.value.vendor;
    const row = { ...expense, ...derivedOf(fields, vendor), revision: expense.revision + 1 };
    return ok([{ table: 'expenses', row }]);
  },
};
