import type { Id } from '../../../shared/kernel/ids.ts';
import { ErrorPanel } from '../../components/error-panel.tsx';
import { Skeleton } from '../../components/states.tsx';
import { useAsk } from '../../data/desk.tsx';

export function ExpensePage({ id }: { readonly id: Id }) {
  const expense = useAsk('expenses.get', { id });
  if (expense.error !== null) return <ErrorPanel error={expense.error} />;
  if (expense.data === undefined) return <Skeleton />;
  return <h1>{expense.data.reference}</h1>;
}
