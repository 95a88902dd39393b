import { BookOpenText, Plus } from 'lucide-react';
import { useCallback, useRef } from 'react';
import { useLocation } from 'wouter';
import { financialYearBounds } from '../../../shared/kernel/dates.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import { Button } from '../../components/button.tsx';
import { ColumnChooser, DataTable } from '../../components/data-table.tsx';
import { ExportMenu } from '../../components/export-menu.tsx';
import { SearchInput } from '../../components/inputs.tsx';
import { useKeys } from '../../components/keys.tsx';
import { ListBody } from '../../components/list-body.tsx';
import { Menu } from '../../components/menu.tsx';
import { EmptyState } from '../../components/states.tsx';
import { useAsk, useDesk } from '../../data/desk.tsx';
import { useWork } from '../../data/session.ts';
import { useMasters } from '../../data/use-masters.ts';
import { usePages } from '../../data/use-pages.ts';
import { useLanguage, useText } from '../../i18n/text.ts';
import { useListMemory } from '../../state/lists.ts';
import { ENTRY_KEYS, mayEnterVouchers } from './entry-keys.ts';
import { useVoucherColumns } from './voucher-columns.tsx';
import { narrows, noChoice, toFilter, type VoucherChoice } from './voucher-filter.ts';
import { VoucherFilters } from './voucher-filters.tsx';

const LIST = 'vouchers';

interface Props {
  /** The document open beside the list. */
  readonly openId: Id | null;
  readonly narrow: boolean;
}

/** The day book: every voucher, newest first. */
export function VoucherList({ openId, narrow }: Props) {
  const text = useText();
  const [, goTo] = useLocation();
  const { collegeId, financialYear, role } = useWork();
  const [memory, remember] = useListMemory(LIST);
  const search = useRef<HTMLInputElement>(null);
  const choice = (memory.filter as VoucherChoice | undefined) ?? noChoice;
  const choose = useCallback(
    (part: Partial<VoucherChoice>): void => remember({ filter: { ...choice, ...part }, active: 0, scrollTop: 0 }),
    [choice, remember],
  );

  const filter = toFilter(choice, collegeId, financialYear);
  const pages = usePages('vouchers.page', { filter });
  const totals = useAsk('vouchers.totals', { filter }, { keep: true });
  const masters = useMasters();
  const columns = useVoucherColumns({ narrow, totals: totals.data, allColleges: collegeId === null });
  // Until the count has come, the list is as long as what is surely there.
  const counted = totals.data !== undefined && !totals.isPlaceholderData ? totals.data.count : null;
  const count = counted ?? pages.known + (pages.more ? 1 : 0);
  const mayEnter = mayEnterVouchers(role);
  const duplicate = (): void => {
    const row = pages.rowAt(memory.active);
    if (row !== undefined && row.kind !== 'reversal') goTo(`/vouchers/new/${row.kind}/${row.id}`);
  };
  useKeys([
    { keys: '/', label: text('vouchers.search'), run: () => search.current?.focus(), hidden: true },
    { keys: 'Alt+2', label: text('entry.duplicate'), run: duplicate, enabled: mayEnter && openId === null },
  ]);

  const empty = count === 0 && !pages.waiting && pages.error === null;
  return (
    <div className="screen">
      <header className="screen-head">
        <h1>{text('screen.vouchers')}</h1>
        <span className="push" />
        {/* A day book on paper is not narrowed to an account or a party, and must never hold more than the list shows. */}
        {collegeId !== null && choice.accountCode === null && choice.vendor === null && (
          <ExportDayBook collegeId={collegeId} filter={filter} />
        )}
        <ColumnChooser listKey={LIST} columns={columns} />
        {mayEnter && <NewVoucher />}
      </header>
      <VoucherFilters choice={choice} choose={choose} masters={masters}>
        <SearchInput
          label={text('vouchers.search')}
          keys="/"
          inputRef={search}
          value={choice.text}
          onChange={(typed) => choose({ text: typed })}
        />
      </VoucherFilters>
      <ListBody
        error={pages.error}
        loading={pages.known === 0 && !empty}
        count={empty ? 0 : count}
        empty={<NothingHere choice={choice} collegeId={collegeId} mayEnter={mayEnter} choose={choose} />}
      >
        <DataTable
          listKey={LIST}
          label={text('screen.vouchers')}
          columns={columns}
          count={count}
          rowAt={pages.rowAt}
          rowKey={(row) => row.id}
          onRange={pages.onRange}
          onOpen={(row) => goTo(`/vouchers/${row.id}`)}
          openKey={openId}
          autoFocus={openId === null}
          footer={counted === null ? text('expenses.counting') : text('vouchers.count', { count: counted })}
        />
      </ListBody>
    </div>
  );
}

/** What the list shows as a day book on paper or in a workbook. */
function ExportDayBook({
  collegeId,
  filter,
}: {
  readonly collegeId: Id;
  readonly filter: ReturnType<typeof toFilter>;
}) {
  const desk = useDesk();
  const language = useLanguage();
  const text = useText();
  const { financialYear } = useWork();
  const { first, last } = financialYearBounds(financialYear);
  const { kind, text: typed, from, to } = filter;
  const question = {
    ...{ report: 'day_book' as const, collegeId, language, from: from ?? first, to: to ?? last, text: typed },
    ...(kind.length === 0 ? {} : { kinds: kind }),
  };
  return (
    <ExportMenu
      formats={['pdf', 'xlsx', 'csv']}
      begin={(format) => desk.call('reports.export', { question, format })}
      keys={[
        { keys: 'Alt+P', format: 'pdf', label: text('reports.print') },
        { keys: 'Alt+E', format: 'xlsx', label: text('export.xlsx') },
      ]}
    />
  );
}

/** One button for every kind; each has its key. */
function NewVoucher() {
  const text = useText();
  const [, goTo] = useLocation();
  const items = ENTRY_KEYS.map(([kind, keys]) => ({
    id: kind,
    label: text(`voucher.${kind}`),
    note: keys,
    run: () => goTo(`/vouchers/new/${kind}`),
  }));
  return (
    <Menu
      align="end"
      groups={[{ items }]}
      trigger={
        <Button look="primary" icon={Plus}>
          {text('vouchers.new')}
        </Button>
      }
    />
  );
}

interface NothingProps {
  readonly choice: VoucherChoice;
  readonly collegeId: Id | null;
  readonly mayEnter: boolean;
  choose(part: Partial<VoucherChoice>): void;
}

function NothingHere({ choice, collegeId, mayEnter, choose }: NothingProps) {
  const text = useText();
  const typed = choice.text.trim();
  // Words mistyped: what a search of all vouchers would look for instead.
  const guess = useAsk(
    'vouchers.search',
    { collegeId: collegeId ?? '', text: typed, offset: 0, limit: 1 },
    { enabled: collegeId !== null && typed !== '' },
  );
  const meant = guess.data?.meant ?? [];
  if (narrows(choice)) {
    return (
      <EmptyState icon={BookOpenText} title={text('vouchers.noneMatch')} hint={text('expenses.noneMatchHint')}>
        {meant.map((word) => (
          <Button key={word} look="primary" onClick={() => choose({ text: word })}>
            {text('vouchers.meant', { word })}
          </Button>
        ))}
        <Button onClick={() => choose(noChoice)}>{text('expenses.clearFilters')}</Button>
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={BookOpenText}
      title={text('vouchers.none')}
      hint={text(mayEnter ? 'vouchers.noneHint' : 'vouchers.noneHintReader')}
    />
  );
}
