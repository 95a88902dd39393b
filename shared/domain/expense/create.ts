import { refusal } from '../../kernel/errors.ts';
import { err, ok } from '../../kernel/result.ts';
import type { CommandArgs } from '../command/args.ts';
import type { CommandDefinition } from '../command/command.ts';
import { checkFields, cleanFields } from './fields.ts';
import { lifeCycle } from './life-cycle.ts';
import { newExpense, provisionalRef } from './new-expense.ts';

/** Enters an expense as a draft. */
export const createExpense: CommandDefinition<CommandArgs['expense.create']> = {
  name: 'expense.create',
  schemaVersion: 1,
  roles: lifeCycle.edit.roles,
  documentId: (args) => args.expenseId,
  audit: 'rows',
  async decide(args, context, books) {
    if ((await books.get('expenses', args.expenseId)) !== undefined) {
      return err(refusal('INPUT_INVALID', { where: 'expenseId: in use' }));
    }
    const fields = cleanFields(args.fields);
    const checked = await checkFields(fields, context, books);
    if (!checked.ok) return checked;
    const origin = { provisionalRef: provisionalRef(context), importKey: null };
    const row = newExpense(args.expenseId, fields, checked.value.vendor, origin, context);
    return ok([{ table: 'expenses', row }]);
  },
};
