import { useState } from 'react';
import type { PaymentOrderRow } from '../../../shared/ipc/contract/payments.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import { limits } from '../../../shared/kernel/limits.ts';
import { formatRupees } from '../../../shared/kernel/money.ts';
import { ConfirmDialog } from '../../components/dialog.tsx';
import { Field } from '../../components/field.tsx';
import { TextInput } from '../../components/inputs.tsx';
import { useCommand } from '../../data/use-command.ts';
import { useText } from '../../i18n/text.ts';
import { announce } from '../../state/announce.ts';
import { batchesOf, totalOf } from './batches.ts';

interface Props {
  readonly collegeId: Id;
  readonly orders: readonly PaymentOrderRow[];
  onClose(): void;
}

/** Takes payments back of which nothing was sent; their bills wait to be paid again. */
export function WithdrawDialog({ collegeId, orders, onClose }: Props) {
  const text = useText();
  const command = useCommand();
  // They leave the list as soon as it is done.
  const [asked] = useState(orders);
  const [reason, setReason] = useState('');
  const [left, setLeft] = useState(false);
  const missing = reason.trim() === '';
  const facts = {
    count: asked.length,
    name: asked[0]?.beneficiaryName ?? '',
    amount: formatRupees(totalOf(asked)),
  };
  const run = async (): Promise<void> => {
    setLeft(true);
    if (missing) return;
    for (const batch of batchesOf(asked)) {
      const args = { batchId: batch.id, orderIds: batch.orders.map(({ id }) => id), reason: reason.trim() };
      if ((await command.run({ collegeId, name: 'order.withdraw', args })) === null) return;
    }
    announce(text('withdraw.done', facts));
    onClose();
  };
  return (
    <ConfirmDialog
      title={text('withdraw.title', facts)}
      consequence={<p>{text('withdraw.consequence', facts)}</p>}
      confirmLabel={text('withdraw.confirm', facts)}
      dangerous
      busy={command.busy}
      error={command.error}
      onConfirm={() => void run()}
      onClose={onClose}
    >
      <Field label={text('field.reason')} error={left && missing ? text('problem.empty') : null} required>
        {(field) => <TextInput {...field} value={reason} maxLength={limits.text.commentMax} onChange={setReason} />}
      </Field>
    </ConfirmDialog>
  );
}
