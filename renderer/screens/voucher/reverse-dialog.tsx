import { useState } from 'react';
import type { VoucherPage } from '../../../shared/ipc/contract/vouchers.ts';
import { formatDate } from '../../../shared/kernel/dates.ts';
import { limits } from '../../../shared/kernel/limits.ts';
import { formatRupees } from '../../../shared/kernel/money.ts';
import { ConfirmDialog } from '../../components/dialog.tsx';
import { Field } from '../../components/field.tsx';
import { DateInput, TextArea } from '../../components/inputs.tsx';
import { readDay } from '../../components/read-day.ts';
import { useWork } from '../../data/session.ts';
import { useCommand } from '../../data/use-command.ts';
import { useText } from '../../i18n/text.ts';
import { announce } from '../../state/announce.ts';

interface Props {
  readonly voucher: VoucherPage;
  readonly name: string;
  onClose(): void;
}

/** Taking a voucher back: by which day and why, with what follows in figures. */
export function ReverseDialog({ voucher, name, onClose }: Props) {
  const text = useText();
  const { today } = useWork();
  const command = useCommand();
  const [typed, setTyped] = useState({ date: formatDate(today), reason: '' });
  const [left, setLeft] = useState({ date: false, reason: false });
  const day = readDay(typed.date, today);
  const dateProblem = ((): string | null => {
    if (!day.ok) return text('problem.not_a_date');
    if (day.value > today) return text('problem.date.future');
    return day.value < voucher.date ? text('entry.beforeVoucher', { date: formatDate(voucher.date) }) : null;
  })();
  const reasonProblem = typed.reason.trim() === '' ? text('problem.empty') : null;

  const reverse = async (): Promise<void> => {
    setLeft({ date: true, reason: true });
    if (dateProblem !== null || reasonProblem !== null || !day.ok) return;
    const { collegeId, id: voucherId } = voucher;
    const args = { voucherId, date: day.value, reason: typed.reason.trim() };
    if ((await command.run({ collegeId, name: 'voucher.reverse', args })) === null) return;
    announce(text('entry.reversed', { name }));
    onClose();
  };
  const amount = formatRupees(voucher.amountPaise);
  return (
    <ConfirmDialog
      title={text('entry.askReverse', { name })}
      consequence={<p>{text('entry.reverseConsequence', { name, amount, count: voucher.lines.length })}</p>}
      confirmLabel={text('confirm.reverse', { amount })}
      dangerous
      busy={command.busy}
      error={command.error}
      onConfirm={() => void reverse()}
      onClose={onClose}
    >
      <Field label={text('expense.reverseDate')} error={left.date ? dateProblem : null} required>
        {(field) => (
          <DateInput
            {...field}
            today={today}
            value={typed.date}
            onChange={(date) => setTyped((now) => ({ ...now, date }))}
            onBlur={() => setLeft((now) => ({ ...now, date: true }))}
          />
        )}
      </Field>
      <Field
        label={text('field.reason')}
        hint={text('reason.hint')}
        error={left.reason ? reasonProblem : null}
        required
      >
        {(field) => (
          <TextArea
            {...field}
            value={typed.reason}
            rows={2}
            maxLength={limits.text.commentMax}
            onChange={(reason) => setTyped((now) => ({ ...now, reason }))}
            onBlur={() => typed.reason !== '' && setLeft((now) => ({ ...now, reason: true }))}
          />
        )}
      </Field>
    </ConfirmDialog>
  );
}
