import type { Id } from '../../../shared/kernel/ids.ts';
import { formatRupees, type Paise } from '../../../shared/kernel/money.ts';
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
  return (
    <table className="plain-table matrix">
      <caption className="visually-hidden">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{head}</th>
          {colleges.map((college) => (
            <th key={college.id} scope="col" className="number" title={college.name}>
              {college.code}
            </th>
          ))}
          <th scope="col" className="number">
            {all}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.key}>
            <th scope="row">{row.label}</th>
            {colleges.map((college, column) => (
              <td key={college.id} className="number">
                <Figure
                  what={row.label}
                  college={college.code}
                  paise={row.cells[column] ?? 0n}
                  onOpen={() => onDrill(row.key, college.id)}
                />
              </td>
            ))}
            <td className="number matrix-total">
              <Figure what={row.label} college={all} paise={row.total} onOpen={() => onDrill(row.key, null)} />
            </td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">{all}</th>
          {totals.map((paise, column) => (
            <td key={colleges[column]?.id ?? 'all'} className="number">
              <Money paise={paise} bare />
            </td>
          ))}
        </tr>
      </tfoot>
    </table>
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
