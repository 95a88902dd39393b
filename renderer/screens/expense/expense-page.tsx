import { ArrowLeft, Ellipsis, Hourglass, Printer } from 'lucide-react';
import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import type { ExpenseAction, ExpenseView } from '../../../shared/ipc/contract/expenses.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import { formatRupees } from '../../../shared/kernel/money.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { ErrorPanel } from '../../components/error-panel.tsx';
import { Instant } from '../../components/figures.tsx';
import { useKeys } from '../../components/keys.tsx';
import { Menu } from '../../components/menu.tsx';
import { Skeleton } from '../../components/states.tsx';
import { Pill, StatusPill } from '../../components/status-pill.tsx';
import { Timeline } from '../../components/timeline.tsx';
import { useNow } from '../../components/use-now.ts';
import { useAsk, useDesk } from '../../data/desk.tsx';
import { formatInstant } from '../../format/instant.ts';
import { useText } from '../../i18n/text.ts';
import { dueIn } from '../approvals/due.ts';
import { placeOf } from '../payments/tabs.ts';
import { ActionDialog } from './action-dialog.tsx';
import { ACTION_KEYS, type DialogAction, isDialogAction, primaryOf } from './actions.ts';
import { Amounts, Details, Letterhead, Signatures, Vouchers } from './expense-details.tsx';
import './expense-page.css';
import { Receipts, useAttach } from './receipts.tsx';

/** One expense as a document: state and amounts on top, what was typed, what was posted, receipts, and the timeline at the side. */
export function ExpensePage({
  id,
  onBack,
}: {
  readonly id: Id /** Where it leads back to, when not to the list of expenses. */;
  onBack?(): void;
}) {
  const text = useText();
  const [, goTo] = useLocation();
  const expense = useAsk('expenses.get', { id });
  const back = onBack ?? ((): void => goTo('/expenses'));
  useKeys([{ keys: 'Escape', label: text('expense.back'), run: back }]);
  return (
    <div className="screen">
      {expense.data !== undefined ? (
        <Document expense={expense.data} onBack={back} />
      ) : (
        <div className="screen-body stack">
          <div>
            <IconButton icon={ArrowLeft} label={text('expense.back')} keys="Esc" onClick={back} />
          </div>
          {expense.error === null ? <Skeleton lines={8} /> : <ErrorPanel error={expense.error} />}
        </div>
      )}
    </div>
  );
}

/** Shown as buttons beside the primary one; the rest is in the menu, attaching stands with the receipts. */
const BESIDE: readonly ExpenseAction[] = ['edit', 'submit', 'return', 'reject', 'take_payment', 'give_back_payment'];

function Document({ expense, onBack }: { readonly expense: ExpenseView; onBack(): void }) {
  const text = useText();
  const desk = useDesk();
  const [, goTo] = useLocation();
  const [asked, setAsked] = useState<DialogAction | null>(null);
  const attach = useAttach((fileId) =>
    desk.call('receipts.attach', { collegeId: expense.collegeId, expenseId: expense.id, fileId }),
  );
  const primary = primaryOf(expense);

  const run = (action: ExpenseAction): void => {
    if (action === 'edit') goTo(`/expenses/${expense.id}/edit`);
    else if (action === 'duplicate') goTo(`/expenses/new/${expense.id}`);
    else if (action === 'attach') attach.choose();
    else if (isDialogAction(action)) setAsked(action);
  };
  useKeys([
    ...expense.actions.map((action) => ({
      keys: ACTION_KEYS[action],
      label: text(`do.${action}`),
      run: () => run(action),
    })),
    {
      keys: 'Ctrl+Enter',
      label: primary === null ? '' : text(`do.${primary}`),
      run: () => primary !== null && run(primary),
      enabled: primary !== null,
    },
  ]);

  const others = expense.actions.filter((action) => action !== primary);
  const more = others
    .filter((action) => !BESIDE.includes(action) && action !== 'attach')
    .map((action) => ({ id: action, label: text(`do.${action}`), note: ACTION_KEYS[action], run: () => run(action) }));
  return (
    <>
      <header className="screen-head document-head">
        <IconButton icon={ArrowLeft} label={text('expense.back')} keys="Esc" onClick={onBack} />
        <h1>{expense.reference}</h1>
        <StatusPill status={expense.status} />
        {expense.pending && <Pill tone="warn">{text('expenses.pending')}</Pill>}
        <span className="push" />
        <IconButton icon={Printer} label={text('expense.print')} onClick={() => window.print()} />
        {others
          .filter((action) => BESIDE.includes(action))
          .map((action) => (
            <Button key={action} keys={ACTION_KEYS[action]} onClick={() => run(action)}>
              {text(`do.${action}`)}
            </Button>
          ))}
        {more.length > 0 && (
          <Menu
            align="end"
            groups={[{ items: more }]}
            trigger={<IconButton icon={Ellipsis} label={text('expense.more')} />}
          />
        )}
        {primary !== null && (
          <Button look="primary" keys="Ctrl+Enter" onClick={() => run(primary)}>
            {text(`do.${primary}`)}
          </Button>
        )}
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: so that the page can be scrolled by keys alone. */}
      <section className="screen-body document" tabIndex={0} aria-label={expense.reference}>
        <Letterhead collegeId={expense.collegeId} />
        <div className="document-main stack">
          <Notices expense={expense} />
          <Amounts expense={expense} />
          <Details expense={expense} />
          <Vouchers expense={expense} />
          <Receipts expense={expense} attach={attach} />
        </div>
        <aside className="document-side" aria-label={text('expense.timeline')}>
          <h2>{text('expense.timeline')}</h2>
          <Timeline entries={expense.timeline} />
        </aside>
        <Signatures />
      </section>
      {asked !== null && <ActionDialog action={asked} expense={expense} onClose={() => setAsked(null)} />}
    </>
  );
}

