import type { ExpenseView } from '../../../shared/ipc/contract/expenses.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import { formatRupees } from '../../../shared/kernel/money.ts';
import { BarMeter } from '../../components/bar-meter.tsx';
import { DateText, Money } from '../../components/figures.tsx';
import { useWork } from '../../data/session.ts';
import { useMasters } from '../../data/use-masters.ts';
import { amountInWords } from '../../format/words.ts';
import { useLanguage, useText } from '../../i18n/text.ts';

interface Props {
  readonly expense: ExpenseView;
}

/** The bill in figures, large and to the right, in words below. */
export function Amounts({ expense }: Props) {
  const text = useText();
  const language = useLanguage();
  const { fields } = expense;
  const rows = [
    { label: text('field.taxablePaise'), paise: fields.taxablePaise, shown: true },
    { label: text('field.cgstPaise'), paise: fields.cgstPaise, shown: fields.cgstPaise !== 0n },
    { label: text('field.sgstPaise'), paise: fields.sgstPaise, shown: fields.sgstPaise !== 0n },
    { label: text('field.igstPaise'), paise: fields.igstPaise, shown: fields.igstPaise !== 0n },
  ].filter((row) => row.shown);
  return (
    <section className="panel amounts" aria-label={text('expense.amounts')}>
      <div className="amounts-total">
        <p className="muted">{text('expense.total')}</p>
        <Money paise={expense.totalPaise} size="large" />
        <p className="muted small">{amountInWords(expense.totalPaise, language)}</p>
      </div>
      <table className="plain-table">
        <caption className="visually-hidden">{text('expense.amounts')}</caption>
        <tbody>
          {rows.map((row) => (
            <tr key={row.label}>
              <th scope="row">{row.label}</th>
              <td className="number">
                <Money paise={row.paise} />
              </td>
            </tr>
          ))}
          {fields.tdsPaise !== 0n && (
            <tr>
              <th scope="row">{text('expense.lessTds')}</th>
              <td className="number">
                <Money paise={-fields.tdsPaise} />
              </td>
            </tr>
          )}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{text('expense.payable')}</th>
            <td className="number">
              <Money paise={expense.payablePaise} />
            </td>
          </tr>
        </tfoot>
      </table>
    </section>
  );
}

export function Details({ expense }: Props) {
  const text = useText();
  const masters = useMasters(expense.collegeId);
  const { fields, budget } = expense;
  const rows: readonly (readonly [string, string])[] = [
    [text('field.vendorName'), expense.vendorName],
    [text('field.billNo'), fields.billNo ?? text('change.nothing')],
    [text('field.category'), masters.ready ? masters.categoryName(fields.category) : expense.categoryLabel],
    [text('field.accountCode'), `${fields.accountCode} · ${expense.accountName}`],
    [text('field.department'), fields.department ?? text('change.nothing')],
    [text('field.itcEligible'), text(fields.itcEligible ? 'change.yes' : 'change.no')],
    [text('expense.maker'), expense.makerName],
    [text('expense.provisionalRef'), expense.provisionalRef],
  ];
  return (
    <section className="panel stack" aria-label={text('expense.details')}>
      {fields.description !== '' && <p className="document-description">{fields.description}</p>}
      <dl className="facts">
        <div>
          <dt>{text('field.billDate')}</dt>
          <dd>
            <DateText date={fields.billDate} />
          </dd>
        </div>
        {rows.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {budget !== null && (
        <div className="stack-tight">
          <p className="line small">
            <span>{text('expense.budget', { year: budget.financialYear })}</span>
            <span className="push">
              {text('expense.budgetLeft', {
                left: formatRupees(budget.availablePaise),
                allocated: formatRupees(budget.allocatedPaise),
              })}
            </span>
          </p>
          <BarMeter
            label={text('expense.budget', { year: budget.financialYear })}
            whole={budget.allocatedPaise}
            parts={[
              { label: text('expense.spent'), paise: budget.spentPaise, tone: 'accent' },
              { label: text('expense.committed'), paise: budget.committedPaise, tone: 'soft' },
            ]}
          />
        </div>
      )}
    </section>
  );
}

/** What was posted, each entry with its sides in columns; both sums stand below, so that one sees that they agree. */
export function Vouchers({ expense }: Props) {
  const text = useText();
  if (expense.vouchers.length === 0) return null;
  return (
    <section className="panel stack" aria-label={text('expense.vouchers')}>
      <h2>{text('expense.vouchers')}</h2>
      {expense.vouchers.map((voucher) => {
        const debit = voucher.lines.reduce((sum, line) => sum + line.debitPaise, 0n);
        const credit = voucher.lines.reduce((sum, line) => sum + line.creditPaise, 0n);
        return (
          <table key={voucher.id} className="plain-table voucher">
            <caption>
              <span>{voucher.number ?? text('expense.voucherWaiting')}</span>
              <span>{text(`voucher.${voucher.kind}`)}</span>
              <DateText date={voucher.date} />
              <span className="muted">{voucher.narration}</span>
            </caption>
            <thead>
              <tr>
                <th scope="col">{text('field.accountCode')}</th>
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
                <tr key={`${line.accountCode} ${line.debitPaise} ${line.creditPaise}`}>
                  <td>{`${line.accountCode} · ${line.accountName}`}</td>
                  <td className="number">{line.debitPaise > 0n && <Money paise={line.debitPaise} bare />}</td>
                  <td className="number">{line.creditPaise > 0n && <Money paise={line.creditPaise} bare />}</td>
                </tr>
              ))}
            </tbody>
            <tfoot>
              <tr>
                <th scope="row">{text('expense.sum')}</th>
                <td className="number">
                  <Money paise={debit} bare />
                </td>
                <td className="number">
                  <Money paise={credit} bare />
                </td>
              </tr>
            </tfoot>
          </table>
        );
      })}
    </section>
  );
}

/** On paper the college stands on top. */
export function Letterhead({ collegeId }: { readonly collegeId: Id }) {
  const { session } = useWork();
  const college = session.colleges.find(({ id }) => id === collegeId);
  return (
    <div className="print-only letterhead">
      <h2>{college?.name}</h2>
      <p>{college?.address}</p>
    </div>
  );
}

/** On paper three people sign below. */
export function Signatures() {
  const text = useText();
  return (
    <div className="print-only">
      <div className="signatures">
        <span>{text('print.preparedBy')}</span>
        <span>{text('print.checkedBy')}</span>
        <span>{text('print.approvedBy')}</span>
      </div>
    </div>
  );
}
