import { Link } from 'wouter';
import { financialYearBounds, financialYearOf, type IsoDate } from '../../../shared/kernel/dates.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import { formatRupees, type Paise } from '../../../shared/kernel/money.ts';
import { Money } from '../../components/figures.tsx';
import { useAsk } from '../../data/desk.tsx';
import { amountInWords } from '../../format/words.ts';
import { useLanguage, useText } from '../../i18n/text.ts';
import type { ExpenseValues, ReadExpense } from './expense-values.ts';

interface Props {
  readonly collegeId: Id;
  readonly expenseId: Id;
  readonly values: ExpenseValues;
  readonly read: ReadExpense;
  /** The bill's day as far as it can be read, otherwise today. */
  readonly day: IsoDate;
  readonly receiptFrom: Paise | null;
  readonly receipts: number;
}

/** Beside the form while typing: the sum, what the budget still has, and whether the bill was entered before. */
export function BillSide(props: Props) {
  const text = useText();
  const language = useLanguage();
  const { read, values, receiptFrom } = props;
  const needsReceipt = receiptFrom !== null && read.totalPaise > 0n && read.totalPaise >= receiptFrom;
  return (
    <aside className="bill-side stack" aria-label={text('form.figures')}>
      <div className="panel stack-tight">
        <p className="muted">{text('expense.total')}</p>
        <p className="number">
          <Money paise={read.totalPaise} size="large" />
        </p>
        <p className="muted small">{amountInWords(read.totalPaise, language)}</p>
        {read.payablePaise !== read.totalPaise && (
          <p className="line">
            <span className="muted">{text('expense.payable')}</span>
            <span className="push">
              <Money paise={read.payablePaise} />
            </span>
          </p>
        )}
      </div>
      {values.category !== '' && <BudgetLeft {...props} />}
      {values.vendorId !== '' && values.billNo.trim() !== '' && <Duplicate {...props} />}
      {needsReceipt && props.receipts === 0 && (
        <p className="notice notice-warn">{text('form.receiptNeeded', { from: formatRupees(receiptFrom) })}</p>
      )}
    </aside>
  );
}

function BudgetLeft({ collegeId, day, values, read }: Props) {
  const text = useText();
  const financialYear = financialYearOf(day);
  const { data } = useAsk('budgets.list', { collegeId, financialYear }, { keep: true });
  if (data === undefined) return null;
  const left = data.rows.find((row) => row.category === values.category)?.availablePaise ?? 0n;
  const after = left - read.budgetPaise;
  return (
    <div className={after < 0n ? 'notice notice-bad' : 'panel'} role="status">
      <div className="stack-tight">
        <p>{text('form.budgetLeft', { left: formatRupees(left), year: financialYear })}</p>
        {read.budgetPaise > 0n && (
          <p className={after < 0n ? undefined : 'muted'}>
            {after < 0n
              ? text('form.budgetOver', { over: formatRupees(-after) })
              : text('form.budgetAfter', { left: formatRupees(after) })}
          </p>
        )}
      </div>
    </div>
  );
}

const GONE = ['cancelled', 'rejected', 'reversed'];

function Duplicate({ collegeId, expenseId, values, day }: Props) {
  const text = useText();
  const year = financialYearBounds(financialYearOf(day));
  const billNo = values.billNo.trim();
  const { data } = useAsk('expenses.page', {
    filter: {
      collegeId,
      text: billNo,
      status: [],
      category: [],
      accountCode: null,
      vendorId: values.vendorId,
      from: year.first,
      to: year.last,
      minPaise: null,
      maxPaise: null,
      pendingOnly: false,
    },
    sort: 'date_desc',
    offset: 0,
    limit: 20,
  });
  const same = data?.rows.find(
    (row) => row.id !== expenseId && row.billNo?.toLowerCase() === billNo.toLowerCase() && !GONE.includes(row.status),
  );
  if (same === undefined) return null;
  return (
    <p className="notice notice-bad" role="alert">
      {text('form.duplicate', { billNo, reference: same.reference, amount: formatRupees(same.totalPaise) })}
      <Link href={`/expenses/${same.id}`}>{text('form.duplicateOpen')}</Link>
    </p>
  );
}
