import { useState } from 'react';
import type { ErrorDetails } from '../../../shared/kernel/errors.ts';
import { Field } from '../../components/field.tsx';
import { TextInput } from '../../components/inputs.tsx';
import { useIfscHint } from '../../data/use-ifsc-hint.ts';
import { isMessageKey } from '../../i18n/catalogue.ts';
import { type Text, useText } from '../../i18n/text.ts';
import { moveOn } from '../expense-form/move-on.ts';
import { MAX_LENGTH, type VendorFieldName } from './vendor-values.ts';

interface Props {
  /** Which fields are asked for, in their order. */
  readonly names: readonly VendorFieldName[];
  readonly typed: Readonly<Record<VendorFieldName, string>>;
  /** Details of the first refusal of what is typed, or null. */
  readonly wrong: ErrorDetails | null;
  /** Show what is wrong everywhere, since the person tried to save. */
  readonly tried: boolean;
  change(name: VendorFieldName, value: string): void;
}

/** Why a field of a vendor is wrong, in words, from the reason of the rule. */
const reasonText = (text: Text, reason: string): string => {
  const key = `reason.${reason}`;
  return isMessageKey(key) ? text(key) : reason;
};

/** The fields of a vendor; what is wrong is said beside its field after leaving it. */
export function VendorInputs({ names, typed, wrong, tried, change }: Props) {
  const text = useText();
  const [left, setLeft] = useState<ReadonlySet<VendorFieldName>>(new Set());
  const ifscHint = useIfscHint(typed.ifsc);
  const problem = (field: VendorFieldName): string | null =>
    wrong?.field === field && (tried || left.has(field)) ? reasonText(text, String(wrong.reason)) : null;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Enter moves between the fields inside.
    <div className="stack" onKeyDown={moveOn}>
      {names.map((field) => (
        <Field
          key={field}
          label={text(`field.${field}`)}
          required={field === 'name'}
          error={problem(field)}
          hint={field === 'ifsc' ? ifscHint : undefined}
        >
          {(props) => (
            <TextInput
              {...props}
              value={typed[field]}
              maxLength={MAX_LENGTH[field]}
              spellCheck={false}
              onChange={(value) => change(field, value)}
              onBlur={() => typed[field] !== '' && setLeft((now) => new Set(now).add(field))}
            />
          )}
        </Field>
      ))}
    </div>
  );
}
