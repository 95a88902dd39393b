import { ArrowLeft, ShieldCheck } from 'lucide-react';
import { useEffect, useState } from 'react';
import { orderActions } from '../../../shared/domain/payment-order/status.ts';
import type { PaymentOrderRow } from '../../../shared/ipc/contract/payments.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { DataTable } from '../../components/data-table.tsx';
import { Money } from '../../components/figures.tsx';
import { useKeys } from '../../components/keys.tsx';
import { ListBody } from '../../components/list-body.tsx';
import { EmptyState } from '../../components/states.tsx';
import { useAsk } from '../../data/desk.tsx';
import { useWork } from '../../data/session.ts';
import { formatInstant } from '../../format/instant.ts';
import { nowMs } from '../../host/system.ts';
import { useText } from '../../i18n/text.ts';
import { useListMemory } from '../../state/lists.ts';
import { totalOf } from './batches.ts';
import { useBatchColumns } from './order-columns.tsx';
import { OrderDialog } from './order-dialog.tsx';
import { ReleaseDialog } from './release-dialog.tsx';
import { mayDo } from './rights.ts';
import { WithdrawDialog } from './withdraw-dialog.tsx';

interface Props {
  readonly collegeId: Id;
  readonly batchId: Id;
  onBack(): void;
}

/** The first step of the checker: everything that goes out, one by one. What he does not want to go he unticks. */
export function BatchPage({ collegeId, batchId, onBack }: Props) {
  const text = useText();
  const { role, person } = useWork();
  const list = `batch-${batchId}`;
  const [memory, remember] = useListMemory(list);
  const [asked, setAsked] = useState<'release' | 'withdraw' | null>(null);
  const [opened, setOpened] = useState<PaymentOrderRow | null>(null);
  const { data, error } = useAsk('payments.batch', { collegeId, batchId });
  const rows = data?.rows ?? [];
  const [first] = rows;
  const begun = memory.filter === 'begun';
  useEffect(() => {
    if (data === undefined || begun) return;
    const waiting = data.rows.filter(({ status }) => orderActions.release.includes(status));
    remember({ filter: 'begun', selected: new Set(waiting.map(({ id }) => id)) });
  }, [data, begun, remember]);

  const ticked = rows.filter(({ id }) => memory.selected.has(id));
  const releasable = ticked.filter(({ status }) => orderActions.release.includes(status));
  const withdrawable = ticked.filter(({ status }) => orderActions.withdraw.includes(status));
  const isOwn = first?.makerId === person.id;
  const mayRelease = mayDo('release', role) && !isOwn;
  const canRelease = mayRelease && releasable.length > 0;
  const canWithdraw = mayDo('withdraw', role) && withdrawable.length > 0;
  const release = (): void => setAsked('release');
  const close = (): void => setAsked(null);
  const columns = useBatchColumns(totalOf(rows));
  useKeys([
    { keys: 'Escape', label: text('release.back'), run: onBack },
    { keys: 'Alt+R', label: text('release.release'), run: release, enabled: canRelease },
    { keys: 'Ctrl+Enter', label: text('release.release'), run: release, enabled: canRelease, hidden: true },
    { keys: 'Alt+X', label: text('release.withdraw'), run: () => setAsked('withdraw'), enabled: canWithdraw },
  ]);
  return (
    <>
      <header className="batch-head">
        <IconButton icon={ArrowLeft} label={text('release.back')} keys="Esc" onClick={onBack} />
        {first !== undefined && (
          <h2>
            {text('release.batchTitle', {
              account: first.bankAccountName,
              name: first.makerName,
              at: formatInstant(first.preparedAt, nowMs(), text),
            })}
          </h2>
        )}
        <span className="push" />
        <span className="muted">{text('release.ticked', { count: releasable.length })}</span>
        <Money paise={totalOf(releasable)} />
        {mayDo('withdraw', role) && (
          <Button keys="Alt+X" disabled={!canWithdraw} onClick={() => setAsked('withdraw')}>
            {text('release.withdraw')}
          </Button>
        )}
        {mayRelease && (
          <Button look="primary" icon={ShieldCheck} keys="Alt+R" disabled={!canRelease} onClick={release}>
            {text('release.release')}
          </Button>
        )}
      </header>
      {isOwn && (
        <div className="batch-notices">
          <p className="notice notice-warn">{text('release.isOwn')}</p>
        </div>
      )}
      <ListBody
        error={error}
        loading={data === undefined}
        count={rows.length}
        empty={<EmptyState icon={ShieldCheck} title={text('release.gone')} hint={text('release.goneHint')} />}
      >
        <DataTable<PaymentOrderRow>
          listKey={list}
          label={text('release.list')}
          columns={columns}
          count={rows.length}
          rowAt={(index) => rows[index]}
          rowKey={({ id }) => id}
          onRange={everything}
          onOpen={setOpened}
          selectable
          autoFocus
          footer={text('payments.count', { count: rows.length })}
        />
      </ListBody>
      {asked === 'release' && (
        <ReleaseDialog collegeId={collegeId} orders={releasable} onDone={onBack} onClose={close} />
      )}
      {asked === 'withdraw' && <WithdrawDialog collegeId={collegeId} orders={withdrawable} onClose={close} />}
      {opened !== null && <OrderDialog order={opened} onClose={() => setOpened(null)} />}
    </>
  );
}

/** All of a batch is at hand. */
const everything = (): void => undefined;
