import { FileDown, Hourglass } from 'lucide-react';
import { useRef, useState } from 'react';
import { isWorthAsking, orderActions } from '../../../shared/domain/payment-order/status.ts';
import type { PaymentOrderRow } from '../../../shared/ipc/contract/payments.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import { Button } from '../../components/button.tsx';
import { ColumnChooser, DataTable } from '../../components/data-table.tsx';
import { ErrorPanel } from '../../components/error-panel.tsx';
import { FilterBar } from '../../components/filter-bar.tsx';
import { SearchInput } from '../../components/inputs.tsx';
import { useKeys } from '../../components/keys.tsx';
import { ListBody } from '../../components/list-body.tsx';
import { EmptyState } from '../../components/states.tsx';
import { useWork } from '../../data/session.ts';
import { useText } from '../../i18n/text.ts';
import { useListMemory } from '../../state/lists.ts';
import { totalOf } from './batches.ts';
import { FileDialog } from './file-dialog.tsx';
import { fileOrders } from './file-orders.ts';
import { useWayColumns } from './order-columns.tsx';
import { OrderDialog } from './order-dialog.tsx';
import { RecordDialog } from './record-dialog.tsx';
import { mayDo } from './rights.ts';
import { saidChoices } from './said.ts';
import { useAllOrders } from './use-all.ts';
import { useAskBank } from './use-ask-bank.ts';
import { WithdrawDialog } from './withdraw-dialog.tsx';

const LIST = 'payments-under-way';
type Asked = {
  readonly deed: 'open' | 'ask' | 'withdraw' | 'record' | 'file';
  readonly orders: readonly PaymentOrderRow[];
};

/** Payments that were released: with whom each is, since when, and what a person can do meanwhile. */
export function UnderWay({ collegeId }: { readonly collegeId: Id }) {
  const text = useText();
  const { role } = useWork();
  const [memory, remember] = useListMemory(LIST);
  const typed = typeof memory.filter === 'string' ? memory.filter : '';
  const search = useRef<HTMLInputElement>(null);
  const [asked, setAsked] = useState<Asked | null>(null);
  const { rows, error } = useAllOrders(collegeId, 'under_way', typed.trim());
  const orders = rows ?? [];
  const columns = useWayColumns(totalOf(orders));
  const marked = orders[Math.min(memory.active, Math.max(0, orders.length - 1))];
  const ticked = orders.filter(({ id }) => memory.selected.has(id));
  /** The ticked ones, or else the one that the keys are about. */
  const meant = ticked.length > 0 ? ticked : marked === undefined ? [] : [marked];

  const withdrawable = meant.filter(({ status }) => orderActions.withdraw.includes(status));
  const recordable = marked !== undefined && saidChoices(marked).length > 0 ? [marked] : [];
  const intoFile = fileOrders(orders, meant, ticked.length > 0);
  const askable = marked !== undefined && isWorthAsking(marked) ? [marked] : [];
  const deeds = [
    { deed: 'ask', right: 'ask', keys: 'Alt+Q', label: text('ask.do'), orders: askable },
    { deed: 'withdraw', right: 'withdraw', keys: 'Alt+X', label: text('release.withdraw'), orders: withdrawable },
    { deed: 'record', right: 'record', keys: 'Alt+O', label: text('record.do'), orders: recordable },
    { deed: 'file', right: 'file', keys: 'Alt+B', label: text('file.do'), orders: intoFile },
  ] as const;
  const mine = deeds.filter(({ right }) => mayDo(right, role));
  const bank = useAskBank(collegeId);
  const start = (deed: Asked['deed'], about: readonly PaymentOrderRow[]): void => {
    const [one] = about;
    if (deed !== 'ask') setAsked({ deed, orders: about });
    else if (one !== undefined) void bank.ask(one);
  };
  useKeys([
    { keys: '/', label: text('payments.search'), run: () => search.current?.focus(), hidden: true },
    ...mine.map(({ deed, keys, label, orders: about }) => ({
      ...{ keys, label, enabled: about.length > 0 },
      run: () => start(deed, about),
    })),
  ]);
  const close = (): void => setAsked(null);
  const [first] = asked?.orders ?? [];
  return (
    <>
      <FilterBar>
        <SearchInput
          label={text('payments.search')}
          keys="/"
          inputRef={search}
          value={typed}
          onChange={(filter) => remember({ filter, active: 0, scrollTop: 0 })}
        />
        <span className="push" />
        {orders.length > 0 &&
          mine.map(({ deed, keys, label, orders: about }) => (
            <Button
              key={deed}
              keys={keys}
              look={deed === 'file' ? 'primary' : 'plain'}
              icon={deed === 'file' ? FileDown : undefined}
              disabled={about.length === 0}
              busy={deed === 'ask' && bank.busy}
              onClick={() => start(deed, about)}
            >
              {label}
            </Button>
          ))}
        <ColumnChooser listKey={LIST} columns={columns} />
      </FilterBar>
      {bank.error !== null && <ErrorPanel error={bank.error} />}
      <ListBody
        error={error}
        loading={rows === undefined}
        count={orders.length}
        empty={
          <EmptyState
            icon={Hourglass}
            title={text(typed.trim() === '' ? 'way.none' : 'payments.noneMatch')}
            hint={text(typed.trim() === '' ? 'way.noneHint' : 'payments.noneMatchHint')}
          />
        }
      >
        <DataTable<PaymentOrderRow>
          listKey={LIST}
          label={text('payments.tab.way')}
          columns={columns}
          count={orders.length}
          rowAt={(index) => orders[index]}
          rowKey={({ id }) => id}
          onRange={everything}
          onOpen={(order) => setAsked({ deed: 'open', orders: [order] })}
          selectable
          autoFocus
          footer={text('payments.count', { count: orders.length })}
        />
      </ListBody>
      {asked?.deed === 'open' && first !== undefined && <OrderDialog order={first} onClose={close} />}
      {asked?.deed === 'withdraw' && <WithdrawDialog collegeId={collegeId} orders={asked.orders} onClose={close} />}
      {asked?.deed === 'record' && first !== undefined && (
        <RecordDialog collegeId={collegeId} order={first} onClose={close} />
      )}
      {asked?.deed === 'file' && <FileDialog collegeId={collegeId} orders={asked.orders} onClose={close} />}
    </>
  );
}

/** All that are under way are at hand. */
const everything = (): void => undefined;
