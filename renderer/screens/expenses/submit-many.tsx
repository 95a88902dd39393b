import { useQueries } from '@tanstack/react-query';
import { useState } from 'react';
import type { ExpenseView } from '../../../shared/ipc/contract/expenses.ts';
import { toMunimError } from '../../../shared/kernel/errors.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import { formatRupees, sumPaise } from '../../../shared/kernel/money.ts';
import { Button } from '../../components/button.tsx';
import { ConfirmDialog, Dialog } from '../../components/dialog.tsx';
import { ErrorPanel } from '../../components/error-panel.tsx';
import { ProgressBar, Skeleton } from '../../components/states.tsx';
import { askOptions, useDesk } from '../../data/desk.tsx';
import { useText } from '../../i18n/text.ts';
import { announce } from '../../state/announce.ts';

interface Props {
  readonly ids: readonly Id[];
  onClose(): void;
  /** Called with those that could not be submitted, which stay ticked. */
  onDone(left: readonly Id[]): void;
}

interface Refused {
  readonly expense: ExpenseView;
  readonly error: ReturnType<typeof toMunimError>;
}

/** Submits the ticked expenses one by one; each is judged for itself, and what is refused says why. */
export function SubmitMany({ ids, onClose, onDone }: Props) {
  const text = useText();
  const desk = useDesk();
  const [done, setDone] = useState<number | null>(null);
  const [refused, setRefused] = useState<readonly Refused[] | null>(null);
  const answers = useQueries({ queries: ids.map((id) => askOptions(desk, 'expenses.get', { id })) });
  const expenses = answers.flatMap(({ data }) => (data === undefined ? [] : [data]));
  const ready = expenses.filter((expense) => expense.actions.includes('submit'));
  const sum = formatRupees(sumPaise(ready.map((expense) => expense.totalPaise)));

  const submit = async (): Promise<void> => {
    const failed: Refused[] = [];
    for (const [index, expense] of ready.entries()) {
      setDone(index);
      try {
        await desk.call('commands.run', {
          collegeId: expense.collegeId,
          name: 'expense.submit',
          args: { expenseId: expense.id, overBudgetReason: null },
        });
      } catch (thrown) {
        failed.push({ expense, error: toMunimError(thrown) });
      }
    }
    onDone(failed.map(({ expense }) => expense.id));
    announce(text('submitMany.done', { count: ready.length - failed.length }));
    if (failed.length === 0) onClose();
    else setRefused(failed);
  };

  if (refused !== null) return <RefusedList refused={refused} onClose={onClose} />;
  if (done !== null) {
    return (
      <Dialog title={text('submitMany.title')} onClose={() => undefined}>
        <div className="dialog-body">
          <ProgressBar label={text('submitMany.running')} done={done} total={ready.length} />
        </div>
      </Dialog>
    );
  }
  if (expenses.length < ids.length) {
    return (
      <Dialog title={text('submitMany.title')} onClose={onClose}>
        <div className="dialog-body">
          {answers.find(({ error }) => error !== null) === undefined ? (
            <Skeleton />
          ) : (
            <ErrorPanel error={answers.find(({ error }) => error !== null)?.error} />
          )}
        </div>
      </Dialog>
    );
  }
  if (ready.length === 0) {
    return (
      <Dialog title={text('submitMany.title')} onClose={onClose}>
        <div className="dialog-body stack">
          <p>{text('submitMany.nothing')}</p>
        </div>
      </Dialog>
    );
  }
  return (
    <ConfirmDialog
      title={text('submitMany.title')}
      consequence={
        <div className="stack-tight">
          <p>{text('submitMany.consequence', { count: ready.length, sum })}</p>
          {ready.length < ids.length && (
            <p className="muted">{text('submitMany.leftOut', { count: ids.length - ready.length })}</p>
          )}
        </div>
      }
      confirmLabel={text('submitMany.confirm', { count: ready.length })}
      onConfirm={() => void submit()}
      onClose={onClose}
    />
  );
}

function RefusedList({ refused, onClose }: { readonly refused: readonly Refused[]; onClose(): void }) {
  const text = useText();
  return (
    <Dialog title={text('submitMany.refused', { count: refused.length })} onClose={onClose} wide>
      <div className="dialog-body stack">
        {refused.map(({ expense, error }) => (
          <section key={expense.id} className="stack-tight">
            <h3>{`${expense.reference} · ${expense.vendorName} · ${formatRupees(expense.totalPaise)}`}</h3>
            <ErrorPanel error={error} />
          </section>
        ))}
        <div className="dialog-foot">
          <Button onClick={onClose}>{text('action.close')}</Button>
        </div>
      </div>
    </Dialog>
  );
}
