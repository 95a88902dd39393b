import { Hourglass, Plus, Store } from 'lucide-react';
import { useRef, useState } from 'react';
import { useLocation } from 'wouter';
import type { VendorView } from '../../../shared/ipc/contract/masters.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import { Button } from '../../components/button.tsx';
import { classes } from '../../components/classes.ts';
import { type Column, ColumnChooser, DataTable } from '../../components/data-table.tsx';
import { ExportButton } from '../../components/export-button.tsx';
import { Money } from '../../components/figures.tsx';
import { FilterBar } from '../../components/filter-bar.tsx';
import { SearchInput } from '../../components/inputs.tsx';
import { useKeys } from '../../components/keys.tsx';
import { ListBody } from '../../components/list-body.tsx';
import { EmptyState } from '../../components/states.tsx';
import { useWork } from '../../data/session.ts';
import { usePages } from '../../data/use-pages.ts';
import { useText } from '../../i18n/text.ts';
import { useListMemory } from '../../state/lists.ts';
import { VendorForm } from './vendor-form.tsx';

const LIST = 'vendors';

function useVendorColumns(narrow: boolean): readonly Column<VendorView>[] {
  const text = useText();
  const { session, collegeId } = useWork();
  const codes = new Map(session.colleges.map(({ id, code }) => [id, code]));
  const columns: readonly (Column<VendorView> & { readonly wideOnly?: boolean })[] = [
    {
      id: 'name',
      title: text('field.name'),
      width: 'minmax(220px, 2fr)',
      fixed: true,
      render: (row) => (
        <span className="vendor-name">
          <span className={classes('vendor-name-words', !row.isActive && 'muted')} title={row.fields.name}>
            {row.fields.name}
          </span>
          {row.pending && <Hourglass size={13} role="img" aria-label={text('expenses.pending')} />}
        </span>
      ),
    },
    ...(collegeId === null
      ? [
          {
            id: 'college',
            title: text('expenses.college'),
            width: '84px',
            render: (row: VendorView) => codes.get(row.collegeId) ?? '',
          },
        ]
      : []),
    {
      id: 'gstin',
      title: text('field.gstin'),
      width: '168px',
      wideOnly: true,
      render: (row) => row.fields.gstin ?? '',
    },
    {
      id: 'bank',
      title: text('vendors.bank'),
      width: 'minmax(180px, 1fr)',
      wideOnly: true,
      render: (row) =>
        row.fields.accountNumber === null ? (
          <span className="muted">{text('vendors.noBank')}</span>
        ) : (
          `${row.fields.ifsc ?? ''} · ${row.fields.accountNumber}`
        ),
    },
    {
      id: 'bills',
      title: text('vendors.bills'),
      width: '84px',
      align: 'end',
      wideOnly: true,
      render: (row) => row.expenseCount.toLocaleString('en-IN'),
    },
    {
      id: 'billed',
      title: text('vendors.billed'),
      width: '148px',
      align: 'end',
      wideOnly: true,
      render: (row) => <Money paise={row.billedPaise} bare />,
    },
    {
      id: 'outstanding',
      title: text('vendors.outstanding'),
      width: '148px',
      align: 'end',
      fixed: true,
      render: (row) => <Money paise={row.outstandingPaise} bare />,
    },
  ];
  return narrow ? columns.filter((column) => column.wideOnly !== true) : columns;
}

interface Props {
  readonly openId: Id | null;
  readonly narrow: boolean;
}

export function VendorList({ openId, narrow }: Props) {
  const text = useText();
  const [, goTo] = useLocation();
  const { collegeId, college, financialYear, role } = useWork();
  const [memory, remember] = useListMemory(LIST);
  const typed = typeof memory.filter === 'string' ? memory.filter : '';
  const search = useRef<HTMLInputElement>(null);
  const pages = usePages('vendors.page', { collegeId, text: typed.trim() });
  const columns = useVendorColumns(narrow);
  const [making, setMaking] = useState(false);
  const mayMake = role === 'college_accounts_admin';
  const count = pages.head?.count ?? 0;
  const choose = (filter: string): void => remember({ filter, active: 0, scrollTop: 0 });
  const make = (): void => setMaking(true);
  useKeys([
    { keys: 'Alt+N', label: text('vendors.new'), run: make, enabled: mayMake && college !== null },
    { keys: '/', label: text('vendors.search'), run: () => search.current?.focus(), hidden: true },
  ]);
  const newButton = mayMake && (
    <Button
      look="primary"
      icon={Plus}
      keys="Alt+N"
      onClick={make}
      disabled={college === null}
      title={college === null ? text('vendors.chooseCollege') : undefined}
    >
      {text('vendors.new')}
    </Button>
  );
  return (
    <div className="screen">
      <header className="screen-head">
        <h1>{text('screen.vendors')}</h1>
        <span className="push" />
        <ExportButton
          order={{ kind: 'vendors', collegeId, financialYear, filter: null, sort: null, text: typed.trim() }}
        />
        <ColumnChooser listKey={LIST} columns={columns} />
        {newButton}
      </header>
      <FilterBar>
        <SearchInput label={text('vendors.search')} keys="/" inputRef={search} value={typed} onChange={choose} />
      </FilterBar>
      <ListBody
        error={pages.error}
        loading={pages.head === undefined}
        count={count}
        empty={
          typed.trim() === '' ? (
            <EmptyState
              icon={Store}
              title={text('vendors.none')}
              hint={text(mayMake ? 'vendors.noneHint' : 'vendors.noneHintReader')}
            />
          ) : (
            <EmptyState icon={Store} title={text('vendors.noneMatch')} hint={text('vendors.noneMatchHint')}>
              <Button onClick={() => choose('')}>{text('vendors.clear')}</Button>
            </EmptyState>
          )
        }
      >
        <DataTable
          listKey={LIST}
          label={text('screen.vendors')}
          columns={columns}
          count={count}
          rowAt={pages.rowAt}
          rowKey={(row) => row.id}
          onRange={pages.onRange}
          onOpen={(row) => goTo(`/vendors/${row.id}`)}
          openKey={openId}
          autoFocus={openId === null}
          footer={text('vendors.count', { count })}
        />
      </ListBody>
      {making && college !== null && (
        <VendorForm
          collegeId={college.id}
          vendor={null}
          onDone={(id) => {
            setMaking(false);
            goTo(`/vendors/${id}`);
          }}
          onClose={() => setMaking(false)}
        />
      )}
    </div>
  );
}
