import { useState } from 'react';
import type { ExpenseFields } from '../../../shared/domain/command/args.ts';
import { totalsOf } from '../../../shared/domain/expense/fields.ts';
import type { CommandInput } from '../../../shared/ipc/contract/commands.ts';
import { type MunimError, toMunimError } from '../../../shared/kernel/errors.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import type { Paise } from '../../../shared/kernel/money.ts';
import { useDesk } from '../../data/desk.tsx';
import { editsBetween } from './expense-values.ts';

export interface Order {
  readonly expenseId: Id;
  readonly base: ExpenseFields | null;
  readonly fields: ExpenseFields;
  readonly vendorName: string;
  readonly submit: boolean;
  /** Ties the chosen receipts to the saved expense; answers with what was refused. */
  attach(): Promise<MunimError | null>;
}

export interface SaveOutcome {
  readonly expenseId: Id;
  readonly reference: string | null;
  readonly vendorName: string;
  readonly totalPaise: Paise;
  readonly submitted: boolean;
  /** The expense is saved, but this went wrong afterwards (a receipt, the submission). */
  readonly problem: MunimError | null;
}

/** Saves the bill, ties its receipts and submits it if asked, in this order. `error` is set only when nothing was saved. */
export function useSave(collegeId: Id): {
  readonly error: MunimError | null;
  run(order: Order): Promise<SaveOutcome | null>;
} {
  const desk = useDesk();
  const [error, setError] = useState<MunimError | null>(null);

  const saveFields = async (order: Order): Promise<string | null> => {
    const { expenseId, base, fields } = order;
    if (base === null) {
      const made = { collegeId, name: 'expense.create', args: { expenseId, fields } } as const;
      return (await desk.call('commands.run', made)).reference;
    }
    const edits = editsBetween(base, fields);
    if (Object.keys(edits).length === 0) return null;
    const edit = { collegeId, name: 'expense.edit', args: { expenseId, edits } } as CommandInput;
    return (await desk.call('commands.run', edit)).reference;
  };
  const afterwards = async (order: Order): Promise<MunimError | null> => {
    const unattached = await order.attach();
    if (unattached !== null || !order.submit) return unattached;
    const args = { expenseId: order.expenseId, overBudgetReason: null };
    try {
      await desk.call('commands.run', { collegeId, name: 'expense.submit', args });
      return null;
    } catch (thrown) {
      return toMunimError(thrown);
    }
  };

  const run = async (order: Order): Promise<SaveOutcome | null> => {
    setError(null);
    try {
      const reference = await saveFields(order);
      const problem = await afterwards(order);
      return {
        expenseId: order.expenseId,
        reference,
        vendorName: order.vendorName,
        totalPaise: totalsOf(order.fields).totalPaise,
        submitted: order.submit && problem === null,
        problem,
      };
    } catch (thrown) {
      setError(toMunimError(thrown));
      return null;
    }
  };
  return { error, run };
}
