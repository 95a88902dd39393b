import { type ReactNode, useState } from 'react';
import { zExpenseStatus } from '../../../shared/ipc/contract/lists.ts';
import { formatDate } from '../../../shared/kernel/dates.ts';
import { formatRupees } from '../../../shared/kernel/money.ts';
import { readAmount } from '../../../shared/kernel/money-entry.ts';
import { Field } from '../../components/field.tsx';
import { FieldsChip, FilterBar, FixedChip, MenuChip, ToggleChip } from '../../components/filter-bar.tsx';
import { AmountInput, DateInput } from '../../components/inputs.tsx';
import { readDay } from '../../components/read-day.ts';
import { useWork } from '../../data/session.ts';
import type { Masters } from '../../data/use-masters.ts';
import { useText } from '../../i18n/text.ts';
import type { ListChoice } from './expense-filter.ts';

interface Props {
  readonly choice: ListChoice;
  choose(part: Partial<ListChoice>): void;
  readonly masters: Masters;
  /** The search field, which stands first. */
  readonly children: ReactNode;
}

const toggled = <T,>(list: readonly T[], item: T): readonly T[] =>
  list.includes(item) ? list.filter((one) => one !== item) : [...list, item];

export function ExpenseFilters({ choice, choose, masters, children }: Props) {
  const text = useText();
  const named = (names: readonly string[]): string | null => (names.length === 0 ? null : names.join(', '));
  return (
    <FilterBar>
      {children}
      {choice.vendor !== null && (
        <FixedChip
          label={text('field.vendorName')}
          value={choice.vendor.name}
          onClear={() => choose({ vendor: null })}
        />
      )}
      <MenuChip
        label={text('field.status')}
        value={named(choice.status.map((status) => text(`status.${status}`)))}
        onClear={() => choose({ status: [] })}
        items={zExpenseStatus.options.map((status) => ({
          id: status,
          label: text(`status.${status}`),
          checked: choice.status.includes(status),
          stays: true,
          run: () => choose({ status: toggled(choice.status, status) }),
        }))}
      />
      <MenuChip
        label={text('field.category')}
        value={named(choice.category.map(masters.categoryName))}
        onClear={() => choose({ category: [] })}
        items={masters.categories.map(({ code }) => ({
          id: code,
          label: masters.categoryName(code),
          checked: choice.category.includes(code),
          stays: true,
          run: () => choose({ category: toggled(choice.category, code) }),
        }))}
      />
      <MenuChip
        label={text('field.accountCode')}
        value={
          choice.accountCode === null ? null : `${choice.accountCode} · ${masters.accountName(choice.accountCode)}`
        }
        onClear={() => choose({ accountCode: null })}
        items={masters.accounts
          .filter(({ kind }) => kind === 'expense' || kind === 'asset')
          .map(({ code, name }) => ({
            id: code,
            label: `${code} · ${name}`,
            checked: choice.accountCode === code,
            run: () => choose({ accountCode: choice.accountCode === code ? null : code }),
          }))}
      />
      <DatesChip choice={choice} choose={choose} />
      <AmountsChip choice={choice} choose={choose} />
      <ToggleChip
        label={text('expenses.pendingOnly')}
        on={choice.pendingOnly}
        onChange={(pendingOnly) => choose({ pendingOnly })}
      />
    </FilterBar>
  );
}

type ChipProps = Pick<Props, 'choice' | 'choose'>;

/** Words for a range with one or both ends open. */
function useRangeText(): (from: string | null, to: string | null) => string | null {
  const text = useText();
  return (from, to) => {
    if (from !== null && to !== null) return text('filter.between', { from, to });
    if (from !== null) return text('filter.from', { from });
    return to === null ? null : text('filter.upTo', { to });
  };
}

function DatesChip({ choice, choose }: ChipProps) {
  const text = useText();
  const range = useRangeText();
  const { today } = useWork();
  const [typed, setTyped] = useState({ from: '', to: '' });
  const day = (value: string): string | null => {
    const read = readDay(value, today);
    return read.ok ? read.value : null;
  };
  const wrong = (value: string): string | null =>
    value !== '' && day(value) === null ? text('problem.not_a_date') : null;
  const field = (name: 'from' | 'to', label: string) => (
    <Field label={label} error={wrong(typed[name])}>
      {(props) => (
        <DateInput
          {...props}
          today={today}
          value={typed[name]}
          onChange={(value) => setTyped((now) => ({ ...now, [name]: value }))}
          onBlur={() => choose({ [name]: day(typed[name]) })}
        />
      )}
    </Field>
  );
  return (
    <FieldsChip
      label={text('expenses.dates')}
      value={range(choice.from && formatDate(choice.from), choice.to && formatDate(choice.to))}
      onClear={() => {
        setTyped({ from: '', to: '' });
        choose({ from: null, to: null });
      }}
    >
      {field('from', text('filter.fromLabel'))}
      {field('to', text('filter.toLabel'))}
    </FieldsChip>
  );
}

function AmountsChip({ choice, choose }: ChipProps) {
  const text = useText();
  const range = useRangeText();
  const [typed, setTyped] = useState({ minPaise: '', maxPaise: '' });
  const field = (name: 'minPaise' | 'maxPaise', label: string) => {
    const read = readAmount(typed[name]);
    return (
      <Field label={label} error={read.ok || read.error === 'empty' ? null : text(`problem.${read.error}`)}>
        {(props) => (
          <AmountInput
            {...props}
            value={typed[name]}
            onChange={(value) => setTyped((now) => ({ ...now, [name]: value }))}
            onBlur={() => choose({ [name]: read.ok ? read.value : null })}
          />
        )}
      </Field>
    );
  };
  return (
    <FieldsChip
      label={text('expenses.amount')}
      value={range(
        choice.minPaise === null ? null : formatRupees(choice.minPaise),
        choice.maxPaise === null ? null : formatRupees(choice.maxPaise),
      )}
      onClear={() => {
        setTyped({ minPaise: '', maxPaise: '' });
        choose({ minPaise: null, maxPaise: null });
      }}
    >
      {field('minPaise', text('filter.fromLabel'))}
      {field('maxPaise', text('filter.toLabel'))}
    </FieldsChip>
  );
}
