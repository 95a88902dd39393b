import { useState } from 'react';
import { decisionReasons } from '../../../shared/domain/approval/policy.ts';
import type { CommandInput } from '../../../shared/ipc/contract/commands.ts';
import type { ExpenseView } from '../../../shared/ipc/contract/expenses.ts';
import { formatDate, type IsoDate } from '../../../shared/kernel/dates.ts';
import { formatRupees } from '../../../shared/kernel/money.ts';
import { ConfirmDialog } from '../../components/dialog.tsx';
import { Field } from '../../components/field.tsx';
import { DateInput, Select, TextArea, TextInput } from '../../components/inputs.tsx';
import { readDay } from '../../components/read-day.ts';
import { useWork } from '../../data/session.ts';
import { useCommand } from '../../data/use-command.ts';
import { type Masters, useMasters } from '../../data/use-masters.ts';
import { useText } from '../../i18n/text.ts';
import { announce } from '../../state/announce.ts';
import { budgetShare, type DialogAction } from './actions.ts';

interface Props {
  readonly action: DialogAction;
  readonly expense: ExpenseView;
  onClose(): void;
}

/** What the dialogs let one type. */
interface Typed {
  readonly reason: string;
  readonly overBudgetReason: string;
  readonly date: string;
  readonly reference: string;
  readonly accountCode: string;
}

type Name = keyof Typed;

const moneyAccounts = (masters: Masters) =>
  masters.accounts.filter((account) => account.role === 'bank' || account.role === 'cash');

const dangerous: ReadonlySet<DialogAction> = new Set(['reject', 'cancel', 'reverse', 'take_away_payment']);
const aboutPaying = (action: DialogAction): boolean => action === 'pay' || action === 'take_payment';

/** Every deed on an expense that binds: the consequence in words and figures, its fields, and the command. */
export function ActionDialog({ action, expense, onClose }: Props) {
  const text = useText();
  const { today } = useWork();
  const masters = useMasters(expense.collegeId);
  const command = useCommand();
  const [typed, setTyped] = useState<Typed>({
    reason: '',
    overBudgetReason: expense.overBudgetReason ?? '',
    date: formatDate(today),
    reference: '',
    accountCode: '',
  });
  const [left, setLeft] = useState<ReadonlySet<Name>>(new Set());
  const accountCode = typed.accountCode === '' ? (moneyAccounts(masters)[0]?.code ?? '') : typed.accountCode;
  const over = isOver(action, expense) || command.error?.code === 'BUDGET_INSUFFICIENT';
  const fields = fieldsOf(action, over);
  const day = readDay(typed.date, today);

  const problem = (name: Name): string | null => {
    if (name === 'date') {
      if (!day.ok) return text('problem.not_a_date');
      return day.value > today ? text('problem.date.future') : null;
    }
    if (name === 'reason' && action === 'approve') return null;
    if (name === 'accountCode') return accountCode === '' ? text('problem.empty') : null;
    return typed[name].trim() === '' ? text('problem.empty') : null;
  };
  const confirm = async (): Promise<void> => {
    setLeft(new Set(fields));
    if (fields.some((name) => problem(name) !== null) || !day.ok) return;
    const answer = await command.run(
      commandFor(
        action,
        expense,
        { ...typed, accountCode, overBudgetReason: over ? typed.overBudgetReason : '' },
        day.value,
      ),
    );
    if (answer === null) return;
    announce(text(`done.${action}`, { reference: expense.reference }));
    onClose();
  };
  const bind = (name: Name) => ({
    value: typed[name],
    onChange: (value: string) => setTyped((now) => ({ ...now, [name]: value })),
    onBlur: () => typed[name] !== '' && setLeft((now) => new Set(now).add(name)),
  });
  const error = (name: Name): string | null => (left.has(name) ? problem(name) : null);
  const amount = formatRupees(aboutPaying(action) ? expense.payablePaise : expense.totalPaise);

  return (
    <ConfirmDialog
      title={text(`ask.${action}`, { reference: expense.reference })}
      consequence={<Consequence action={action} expense={expense} />}
      confirmLabel={text(`confirm.${action}`, { amount })}
      dangerous={dangerous.has(action)}
      busy={command.busy}
      error={command.error}
      onConfirm={() => void confirm()}
      onClose={onClose}
    >
      {fields.includes('date') && (
        <Field label={text(action === 'pay' ? 'field.paidOn' : 'expense.reverseDate')} error={error('date')} required>
          {(field) => <DateInput {...field} {...bind('date')} today={today} />}
        </Field>
      )}
      {fields.includes('accountCode') && (
        <Field label={text('pay.from')} error={error('accountCode')} required>
          {(field) => (
            <Select
              {...field}
              value={accountCode}
              onChange={(value) => setTyped((now) => ({ ...now, accountCode: value }))}
              options={moneyAccounts(masters).map(({ code, name }) => ({ value: code, label: `${code} · ${name}` }))}
            />
          )}
        </Field>
      )}
      {fields.includes('reference') && (
        <Field label={text('field.paymentReference')} error={error('reference')} required>
          {(field) => <TextInput {...field} {...bind('reference')} maxLength={60} spellCheck={false} />}
        </Field>
      )}
      {fields.includes('reason') && (
        <Field
          label={text(action === 'approve' ? 'approve.comment' : 'field.reason')}
          hint={action === 'approve' ? text('approve.commentHint') : text('reason.hint')}
          error={error('reason')}
          required={action !== 'approve'}
        >
          {(field) => <TextArea {...field} {...bind('reason')} rows={2} maxLength={1_000} />}
        </Field>
      )}
      {fields.includes('overBudgetReason') && (
        <Field
          label={text('field.overBudgetReason')}
          error={error('overBudgetReason')}
          hint={text('reason.hint')}
          required
        >
          {(field) => <TextArea {...field} {...bind('overBudgetReason')} rows={2} maxLength={1_000} />}
        </Field>
      )}
    </ConfirmDialog>
  );
}

