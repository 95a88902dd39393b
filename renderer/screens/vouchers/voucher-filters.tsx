import type { ReactNode } from 'react';
import { zVoucherKind } from '../../../shared/ipc/contract/vouchers.ts';
import { DatesChip } from '../../components/dates-chip.tsx';
import { FilterBar, FixedChip, MenuChip } from '../../components/filter-bar.tsx';
import type { Masters } from '../../data/use-masters.ts';
import { useText } from '../../i18n/text.ts';
import type { VoucherChoice } from './voucher-filter.ts';

interface Props {
  readonly choice: VoucherChoice;
  choose(part: Partial<VoucherChoice>): void;
  readonly masters: Masters;
  /** The search field, which stands first. */
  readonly children: ReactNode;
}

export function VoucherFilters({ choice, choose, masters, children }: Props) {
  const text = useText();
  const { kind: kinds, accountCode, vendor } = choice;
  return (
    <FilterBar>
      {children}
      {vendor !== null && (
        <FixedChip label={text('field.party')} value={vendor.name} onClear={() => choose({ vendor: null })} />
      )}
      <MenuChip
        label={text('field.kind')}
        value={kinds.length === 0 ? null : kinds.map((kind) => text(`voucher.${kind}`)).join(', ')}
        onClear={() => choose({ kind: [] })}
        items={zVoucherKind.options.map((kind) => ({
          id: kind,
          label: text(`voucher.${kind}`),
          checked: kinds.includes(kind),
          stays: true,
          run: () => choose({ kind: kinds.includes(kind) ? kinds.filter((one) => one !== kind) : [...kinds, kind] }),
        }))}
      />
      <MenuChip
        label={text('field.account')}
        value={accountCode === null ? null : `${accountCode} · ${masters.accountName(accountCode)}`}
        onClear={() => choose({ accountCode: null })}
        items={masters.accounts.map(({ code, name }) => ({
          id: code,
          label: `${code} · ${name}`,
          checked: accountCode === code,
          run: () => choose({ accountCode: accountCode === code ? null : code }),
        }))}
      />
      <DatesChip label={text('field.date')} from={choice.from} to={choice.to} onChange={choose} />
    </FilterBar>
  );
}
