import type { Id } from '../../../shared/kernel/ids.ts';

export function ExpenseForm({ expenseId }: { readonly expenseId: Id | null }) {
  return <h1>{expenseId}</h1>;
}
