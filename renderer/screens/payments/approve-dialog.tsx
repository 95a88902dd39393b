import { useState } from 'react';
import type { Output } from '../../../shared/ipc/contract.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import { limits } from '../../../shared/kernel/limits.ts';
import { ConfirmDialog } from '../../components/dialog.tsx';
import { Field } from '../../components/field.tsx';
import { TextInput } from '../../components/inputs.tsx';
import { useNow } from '../../components/use-now.ts';
import { useCommand } from '../../data/use-command.ts';
import { formatInstant } from '../../format/instant.ts';
import { useText } from '../../i18n/text.ts';
import { announce } from '../../state/announce.ts';
import { groupDigits, LAST_DIGITS, lastDigits } from './digits.ts';

export type DetailsRow = Output<'payments.beneficiaries'>['rows'][number];

interface Props {
  readonly collegeId: Id;
  readonly row: DetailsRow;
  onClose(): void;
}

/** The last digits are typed from the cheque, so that nobody approves a number without having looked at it. */
export function ApproveDialog({ collegeId, row, onClose }: Props) {
  const text = useText();
  const now = useNow();
  const command = useCommand();
  // What is approved is what was shown, should the list move on meanwhile.
  const [{ vendorId, vendorName, beneficiary }] = useState(row);
  const [typed, setTyped] = useState('');
  const [tried, setTried] = useState(false);
  const { accountName, accountNumber, ifsc, revision, changedAt, changedByName, own } = beneficiary;
  const agrees = typed.trim().toUpperCase() === lastDigits(accountNumber).toUpperCase();
  const facts = {
    vendor: vendorName,
    name: changedByName,
    at: changedAt === null ? '' : formatInstant(changedAt, now, text),
    from: formatInstant(now + limits.payment.coolingMs, now, text),
    count: LAST_DIGITS,
  };
  const run = async (): Promise<void> => {
    setTried(true);
    if (!agrees) return;
    const args = { vendorId, accountName, accountNumber, ifsc, revision };
    if ((await command.run({ collegeId, name: 'beneficiary.approve', args })) === null) return;
    announce(text('details.done', facts));
    onClose();
  };
  return (
    <ConfirmDialog
      title={text('details.title', facts)}
      consequence={<p>{text('details.consequence', facts)}</p>}
      confirmLabel={text('details.confirm')}
      busy={command.busy}
      blocked={own}
      error={command.error}
      onConfirm={() => void run()}
      onClose={onClose}
    >
      <dl className="stack-tight">
        <dt className="muted small">{text('field.accountName')}</dt>
        <dd>{accountName}</dd>
        <dt className="muted small">{text('field.accountNumber')}</dt>
        <dd className="account-large">{groupDigits(accountNumber)}</dd>
        <dt className="muted small">{text('field.ifsc')}</dt>
        <dd className="account-large">{ifsc}</dd>
      </dl>
      <p className="muted">{text('details.who', facts)}</p>
      {own ? (
        <p className="notice notice-warn">{text('details.isOwn')}</p>
      ) : (
        <Field
          label={text('details.lastDigits', facts)}
          hint={text('details.lastDigitsHint')}
          error={tried && !agrees ? text('details.lastDigitsWrong') : null}
          required
        >
          {(field) => (
            <TextInput {...field} value={typed} maxLength={LAST_DIGITS} spellCheck={false} onChange={setTyped} />
          )}
        </Field>
      )}
    </ConfirmDialog>
  );
}
