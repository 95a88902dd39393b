import { useState } from 'react';
import type { PaymentOrderRow } from '../../../shared/ipc/contract/payments.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import { limits } from '../../../shared/kernel/limits.ts';
import { formatRupees } from '../../../shared/kernel/money.ts';
import { ConfirmDialog } from '../../components/dialog.tsx';
import { Field } from '../../components/field.tsx';
import { TextArea } from '../../components/inputs.tsx';
import { useCommand } from '../../data/use-command.ts';
import { useText } from '../../i18n/text.ts';
import { announce } from '../../state/announce.ts';

interface Props {
  readonly collegeId: Id;
  readonly order: PaymentOrderRow;
  onClose(): void;
}

/** Somebody has looked at it and says what he found. */
export function SettleDialog({ collegeId, order, onClose }: Props) {
  const text = useText();
  const command = useCommand();
  const [reason, setReason] = useState('');
  const [left, setLeft] = useState(false);
  const missing = reason.trim() === '';
  const facts = { number: order.number ?? order.expenseReference, amount: formatRupees(order.amountPaise) };
  const run = async (): Promise<void> => {
    setLeft(true);
    if (missing) return;
    const args = { batchId: order.batchId, orderId: order.id, reason: reason.trim() };
    if ((await command.run({ collegeId, name: 'order.settle', args })) === null) return;
    announce(text('settle.done', facts));
    onClose();
  };
  return (
    <ConfirmDialog
      title={text('settle.title', facts)}
      consequence={<p>{text('settle.consequence', facts)}</p>}
      confirmLabel={text('settle.confirm')}
      busy={command.busy}
      error={command.error}
      onConfirm={() => void run()}
      onClose={onClose}
    >
      <Field label={text('settle.found')} error={left && missing ? text('problem.empty') : null} required>
        {(field) => <TextArea {...field} value={reason} maxLength={limits.text.commentMax} onChange={setReason} />}
      </Field>
    </ConfirmDialog>
  );
}
