import { Search } from 'lucide-react';
import type { ComponentProps, Ref } from 'react';
import { formatDate, type IsoDate, isIsoDate } from '../../shared/kernel/dates.ts';
import { formatRupees, type Paise } from '../../shared/kernel/money.ts';
import { readAmount } from '../../shared/kernel/money-entry.ts';
import { amountInWords } from '../format/words.ts';
import { useLanguage, useText } from '../i18n/text.ts';
import { classes } from './classes.ts';
import { Kbd } from './keys.tsx';
import { readDay } from './read-day.ts';

interface TextProps extends Omit<ComponentProps<'input'>, 'onChange' | 'className' | 'value'> {
  readonly value: string;
  onChange(value: string): void;
}

export function TextInput({ onChange, ...rest }: TextProps) {
  return (
    <input
      type="text"
      autoComplete="off"
      {...rest}
      className="input"
      onChange={(event) => onChange(event.target.value)}
    />
  );
}

interface AreaProps extends Omit<ComponentProps<'textarea'>, 'onChange' | 'className' | 'value'> {
  readonly value: string;
  onChange(value: string): void;
}

export function TextArea({ onChange, rows = 3, ...rest }: AreaProps) {
  return <textarea {...rest} rows={rows} className="input" onChange={(event) => onChange(event.target.value)} />;
}

/**
 * An amount as it is typed (`1.25L`, `12000+18%`). The form keeps the text; read it with `readAmount`. On leaving the field a reading that
 * is clear replaces the text in its plain form.
 */
export function AmountInput({ value, onChange, onBlur, ...rest }: TextProps) {
  return (
    <input
      type="text"
      inputMode="decimal"
      autoComplete="off"
      {...rest}
      className="input input-amount"
      value={value}
      onChange={(event) => onChange(event.target.value)}
      onBlur={(event) => {
        const read = readAmount(value);
        if (read.ok) onChange(formatRupees(read.value).replace('₹', ''));
        onBlur?.(event);
      }}
    />
  );
}

/** From here an amount is also written in words: one lakh rupees. */
const WORDS_FROM: Paise = 1_00_000_00n;

/** What the amount field understood, for its hint: the figure while it differs from the text, and words for large sums. */
export function AmountUnderstood({ value }: { readonly value: string }) {
  const language = useLanguage();
  const read = readAmount(value);
  if (!read.ok) return null;
  const figure = formatRupees(read.value);
  const plain = value.replace(/[₹\s]/g, '') === figure.replace('₹', '');
  return (
    <span className="input-understood">
      {!plain && <span>{`= ${figure}`}</span>}
      {!plain && read.value >= WORDS_FROM && ' · '}
      {read.value >= WORDS_FROM && amountInWords(read.value, language)}
    </span>
  );
}

interface DateProps extends TextProps {
  readonly today: IsoDate;
}

/** A day as it is typed: `21-11-2026`, `21/11`, `2111`, `21`, `t` for today. The form keeps the text; read it with `readDay`. */
export function DateInput({ value, onChange, onBlur, today, ...rest }: DateProps) {
  return (
    <input
      type="text"
      autoComplete="off"
      {...rest}
      className="input"
      value={value}
      onChange={(event) => onChange(event.target.value)}
      // Typing a day takes the place of the one that stands there.
      onFocus={(event) => event.target.select()}
      onBlur={(event) => {
        const read = readDay(value, today);
        if (read.ok && isIsoDate(read.value)) onChange(formatDate(read.value));
        onBlur?.(event);
      }}
    />
  );
}

interface SearchProps extends Omit<TextProps, 'type'> {
  readonly label: string;
  readonly keys?: string;
  readonly inputRef?: Ref<HTMLInputElement>;
}

export function SearchInput({ label, keys, onChange, inputRef, ...rest }: SearchProps) {
  return (
    <div className="input-wrap search-input">
      <Search size={15} aria-hidden="true" />
      <input
        type="text"
        role="searchbox"
        autoComplete="off"
        spellCheck={false}
        {...rest}
        ref={inputRef}
        aria-label={label}
        placeholder={label}
        className="input"
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          rest.onKeyDown?.(event);
          if (event.key === 'Escape' && rest.value !== '') {
            event.preventDefault();
            onChange('');
          }
        }}
      />
      {keys !== undefined && rest.value === '' && <Kbd keys={keys} />}
    </div>
  );
}

interface SelectProps extends Omit<ComponentProps<'select'>, 'onChange' | 'className' | 'value'> {
  readonly value: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  onChange(value: string): void;
  readonly narrow?: boolean;
}

/** The system's own list: quick, known, and readable by everything. */
export function Select({ value, options, onChange, narrow = false, ...rest }: SelectProps) {
  return (
    <select
      {...rest}
      className={classes('input', narrow && 'input-narrow')}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    >
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  );
}

interface CheckProps {
  readonly label: string;
  readonly checked: boolean;
  onChange(checked: boolean): void;
}

export function Check({ label, checked, onChange }: CheckProps) {
  return (
    <label className="check">
      <input type="checkbox" checked={checked} onChange={(event) => onChange(event.target.checked)} />
      {label}
    </label>
  );
}

/** Why an amount could not be read, or null. Empty is a problem only where the field is required. */
export function useAmountProblem(): (value: string, required: boolean) => string | null {
  const text = useText();
  return (value, required) => {
    const read = readAmount(value);
    if (read.ok) return null;
    if (read.error === 'empty') return required ? text('problem.empty') : null;
    return text(`problem.${read.error}`);
  };
}
