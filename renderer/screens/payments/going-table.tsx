import type { PaymentMode } from '../../../shared/domain/payment-order/news.ts';
import { Money } from '../../components/figures.tsx';
import { Pill } from '../../components/status-pill.tsx';
import { useText } from '../../i18n/text.ts';
import { groupDigits } from './digits.ts';

/** One payment: where the money goes and how much. */
export interface Going {
  readonly id: string;
  readonly name: string;
  readonly accountNumber: string;
  readonly ifsc: string;
  readonly mode: PaymentMode;
  readonly amountPaise: bigint;
  readonly twin: string | null;
}

/** What goes where, to be compared before it binds. It scrolls by itself when it is long. */
export function GoingTable({ rows, label }: { readonly rows: readonly Going[]; readonly label: string }) {
  const text = useText();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: so that a long list can be scrolled by keys alone.
    <section className="pay-list" tabIndex={0} aria-label={label}>
      <table className="plain-table">
        <caption className="visually-hidden">{label}</caption>
        <thead>
          <tr>
            <th scope="col">{text('pay.beneficiary')}</th>
            <th scope="col">{text('pay.account')}</th>
            <th scope="col">{text('pay.mode')}</th>
            <th scope="col" className="number">
              {text('pay.amount')}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <th scope="row">
                {row.name}
                {row.twin !== null && (
                  <>
                    {' '}
                    <Pill tone="warn">{text('pay.twin', { number: row.twin })}</Pill>
                  </>
                )}
              </th>
              <td>
                <span className="account-digits">{groupDigits(row.accountNumber)}</span>
                <br />
                <span className="muted small">{row.ifsc}</span>
              </td>
              <td>{text(`mode.${row.mode}`)}</td>
              <td className="number">
                <Money paise={row.amountPaise} bare />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