/** Whether the deed goes beyond the budget as this desk knows it; the rules have the last word. */
function isOver(action: DialogAction, expense: ExpenseView): boolean {
  if (action === 'approve') return expense.overBudget;
  if (action !== 'submit' || expense.budget === null) return false;
  return budgetShare(expense) > expense.budget.availablePaise;
}

function fieldsOf(action: DialogAction, over: boolean): readonly Name[] {
  const reasons: readonly Name[] = over ? ['overBudgetReason'] : [];
  if (action === 'submit') return reasons;
  if (action === 'take_payment' || action === 'give_back_payment') return [];
  if (action === 'approve') return ['reason', ...reasons];
  if (action === 'pay') return ['date', 'accountCode', 'reference'];
  return action === 'reverse' ? ['date', 'reason'] : ['reason'];
}

function commandFor(action: DialogAction, expense: ExpenseView, typed: Typed, day: IsoDate): CommandInput {
  const { collegeId, id: expenseId, revision } = expense;
  const reason = typed.reason.trim();
  const overBudgetReason = typed.overBudgetReason.trim() === '' ? null : typed.overBudgetReason.trim();
  switch (action) {
    case 'submit':
      return { collegeId, name: 'expense.submit', args: { expenseId, overBudgetReason } };
    case 'approve': {
      const comment = reason === '' ? null : reason;
      return { collegeId, name: 'expense.approve', args: { expenseId, revision, comment, overBudgetReason } };
    }
    case 'return':
      return { collegeId, name: 'expense.return', args: { expenseId, revision, reason } };
    case 'reject':
      return { collegeId, name: 'expense.reject', args: { expenseId, revision, reason } };
    case 'cancel':
      return { collegeId, name: 'expense.cancel', args: { expenseId, reason } };
    case 'pay': {
      const reference = typed.reference.trim();
      return {
        collegeId,
        name: 'expense.pay',
        args: { expenseId, paidOn: day, reference, accountCode: typed.accountCode },
      };
    }
    case 'take_payment':
      return { collegeId, name: 'payment.take', args: { expenseId } };
    case 'give_back_payment':
      return { collegeId, name: 'payment.giveBack', args: { expenseId } };
    case 'take_away_payment':
      return { collegeId, name: 'payment.takeAway', args: { expenseId, fence: expense.payment?.fence ?? 1, reason } };
    case 'reverse':
      return { collegeId, name: 'expense.reverse', args: { expenseId, date: day, reason } };
  }
}

/** Whether the policy of the college approves the expense by itself, so that submitting it posts it. */
function usePolicyApproves(expense: ExpenseView): boolean {
  const { session } = useWork();
  const masters = useMasters(expense.collegeId);
  const college = session.colleges.find(({ id }) => id === expense.collegeId);
  const category = masters.categories.find(({ code }) => code === expense.fields.category);
  if (college === undefined || category === undefined) return false;
  return decisionReasons(expense, category, college, isOver('submit', expense)).length === 0;
}

function Consequence({ action, expense }: Omit<Props, 'onClose'>) {
  const text = useText();
  const atOnce = usePolicyApproves(expense) && action === 'submit';
  const values = {
    total: formatRupees(expense.totalPaise),
    payable: formatRupees(expense.payablePaise),
    share: formatRupees(budgetShare(expense)),
    vendor: expense.vendorName,
    maker: expense.makerName,
    holder: expense.payment?.holderName ?? '',
    reference: expense.reference,
  };
  const budget = expense.budget;
  const showBudget = budget !== null && (action === 'submit' || action === 'approve');
  return (
    <div className="stack-tight">
      <p>{text(atOnce ? 'consequence.submitAtOnce' : `consequence.${action}`, values)}</p>
      {showBudget && (
        <p className="muted">
          {text('consequence.budget', { left: formatRupees(budget.availablePaise), share: values.share })}
        </p>
      )}
    </div>
  );
}
