import { useState } from 'react';
import type { VendorFields } from '../../../shared/domain/command/args.ts';
import { readVendorFields } from '../../../shared/domain/vendor/fields.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import { ConfirmDialog } from '../../components/dialog.tsx';
import { Field } from '../../components/field.tsx';
import { TextInput } from '../../components/inputs.tsx';
import { useCommand } from '../../data/use-command.ts';
import { newId } from '../../host/system.ts';
import { isMessageKey } from '../../i18n/catalogue.ts';
import { type Text, useText } from '../../i18n/text.ts';
import { moveOn } from './move-on.ts';

interface Props {
  readonly collegeId: Id;
  /** What was typed in the vendor field. */
  readonly name: string;
  onMade(vendor: { readonly id: Id; readonly name: string }): void;
  onClose(): void;
}

const names = ['name', 'gstin', 'pan', 'accountNumber', 'ifsc', 'phone'] as const;
type Name = (typeof names)[number];
const MAX: Readonly<Record<Name, number>> = { name: 200, gstin: 15, pan: 10, accountNumber: 34, ifsc: 11, phone: 20 };

const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());

/** Why a field of a vendor is wrong, in words, from the reason of the rule. */
export const vendorReason = (text: Text, reason: string): string => {
  const key = `reason.${reason}`;
  return isMessageKey(key) ? text(key) : reason;
};

/** A new vendor without leaving the bill. */
export function VendorDialog({ collegeId, name, onMade, onClose }: Props) {
  const text = useText();
  const command = useCommand();
  const [vendorId] = useState(newId);
  const [typed, setTyped] = useState<Readonly<Record<Name, string>>>({
    name,
    gstin: '',
    pan: '',
    accountNumber: '',
    ifsc: '',
    phone: '',
  });
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const fields: VendorFields = {
    name: typed.name.trim(),
    gstin: orNull(typed.gstin),
    pan: orNull(typed.pan),
    ifsc: orNull(typed.ifsc),
    accountNumber: orNull(typed.accountNumber),
    accountName: null,
    email: null,
    phone: orNull(typed.phone),
  };
  const read = readVendorFields(fields);
  const wrong = read.ok ? null : read.error.details;

  const create = async (): Promise<void> => {
    setLeft(new Set(names));
    if (!read.ok) return;
    const answer = await command.run({ collegeId, name: 'vendor.create', args: { vendorId, fields: read.value } });
    if (answer !== null) onMade({ id: vendorId, name: read.value.name });
  };
  return (
    <ConfirmDialog
      title={text('vendorDialog.title')}
      consequence={<p className="muted">{text('vendorDialog.lead')}</p>}
      confirmLabel={text('vendorDialog.confirm')}
      busy={command.busy}
      error={command.error}
      onConfirm={() => void create()}
      onClose={onClose}
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: Enter moves between the fields inside. */}
      <div className="stack" onKeyDown={moveOn}>
        {names.map((field) => (
          <Field
            key={field}
            label={text(`field.${field}`)}
            required={field === 'name'}
            error={wrong?.field === field && left.has(field) ? vendorReason(text, String(wrong.reason)) : null}
          >
            {(props) => (
              <TextInput
                {...props}
                value={typed[field]}
                maxLength={MAX[field]}
                spellCheck={false}
                onChange={(value) => setTyped((now) => ({ ...now, [field]: value }))}
                onBlur={() => typed[field] !== '' && setLeft((now) => new Set(now).add(field))}
              />
            )}
          </Field>
        ))}
      </div>
    </ConfirmDialog>
  );
}
