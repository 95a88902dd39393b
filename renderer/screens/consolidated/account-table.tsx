import type { Output } from '../../../shared/ipc/contract.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import { formatPaise, type Paise } from '../../../shared/kernel/money.ts';
import { Money } from '../../components/figures.tsx';
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
  return (
    <table className="plain-table matrix">
      <caption className="visually-hidden">{text('consolidated.byAccount')}</caption>
      <thead>
        <tr>
          <th scope="col">{text('field.accountCode')}</th>
          {colleges.map((college) => (
            <th key={college.id} scope="col" className="number" title={college.name}>
              {college.code}
            </th>
          ))}
          <th scope="col" className="number">
            {text('consolidated.debit')}
          </th>
          <th scope="col" className="number">
            {text('consolidated.credit')}
          </th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={line.code}>
            <th scope="row">{`${line.code} · ${line.name}`}</th>
            {colleges.map((college) => {
              const paise = line.net.get(college.id) ?? 0n;
              return (
                <td key={college.id} className="number">
                  {line.kind === 'expense' ? (
                    <Figure
                      what={line.name}
                      college={college.code}
                      paise={paise}
                      onOpen={() => onDrill(line.code, college.id)}
                    />
                  ) : (
                    <span className={paise === 0n ? 'muted' : undefined}>
                      {paise === 0n ? '–' : balance(paise, text)}
                    </span>
                  )}
                </td>
              );
            })}
            <td className="number matrix-total">
              <Money paise={line.debit} bare />
            </td>
            <td className="number">
              <Money paise={line.credit} bare />
            </td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">{text('consolidated.total')}</th>
          {colleges.map((college) => (
            <td key={college.id} />
          ))}
          <td className="number">
            <Money paise={lines.reduce((sum, line) => sum + line.debit, 0n)} bare />
          </td>
          <td className="number">
            <Money paise={lines.reduce((sum, line) => sum + line.credit, 0n)} bare />
          </td>
        </tr>
      </tfoot>
    </table>
  );
}
