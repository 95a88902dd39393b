import { Landmark, Plus, SlidersHorizontal } from 'lucide-react';
import { useState } from 'react';
import type { BankAccountView } from '../../../shared/ipc/contract/payments.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import { Button } from '../../components/button.tsx';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { Money } from '../../components/figures.tsx';
import { FilterBar } from '../../components/filter-bar.tsx';
import { useKeys } from '../../components/keys.tsx';
import { ListBody } from '../../components/list-body.tsx';
import { EmptyState } from '../../components/states.tsx';
import { Pill } from '../../components/status-pill.tsx';
import { useAsk } from '../../data/desk.tsx';
import { useWork } from '../../data/session.ts';
import { nameOf, useText } from '../../i18n/text.ts';
import { useListMemory } from '../../state/lists.ts';
import { AccountDialog } from './account-dialog.tsx';
import { groupDigits } from './digits.ts';
import { LayoutDialog } from './layout-dialog.tsx';
import { LimitsDialog } from './limits-dialog.tsx';
import { mayDo } from './rights.ts';

const LIST = 'bank-accounts';
type Open = { readonly what: 'account' | 'limits' | 'layout'; readonly account: BankAccountView | null };

/** The accounts that the college has at banks: what the books say of each, its limits, and how payments leave it. */
export function Accounts({ collegeId }: { readonly collegeId: Id }) {
  const text = useText();
  const { role } = useWork();
  const [memory] = useListMemory(LIST);
  const [open, setOpen] = useState<Open | null>(null);
  const { data, error } = useAsk('bankAccounts.list', { collegeId });
  const rows = data?.rows ?? [];
  const marked = rows[Math.min(memory.active, Math.max(0, rows.length - 1))];
  const mayChange = mayDo('account', role);
  const mayLimit = mayDo('limits', role);
  const make = (): void => setOpen({ what: 'account', account: null });
  const show = (what: Open['what']) => (): void => {
    if (marked !== undefined) setOpen({ what, account: marked });
  };
  const some = marked !== undefined;
  useKeys([
    { keys: 'Alt+N', label: text('account.new'), run: make, enabled: mayChange },
    { keys: 'Alt+L', label: text('account.edit'), run: show('account'), enabled: mayChange && some },
    { keys: 'Alt+Y', label: text('layout.do'), run: show('layout'), enabled: mayChange && some },
    { keys: 'Alt+M', label: text('limits.do'), run: show('limits'), enabled: mayLimit && some },
  ]);
  const columns = useAccountColumns();
  const close = (): void => setOpen(null);
  return (
    <>
      <FilterBar>
        <span className="muted">{text('account.lead')}</span>
        <span className="push" />
        {mayChange && some && (
          <Button keys="Alt+Y" onClick={show('layout')}>
            {text('layout.do')}
          </Button>
        )}
        {mayLimit && some && (
          <Button look="primary" icon={SlidersHorizontal} keys="Alt+M" onClick={show('limits')}>
            {text('limits.do')}
          </Button>
        )}
        {mayChange && (
          <Button look="primary" icon={Plus} keys="Alt+N" onClick={make}>
            {text('account.new')}
          </Button>
        )}
      </FilterBar>
      <ListBody
        error={error}
        loading={data === undefined}
        count={rows.length}
        empty={
          <EmptyState
            icon={Landmark}
            title={text('account.none')}
            hint={text(mayChange ? 'account.noneHint' : 'account.noneHintReader')}
          />
        }
      >
        <DataTable<BankAccountView>
          listKey={LIST}
          label={text('payments.tab.accounts')}
          columns={columns}
          count={rows.length}
          rowAt={(index) => rows[index]}
          rowKey={({ id }) => id}
          onRange={everything}
          onOpen={(account) => {
            if (mayChange) setOpen({ what: 'account', account });
            else if (mayLimit) setOpen({ what: 'limits', account });
          }}
          autoFocus
          footer={text('account.count', { count: rows.length })}
        />
      </ListBody>
      {open?.what === 'account' && <AccountDialog collegeId={collegeId} account={open.account} onClose={close} />}
      {open?.what === 'limits' && open.account !== null && (
        <LimitsDialog collegeId={collegeId} account={open.account} onClose={close} />
      )}
      {open?.what === 'layout' && open.account !== null && (
        <LayoutDialog collegeId={collegeId} account={open.account} onClose={close} />
      )}
    </>
  );
}

/** A college has a handful of them. */
const everything = (): void => undefined;

function useAccountColumns(): readonly Column<BankAccountView>[] {
  const text = useText();
  const limit = (paise: bigint | null) =>
    paise === null ? <span className="muted">{text('limits.unset')}</span> : <Money paise={paise} bare />;
  return [
    {
      id: 'name',
      title: text('field.name'),
      width: 'minmax(150px, 1.3fr)',
      fixed: true,
      render: (row) => <span className={row.isActive ? undefined : 'muted'}>{row.name}</span>,
    },
    {
      id: 'number',
      title: text('field.accountNumber'),
      width: 'minmax(160px, 1fr)',
      fixed: true,
      render: (row) => <span className="account-digits">{groupDigits(row.accountNumber)}</span>,
    },
    { id: 'ifsc', title: text('field.ifsc'), width: '122px', render: (row) => row.ifsc },
    {
      id: 'gl',
      title: text('field.accountCode'),
      width: 'minmax(110px, 1fr)',
      render: (row) => `${row.accountCode} ${row.accountName}`,
    },
    {
      id: 'way',
      title: text('field.connector'),
      width: 'minmax(112px, 0.7fr)',
      render: (row) =>
        row.isActive ? (
          <Pill tone={row.connector === null ? 'quiet' : 'accent'}>
            {row.connector === null ? text('connector.file') : nameOf(text, 'connector', row.connector)}
          </Pill>
        ) : (
          text('account.inactive')
        ),
    },
    {
      id: 'payment',
      title: text('limits.payment'),
      width: '128px',
      align: 'end',
      render: (row) => limit(row.paymentLimitPaise),
    },
    { id: 'day', title: text('limits.day'), width: '136px', align: 'end', render: (row) => limit(row.dailyLimitPaise) },
    {
      id: 'balance',
      title: text('account.balance'),
      width: '146px',
      align: 'end',
      fixed: true,
      render: (row) => <Money paise={row.bookBalancePaise} bare />,
    },
  ];
}