/** Until when the decision has time, or by how much it is late. */
function DueNotice({ dueAt }: { readonly dueAt: number }) {
  const text = useText();
  const now = useNow();
  const due = dueIn(dueAt, now, text);
  if (due.state === 'overdue') {
    return (
      <p className="notice notice-bad">
        {text('expense.overdue', { late: due.text, at: formatInstant(dueAt, now, text) })}
      </p>
    );
  }
  return (
    <p className="notice">
      {text('expense.due')} <Instant at={dueAt} />
    </p>
  );
}

/** Who is paying it: the one question is whether this desk may send the money now. */
function PaymentNotice({ payment }: { readonly payment: NonNullable<ExpenseView['payment']> }) {
  const text = useText();
  const now = useNow();
  const { holderName: name, isHere, isConfirmed } = payment;
  const at = formatInstant(payment.takenAt, now, text);
  if (!isHere) return <p className="notice notice-warn">{text('expense.payingElsewhere', { name, at })}</p>;
  if (isConfirmed) return <p className="notice">{text('expense.payingHere', { name, at })}</p>;
  return (
    <p className="notice notice-warn">
      <Hourglass size={14} aria-hidden="true" />
      {text('expense.payingAsked')}
    </p>
  );
}

/** What one has to know before reading on. */
function Notices({ expense }: { readonly expense: ExpenseView }) {
  const text = useText();
  const waiting = expense.status === 'submitted' && expense.dueAt !== null;
  return (
    <>
      {expense.attentionSeq !== null && (
        <p className="notice notice-bad">
          {text('expense.attention')} <Link href="/sync">{text('expense.attentionLink')}</Link>
        </p>
      )}
      {expense.status === 'returned' && (
        <p className="notice notice-warn">
          {text('expense.returned', { name: expense.decidedByName ?? '', comment: expense.decisionComment ?? '' })}
        </p>
      )}
      {expense.status === 'rejected' && (
        <p className="notice notice-bad">
          {text('expense.rejected', { name: expense.decidedByName ?? '', comment: expense.decisionComment ?? '' })}
        </p>
      )}
      {expense.overBudget && (
        <p className="notice notice-warn">
          {expense.overBudgetReason === null
            ? text('expense.overBudget')
            : text('expense.overBudgetReason', { reason: expense.overBudgetReason })}
        </p>
      )}
      {expense.number === null && expense.pending && (
        <p className="notice">
          <Hourglass size={14} aria-hidden="true" />
          {text('expense.provisional')}
        </p>
      )}
      {waiting && expense.dueAt !== null && <DueNotice dueAt={expense.dueAt} />}
      {expense.order !== null && (
        <p className="notice">
          {text('expense.underOrder', {
            number: expense.order.number ?? '',
            status: text(`orderStatus.${expense.order.status}`),
          })}{' '}
          <Link href={placeOf(expense.order.stage)}>{text('expense.underOrderLink')}</Link>
        </p>
      )}
      {expense.payment !== null && <PaymentNotice payment={expense.payment} />}
      {expense.paidOn !== null && (
        <p className="notice">
          {text('expense.paid', {
            amount: formatRupees(expense.payablePaise),
            reference: expense.paymentReference ?? '',
          })}
        </p>
      )}
    </>
  );
}
