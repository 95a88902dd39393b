import { useEffect, useRef } from 'react';
import { useLocation } from 'wouter';
import type { Id } from '../../../shared/kernel/ids.ts';
import { Button } from '../../components/button.tsx';
import { useWide } from '../../components/use-media.ts';
import { useAsk } from '../../data/desk.tsx';
import { useWork } from '../../data/session.ts';
import { formatInstant } from '../../format/instant.ts';
import { nowMs } from '../../host/system.ts';
import { useText } from '../../i18n/text.ts';
import { ExpensePage } from '../expense/expense-page.tsx';
import '../expenses/expenses.css';
import './approvals.css';
import { ApprovalList, useInbox } from './approval-list.tsx';

/**
 * What waits for this person. Where there is room the document stands beside the list and follows the marked row; elsewhere it opens by
 * itself. After a decision the next one comes.
 */
export function Approvals() {
  const [location, goTo] = useLocation();
  const wide = useWide();
  const opened = location.split('/')[2] ?? '';
  const inbox = useInbox(opened);
  if (opened !== '' && !wide) {
    const back = (): void => goTo('/approvals');
    return <Document key={opened} id={opened} onBack={back} onNext={back} />;
  }
  if (!wide || inbox.shownId === null) {
    return <ApprovalList inbox={inbox} openId={null} narrow={false} onOpen={(id) => goTo(`/approvals/${id}`)} />;
  }
  return (
    <div className="side-by-side">
      <ApprovalList inbox={inbox} openId={inbox.shownId} narrow onOpen={inbox.show} />
      <section className="side-detail">
        <Document key={inbox.shownId} id={inbox.shownId} onBack={focusList} onNext={inbox.next} />
      </section>
    </div>
  );
}

const focusList = (): void => document.querySelector<HTMLElement>('.side-by-side .data-table')?.focus();

interface DocumentProps {
  readonly id: Id;
  onBack(): void;
  /** To what waits next, or to the list. */
  onNext(): void;
}

/** The expense, and, should somebody else have been quicker, who decided what and when. */
function Document({ id, onBack, onNext }: DocumentProps) {
  const text = useText();
  const { person } = useWork();
  const { data: expense } = useAsk('expenses.get', { id });
  const waited = useRef(false);
  const waits = expense?.status === 'submitted';
  const mine = expense !== undefined && !waits && expense.decidedById === person.id;
  useEffect(() => {
    if (waits) waited.current = true;
    // One's own decision leads on to the next; that of another stays in sight until it is read.
    else if (mine && waited.current) {
      waited.current = false;
      onNext();
    }
  });
  return (
    <>
      {expense !== undefined && !waits && !mine && (
        <p className="approval-told" role="status">
          <span>
            {expense.decidedByName !== null && expense.decidedAt !== null
              ? text('approvals.quicker', {
                  name: expense.decidedByName,
                  at: formatInstant(expense.decidedAt, nowMs(), text),
                  decision: text(`status.${expense.status}`),
                })
              : text('approvals.gone', { status: text(`status.${expense.status}`) })}
          </span>
          <span className="push" />
          <Button onClick={onNext}>{text('approvals.next')}</Button>
        </p>
      )}
      <ExpensePage id={id} onBack={onBack} />
    </>
  );
}
