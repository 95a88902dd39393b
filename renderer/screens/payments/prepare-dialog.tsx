import { useState } from 'react';
import type { BankAccountView, BillToPay } from '../../../shared/ipc/contract/payments.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import { limits } from '../../../shared/kernel/limits.ts';
import { formatRupees, sumPaise } from '../../../shared/kernel/money.ts';
import { ConfirmDialog } from '../../components/dialog.tsx';
import { Field } from '../../components/field.tsx';
import { TextInput } from '../../components/inputs.tsx';
import { useNow } from '../../components/use-now.ts';
import { useWork } from '../../data/session.ts';
import { useCommand } from '../../data/use-command.ts';
import { monthName } from '../../format/month.ts';
import { amountInWords } from '../../format/words.ts';
import { newId } from '../../host/system.ts';
import { textOf, useLanguage, useText } from '../../i18n/text.ts';
import { announce } from '../../state/announce.ts';
import { stateAt, stateText } from './beneficiary-state.tsx';
import { type Going, GoingTable } from './going-table.tsx';

interface Props {
  readonly collegeId: Id;
  readonly account: BankAccountView;
  readonly bills: readonly BillToPay[];
  /** How many of the ticked ones no longer wait to be paid. */
  readonly gone: number;
  onDone(): void;
  onClose(): void;
}

/** The same bills in portions that a batch takes. */
export function portions<T>(all: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, index) =>
    all.slice(index * size, (index + 1) * size),
  );
}

/** Says what goes where before it is prepared. What cannot be paid now is left out, with the reason. */
export function PrepareDialog({ collegeId, account, bills, gone, onDone, onClose }: Props) {
  const text = useText();
  const language = useLanguage();
  const now = useNow();
  const { today } = useWork();
  const command = useCommand();
  const [purpose, setPurpose] = useState(() =>
    // For banks, which take no other letters.
    textOf('en')('prepare.purposeStart', { month: monthName(today.slice(0, 7), 'en') }),
  );
  const [left, setLeft] = useState(false);
  // The bills leave the list while they are prepared; what was asked stays in sight.
  const [frozen, setFrozen] = useState<readonly BillToPay[] | null>(null);
  const shown = frozen ?? bills;
  const ready = shown.filter(({ beneficiary }) => stateAt(beneficiary, now) === 'usable');
  const out = shown.filter(({ beneficiary }) => stateAt(beneficiary, now) !== 'usable');
  const total = sumPaise(ready.map(({ payablePaise }) => payablePaise));
  const batches = portions(ready, limits.payment.batchMax);
  const missing = purpose.trim() === '';

  const run = async (): Promise<void> => {
    setLeft(true);
    if (missing || ready.length === 0) return;
    setFrozen(shown);
    for (const batch of batches) {
      const orders = batch.map(({ expenseId, revision }) => ({ orderId: newId(), expenseId, revision }));
      const args = { batchId: newId(), bankAccountId: account.id, orders, purpose: purpose.trim() };
      if ((await command.run({ collegeId, name: 'order.prepare', args })) === null) {
        setFrozen(null);
        return;
      }
    }
    announce(text('prepare.done', { count: ready.length, amount: formatRupees(total) }));
    onDone();
    onClose();
  };
  return (
    <ConfirmDialog
      wide
      title={text('prepare.title')}
      consequence={<p>{text('prepare.consequence', { account: account.name })}</p>}
      confirmLabel={text('prepare.confirm', { count: ready.length, amount: formatRupees(total) })}
      busy={command.busy}
      blocked={ready.length === 0}
      error={command.error}
      onConfirm={() => void run()}
      onClose={onClose}
    >
      {ready.length > 0 ? (
        <>
          <GoingTable rows={ready.map(goingOf)} label={text('prepare.list')} />
          <p className="pay-total">
            <strong>{formatRupees(total)}</strong>
            <span>{amountInWords(total, language)}</span>
          </p>
        </>
      ) : (
        <p className="notice notice-warn">{text('prepare.nothing')}</p>
      )}
      {batches.length > 1 && <p className="muted">{text('prepare.batches', { count: batches.length })}</p>}
      {(out.length > 0 || gone > 0) && (
        <section className="stack-tight">
          <h3>{text('prepare.leftOut', { count: out.length + gone })}</h3>
          <ul className="small">
            {out.map(({ expenseId, reference, vendorName, beneficiary }) => (
              <li key={expenseId}>{`${vendorName} · ${reference}: ${stateText(text, beneficiary, now)}`}</li>
            ))}
            {gone > 0 && <li>{text('prepare.gone', { count: gone })}</li>}
          </ul>
        </section>
      )}
      <Field
        label={text('field.purpose')}
        hint={text('prepare.purposeHint')}
        error={left && missing ? text('problem.empty') : null}
        required
      >
        {(field) => (
          <TextInput {...field} value={purpose} maxLength={limits.payment.purposeMax} onChange={setPurpose} />
        )}
      </Field>
    </ConfirmDialog>
  );
}

const goingOf = (bill: BillToPay): Going => ({
  id: bill.expenseId,
  name: bill.beneficiary.accountName,
  accountNumber: bill.beneficiary.accountNumber,
  ifsc: bill.beneficiary.ifsc,
  mode: bill.mode,
  amountPaise: bill.payablePaise,
  twin: bill.twin,
});
