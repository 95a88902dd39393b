import { useState } from 'react';
import { formatDate, type IsoDate } from '../../shared/kernel/dates.ts';
import { useWork } from '../data/session.ts';
import { useText } from '../i18n/text.ts';
import { Field } from './field.tsx';
import { FieldsChip } from './filter-bar.tsx';
import { DateInput } from './inputs.tsx';
import { readDay } from './read-day.ts';

/** Words for a range with one or both ends open. */
export function useRangeText(): (from: string | null, to: string | null) => string | null {
  const text = useText();
  return (from, to) => {
    if (from !== null && to !== null) return text('filter.between', { from, to });
    if (from !== null) return text('filter.from', { from });
    return to === null ? null : text('filter.upTo', { to });
  };
}

interface Props {
  readonly label: string;
  /** Null: open at this end. */
  readonly from: IsoDate | null;
  readonly to: IsoDate | null;
  onChange(part: { readonly from?: IsoDate | null; readonly to?: IsoDate | null }): void;
}

/** A chip for a range of days. */
export function DatesChip({ label, from, to, onChange }: Props) {
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
  const field = (name: 'from' | 'to', title: string) => (
    <Field label={title} error={wrong(typed[name])}>
      {(props) => (
        <DateInput
          {...props}
          today={today}
          value={typed[name]}
          onChange={(value) => setTyped((now) => ({ ...now, [name]: value }))}
          onBlur={() => onChange({ [name]: day(typed[name]) })}
        />
      )}
    </Field>
  );
  return (
    <FieldsChip
      label={label}
      value={range(from && formatDate(from), to && formatDate(to))}
      onClear={() => {
        setTyped({ from: '', to: '' });
        onChange({ from: null, to: null });
      }}
    >
      {field('from', text('filter.fromLabel'))}
      {field('to', text('filter.toLabel'))}
    </FieldsChip>
  );
}
