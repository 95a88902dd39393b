import { CircleCheck } from 'lucide-react';
import { useRef, useState } from 'react';
import type { PaymentOrderRow } from '../../../shared/ipc/contract/payments.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import { Button } from '../../components/button.tsx';
import { ColumnChooser, DataTable } from '../../components/data-table.tsx';
import { FilterBar } from '../../components/filter-bar.tsx';
import { SearchInput } from '../../components/inputs.tsx';
import { useKeys } from '../../components/keys.tsx';
import { ListBody } from '../../components/list-body.tsx';
import { EmptyState } from '../../components/states.tsx';
import { useWork } from '../../data/session.ts';
import { usePages } from '../../data/use-pages.ts';
import { useText } from '../../i18n/text.ts';
import { useListMemory } from '../../state/lists.ts';
import { useDoneColumns } from './order-columns.tsx';
import { OrderDialog } from './order-dialog.tsx';
import { RecordDialog } from './record-dialog.tsx';
import { mayDo } from './rights.ts';
import { saidChoices } from './said.ts';

const LIST = 'payments-done';

/** What is over: paid, failed, withdrawn, and what came back, with its voucher. */
export function Done({ collegeId }: { readonly collegeId: Id }) {
  const text = useText();
  const { role } = useWork();
  const [memory, remember] = useListMemory(LIST);
  const typed = typeof memory.filter === 'string' ? memory.filter : '';
  const search = useRef<HTMLInputElement>(null);
  const [opened, setOpened] = useState<PaymentOrderRow | null>(null);
  const [said, setSaid] = useState<PaymentOrderRow | null>(null);
  const pages = usePages('payments.orders', { collegeId, stage: 'done', text: typed.trim() });
  const columns = useDoneColumns();
  const count = pages.head?.count ?? 0;
  const marked = pages.rowAt(Math.min(memory.active, Math.max(0, count - 1)));
  const mayRecord = mayDo('record', role);
  const canRecord = mayRecord && marked !== undefined && saidChoices(marked).length > 0;
  const record = (): void => {
    if (marked !== undefined && canRecord) setSaid(marked);
  };
  useKeys([
    { keys: '/', label: text('payments.search'), run: () => search.current?.focus(), hidden: true },
    { keys: 'Alt+O', label: text('record.returned'), run: record, enabled: canRecord },
  ]);
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
        {mayRecord && count > 0 && (
          <Button keys="Alt+O" disabled={!canRecord} onClick={record}>
            {text('record.returned')}
          </Button>
        )}
        <ColumnChooser listKey={LIST} columns={columns} />
      </FilterBar>
      <ListBody
        error={pages.error}
        loading={pages.head === undefined}
        count={count}
        empty={
          <EmptyState
            icon={CircleCheck}
            title={text(typed.trim() === '' ? 'done.none' : 'payments.noneMatch')}
            hint={text(typed.trim() === '' ? 'done.noneHint' : 'payments.noneMatchHint')}
          />
        }
      >
        <DataTable<PaymentOrderRow>
          listKey={LIST}
          label={text('payments.tab.done')}
          columns={columns}
          count={count}
          rowAt={pages.rowAt}
          rowKey={({ id }) => id}
          onRange={pages.onRange}
          onOpen={setOpened}
          autoFocus
          footer={text('payments.count', { count })}
        />
      </ListBody>
      {opened !== null && <OrderDialog order={opened} onClose={() => setOpened(null)} />}
      {said !== null && <RecordDialog collegeId={collegeId} order={said} onClose={() => setSaid(null)} />}
    </>
  );
}
