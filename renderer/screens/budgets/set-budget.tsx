import { useState } from 'react';
import type { BudgetView } from '../../../shared/ipc/contract/masters.ts';
import type { FinancialYear } from '../../../shared/kernel/dates.ts';
import { formatRupees } from '../../../shared/kernel/money.ts';
import { readAmount } from '../../../shared/kernel/money-entry.ts';
import { ConfirmDialog } from '../../components/dialog.tsx';
import { Field } from '../../components/field.tsx';
import { AmountInput, AmountUnderstood, useAmountProblem } from '../../components/inputs.tsx';
import { useCommand } from '../../data/use-command.ts';
import { useText } from '../../i18n/text.ts';
import { announce } from '../../state/announce.ts';

interface Props {
  readonly budget: BudgetView;
  readonly category: string;
  readonly financialYear: FinancialYear;
  onClose(): void;
}

/** Sets what a category may use. What it says stands on the figures that were seen when it was opened (`from`), which the command carries. */
export function SetBudget({ budget, category, financialYear, onClose }: Props) {
  const text = useText();
  const command = useCommand();
  const amountProblem = useAmountProblem();
  const [seen] = useState(budget);
  // Begins empty: figures typed behind the present ones would make a sum nobody meant.
  const [typed, setTyped] = useState('');
  const [left, setLeft] = useState(false);
  const used = seen.spentPaise + seen.committedPaise;
  const read = readAmount(typed);
  const to = read.ok ? read.value : null;
  const changed = to !== null && to !== seen.allocatedPaise;
  const problem = ((): string | null => {
    const unreadable = amountProblem(typed, true);
    if (unreadable !== null || to === null) return unreadable;
    if (to < 0n) return text('problem.negative');
    if (to < used && to < seen.allocatedPaise) return text('budgets.belowUse', { used: formatRupees(used) });
    return changed || to === 0n ? null : text('budgets.same');
  })();
  const facts = {
    category,
    year: financialYear,
    from: formatRupees(seen.allocatedPaise),
    to: formatRupees(to ?? 0n),
    used: formatRupees(used),
  };
  const consequence =
    problem !== null || to === null
      ? text('budgets.lead', facts)
      : to >= used
        ? text('budgets.consequence', { ...facts, left: formatRupees(to - used) })
        : text('budgets.consequenceOver', { ...facts, over: formatRupees(used - to) });

  const set = async (): Promise<void> => {
    setLeft(true);
    if (problem !== null || to === null) return;
    const answer = await command.run({
      collegeId: seen.collegeId,
      name: 'budget.set',
      args: { financialYear, category: seen.category, allocated: { from: seen.allocatedPaise, to } },
    });
    if (answer === null) return;
    announce(text('budgets.done', { category, amount: formatRupees(to) }));
    onClose();
  };
  return (
    <ConfirmDialog
      title={text('budgets.set', { category })}
      consequence={<p aria-live="polite">{consequence}</p>}
      confirmLabel={
        problem === null && to !== null
          ? text('budgets.confirm', { amount: formatRupees(to) })
          : text('budgets.confirmEmpty')
      }
      busy={command.busy}
      error={command.error}
      onConfirm={() => void set()}
      onClose={onClose}
    >
      <Field
        label={text('budgets.amount', { year: financialYear })}
        required
        error={left ? problem : null}
        hint={
          typed === '' ? (
            text('budgets.amountHint', { amount: formatRupees(seen.allocatedPaise) })
          ) : (
            <AmountUnderstood value={typed} />
          )
        }
      >
        {(props) => (
          <AmountInput {...props} value={typed} onChange={setTyped} onBlur={() => changed && setLeft(true)} />
        )}
      </Field>
    </ConfirmDialog>
  );
}
