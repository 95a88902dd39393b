import type { Output } from '../../../shared/ipc/contract.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import { formatPaise, type Paise } from '../../../shared/kernel/money.ts';
import { type FigureColumn, FigureTable } from '../../components/figure-table.tsx';
import { type Text, useText } from '../../i18n/text.ts';
import { Figure } from './matrix-table.tsx';

type Summary = Output<'consolidation.summary'>;

interface Line {
  readonly code: string;
  readonly name: string;
  readonly kind: string;
  readonly net: ReadonlyMap<Id, Paise>;
  readonly debit: Paise;
  readonly credit: Paise;
}

/** The accounts of all colleges joined by code: the balance of each, and both sides in sum. */
function linesOf(accounts: Summary['accounts']): readonly Line[] {
  const lines = new Map<string, { name: string; kind: string; net: Map<Id, Paise>; debit: Paise; credit: Paise }>();
  for (const account of accounts) {
    const line = lines.get(account.accountCode) ?? {
      name: account.accountName,
      kind: account.kind,
      net: new Map<Id, Paise>(),
      debit: 0n,
      credit: 0n,
    };
    line.net.set(account.collegeId, account.debitPaise - account.creditPaise);
    line.debit += account.debitPaise;
    line.credit += account.creditPaise;
    lines.set(account.accountCode, line);
  }
  return [...lines].map(([code, line]) => ({ code, ...line }));
}

const balance = (paise: Paise, text: Text): string =>
  paise < 0n
    ? text('consolidated.cr', { amount: formatPaise(-paise) })
    : text('consolidated.dr', { amount: formatPaise(paise) });

interface Props {
  readonly summary: Summary;
  onDrill(accountCode: string, collegeId: Id | null): void;
}

/** Every GL code with its balance in each college. Expense accounts lead on to their expenses. */
export function AccountTable({ summary, onDrill }: Props) {
  const text = useText();
  const lines = linesOf(summary.accounts);
  const { colleges } = summary;
  const columns: readonly FigureColumn<Line>[] = [
    ...colleges.map(({ id, code, name }) => ({
      id,
      head: code,
      title: name,
      cell: (line: Line) => {
        const paise = line.net.get(id) ?? 0n;
        if (line.kind === 'expense') {
          return <Figure what={line.name} college={code} paise={paise} onOpen={() => onDrill(line.code, id)} />;
        }
        return paise === 0n ? <span className="muted">–</span> : balance(paise, text);
      },
    })),
    {
      id: 'debit',
      head: text('consolidated.debit'),
      className: 'matrix-total',
      cell: (line) => line.debit,
      total: lines.reduce((sum, line) => sum + line.debit, 0n),
    },
    {
      id: 'credit',
      head: text('consolidated.credit'),
      cell: (line) => line.credit,
      total: lines.reduce((sum, line) => sum + line.credit, 0n),
    },
  ];
  return (
    <FigureTable
      caption={text('consolidated.byAccount')}
      className="matrix"
      head={text('field.accountCode')}
      columns={columns}
      rows={lines}
      rowKey={({ code }) => code}
      name={({ code, name }) => `${code} · ${name}`}
      total={text('consolidated.total')}
    />
  );
}
