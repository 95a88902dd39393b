import type { PaymentOrderRow } from '../../../shared/ipc/contract/payments.ts';
import type { Column } from '../../components/data-table.tsx';
import { DateText, Instant, Money } from '../../components/figures.tsx';
import { Pill } from '../../components/status-pill.tsx';
import { useWide } from '../../components/use-media.ts';
import { useText } from '../../i18n/text.ts';
import { groupDigits } from './digits.ts';

const TONE = {
  prepared: 'quiet',
  released: 'accent',
  sending: 'accent',
  exported: 'accent',
  in_doubt: 'warn',
  not_received: 'warn',
  accepted: 'accent',
  paid: 'ok',
  failed: 'bad',
  returned: 'bad',
  withdrawn: 'quiet',
} as const;

export function OrderPill({ order }: { readonly order: Pick<PaymentOrderRow, 'status'> }) {
  const text = useText();
  return <Pill tone={TONE[order.status]}>{text(`orderStatus.${order.status}`)}</Pill>;
}

const numberOf = ({ number, expenseReference }: PaymentOrderRow): string => number ?? expenseReference;

/** What columns of several lists have in common. */
function useShared(totalPaise: bigint) {
  const text = useText();
  return {
    number: { id: 'number', title: text('field.number'), width: '164px', render: numberOf },
    beneficiary: {
      ...{ id: 'beneficiary', title: text('pay.beneficiary'), width: 'minmax(150px, 1.6fr)', fixed: true },
      render: (row: PaymentOrderRow) => row.beneficiaryName,
    },
    status: {
      ...{ id: 'status', title: text('field.status'), width: 'minmax(116px, 0.7fr)', fixed: true },
      render: (row: PaymentOrderRow) => <OrderPill order={row} />,
    },
    amount: {
      ...{ id: 'amount', title: text('pay.amount'), width: '146px', align: 'end' as const, fixed: true },
      render: (row: PaymentOrderRow) => <Money paise={row.amountPaise} bare />,
      total: <Money paise={totalPaise} />,
    },
    account: {
      ...{ id: 'account', title: text('pay.from'), width: 'minmax(110px, 0.8fr)' },
      render: (row: PaymentOrderRow) => row.bankAccountName,
    },
    utr: {
      ...{ id: 'utr', title: text('payments.utr'), width: 'minmax(188px, 1fr)' },
      render: (row: PaymentOrderRow) => row.utr ?? '',
    },
  };
}

/** Of a batch, for the checker: the account in full. */
export function useBatchColumns(totalPaise: bigint): readonly Column<PaymentOrderRow>[] {
  const text = useText();
  const { beneficiary, status, amount } = useShared(totalPaise);
  return [
    { ...beneficiary, width: 'minmax(250px, 1.6fr)' },
    {
      id: 'account',
      title: text('field.accountNumber'),
      width: 'minmax(176px, 1fr)',
      fixed: true,
      render: (row) => <span className="account-digits">{groupDigits(row.accountNumber)}</span>,
    },
    { id: 'ifsc', title: text('field.ifsc'), width: '124px', fixed: true, render: (row) => row.ifsc },
    { id: 'mode', title: text('pay.mode'), width: '72px', render: (row) => text(`mode.${row.mode}`) },
    {
      id: 'caution',
      title: text('field.status'),
      width: 'minmax(236px, 0.9fr)',
      fixed: true,
      render: (row) =>
        row.twin === null ? status.render(row) : <Pill tone="warn">{text('pay.twin', { number: row.twin })}</Pill>,
    },
    amount,
  ];
}

/** Of orders that are with a desk or the bank. */
export function useWayColumns(totalPaise: bigint): readonly Column<PaymentOrderRow>[] {
  const text = useText();
  const wide = useWide();
  const { number, beneficiary, status, amount, utr, account } = useShared(totalPaise);
  return [
    number,
    beneficiary,
    { ...status, width: 'minmax(164px, 0.8fr)' },
    {
      id: 'since',
      title: text('way.since'),
      width: '142px',
      render: (row) => <Instant at={row.takenAt ?? row.releasedAt ?? row.preparedAt} />,
    },
    {
      id: 'sender',
      title: text('way.sender'),
      width: 'minmax(116px, 0.7fr)',
      render: (row) => row.senderName ?? '',
    },
    ...(wide ? [account] : []),
    utr,
    amount,
  ];
}

/** Of what is over. */
export function useDoneColumns(): readonly Column<PaymentOrderRow>[] {
  const text = useText();
  const wide = useWide();
  const { number, beneficiary, status, amount, utr, account } = useShared(0n);
  return [
    number,
    beneficiary,
    status,
    {
      id: 'day',
      title: text('done.day'),
      width: '108px',
      render: (row) => {
        const day = row.returnedOn ?? row.paidOn;
        return day === null ? '' : <DateText date={day} />;
      },
    },
    utr,
    {
      id: 'voucher',
      title: text('done.voucher'),
      width: '104px',
      render: (row) =>
        row.returnVoucherId !== null ? text('done.reversed') : row.paymentVoucherId !== null ? text('done.posted') : '',
    },
    ...(wide ? [account] : []),
    // No sum: what was withdrawn or failed is among them.
    { ...amount, total: undefined },
  ];
}
