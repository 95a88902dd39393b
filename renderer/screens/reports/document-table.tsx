import { useMemo } from 'react';
import { useLocation } from 'wouter';
import {
  cellText,
  labelColumn,
  type ReportColumn,
  type ReportDocument,
  type ReportRow,
} from '../../../shared/domain/report/document.ts';
import type { ReportQuestion } from '../../../shared/domain/report/names.ts';
import { classes } from '../../components/classes.ts';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { ListBody } from '../../components/list-body.tsx';
import { useAsk } from '../../data/desk.tsx';
import { useText } from '../../i18n/text.ts';
import { addressOfLink } from './report-address.ts';

/** A row with its place, by which it is told from others. */
interface Placed {
  readonly at: number;
  readonly row: ReportRow;
}

/** A whole statement. Enter leads down to what a row is made of. */
export function DocumentTable({ question }: { readonly question: ReportQuestion }) {
  const text = useText();
  const [, goTo] = useLocation();
  const { data, error } = useAsk('reports.get', question, { keep: true });
  const rows = useMemo(() => (data?.rows ?? []).map((row, at): Placed => ({ at, row: row as ReportRow })), [data]);
  const columns = useMemo(() => (data === undefined ? [] : columnsOf(data as ReportDocument)), [data]);
  return (
    <>
      {data !== undefined && (
        <div className="report-head">
          <span>{data.period}</span>
          {data.notes.map((note) => (
            <span key={note} className="muted small">
              {note}
            </span>
          ))}
        </div>
      )}
      <ListBody
        error={error}
        loading={data === undefined}
        count={rows.length}
        empty={<p className="muted">{text('reports.nothing')}</p>}
      >
        <DataTable
          listKey={`report ${question.report} ${question.from} ${question.to}`}
          label={text(`report.${question.report}`)}
          columns={columns}
          count={rows.length}
          rowAt={(index) => rows[index]}
          rowKey={({ at }) => String(at)}
          onRange={() => undefined}
          onOpen={({ row }) => {
            if (row.kind === 'line' && row.link !== undefined)
              goTo(addressOfLink(row.link, question.from, question.to));
          }}
          autoFocus
        />
      </ListBody>
    </>
  );
}

function columnsOf(document: ReportDocument): readonly Column<Placed>[] {
  const label = labelColumn(document.columns);
  return document.columns.map((column) => ({
    id: column.key,
    title: column.header,
    width: widthOf(column),
    ...(column.kind === 'text' || column.kind === 'date' ? {} : { align: 'end' as const }),
    fixed: true,
    render: ({ row }) => <Cell column={column} row={row} isLabel={column === label} document={document} />,
  }));
}

const widthOf = ({ kind, wide }: ReportColumn): string => {
  if (wide === true) return 'minmax(220px, 2fr)';
  return { text: 'minmax(96px, 1fr)', money: '136px', balance: '152px', date: '104px', int: '84px' }[kind];
};

interface CellProps {
  readonly column: ReportColumn;
  readonly row: ReportRow;
  readonly isLabel: boolean;
  readonly document: ReportDocument;
}

function Cell({ column, row, isLabel, document }: CellProps) {
  const indent = isLabel ? { paddingLeft: `${row.depth * 16}px` } : {};
  if (row.kind === 'heading') {
    return isLabel ? (
      <span className="report-heading" style={indent}>
        {row.label}
      </span>
    ) : null;
  }
  const shown =
    row.kind === 'total' && isLabel ? row.label : cellText(column, row.cells[column.key], document.language);
  return (
    <span
      className={classes(
        row.kind === 'total' && 'report-total',
        row.kind === 'total' && row.strong === true && 'report-total-strong',
      )}
      style={indent}
      title={isLabel ? shown : undefined}
    >
      {shown}
    </span>
  );
}
