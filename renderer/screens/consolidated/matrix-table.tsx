import type { Id } from '../../../shared/kernel/ids.ts';
import { formatRupees, type Paise } from '../../../shared/kernel/money.ts';
import { type FigureColumn, FigureTable } from '../../components/figure-table.tsx';
import { Money } from '../../components/figures.tsx';
import { useText } from '../../i18n/text.ts';
import { type MatrixRow, matrixTotals } from './matrix.ts';

interface Props {
  readonly caption: string;
  /** Heading of the first column. */
  readonly head: string;
  readonly colleges: readonly { readonly id: Id; readonly code: string; readonly name: string }[];
  readonly rows: readonly MatrixRow[];
  /** Leads from a figure to its expenses; null collegeId means all of them. */
  onDrill(key: string, collegeId: Id | null): void;
}

/** Rows against colleges; every figure that is not zero opens the expenses it is made of. */
export function MatrixTable({ caption, head, colleges, rows, onDrill }: Props) {
  const text = useText();
  const totals = matrixTotals(rows, colleges.length);
  const all = text('consolidated.total');
  const columns: readonly FigureColumn<MatrixRow>[] = [
    ...colleges.map(({ id, code, name }, column) => ({
      id,
      head: code,
      title: name,
      cell: (row: MatrixRow) => (
        <Figure what={row.label} college={code} paise={row.cells[column] ?? 0n} onOpen={() => onDrill(row.key, id)} />
      ),
      total: totals[column] ?? 0n,
    })),
    {
      id: 'all',
      head: all,
      className: 'matrix-total',
      cell: (row) => <Figure what={row.label} college={all} paise={row.total} onOpen={() => onDrill(row.key, null)} />,
      total: totals[colleges.length] ?? 0n,
    },
  ];
  return (
    <FigureTable
      caption={caption}
      className="matrix"
      head={head}
      columns={columns}
      rows={rows}
      rowKey={({ key }) => key}
      name={({ label }) => label}
      total={all}
    />
  );
}

interface FigureProps {
  readonly what: string;
  readonly college: string;
  readonly paise: Paise;
  onOpen(): void;
}

/** A figure that leads to what it is made of. */
export function Figure({ what, college, paise, onOpen }: FigureProps) {
  const text = useText();
  if (paise === 0n) return <span className="muted">–</span>;
  return (
    <button
      type="button"
      className="figure-link"
      aria-label={text('consolidated.drill', { what, college, amount: formatRupees(paise) })}
      onClick={onOpen}
    >
      <Money paise={paise} bare />
    </button>
  );
}
