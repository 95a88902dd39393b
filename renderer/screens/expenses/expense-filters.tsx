import { type ReactNode, useState } from 'react';
import { zExpenseStatus } from '../../../shared/ipc/contract/lists.ts';
import { formatRupees } from '../../../shared/kernel/money.ts';
import { readAmount } from '../../../shared/kernel/money-entry.ts';
import { DatesChip, useRangeText } from '../../components/dates-chip.tsx';
import { Field } from '../../components/field.tsx';
import { FieldsChip, FilterBar, FixedChip, MenuChip, ToggleChip } from '../../components/filter-bar.tsx';
import { AmountInput } from '../../components/inputs.tsx';
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
      <DatesChip label={text('expenses.dates')} from={choice.from} to={choice.to} onChange={choose} />
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
