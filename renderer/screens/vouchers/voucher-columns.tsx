import { Hourglass, Undo2 } from 'lucide-react';
import { useMemo } from 'react';
import type { VoucherListRow } from '../../../shared/ipc/contract/vouchers.ts';
import type { Output } from '../../../shared/ipc/contract.ts';
import type { Column } from '../../components/data-table.tsx';
import { DateText, Money } from '../../components/figures.tsx';
import { type Text, useText } from '../../i18n/text.ts';

interface Options {
  /** Beside a document: fewer columns. */
  readonly narrow: boolean;
  readonly totals: Output<'vouchers.totals'> | undefined;
  readonly allColleges: boolean;
}

export function useVoucherColumns({ narrow, totals, allColleges }: Options) {
  const text = useText();
  // As long as nothing of this changes the rows of the list need not be drawn again.
  return useMemo(() => voucherColumns(text, { narrow, totals, allColleges }), [text, narrow, totals, allColleges]);
}

function voucherColumns(text: Text, { narrow, totals, allColleges }: Options): readonly Column<VoucherListRow>[] {
  const columns: readonly (Column<VoucherListRow> & { readonly wideOnly?: boolean })[] = [
    {
      id: 'date',
      title: text('field.date'),
      width: '104px',
      fixed: true,
      render: (row) => <DateText date={row.date} />,
    },
    {
      id: 'kind',
      title: text('field.kind'),
      width: '116px',
      fixed: true,
      render: (row) => text(`voucher.${row.kind}`),
    },
    {
      id: 'number',
      title: text('field.number'),
      width: '166px',
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
            render: (row: VoucherListRow) => row.collegeCode,
          },
        ]
      : []),
    {
      id: 'particulars',
      title: text('vouchers.particulars'),
      width: 'minmax(160px, 1.4fr)',
      fixed: true,
      render: (row) =>
        row.others > 1 ? text('vouchers.withOthers', { name: row.particulars, count: row.others }) : row.particulars,
    },
    {
      id: 'narration',
      title: text('field.narration'),
      width: 'minmax(140px, 2fr)',
      wideOnly: true,
      render: (row) => row.narration,
    },
    {
      id: 'amount',
      title: text('expenses.amount'),
      width: '140px',
      align: 'end',
      fixed: true,
      render: (row) => <Money paise={row.amountPaise} bare />,
      total: totals === undefined ? '…' : <Money paise={totals.totalPaise} />,
    },
  ];
  return narrow ? columns.filter((column) => column.wideOnly !== true) : columns;
}

function Reference({ row }: { readonly row: VoucherListRow }) {
  const text = useText();
  return (
    <span className="cell-reference">
      <span className={row.number === null ? 'muted' : undefined}>{row.number ?? text('vouchers.waits')}</span>
      {row.pending && <Hourglass size={13} role="img" aria-label={text('expenses.pending')} />}
      {row.reversed && <Undo2 size={13} role="img" className="is-quiet" aria-label={text('vouchers.reversed')} />}
    </span>
  );
}
