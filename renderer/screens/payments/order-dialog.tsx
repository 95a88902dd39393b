import { Link } from 'wouter';
import type { PaymentOrderRow } from '../../../shared/ipc/contract/payments.ts';
import { formatDate } from '../../../shared/kernel/dates.ts';
import { formatRupees } from '../../../shared/kernel/money.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { formatInstant } from '../../format/instant.ts';
import { nowMs } from '../../host/system.ts';
import { nameOf, type Text, useText } from '../../i18n/text.ts';
import { groupDigits } from './digits.ts';
import { OrderPill } from './order-columns.tsx';

/** Everything the books have of a payment, and the way to the bill and to what was posted. */
export function OrderDialog({ order, onClose }: { readonly order: PaymentOrderRow; onClose(): void }) {
  const text = useText();
  return (
    <Dialog
      wide
      title={text('order.title', {
        number: order.number ?? order.expenseReference,
        amount: formatRupees(order.amountPaise),
      })}
      onClose={onClose}
    >
      <div className="dialog-body stack">
        <p className="line">
          <OrderPill order={order} />
          {order.attention !== null && <strong>{text(`orderAttention.${order.attention}`)}</strong>}
        </p>
        <dl className="pay-facts">
          {factsOf(order, text).map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        <footer className="dialog-foot">
          <Link href={`/expenses/${order.expenseId}`} className="button button-plain">
            {text('order.bill')}
          </Link>
          {order.paymentVoucherId !== null && (
            <Link href={`/vouchers/${order.paymentVoucherId}`} className="button button-plain">
              {text('order.voucher')}
            </Link>
          )}
          {order.returnVoucherId !== null && (
            <Link href={`/vouchers/${order.returnVoucherId}`} className="button button-plain">
              {text('order.returnVoucher')}
            </Link>
          )}
          <Button keys="Esc" onClick={onClose} data-first>
            {text('action.close')}
          </Button>
        </footer>
      </div>
    </Dialog>
  );
}

function factsOf(order: PaymentOrderRow, text: Text): readonly (readonly [string, string])[] {
  const by = (name: string | null, at: number | null): string | null =>
    at === null ? null : [name, formatInstant(at, nowMs(), text)].filter((part) => part !== null).join(', ');
  const day = (value: string | null): string | null => (value === null ? null : formatDate(value));
  const failure =
    order.failureReason === null
      ? order.failureText
      : [nameOf(text, 'failure', order.failureReason), order.failureText].filter(Boolean).join(': ');
  const facts: readonly (readonly [string, string | null])[] = [
    [text('pay.beneficiary'), order.beneficiaryName],
    [text('field.accountNumber'), groupDigits(order.accountNumber)],
    [text('field.ifsc'), order.ifsc],
    [text('pay.mode'), text(`mode.${order.mode}`)],
    [text('pay.from'), order.bankAccountName],
    [text('field.purpose'), order.purpose],
    [text('order.bill'), `${order.expenseReference} · ${order.vendorName}`],
    [text('release.prepared'), by(order.makerName, order.preparedAt)],
    [text('order.released'), by(order.checkerName, order.releasedAt)],
    [text('order.sent'), by(order.senderName, order.takenAt)],
    [text('order.wire'), order.wireReference],
    [text('order.bankId'), order.providerId],
    [text('payments.utr'), order.utr],
    [text('done.day'), day(order.paidOn)],
    [text('order.returnedOn'), day(order.returnedOn)],
    [text('order.charges'), order.chargesPaise === null ? null : formatRupees(order.chargesPaise)],
    [text('order.failure'), failure],
  ];
  return facts.flatMap(([name, value]) => (value === null || value === '' ? [] : [[name, value] as const]));
}
