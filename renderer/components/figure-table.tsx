import type { ReactNode } from 'react';
import { classes } from './classes.ts';
import './figure-table.css';
import { Money } from './figures.tsx';

export interface FigureColumn<Row> {
  readonly id: string;
  readonly head: string;
  /** The whole name where the heading is a code. */
  readonly title?: string;
  /** The heading is for screen readers alone. */
  readonly headHidden?: boolean;
  /** Words stand at the left; figures, as most columns are, at the right. */
  readonly words?: boolean;
  readonly className?: string;
  /** A bigint is an amount in paise. */
  cell(row: Row): ReactNode;
  /** The foot of the column, a bigint again being paise. */
  readonly total?: ReactNode;
}

interface Props<Row> {
  readonly caption: string;
  readonly className: string;
  /** Heading of the first column, which names each row. */
  readonly head: string;
  readonly columns: readonly FigureColumn<Row>[];
  readonly rows: readonly Row[];
  rowKey(row: Row): string;
  name(row: Row): ReactNode;
  /** Name of the foot. */
  readonly total: string;
}

/** A short table of figures with its totals: a name, and amounts in columns. */
export function FigureTable<Row>({ columns, rows, rowKey, ...props }: Props<Row>) {
  const look = (column: FigureColumn<Row>): string => classes(column.words !== true && 'number', column.className);
  return (
    <div className="figure-table">
      <table className={classes('plain-table', props.className)}>
        <caption className="visually-hidden">{props.caption}</caption>
        <thead>
          <tr>
            <th scope="col">{props.head}</th>
            {columns.map((column) => (
              <th key={column.id} scope="col" className={look(column)} title={column.title}>
                {column.headHidden === true ? <span className="visually-hidden">{column.head}</span> : column.head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)}>
              <th scope="row">{props.name(row)}</th>
              {columns.map((column) => (
                <td key={column.id} className={look(column)}>
                  {shown(column.cell(row))}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{props.total}</th>
            {columns.map((column) => (
              <td key={column.id} className={look(column)}>
                {shown(column.total)}
              </td>
            ))}
          </tr>
        </tfoot>
      </table>
    </div>
  );
}

const shown = (content: ReactNode): ReactNode =>
  typeof content === 'bigint' ? <Money paise={content} bare /> : content;
