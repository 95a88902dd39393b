import { ChevronDown, X } from 'lucide-react';
import { Popover } from 'radix-ui';
import type { ReactNode } from 'react';
import { useText } from '../i18n/text.ts';
import { classes } from './classes.ts';
import './filter-bar.css';
import { Menu, type MenuItem } from './menu.tsx';

interface ChipProps {
  readonly label: string;
  /** What is chosen, in words; null when the chip is off. */
  readonly value: string | null;
  onClear(): void;
}

/** A chip that opens a menu of choices. */
export function MenuChip({ label, value, onClear, items }: ChipProps & { readonly items: readonly MenuItem[] }) {
  return (
    <span className={classes('chip', value !== null && 'is-on')}>
      <Menu groups={[{ items }]} trigger={chipButton(label, value)} />
      {value !== null && <ClearButton label={label} onClear={onClear} />}
    </span>
  );
}

/** A chip that opens fields (a range of dates or amounts). */
export function FieldsChip({ label, value, onClear, children }: ChipProps & { readonly children: ReactNode }) {
  return (
    <span className={classes('chip', value !== null && 'is-on')}>
      <Popover.Root>
        <Popover.Trigger asChild>{chipButton(label, value)}</Popover.Trigger>
        <Popover.Portal>
          <Popover.Content className="chip-popover" align="start" sideOffset={4} aria-label={label}>
            {children}
          </Popover.Content>
        </Popover.Portal>
      </Popover.Root>
      {value !== null && <ClearButton label={label} onClear={onClear} />}
    </span>
  );
}

/** A chip for what was chosen elsewhere: it can only be taken off. */
export function FixedChip({ label, value, onClear }: ChipProps & { readonly value: string }) {
  const words = `${label}: ${value}`;
  return (
    <span className="chip is-on">
      <span className="chip-words" title={words}>
        {words}
      </span>
      <ClearButton label={label} onClear={onClear} />
    </span>
  );
}

/** A chip that is simply on or off. */
export function ToggleChip({
  label,
  on,
  onChange,
}: {
  readonly label: string;
  readonly on: boolean;
  onChange(on: boolean): void;
}) {
  return (
    <span className={classes('chip', on && 'is-on')}>
      <button type="button" className="chip-button" aria-pressed={on} onClick={() => onChange(!on)}>
        {label}
      </button>
    </span>
  );
}

const chipButton = (label: string, value: string | null) => (
  <button type="button" className="chip-button">
    {value === null ? label : `${label}: ${value}`}
    <ChevronDown size={13} aria-hidden="true" />
  </button>
);

function ClearButton({ label, onClear }: { readonly label: string; onClear(): void }) {
  const text = useText();
  return (
    <button type="button" className="chip-clear" aria-label={text('filter.clear', { label })} onClick={onClear}>
      <X size={13} aria-hidden="true" />
    </button>
  );
}

export function FilterBar({ children }: { readonly children: ReactNode }) {
  const text = useText();
  return (
    <div className="filter-bar" role="toolbar" aria-label={text('filter.bar')}>
      {children}
    </div>
  );
}
