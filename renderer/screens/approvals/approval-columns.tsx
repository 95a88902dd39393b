import type { ExpenseListRow } from '../../../shared/ipc/contract/expenses.ts';
import type { Column } from '../../components/data-table.tsx';
import { DateText, Money } from '../../components/figures.tsx';
import { Pill } from '../../components/status-pill.tsx';
import { useNow } from '../../components/use-now.ts';
import type { Masters } from '../../data/use-masters.ts';
import { useText } from '../../i18n/text.ts';
import { dueIn } from './due.ts';

interface Options {
  /** Beside a document: fewer columns. */
  readonly narrow: boolean;
  readonly allColleges: boolean;
  readonly masters: Masters;
  readonly totalPaise: bigint;
}

export function useApprovalColumns({ narrow, allColleges, masters, totalPaise }: Options) {
  const text = useText();
  const now = useNow();
  const columns: readonly (Column<ExpenseListRow> & { readonly wideOnly?: boolean })[] = [
    {
      id: 'due',
      title: text('approvals.due'),
      width: 'minmax(132px, 0.7fr)',
      fixed: true,
      render: (row) => <DueText row={row} now={now} />,
    },
    {
      id: 'reference',
      title: text('expenses.reference'),
      width: 'minmax(168px, 0.8fr)',
      wideOnly: true,
      render: (row) => row.reference,
    },
    ...(allColleges
      ? [
          {
            id: 'college',
            title: text('expenses.college'),
            width: '80px',
            render: (row: ExpenseListRow) => row.collegeCode,
          },
        ]
      : []),
    {
      id: 'vendor',
      title: text('field.vendorName'),
      width: 'minmax(124px, 1.4fr)',
      fixed: true,
      render: (row) => row.vendorName,
    },
    {
      id: 'category',
      title: text('field.category'),
      width: 'minmax(100px, 0.8fr)',
      wideOnly: true,
      render: (row) => masters.categoryName(row.category),
    },
    {
      id: 'description',
      title: text('field.description'),
      width: 'minmax(112px, 1.4fr)',
      wideOnly: true,
      render: (row) => row.description,
    },
    {
      id: 'maker',
      title: text('approvals.maker'),
      width: 'minmax(100px, 0.8fr)',
      wideOnly: true,
      render: (row) => row.makerName,
    },
    {
      id: 'date',
      title: text('field.billDate'),
      width: '104px',
      wideOnly: true,
      render: (row) => <DateText date={row.billDate} />,
    },
    {
      id: 'over',
      title: text('approvals.budget'),
      width: '108px',
      wideOnly: true,
      render: (row) => (row.overBudget ? <Pill tone="warn">{text('expenses.overBudget')}</Pill> : ''),
    },
    {
      id: 'total',
      title: text('expenses.amount'),
      width: '132px',
      align: 'end',
      fixed: true,
      render: (row) => <Money paise={row.totalPaise} bare />,
      total: <Money paise={totalPaise} />,
    },
  ];
  return narrow ? columns.filter((column) => column.wideOnly !== true) : columns;
}

const TONE = { later: 'quiet', soon: 'warn', overdue: 'bad' } as const;

function DueText({ row, now }: { readonly row: ExpenseListRow; readonly now: number }) {
  const text = useText();
  if (row.dueAt === null) return <span className="muted">{text('approvals.noDate')}</span>;
  const due = dueIn(row.dueAt, now, text);
  return <Pill tone={TONE[due.state]}>{due.text}</Pill>;
}
