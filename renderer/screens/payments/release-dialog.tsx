import { useState } from 'react';
import { bankRestOn, nextWorkingDay, usualCreditBy } from '../../../shared/domain/payment-order/timing.ts';
import type { BankAccountView, PaymentOrderRow } from '../../../shared/ipc/contract/payments.ts';
import { formatDate, istDate } from '../../../shared/kernel/dates.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import { formatRupees } from '../../../shared/kernel/money.ts';
import { ConfirmDialog } from '../../components/dialog.tsx';
import { useNow } from '../../components/use-now.ts';
import { useCommand } from '../../data/use-command.ts';
import { formatInstant } from '../../format/instant.ts';
import { amountInWords } from '../../format/words.ts';
import { type Text, useLanguage, useText } from '../../i18n/text.ts';
import { announce } from '../../state/announce.ts';
import { totalOf } from './batches.ts';
import { GoingTable } from './going-table.tsx';
import { leftToday, useBankAccounts } from './use-all.ts';

interface Props {
  readonly collegeId: Id;
  /** Of one batch. */
  readonly orders: readonly PaymentOrderRow[];
  onDone(): void;
  onClose(): void;
}

/** The second step of the checker: to whom, how much in words, out of which account, and what speaks against it. */
export function ReleaseDialog({ collegeId, orders, onDone, onClose }: Props) {
  const text = useText();
  const language = useLanguage();
  const now = useNow();
  const command = useCommand();
  // What was shown is what is released; the desk refuses when it no longer adds up.
  const [asked] = useState(orders);
  const [first] = asked;
  const accounts = useBankAccounts(collegeId);
  const total = totalOf(asked);
  const twins = asked.filter(({ twin }) => twin !== null);
  const others = asked.filter(({ twin }) => twin === null);
  const account = accounts?.find(({ id }) => id === first?.bankAccountId);
  const count = new Set(asked.map(({ accountNumber, ifsc }) => `${ifsc} ${accountNumber}`)).size;
  const to = count === 1 ? (first?.beneficiaryName ?? '') : text('release.beneficiaries', { count });
  const facts = { to, amount: formatRupees(total), account: first?.bankAccountName ?? '' };

  const run = async (): Promise<void> => {
    if (first === undefined) return;
    const args = { batchId: first.batchId, orderIds: asked.map(({ id }) => id), totalPaise: total };
    if ((await command.run({ collegeId, name: 'order.release', args })) === null) return;
    announce(text('release.done', facts));
    onClose();
    onDone();
  };
  return (
    <ConfirmDialog
      wide
      title={text('release.title', facts)}
      consequence={<p>{text('release.consequence', facts)}</p>}
      confirmLabel={text('release.confirm', facts)}
      busy={command.busy}
      error={command.error}
      onConfirm={() => void run()}
      onClose={onClose}
    >
      <p className="pay-total">
        <strong>{formatRupees(total)}</strong>
        <span>{amountInWords(total, language)}</span>
        <span>{to}</span>
      </p>
      {twins.length > 0 && <p className="notice notice-warn">{text('release.twinsNotice', { count: twins.length })}</p>}
      <GoingTable rows={[...twins, ...others].map(goingOf)} label={text('release.going')} />
      {account !== undefined && <Limits account={account} total={total} orders={asked} />}
      {account !== undefined && <p className="muted">{timingText(text, account, asked, now)}</p>}
    </ConfirmDialog>
  );
}

const goingOf = (order: PaymentOrderRow) => ({ ...order, name: order.beneficiaryName });

/** What the principal allowed of this account, and what would be left. */
function Limits({
  account,
  total,
  orders,
}: {
  readonly account: BankAccountView;
  readonly total: bigint;
  readonly orders: readonly PaymentOrderRow[];
}) {
  const text = useText();
  const { name, paymentLimitPaise } = account;
  const left = leftToday(account);
  if (left === null || paymentLimitPaise === null) {
    return <p className="notice notice-bad">{text('release.noLimits', { name })}</p>;
  }
  const above = orders.filter(({ amountPaise }) => amountPaise > paymentLimitPaise).length;
  const facts = { limit: formatRupees(paymentLimitPaise), left: formatRupees(left) };
  return (
    <>
      <p className="muted">{text('release.limits', facts)}</p>
      {above > 0 && <p className="notice notice-bad">{text('release.aboveLimit', { ...facts, count: above })}</p>}
      {total > left && <p className="notice notice-bad">{text('release.aboveDay', facts)}</p>}
    </>
  );
}

/** When the money arrives, as a rule. A file waits for somebody to upload it and, on some days, for the branch. */
export function timingText(
  text: Text,
  account: Pick<BankAccountView, 'connector'>,
  orders: readonly Pick<PaymentOrderRow, 'mode'>[],
  now: number,
): string {
  const by = Math.max(...orders.map(({ mode }) => usualCreditBy(mode, now)));
  const usual = { at: formatInstant(by, now, text) };
  if (account.connector !== null) return text('timing.usual', usual);
  const rest = bankRestOn(istDate(now));
  if (rest === null) return text('timing.file', usual);
  return text('timing.rest', { rest: text(`rest.${rest}`), day: formatDate(nextWorkingDay(now)) });
}
