import { useLocation } from 'wouter';
import type { ExpenseStatus } from '../../../shared/domain/rows.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import { useLists } from '../../state/lists.ts';
import { useScope } from '../../state/scope.ts';
import { type ListChoice, noChoice } from './expense-filter.ts';

/** The states of an expense that stands in the books: posted and not reversed. */
export const POSTED: readonly ExpenseStatus[] = ['approved', 'payable', 'paying', 'paid', 'reconciled'];

/** Opens the list of expenses with a filter set: how a figure leads down to the documents behind it. */
export function useOpenList(): (collegeId: Id | null, choice: Partial<ListChoice>) => void {
  const [, goTo] = useLocation();
  return (collegeId, choice) => {
    useScope.getState().setCollege(collegeId);
    useLists.getState().change('expenses', {
      filter: { ...noChoice, ...choice },
      active: 0,
      scrollTop: 0,
      selected: new Set(),
    });
    goTo('/expenses');
  };
}
