import type { EntryKind } from '../../../shared/domain/rows.ts';
import { kindRules } from '../../../shared/domain/voucher/kinds.ts';
import type { IsoDate } from '../../../shared/kernel/dates.ts';
import { limits } from '../../../shared/kernel/limits.ts';
import { Field } from '../../components/field.tsx';
import { DateInput, TextArea, TextInput } from '../../components/inputs.tsx';
import { useText } from '../../i18n/text.ts';
import type { FieldName } from './read-entry.ts';
import type { VoucherValues } from './voucher-values.ts';

interface Props {
  readonly kind: EntryKind;
  readonly values: VoucherValues;
  readonly today: IsoDate;
  update(make: (now: VoucherValues) => VoucherValues): void;
  error(name: FieldName): string | null;
  leave(name: FieldName): void;
}

/** Above the lines: the day, and the paper where the kind has to come from one. */
export function HeadFields(props: Props) {
  const { kind, values, today, update, error, leave } = props;
  const text = useText();
  return (
    <div className="entry-head">
      <div data-field="date">
        <Field
          label={kind === 'opening' ? text('field.date') : `${text('field.date')} (F2)`}
          error={error('date')}
          required
        >
          {(field) => (
            <DateInput
              {...field}
              today={today}
              value={values.date}
              // The books begin with what stood on that day.
              readOnly={kind === 'opening'}
              tabIndex={kind === 'opening' ? -1 : undefined}
              onChange={(date) => date !== values.date && update((now) => ({ ...now, date }))}
              onBlur={() => leave('date')}
            />
          )}
        </Field>
      </div>
      {kindRules[kind].party && <PaperFields {...props} autoFocus />}
    </div>
  );
}

/** Below the lines: the paper of the other kinds, and the narration. */
export function FurtherDetails(props: Props) {
  const { kind, values, update, error, leave } = props;
  const text = useText();
  return (
    <div className="entry-foot">
      {!kindRules[kind].party && kind !== 'opening' && <PaperFields {...props} />}
      <div data-field="narration" className="entry-narration">
        <Field label={`${text('field.narration')} (Ctrl+R)`} error={error('narration')}>
          {(field) => (
            <TextArea
              {...field}
              rows={2}
              value={values.narration}
              maxLength={limits.text.descriptionMax}
              onChange={(narration) => update((now) => ({ ...now, narration }))}
              onBlur={() => leave('narration')}
            />
          )}
        </Field>
      </div>
    </div>
  );
}

function PaperFields({
  kind,
  values,
  today,
  update,
  error,
  leave,
  autoFocus = false,
}: Props & { autoFocus?: boolean }) {
  const text = useText();
  const { party } = kindRules[kind];
  return (
    <>
      <div data-field="reference">
        <Field
          label={text(party ? 'entry.billReference' : 'entry.moneyReference')}
          error={error('reference')}
          required={party}
        >
          {(field) => (
            <TextInput
              {...field}
              autoFocus={autoFocus}
              value={values.reference}
              maxLength={limits.text.nameMax}
              spellCheck={false}
              onChange={(reference) => update((now) => ({ ...now, reference }))}
              onBlur={() => leave('reference')}
            />
          )}
        </Field>
      </div>
      <div data-field="referenceDate">
        <Field label={text('field.referenceDate')} error={error('referenceDate')}>
          {(field) => (
            <DateInput
              {...field}
              today={today}
              value={values.referenceDate}
              onChange={(referenceDate) =>
                referenceDate !== values.referenceDate && update((now) => ({ ...now, referenceDate }))
              }
              onBlur={() => leave('referenceDate')}
            />
          )}
        </Field>
      </div>
    </>
  );
}
