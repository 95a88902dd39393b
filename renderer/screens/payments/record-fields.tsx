import type { FailureReason } from '../../../shared/domain/payment-order/news.ts';
import type { IsoDate } from '../../../shared/kernel/dates.ts';
import { limits } from '../../../shared/kernel/limits.ts';
import { Field } from '../../components/field.tsx';
import { DateInput, Select, TextInput } from '../../components/inputs.tsx';
import { useText } from '../../i18n/text.ts';
import { moveOn } from '../expense-form/move-on.ts';
import { failureReasons, type Said } from './said.ts';

export interface RecordTyped {
  readonly said: Said;
  readonly utr: string;
  readonly day: string;
  readonly reason: FailureReason;
  readonly words: string;
}

interface Props {
  readonly choices: readonly Said[];
  readonly typed: RecordTyped;
  readonly today: IsoDate;
  readonly problems: Readonly<Partial<Record<keyof RecordTyped, string>>>;
  onChange(part: Partial<RecordTyped>): void;
}

const UTR_MAX = 60;

/** What the bank said, and what belongs to it. */
export function RecordFields({ choices, typed, today, problems, onChange }: Props) {
  const text = useText();
  const hasDay = typed.said === 'paid' || typed.said === 'returned';
  const hasWords = typed.said === 'failed' || typed.said === 'returned';
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Enter moves between the fields inside.
    <div className="stack" onKeyDown={moveOn}>
      <Field label={text('record.said')} required>
        {(field) => (
          <Select
            {...field}
            value={typed.said}
            options={choices.map((one) => ({ value: one, label: text(`record.said.${one}`) }))}
            onChange={(said) => onChange({ said: said as Said })}
          />
        )}
      </Field>
      {typed.said === 'paid' && (
        <Field label={text('payments.utr')} hint={text('record.utrHint')} error={problems.utr} required>
          {(field) => (
            <TextInput
              {...field}
              value={typed.utr}
              maxLength={UTR_MAX}
              spellCheck={false}
              onChange={(utr) => onChange({ utr })}
            />
          )}
        </Field>
      )}
      {hasDay && (
        <Field label={text('record.day')} error={problems.day} required>
          {(field) => <DateInput {...field} today={today} value={typed.day} onChange={(day) => onChange({ day })} />}
        </Field>
      )}
      {typed.said === 'failed' && (
        <Field label={text('field.reason')} required>
          {(field) => (
            <Select
              {...field}
              value={typed.reason}
              options={failureReasons.map((one) => ({ value: one, label: text(`failure.${one}`) }))}
              onChange={(reason) => onChange({ reason: reason as FailureReason })}
            />
          )}
        </Field>
      )}
      {hasWords && (
        <Field label={text('record.words')} error={problems.words} required={typed.said === 'failed'}>
          {(field) => (
            <TextInput
              {...field}
              value={typed.words}
              maxLength={limits.text.commentMax}
              onChange={(words) => onChange({ words })}
            />
          )}
        </Field>
      )}
    </div>
  );
}
