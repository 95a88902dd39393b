import { useQueries } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { ExpenseView } from '../../../shared/ipc/contract/expenses.ts';
import { type MunimError, toMunimError } from '../../../shared/kernel/errors.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import { formatRupees, sumPaise } from '../../../shared/kernel/money.ts';
import { Button } from '../../components/button.tsx';
import { ConfirmDialog, Dialog } from '../../components/dialog.tsx';
import { ErrorPanel } from '../../components/error-panel.tsx';
import { Money } from '../../components/figures.tsx';
import { ProgressBar, Skeleton } from '../../components/states.tsx';
import { askOptions, useDesk } from '../../data/desk.tsx';
import { useText } from '../../i18n/text.ts';
import { announce } from '../../state/announce.ts';

interface Props {
  readonly ids: readonly Id[];
  onClose(): void;
  /** Called with those that were not approved, which stay ticked. */
  onDone(left: readonly Id[]): void;
}

interface Outcome {
  readonly approved: number;
  readonly refused: readonly { readonly expense: ExpenseView; readonly error: MunimError }[];
}

/** Approves the ticked expenses one by one after one confirmation that names count and sum; each is judged for itself. */
export function ApproveMany({ ids, onClose, onDone }: Props) {
  const text = useText();
  const answers = useQueries({ queries: useExpenseQueries(ids) });
  const run = useApproveEach((outcome, approved) => {
    onDone(waiting.map(({ id }) => id).filter((id) => !approved.has(id)));
    announce(text('approveMany.done', { count: outcome.approved }));
    if (outcome.refused.length === 0) onClose();
  });
  const expenses = answers.flatMap(({ data }) => (data === undefined ? [] : [data]));
  const waiting = expenses.filter((expense) => expense.actions.includes('approve'));
  const ready = waiting.filter((expense) => !expense.overBudget);
  const failed = answers.find(({ error }) => error !== null);

  if (run.outcome !== null && run.outcome.refused.length > 0) {
    return <RefusedList outcome={run.outcome} onClose={onClose} />;
  }
  if (run.done !== null) {
    return (
      <Dialog title={text('approveMany.title')} onClose={run.stop}>
        <div className="dialog-body">
          <ProgressBar label={text('approveMany.running')} done={run.done} total={run.total} onCancel={run.stop} />
        </div>
      </Dialog>
    );
  }
  if (expenses.length < ids.length || ready.length === 0) {
    return (
      <Dialog title={text('approveMany.title')} onClose={onClose}>
        <div className="dialog-body stack">
          {failed !== undefined ? (
            <ErrorPanel error={failed.error} />
          ) : expenses.length < ids.length ? (
            <Skeleton />
          ) : (
            <>
              <p>{text('approveMany.nothing')}</p>
              <LeftOut overBudget={waiting.length} decided={ids.length - waiting.length} />
            </>
          )}
        </div>
      </Dialog>
    );
  }
  const sum = formatRupees(sumPaise(ready.map((expense) => expense.totalPaise)));
  const payable = formatRupees(sumPaise(ready.map((expense) => expense.payablePaise)));
  return (
    <ConfirmDialog
      title={text('approveMany.title')}
      consequence={<p>{text('approveMany.consequence', { count: ready.length, sum, payable })}</p>}
      confirmLabel={text('approveMany.confirm', { count: ready.length, sum })}
      onConfirm={() => void run.start(ready)}
      onClose={onClose}
    >
      <ReadyTable expenses={ready} />
      <LeftOut overBudget={waiting.length - ready.length} decided={ids.length - waiting.length} />
    </ConfirmDialog>
  );
}

function useExpenseQueries(ids: readonly Id[]) {
  const desk = useDesk();
  return ids.map((id) => askOptions(desk, 'expenses.get', { id }));
}

/** One command after the other; `stop` lets the one under way end and leaves the rest as it is. */
function useApproveEach(onEnd: (outcome: Outcome, approved: ReadonlySet<Id>) => void) {
  const desk = useDesk();
  const stopped = useRef(false);
  const [done, setDone] = useState<number | null>(null);
  const [total, setTotal] = useState(0);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const start = async (expenses: readonly ExpenseView[]): Promise<void> => {
    setTotal(expenses.length);
    const refused: { expense: ExpenseView; error: MunimError }[] = [];
    const approved = new Set<Id>();
    for (const [index, expense] of expenses.entries()) {
      if (stopped.current) break;
      setDone(index);
      const { collegeId, id: expenseId, revision } = expense;
      const args = { expenseId, revision, comment: null, overBudgetReason: null };
      try {
        await desk.call('commands.run', { collegeId, name: 'expense.approve', args });
        approved.add(expense.id);
      } catch (thrown) {
        refused.push({ expense, error: toMunimError(thrown) });
      }
    }
    const ended = { approved: approved.size, refused };
    setOutcome(ended);
    onEnd(ended, approved);
  };
  const stop = (): void => {
    stopped.current = true;
  };
  return { start, stop, done, total, outcome };
}

function LeftOut({ overBudget, decided }: { readonly overBudget: number; readonly decided: number }) {
  const text = useText();
  return (
    <>
      {overBudget > 0 && <p className="muted">{text('approveMany.overBudget', { count: overBudget })}</p>}
      {decided > 0 && <p className="muted">{text('approveMany.leftOut', { count: decided })}</p>}
    </>
  );
}

function ReadyTable({ expenses }: { readonly expenses: readonly ExpenseView[] }) {
  const text = useText();
  return (
    <div className="approve-many-list">
      <table className="plain-table">
        <caption className="visually-hidden">{text('approveMany.list')}</caption>
        <tbody>
          {expenses.map((expense) => (
            <tr key={expense.id}>
              <th scope="row">{expense.reference}</th>
              <td>{expense.vendorName}</td>
              <td className="number">
                <Money paise={expense.totalPaise} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function RefusedList({ outcome, onClose }: { readonly outcome: Outcome; onClose(): void }) {
  const text = useText();
  return (
    <Dialog title={text('approveMany.refused', { count: outcome.refused.length })} onClose={onClose} wide>
      <div className="dialog-body stack">
        <p>{text('approveMany.refusedLead', { done: outcome.approved })}</p>
        {outcome.refused.map(({ expense, error }) => (
          <section key={expense.id} className="stack-tight">
            <h3>{`${expense.reference} · ${expense.vendorName} · ${formatRupees(expense.totalPaise)}`}</h3>
            <ErrorPanel error={error} />
          </section>
        ))}
        <div className="dialog-foot">
          <Button onClick={onClose} data-first>
            {text('action.close')}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
