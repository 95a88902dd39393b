import { Hourglass, Paperclip, TriangleAlert } from 'lucide-react';
import { useMemo } from 'react';
import type { ExpenseListRow } from '../../../shared/ipc/contract/expenses.ts';
import type { ExpenseSort } from '../../../shared/ipc/contract/lists.ts';
import type { Output } from '../../../shared/ipc/contract.ts';
import type { Column } from '../../components/data-table.tsx';
import { DateText, Money } from '../../components/figures.tsx';
import { StatusPill } from '../../components/status-pill.tsx';
import type { Masters } from '../../data/use-masters.ts';
import { type Text, useText } from '../../i18n/text.ts';
import type { ListChoice } from './expense-filter.ts';

interface Options {
  readonly choice: ListChoice;
  choose(part: Partial<ListChoice>): void;
  /** Beside a document: fewer columns. */
  readonly narrow: boolean;
  readonly totals: Output<'expenses.totals'> | undefined;
  readonly masters: Masters;
  readonly allColleges: boolean;
}

/** The columns of every list of expenses. */
export function useExpenseColumns({ choice, choose, narrow, totals, masters, allColleges }: Options) {
  const text = useText();
  // As long as nothing of this changes the rows of the list need not be drawn again.
  return useMemo(
    () => expenseColumns(text, { choice, choose, narrow, totals, masters, allColleges }),
    [text, choice, choose, narrow, totals, masters, allColleges],
  );
}

function expenseColumns(text: Text, { choice, choose, narrow, totals, masters, allColleges }: Options) {
  const sort = (descending: ExpenseSort, ascending: ExpenseSort) => ({
    state:
      choice.sort === descending
        ? ('descending' as const)
        : choice.sort === ascending
          ? ('ascending' as const)
          : ('none' as const),
    toggle: () => choose({ sort: choice.sort === descending ? ascending : descending }),
  });
  const columns: readonly (Column<ExpenseListRow> & { readonly wideOnly?: boolean })[] = [
    {
      id: 'date',
      title: text('field.billDate'),
      width: '104px',
      fixed: true,
      sort: sort('date_desc', 'date_asc'),
      render: (row) => <DateText date={row.billDate} />,
    },
    {
      id: 'reference',
      title: text('expenses.reference'),
      width: 'minmax(206px, 0.8fr)',
      wideOnly: true,
      render: (row) => <Reference row={row} />,
    },
    ...(allColleges
      ? [
          {
            id: 'college',
            title: text('expenses.college'),
            width: '80px',
            wideOnly: true,
            render: (row: ExpenseListRow) => row.collegeCode,
          },
        ]
      : []),
    {
      id: 'vendor',
      title: text('field.vendorName'),
      width: 'minmax(160px, 1.6fr)',
      fixed: true,
      sort: {
        state: choice.sort === 'vendor_asc' ? 'ascending' : 'none',
        toggle: () => choose({ sort: choice.sort === 'vendor_asc' ? 'date_desc' : 'vendor_asc' }),
      },
      render: (row) => row.vendorName,
    },
    { id: 'billNo', title: text('field.billNo'), width: '120px', wideOnly: true, render: (row) => row.billNo ?? '' },
    {
      id: 'category',
      title: text('field.category'),
      width: 'minmax(110px, 0.9fr)',
      wideOnly: true,
      render: (row) => masters.categoryName(row.category),
    },
    {
      id: 'description',
      title: text('field.description'),
      width: 'minmax(116px, 1.6fr)',
      wideOnly: true,
      render: (row) => row.description,
    },
    {
      id: 'status',
      title: text('field.status'),
      width: '136px',
      fixed: true,
      render: (row) => <State row={row} />,
    },
    {
      id: 'total',
      title: text('expenses.amount'),
      width: '140px',
      align: 'end',
      fixed: true,
      sort: sort('amount_desc', 'amount_asc'),
      render: (row) => <Money paise={row.totalPaise} bare />,
      total: totals === undefined ? '…' : <Money paise={totals.totalPaise} />,
    },
  ];
  return narrow ? columns.filter((column) => column.wideOnly !== true) : columns;
}

function Reference({ row }: { readonly row: ExpenseListRow }) {
  const text = useText();
  return (
    <span className="cell-reference">
      <span className={row.provisional ? 'muted' : undefined}>{row.reference}</span>
      {row.pending && <Hourglass size={13} role="img" aria-label={text('expenses.pending')} />}
      {row.receiptCount > 0 && (
        <Paperclip
          size={12}
          role="img"
          className="is-quiet"
          aria-label={text('expenses.receipts', { count: row.receiptCount })}
        />
      )}
    </span>
  );
}

function State({ row }: { readonly row: ExpenseListRow }) {
  const text = useText();
  return (
    <span className="cell-reference">
      <StatusPill status={row.status} />
      {row.overBudget && <TriangleAlert size={13} role="img" aria-label={text('expenses.overBudget')} />}
    </span>
  );
}
