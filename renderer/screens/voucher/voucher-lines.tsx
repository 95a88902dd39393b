import type { VoucherPage } from '../../../shared/ipc/contract/vouchers.ts';
import { formatDate } from '../../../shared/kernel/dates.ts';
import { Money } from '../../components/figures.tsx';
import { type Text, useText } from '../../i18n/text.ts';

type Line = VoucherPage['lines'][number];

/** The entry with its sides in columns; both sums stand below, so that one sees that they agree. */
export function VoucherLines({ voucher }: { readonly voucher: VoucherPage }) {
  const text = useText();
  const credit = voucher.lines.reduce((sum, line) => sum + line.creditPaise, 0n);
  return (
    <section className="panel stack" aria-label={text('field.lines')}>
      <table className="plain-table voucher voucher-lines">
        <thead>
          <tr>
            <th scope="col">{text('entry.side')}</th>
            <th scope="col">{text('field.account')}</th>
            <th scope="col" className="number">
              {text('expense.debit')}
            </th>
            <th scope="col" className="number">
              {text('expense.credit')}
            </th>
          </tr>
        </thead>
        <tbody>
          {voucher.lines.map((line) => (
            <tr key={line.lineNo}>
              <td>{text(line.debitPaise > 0n ? 'entry.debit' : 'entry.credit')}</td>
              <td>
                <div className="stack-tight">
                  <span>{`${line.accountCode} · ${line.accountName}`}</span>
                  {aboutOf(line, text).map((words) => (
                    <span key={words} className="muted small">
                      {words}
                    </span>
                  ))}
                  <Bills line={line} />
                </div>
              </td>
              <td className="number">{line.debitPaise > 0n && <Money paise={line.debitPaise} bare />}</td>
              <td className="number">{line.creditPaise > 0n && <Money paise={line.creditPaise} bare />}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" colSpan={2}>
              {text('expense.sum')}
            </th>
            <td className="number">
              <Money paise={voucher.amountPaise} bare />
            </td>
            <td className="number">
              <Money paise={credit} bare />
            </td>
          </tr>
        </tfoot>
      </table>
    </section>
  );
}

/** Party and cost centres of a line, each in words. */
const aboutOf = (line: Line, text: Text): readonly string[] => [
  ...(line.vendorName === null ? [] : [`${text('field.party')}: ${line.vendorName}`]),
  ...(line.departmentCode === null
    ? []
    : [`${text('field.departmentCode')}: ${line.departmentName ?? line.departmentCode}`]),
  ...(line.fundCode === null ? [] : [`${text('field.fundCode')}: ${line.fundName ?? line.fundCode}`]),
];

function Bills({ line }: { readonly line: Line }) {
  const text = useText();
  if (line.bills.length === 0) return null;
  return (
    <ul className="voucher-bills small" aria-label={text('field.bills')}>
      {line.bills.map((bill) => (
        <li key={`${bill.kind} ${bill.name ?? ''}`}>
          <span className="muted">{text(`bill.${bill.kind}`)}</span>
          <span>{bill.name}</span>
          <span className="muted">{bill.dueOn !== null && text('bill.dueOn', { date: formatDate(bill.dueOn) })}</span>
          <Money paise={bill.amountPaise} bare />
        </li>
      ))}
    </ul>
  );
}
