import { Plus, ReceiptIndianRupee, Send } from 'lucide-react';
import { useCallback, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import type { Id } from '../../../shared/kernel/ids.ts';
import { Button } from '../../components/button.tsx';
import { ColumnChooser, DataTable } from '../../components/data-table.tsx';
import { ExportButton } from '../../components/export-button.tsx';
import { SearchInput } from '../../components/inputs.tsx';
import { useKeys } from '../../components/keys.tsx';
import { ListBody } from '../../components/list-body.tsx';
import { EmptyState } from '../../components/states.tsx';
import { useAsk } from '../../data/desk.tsx';
import { useWork } from '../../data/session.ts';
import { useMasters } from '../../data/use-masters.ts';
import { usePages } from '../../data/use-pages.ts';
import { useText } from '../../i18n/text.ts';
import { useListMemory } from '../../state/lists.ts';
import { useExpenseColumns } from './expense-columns.tsx';
import { type ListChoice, narrows, noChoice, toFilter } from './expense-filter.ts';
import { ExpenseFilters } from './expense-filters.tsx';
import { SubmitMany } from './submit-many.tsx';

const LIST = 'expenses';

interface Props {
  /** The document open beside the list. */
  readonly openId: Id | null;
  readonly narrow: boolean;
}

export function ExpenseList({ openId, narrow }: Props) {
  const text = useText();
  const [, goTo] = useLocation();
  const { collegeId, financialYear, role } = useWork();
  const [memory, remember] = useListMemory(LIST);
  const search = useRef<HTMLInputElement>(null);
  const choice = (memory.filter as ListChoice | undefined) ?? noChoice;
  const choose = useCallback(
    (part: Partial<ListChoice>): void => remember({ filter: { ...choice, ...part }, active: 0, scrollTop: 0 }),
    [choice, remember],
  );

  const filter = toFilter(choice, collegeId, financialYear);
  const pages = usePages('expenses.page', { filter, sort: choice.sort });
  const totals = useAsk('expenses.totals', { filter }, { keep: true });
  const masters = useMasters();
  const columns = useExpenseColumns({
    choice,
    choose,
    narrow,
    totals: totals.data,
    masters,
    allColleges: collegeId === null,
  });
  const [submitting, setSubmitting] = useState<readonly Id[] | null>(null);

  // Until the count has come, the list is as long as what is surely there.
  const counted = totals.data !== undefined && !totals.isPlaceholderData ? totals.data.count : null;
  const count = counted ?? pages.known + (pages.more ? 1 : 0);
  const mayEnter = role === 'college_accounts_admin';
  const ticked = memory.selected;
  const enter = (): void => goTo('/expenses/new');
  useKeys([
    { keys: 'Alt+N', label: text('expenses.new'), run: enter, enabled: mayEnter },
    { keys: '/', label: text('expenses.search'), run: () => search.current?.focus(), hidden: true },
    {
      keys: 'Alt+S',
      label: text('expenses.submitTicked'),
      run: () => setSubmitting([...ticked]),
      enabled: mayEnter && ticked.size > 0,
    },
  ]);

  const empty = count === 0 && !pages.waiting && pages.error === null;
  return (
    <div className="screen">
      <header className="screen-head">
        <h1>{text('screen.expenses')}</h1>
        <span className="push" />
        {ticked.size > 0 && mayEnter && (
          <Button icon={Send} keys="Alt+S" onClick={() => setSubmitting([...ticked])}>
            {text('expenses.submitCount', { count: ticked.size })}
          </Button>
        )}
        <ExportButton
          order={{ kind: 'expenses', collegeId, financialYear, filter, sort: choice.sort, text: filter.text }}
        />
        <ColumnChooser listKey={LIST} columns={columns} />
        {mayEnter && (
          <Button look="primary" icon={Plus} keys="Alt+N" onClick={enter}>
            {text('expenses.new')}
          </Button>
        )}
      </header>
      <ExpenseFilters choice={choice} choose={choose} masters={masters}>
        <SearchInput
          label={text('expenses.search')}
          keys="/"
          inputRef={search}
          value={choice.text}
          onChange={(typed) => choose({ text: typed })}
        />
      </ExpenseFilters>
      <ListBody
        error={pages.error}
        loading={pages.known === 0 && !empty}
        count={empty ? 0 : count}
        empty={<NothingHere choice={choice} mayEnter={mayEnter} onEnter={enter} onClear={() => choose(noChoice)} />}
      >
        <DataTable
          listKey={LIST}
          label={text('screen.expenses')}
          columns={columns}
          count={count}
          rowAt={pages.rowAt}
          rowKey={(row) => row.id}
          onRange={pages.onRange}
          onOpen={(row) => goTo(`/expenses/${row.id}`)}
          openKey={openId}
          selectable={mayEnter}
          autoFocus={openId === null}
          footer={counted === null ? text('expenses.counting') : text('expenses.count', { count: counted })}
        />
      </ListBody>
      {submitting !== null && (
        <SubmitMany
          ids={submitting}
          onClose={() => setSubmitting(null)}
          onDone={(left) => remember({ selected: new Set(left) })}
        />
      )}
    </div>
  );
}

interface NothingProps {
  readonly choice: ListChoice;
  readonly mayEnter: boolean;
  onEnter(): void;
  onClear(): void;
}

function NothingHere({ choice, mayEnter, onEnter, onClear }: NothingProps) {
  const text = useText();
  if (narrows(choice)) {
    return (
      <EmptyState icon={ReceiptIndianRupee} title={text('expenses.noneMatch')} hint={text('expenses.noneMatchHint')}>
        <Button onClick={onClear}>{text('expenses.clearFilters')}</Button>
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={ReceiptIndianRupee}
      title={text('expenses.none')}
      hint={text(mayEnter ? 'expenses.noneHint' : 'expenses.noneHintReader')}
    >
      {mayEnter && (
        <Button look="primary" icon={Plus} keys="Alt+N" onClick={onEnter}>
          {text('expenses.new')}
        </Button>
      )}
    </EmptyState>
  );
}
