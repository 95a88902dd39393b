import { useState } from 'react';
import type { OrderOutcome } from '../../../shared/domain/payment-order/args.ts';
import type { FailureReason } from '../../../shared/domain/payment-order/news.ts';
import type { PaymentOrderRow } from '../../../shared/ipc/contract/payments.ts';
import { formatDate, type IsoDate } from '../../../shared/kernel/dates.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import { formatRupees } from '../../../shared/kernel/money.ts';
import { ConfirmDialog } from '../../components/dialog.tsx';
import { readDay } from '../../components/read-day.ts';
import { useWork } from '../../data/session.ts';
import { useCommand } from '../../data/use-command.ts';
import { amountInWords } from '../../format/words.ts';
import { useLanguage, useText } from '../../i18n/text.ts';
import { announce } from '../../state/announce.ts';
import { RecordFields, type RecordTyped } from './record-fields.tsx';
import { type Said, saidChoices } from './said.ts';

interface Props {
  readonly collegeId: Id;
  readonly order: PaymentOrderRow;
  onClose(): void;
}

type Problems = Readonly<Partial<Record<keyof RecordTyped, string>>>;

/** Enters by hand what the bank said of a payment: first what it said, then once more in words what follows from it. */
export function RecordDialog({ collegeId, order: given, onClose }: Props) {
  const text = useText();
  const language = useLanguage();
  const { today } = useWork();
  const command = useCommand();
  const [order] = useState(given);
  const choices = saidChoices(order);
  const [typed, setTyped] = useState<RecordTyped>({
    said: choices[0] ?? 'paid',
    utr: order.utr ?? '',
    day: formatDate(today),
    reason: 'invalid_account',
    words: '',
  });
  const [tried, setTried] = useState(false);
  const [sure, setSure] = useState(false);
  const day = readDay(typed.day, today);
  const problems = problemsOf();
  const facts = {
    to: order.beneficiaryName,
    amount: formatRupees(order.amountPaise),
    words: amountInWords(order.amountPaise, language),
    utr: typed.utr.trim().toUpperCase(),
    day: day.ok ? formatDate(day.value) : '',
    reason: text(`failure.${typed.reason}`),
  };

  function problemsOf(): Problems {
    const found: { -readonly [K in keyof RecordTyped]?: string } = {};
    const needsDay = typed.said === 'paid' || typed.said === 'returned';
    if (typed.said === 'paid' && typed.utr.trim() === '') found.utr = text('problem.empty');
    if (needsDay && !day.ok) found.day = text('problem.not_a_date');
    if (needsDay && day.ok && day.value > today) found.day = text('problem.date.future');
    if (typed.said === 'failed' && typed.words.trim() === '') found.words = text('problem.empty');
    return found;
  }
  const go = async (): Promise<void> => {
    setTried(true);
    if (Object.keys(problems).length > 0) return;
    if (!sure) {
      setSure(true);
      return;
    }
    const outcome = outcomeOf(order, typed, day.ok ? day.value : null);
    const args = { batchId: order.batchId, source: 'person' as const, outcomes: [outcome] };
    if ((await command.run({ collegeId, name: 'order.record', args })) === null) return;
    announce(text(`record.done.${typed.said}`, facts));
    onClose();
  };
  return (
    <ConfirmDialog
      title={text('record.title', { number: order.number ?? order.expenseReference })}
      consequence={
        sure ? (
          <p className="notice notice-warn">{text(`record.sure.${typed.said}`, facts)}</p>
        ) : (
          <p>{text('record.consequence', facts)}</p>
        )
      }
      confirmLabel={sure ? text(`record.confirm.${typed.said}`, facts) : text('record.next')}
      dangerous={sure && typed.said !== 'paid'}
      busy={command.busy}
      error={command.error}
      onConfirm={() => void go()}
      onClose={() => (sure ? setSure(false) : onClose())}
    >
      {!sure && (
        <RecordFields
          choices={choices}
          typed={typed}
          today={today}
          problems={tried ? problems : {}}
          onChange={(part) => setTyped((now) => ({ ...now, ...part }))}
        />
      )}
    </ConfirmDialog>
  );
}

/** About the present sending: of an earlier one nobody speaks by hand. */
function outcomeOf(order: PaymentOrderRow, typed: RecordTyped, day: IsoDate | null): OrderOutcome {
  const of = (...states: readonly Said[]): boolean => states.includes(typed.said);
  const utr = typed.utr.trim().toUpperCase();
  const reason: FailureReason = typed.reason;
  return {
    orderId: order.id,
    fence: order.fence,
    state: typed.said,
    providerId: null,
    utr: of('paid') ? utr : null,
    bookedOn: of('paid', 'returned') ? day : null,
    failure: of('failed', 'returned') ? { reason: of('failed') ? reason : 'declined', text: typed.words.trim() } : null,
    chargesPaise: null,
  };
}
