import type { AccountKind } from '../../../shared/domain/rows.ts';
import { limits } from '../../../shared/kernel/limits.ts';
import { Field } from '../../components/field.tsx';
import { Select, TextInput } from '../../components/inputs.tsx';
import { useText } from '../../i18n/text.ts';
import { accountKinds } from './chart-values.ts';

/** The fields that groups, accounts and cost centres have in common. */
interface FieldOf {
  readonly value: string;
  readonly error: string | null;
  onChange(next: string): void;
}

interface TextOf extends FieldOf {
  readonly label: string;
  readonly required?: boolean;
  readonly lang?: 'hi';
}

export function NamedField({ label, value, error, required = false, lang, onChange }: TextOf) {
  return (
    <Field label={label} error={error} required={required}>
      {(field) => (
        <TextInput {...field} lang={lang} value={value} maxLength={limits.text.nameMax} onChange={onChange} />
      )}
    </Field>
  );
}

/** Only of a new one: entries and reports name it by its code for ever. */
export function CodeField({ value, error, onChange }: FieldOf) {
  const text = useText();
  return (
    <Field label={text('field.code')} error={error} hint={text('chart.codeHint')} required>
      {(field) => (
        <TextInput {...field} value={value} maxLength={limits.text.codeMax} spellCheck={false} onChange={onChange} />
      )}
    </Field>
  );
}

interface ChoiceOf extends FieldOf {
  readonly label: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly hint?: string;
  readonly required?: boolean;
}

export function ChoiceField({ label, value, options, error, hint, required = false, onChange }: ChoiceOf) {
  return (
    <Field label={label} error={error} {...(hint === undefined ? {} : { hint })} required={required}>
      {(field) => <Select {...field} value={value} options={options} onChange={onChange} />}
    </Field>
  );
}

interface KindOf {
  readonly value: AccountKind;
  readonly error: string | null;
  onChange(kind: AccountKind): void;
}

export function AccountKindField({ value, error, onChange }: KindOf) {
  const text = useText();
  const options = accountKinds.map((one) => ({ value: one, label: text(`accountKind.${one}`) }));
  return (
    <ChoiceField
      label={text('field.kind')}
      value={value}
      options={options}
      error={error}
      required
      onChange={(next) => onChange(next as AccountKind)}
    />
  );
}

interface UnderOf extends FieldOf {
  readonly label: string;
  readonly groups: readonly { readonly code: string; readonly name: string }[];
}

/** The group that it stands under, or none. */
export function GroupField({ groups, ...rest }: UnderOf) {
  const text = useText();
  const options = [
    { value: '', label: text('chart.noGroup') },
    ...groups.map(({ code, name }) => ({ value: code, label: `${code} · ${name}` })),
  ];
  return <ChoiceField {...rest} options={options} />;
}
