import { TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { isUnderWay, isWorthAsking, orderActions } from '../../../shared/domain/payment-order/status.ts';
import type { PaymentOrderRow } from '../../../shared/ipc/contract/payments.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import { Button } from '../../components/button.tsx';
import { ErrorPanel } from '../../components/error-panel.tsx';
import { Money } from '../../components/figures.tsx';
import { Pill } from '../../components/status-pill.tsx';
import { useWork } from '../../data/session.ts';
import { formatInstant } from '../../format/instant.ts';
import { nowMs } from '../../host/system.ts';
import { useText } from '../../i18n/text.ts';
import { OrderPill } from './order-columns.tsx';
import { OrderDialog } from './order-dialog.tsx';
import { RecordDialog } from './record-dialog.tsx';
import { ReleaseDialog } from './release-dialog.tsx';
import { mayDo, type PaymentDeed } from './rights.ts';
import { saidChoices } from './said.ts';
import { SettleDialog } from './settle-dialog.tsx';
import { useAskBank } from './use-ask-bank.ts';
import { WithdrawDialog } from './withdraw-dialog.tsx';

type Deed = 'record' | 'release' | 'withdraw' | 'settle' | 'open';

/** Which words explain the order: the flag goes before the state. */
const wordsOf = ({ attention, status }: PaymentOrderRow) =>
  attention ?? (status === 'not_received' ? ('not_received' as const) : ('in_doubt' as const));

/** One payment that wants a person: what happened, what to do, and the deeds that do it. */
export function PersonCard({ collegeId, order }: { readonly collegeId: Id; readonly order: PaymentOrderRow }) {
  const text = useText();
  const { role, person } = useWork();
  const [asked, setAsked] = useState<Deed | null>(null);
  const words = wordsOf(order);
  const { attention, status } = order;
  const isOwn = order.makerId === person.id;
  const may = (deed: PaymentDeed, possible: boolean): boolean => possible && mayDo(deed, role);
  const deeds: readonly (readonly [Deed, boolean])[] = [
    ['release', may('release', orderActions.release.includes(status) && !isOwn)],
    ['record', may('record', saidChoices(order).length > 0 && attention === null)],
    ['withdraw', may('withdraw', orderActions.withdraw.includes(status) && attention === null)],
    ['settle', may('settle', attention !== null && attention !== 'older_paid')],
  ];
  const open = deeds.filter(([, possible]) => possible).map(([deed]) => deed);
  const bank = useAskBank(collegeId);
  const isAskable = may('ask', isUnderWay(status) && isWorthAsking(order));
  const facts = {
    sender: order.senderName ?? '',
    at: order.takenAt === null ? '' : formatInstant(order.takenAt, nowMs(), text),
    wire: order.wireReference ?? '',
  };
  const close = (): void => setAsked(null);
  return (
    <li className="panel stack person-card">
      <header className="line">
        <TriangleAlert size={16} aria-hidden="true" />
        <h2>{`${order.number ?? order.expenseReference} · ${order.beneficiaryName}`}</h2>
        {attention === null ? (
          <OrderPill order={order} />
        ) : (
          <Pill tone="bad">{text(`orderAttention.${attention}`)}</Pill>
        )}
        <span className="push" />
        <strong>
          <Money paise={order.amountPaise} />
        </strong>
      </header>
      <div className="stack-tight">
        <p className="person-happened">{text(`person.happened.${words}`, facts)}</p>
        <p>{text(`person.next.${words}`, facts)}</p>
        {status === 'not_received' && isOwn && <p className="muted">{text('person.otherReleases')}</p>}
      </div>
      <div className="line">
        {isAskable && (
          <Button look="primary" busy={bank.busy} onClick={() => void bank.ask(order)}>
            {text('ask.do')}
          </Button>
        )}
        {open.map((deed, index) => (
          <Button key={deed} look={index === 0 && !isAskable ? 'primary' : 'plain'} onClick={() => setAsked(deed)}>
            {text(`person.do.${deed}` as 'person.do.record')}
          </Button>
        ))}
        <Button look="quiet" onClick={() => setAsked('open')}>
          {text('person.do.open')}
        </Button>
      </div>
      {bank.error !== null && <ErrorPanel error={bank.error} />}
      {asked === 'record' && <RecordDialog collegeId={collegeId} order={order} onClose={close} />}
      {asked === 'release' && <ReleaseDialog collegeId={collegeId} orders={[order]} onDone={close} onClose={close} />}
      {asked === 'withdraw' && <WithdrawDialog collegeId={collegeId} orders={[order]} onClose={close} />}
      {asked === 'settle' && <SettleDialog collegeId={collegeId} order={order} onClose={close} />}
      {asked === 'open' && <OrderDialog order={order} onClose={close} />}
    </li>
  );
}
