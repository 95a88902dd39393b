import { useState } from 'react';
import type { BankAccountView } from '../../../shared/ipc/contract/payments.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import { formatPaise, formatRupees, type Paise } from '../../../shared/kernel/money.ts';
import { readAmount } from '../../../shared/kernel/money-entry.ts';
import { ConfirmDialog } from '../../components/dialog.tsx';
import { Field } from '../../components/field.tsx';
import { AmountInput, AmountUnderstood, Check, useAmountProblem } from '../../components/inputs.tsx';
import { useCommand } from '../../data/use-command.ts';
import { useText } from '../../i18n/text.ts';
import { announce } from '../../state/announce.ts';
import { moveOn } from '../expense-form/move-on.ts';

interface Props {
  readonly collegeId: Id;
  readonly account: BankAccountView;
  onClose(): void;
}

const typedOf = (paise: Paise | null): string => (paise === null ? '' : formatPaise(paise));

/** How much may leave the account in one payment and in one day; without limits nothing may. */
export function LimitsDialog({ collegeId, account, onClose }: Props) {
  const text = useText();
  const problem = useAmountProblem();
  const command = useCommand();
  const [{ id, revision, name }] = useState(account);
  const [typed, setTyped] = useState({
    payment: typedOf(account.paymentLimitPaise),
    day: typedOf(account.dailyLimitPaise),
  });
  const [stopped, setStopped] = useState(false);
  const [tried, setTried] = useState(false);
  const payment = readAmount(typed.payment);
  const day = readAmount(typed.day);
  const wrong = {
    payment: problem(typed.payment, true) ?? (payment.ok && payment.value <= 0n ? text('limits.zero') : null),
    day: problem(typed.day, true) ?? (payment.ok && day.ok && payment.value > day.value ? text('limits.order') : null),
  };
  const run = async (): Promise<void> => {
    setTried(true);
    if (!stopped && (wrong.payment !== null || wrong.day !== null || !payment.ok || !day.ok)) return;
    const args = {
      ...{ bankAccountId: id, revision },
      paymentLimitPaise: stopped || !payment.ok ? null : payment.value,
      dailyLimitPaise: stopped || !day.ok ? null : day.value,
    };
    if ((await command.run({ collegeId, name: 'bankAccount.setLimits', args })) === null) return;
    announce(text('limits.done', { name }));
    onClose();
  };
  const facts = {
    name,
    payment: payment.ok ? formatRupees(payment.value) : '…',
    day: day.ok ? formatRupees(day.value) : '…',
  };
  const amount = (at: 'payment' | 'day') => (
    <Field
      label={text(`limits.${at}`)}
      error={tried ? wrong[at] : null}
      hint={<AmountUnderstood value={typed[at]} />}
      required
    >
      {(field) => (
        <AmountInput {...field} value={typed[at]} onChange={(next) => setTyped((now) => ({ ...now, [at]: next }))} />
      )}
    </Field>
  );
  return (
    <ConfirmDialog
      title={text('limits.title', { name })}
      consequence={<p>{text(stopped ? 'limits.stops' : 'limits.consequence', facts)}</p>}
      confirmLabel={text(stopped ? 'limits.stop' : 'limits.confirm')}
      dangerous={stopped}
      busy={command.busy}
      error={command.error}
      onConfirm={() => void run()}
      onClose={onClose}
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: Enter moves between the fields inside. */}
      <div className="stack" onKeyDown={moveOn}>
        {!stopped && amount('payment')}
        {!stopped && amount('day')}
        {account.paymentLimitPaise !== null && (
          <Check label={text('limits.stopCheck')} checked={stopped} onChange={setStopped} />
        )}
      </div>
    </ConfirmDialog>
  );
}
