import { CheckCheck, Landmark, ReceiptIndianRupee } from 'lucide-react';
import { useRef, useState } from 'react';
import { useLocation } from 'wouter';
import type { BankAccountView, BillToPay } from '../../../shared/ipc/contract/payments.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import { sumPaise } from '../../../shared/kernel/money.ts';
import { Button } from '../../components/button.tsx';
import { ColumnChooser, DataTable } from '../../components/data-table.tsx';
import { FilterBar } from '../../components/filter-bar.tsx';
import { SearchInput } from '../../components/inputs.tsx';
import { useKeys } from '../../components/keys.tsx';
import { ListBody } from '../../components/list-body.tsx';
import { EmptyState } from '../../components/states.tsx';
import { useNow } from '../../components/use-now.ts';
import { useWork } from '../../data/session.ts';
import { usePages } from '../../data/use-pages.ts';
import { useText } from '../../i18n/text.ts';
import { useListMemory } from '../../state/lists.ts';
import { useRemembered } from '../../state/remembered.ts';
import { stateAt } from './beneficiary-state.tsx';
import { useBillColumns } from './bill-columns.tsx';
import { PayStrip } from './pay-strip.tsx';
import { PrepareDialog } from './prepare-dialog.tsx';
import { mayDo } from './rights.ts';
import { useAllBills, useBankAccounts } from './use-all.ts';

const LIST = 'bills-to-pay';

/** The account chosen last, or the first one in use. */
function useChosenAccount(collegeId: Id, accounts: readonly BankAccountView[]) {
  const [chosen, choose] = useRemembered(`pay-from-${collegeId}`);
  return [accounts.find(({ id }) => id === chosen) ?? accounts[0], choose] as const;
}

/** Approved bills under no payment: one ticks what shall be paid and prepares it in one go. */
export function ToPay({ collegeId }: { readonly collegeId: Id }) {
  const text = useText();
  const [, goTo] = useLocation();
  const { role } = useWork();
  const now = useNow();
  const [memory, remember] = useListMemory(LIST);
  const typed = typeof memory.filter === 'string' ? memory.filter : '';
  const search = useRef<HTMLInputElement>(null);
  const [preparing, setPreparing] = useState(false);
  const pages = usePages('payments.toPay', { collegeId, text: typed.trim() });
  const columns = useBillColumns(pages.head?.totalPaise ?? 0n);
  const mayPrepare = mayDo('prepare', role);
  const all = useAllBills(collegeId, mayPrepare).rows;
  const accounts = useBankAccounts(collegeId)?.filter(({ isActive }) => isActive);
  const [account, choose] = useChosenAccount(collegeId, accounts ?? []);
  const count = pages.head?.count ?? 0;

  const ticked = (all ?? []).filter(({ expenseId }) => memory.selected.has(expenseId));
  const ready = ticked.filter(({ beneficiary }) => stateAt(beneficiary, now) === 'usable');
  const canPrepare = mayPrepare && account !== undefined && ticked.length > 0;
  const prepare = (): void => setPreparing(true);
  const tickAll = (): void => {
    const usable = (all ?? []).filter(
      ({ beneficiary, twin }) => twin === null && stateAt(beneficiary, now) === 'usable',
    );
    remember({ selected: new Set(usable.map(({ expenseId }) => expenseId)) });
  };
  useKeys([
    { keys: '/', label: text('pay.search'), run: () => search.current?.focus(), hidden: true },
    { keys: 'Alt+P', label: text('pay.prepare'), run: prepare, enabled: canPrepare },
    { keys: 'Alt+A', label: text('pay.tickAll'), run: tickAll, enabled: mayPrepare && count > 0 },
  ]);
  return (
    <>
      <FilterBar>
        <SearchInput
          label={text('pay.search')}
          keys="/"
          inputRef={search}
          value={typed}
          onChange={(filter) => remember({ filter, active: 0, scrollTop: 0 })}
        />
        <span className="push" />
        {mayPrepare && count > 0 && (
          <>
            {ticked.length > 0 ? (
              <Button look="quiet" onClick={() => remember({ selected: new Set() })}>
                {text('pay.untick')}
              </Button>
            ) : (
              <Button icon={CheckCheck} keys="Alt+A" onClick={tickAll}>
                {text('pay.tickAll')}
              </Button>
            )}
            <Button look="primary" icon={Landmark} keys="Alt+P" disabled={!canPrepare} onClick={prepare}>
              {text('pay.prepare')}
            </Button>
          </>
        )}
        <ColumnChooser listKey={LIST} columns={columns} />
      </FilterBar>
      {mayPrepare && account !== undefined && accounts !== undefined && (
        <PayStrip
          accounts={accounts}
          account={account}
          onChoose={choose}
          count={ready.length}
          sumPaise={sumPaise(ready.map(({ payablePaise }) => payablePaise))}
        />
      )}
      {mayPrepare && accounts !== undefined && account === undefined && (
        <div className="batch-notices">
          <p className="notice notice-warn">{text('pay.noAccount')}</p>
        </div>
      )}
      <ListBody
        error={pages.error}
        loading={pages.head === undefined}
        count={count}
        empty={
          <EmptyState
            icon={ReceiptIndianRupee}
            title={text(typed.trim() === '' ? 'pay.none' : 'payments.noneMatch')}
            hint={text(typed.trim() === '' ? 'pay.noneHint' : 'payments.noneMatchHint')}
          />
        }
      >
        <DataTable<BillToPay>
          listKey={LIST}
          label={text('payments.tab.pay')}
          columns={columns}
          count={count}
          rowAt={pages.rowAt}
          rowKey={(row) => row.expenseId}
          onRange={pages.onRange}
          onOpen={(row) => goTo(`/expenses/${row.expenseId}`)}
          selectable={mayPrepare}
          autoFocus
          footer={text('pay.count', { count })}
        />
      </ListBody>
      {preparing && account !== undefined && (
        <PrepareDialog
          collegeId={collegeId}
          account={account}
          bills={ticked}
          gone={memory.selected.size - ticked.length}
          onDone={() => remember({ selected: new Set() })}
          onClose={() => setPreparing(false)}
        />
      )}
    </>
  );
}
