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

/** Room for a figure of some hundred crore, or for the heading (a period in words) where that is longer. */
function widthOf({ kind, wide, header }: ReportColumn): string {
  if (wide === true) return 'minmax(220px, 3fr)';
  if (kind === 'text') return 'minmax(84px, 0.5fr)';
  const least = { money: 136, balance: 152, date: 104, int: 84 }[kind];
  return `${Math.max(least, header.length * HEADING_CHAR_PX + 20)}px`;
}
const HEADING_CHAR_PX = 7;

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
        row.kind === 'total' && shown !== '' && 'report-total',
        row.kind === 'total' && shown !== '' && row.strong === true && 'report-total-strong',
      )}
      style={indent}
      title={isLabel ? shown : undefined}
    >
      {shown}
    </span>
  );
}
