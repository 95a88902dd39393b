import { Building2, ListTree, Plus, Scale } from 'lucide-react';
import { type CSSProperties, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import type { ChartCentre } from '../../../shared/ipc/contract/chart.ts';
import type { Output } from '../../../shared/ipc/contract.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import { Button } from '../../components/button.tsx';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { ErrorPanel } from '../../components/error-panel.tsx';
import { DateText, Money } from '../../components/figures.tsx';
import { FilterBar, ToggleChip } from '../../components/filter-bar.tsx';
import { SearchInput } from '../../components/inputs.tsx';
import { useKeys } from '../../components/keys.tsx';
import { EmptyState, Skeleton } from '../../components/states.tsx';
import { useAsk } from '../../data/desk.tsx';
import { useWork } from '../../data/session.ts';
import { type Text, useLanguage, useText } from '../../i18n/text.ts';
import { mayEnterVouchers } from '../vouchers/entry-keys.ts';
import { AccountDialog } from './account-dialog.tsx';
import { CentreDialog } from './centre-dialog.tsx';
import { type ChartRow, chartRows } from './chart-values.ts';
import './chart.css';
import { GroupDialog } from './group-dialog.tsx';

/** The chart of accounts with what stands in each account, and the cost centres. */
export function Chart() {
  const text = useText();
  const { collegeId, financialYear } = useWork();
  const { data, error } = useAsk(
    'chart.get',
    { collegeId: collegeId ?? '', financialYear },
    { enabled: collegeId !== null, keep: true },
  );
  if (collegeId === null) {
    return <EmptyState icon={Building2} title={text('chart.chooseCollege')} hint={text('chart.chooseCollegeHint')} />;
  }
  if (error !== null) return <ErrorPanel error={error} />;
  if (data === undefined) {
    return (
      <div className="screen-body">
        <Skeleton lines={8} />
      </div>
    );
  }
  return <ChartBody collegeId={collegeId} chart={data} />;
}

type Open =
  | { readonly what: 'account'; readonly code: string | null }
  | { readonly what: 'group'; readonly code: string | null }
  | { readonly what: 'centre'; readonly code: string | null };

function ChartBody({ collegeId, chart }: { readonly collegeId: Id; readonly chart: Output<'chart.get'> }) {
  const text = useText();
  const [, goTo] = useLocation();
  const { role } = useWork();
  const search = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState('');
  const [centres, setCentres] = useState(false);
  const [unused, setUnused] = useState(false);
  const [open, setOpen] = useState<Open | null>(null);
  const isEntering = mayEnterVouchers(role);
  const mayChange = isEntering || role === 'super_accountant';
  const wanted = (one: { readonly code: string; readonly name: string; readonly isActive: boolean }): boolean =>
    (unused || one.isActive) && `${one.code} ${one.name}`.toLowerCase().includes(typed.trim().toLowerCase());

  const make = (what: Open['what']) => (): void => setOpen({ what, code: null });
  const opening = (): void => goTo('/vouchers/new/opening');
  useKeys([
    { keys: '/', label: text('chart.search'), run: () => search.current?.focus(), hidden: true },
    {
      keys: 'Alt+C',
      label: text(centres ? 'chart.newCentre' : 'chart.newAccount'),
      run: make(centres ? 'centre' : 'account'),
      enabled: mayChange,
    },
    { keys: 'Alt+U', label: text('chart.newGroup'), run: make('group'), enabled: mayChange },
    { keys: 'Alt+O', label: text('chart.opening'), run: opening, enabled: isEntering },
  ]);
  const close = (): void => setOpen(null);
  return (
    <div className="screen">
      <header className="screen-head">
        <h1>{text('screen.chart')}</h1>
        <span className="push" />
        {isEntering && (
          <Button icon={Scale} keys="Alt+O" onClick={opening}>
            {text('chart.opening')}
          </Button>
        )}
        {mayChange && !centres && (
          <Button keys="Alt+U" onClick={make('group')}>
            {text('chart.newGroup')}
          </Button>
        )}
        {mayChange && (
          <Button look="primary" icon={Plus} keys="Alt+C" onClick={make(centres ? 'centre' : 'account')}>
            {text(centres ? 'chart.newCentre' : 'chart.newAccount')}
          </Button>
        )}
      </header>
      <FilterBar>
        <SearchInput label={text('chart.search')} keys="/" inputRef={search} value={typed} onChange={setTyped} />
        <ToggleChip label={text('chart.centres')} on={centres} onChange={setCentres} />
        <ToggleChip label={text('chart.unused')} on={unused} onChange={setUnused} />
      </FilterBar>
      {centres ? (
        <Centres
          rows={chart.costCentres.filter(wanted)}
          onOpen={(code) => mayChange && setOpen({ what: 'centre', code })}
        />
      ) : (
        <Tree
          rows={chartRows(chart.groups, chart.accounts, wanted)}
          onOpen={(what, code) => mayChange && setOpen({ what, code })}
        />
      )}
      {open?.what === 'account' && (
        <AccountDialog
          collegeId={collegeId}
          chart={chart}
          account={chart.accounts.find(({ code }) => code === open.code) ?? null}
          onDone={close}
          onClose={close}
        />
      )}
      {open?.what === 'group' && (
        <GroupDialog
          collegeId={collegeId}
          chart={chart}
          group={chart.groups.find(({ code }) => code === open.code) ?? null}
          onClose={close}
        />
      )}
      {open?.what === 'centre' && (
        <CentreDialog
          collegeId={collegeId}
          centre={chart.costCentres.find(({ code }) => code === open.code) ?? null}
          onDone={close}
          onClose={close}
        />
      )}
    </div>
  );
}

const keyOf = (row: ChartRow): string =>
  row.type === 'kind' ? row.kind : row.type === 'group' ? row.group.id : row.account.id;

/** Nobody pages here: the whole chart is at hand. */
const everything = (): void => undefined;

interface TreeProps {
  readonly rows: readonly ChartRow[];
  onOpen(what: 'account' | 'group', code: string): void;
}

function Tree({ rows, onOpen }: TreeProps) {
  const text = useText();
  const language = useLanguage();
  const balance = (row: ChartRow, side: 'debit' | 'credit') => {
    const shown = side === 'debit' ? row.balancePaise : -row.balancePaise;
    if (shown <= 0n) return null;
    return row.type === 'account' ? (
      <Money paise={shown} bare />
    ) : (
      <strong>
        <Money paise={shown} bare />
      </strong>
    );
  };
  const columns: readonly Column<ChartRow>[] = [
    {
      id: 'name',
      title: text('field.name'),
      width: 'minmax(240px, 2fr)',
      fixed: true,
      render: (row) => <Name row={row} hindi={language === 'hi'} />,
    },
    { id: 'use', title: text('field.role'), width: 'minmax(120px, 1fr)', render: (row) => usageOf(row, text) },
    {
      id: 'debit',
      title: text('expense.debit'),
      width: '150px',
      align: 'end',
      fixed: true,
      render: (row) => balance(row, 'debit'),
    },
    {
      id: 'credit',
      title: text('expense.credit'),
      width: '150px',
      align: 'end',
      fixed: true,
      render: (row) => balance(row, 'credit'),
    },
  ];
  if (rows.length === 0) {
    return <EmptyState icon={ListTree} title={text('chart.noneMatch')} hint={text('expenses.noneMatchHint')} />;
  }
  return (
    <DataTable
      listKey="chart"
      label={text('screen.chart')}
      columns={columns}
      count={rows.length}
      rowAt={(index) => rows[index]}
      rowKey={keyOf}
      onRange={everything}
      onOpen={(row) => {
        if (row.type === 'account') onOpen('account', row.account.code);
        if (row.type === 'group') onOpen('group', row.group.code);
      }}
      autoFocus
    />
  );
}

function Name({ row, hindi }: { readonly row: ChartRow; readonly hindi: boolean }) {
  const text = useText();
  const depth = { '--depth': String(row.depth) } as CSSProperties;
  if (row.type === 'kind') return <strong>{text(`accountKind.${row.kind}`)}</strong>;
  const one = row.type === 'group' ? row.group : row.account;
  const name = row.type === 'group' && hindi ? (row.group.nameHi ?? row.group.name) : one.name;
  return (
    <span className={one.isActive ? 'chart-name' : 'chart-name muted'} style={depth} title={`${one.code} ${name}`}>
      <span className="muted chart-code">{one.code}</span>
      <span className={row.type === 'group' ? 'chart-words chart-group' : 'chart-words'}>{name}</span>
    </span>
  );
}

function usageOf(row: ChartRow, text: Text): string {
  if (row.type === 'kind') return '';
  const one = row.type === 'group' ? row.group : row.account;
  if (!one.isActive) return text('vendors.inactive');
  return row.type === 'account' && row.account.role !== null ? text(`accountRole.${row.account.role}`) : '';
}

function Centres({ rows, onOpen }: { readonly rows: readonly ChartCentre[]; onOpen(code: string): void }) {
  const text = useText();
  const columns: readonly Column<ChartCentre>[] = [
    { id: 'code', title: text('field.code'), width: '120px', fixed: true, render: (row) => row.code },
    { id: 'name', title: text('field.name'), width: 'minmax(180px, 2fr)', fixed: true, render: (row) => row.name },
    { id: 'kind', title: text('field.kind'), width: '130px', render: (row) => text(`centreKind.${row.kind}`) },
    { id: 'agency', title: text('field.agency'), width: 'minmax(120px, 1fr)', render: (row) => row.agency ?? '' },
    {
      id: 'ends',
      title: text('field.endsOn'),
      width: '110px',
      render: (row) => (row.endsOn === null ? '' : <DateText date={row.endsOn} />),
    },
    {
      id: 'sanctioned',
      title: text('field.sanctionedPaise'),
      width: '150px',
      align: 'end',
      render: (row) => (row.sanctionedPaise === null ? '' : <Money paise={row.sanctionedPaise} bare />),
    },
  ];
  if (rows.length === 0) {
    return <EmptyState icon={ListTree} title={text('chart.noCentres')} hint={text('chart.noCentresHint')} />;
  }
  return (
    <DataTable
      listKey="cost-centres"
      label={text('chart.centres')}
      columns={columns}
      count={rows.length}
      rowAt={(index) => rows[index]}
      rowKey={(row) => row.id}
      onRange={everything}
      onOpen={(row) => onOpen(row.code)}
      autoFocus
    />
  );
}
