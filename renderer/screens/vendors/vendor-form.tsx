import { useState } from 'react';
import { readVendorFields } from '../../../shared/domain/vendor/fields.ts';
import type { VendorView } from '../../../shared/ipc/contract/masters.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import { ConfirmDialog } from '../../components/dialog.tsx';
import { useCommand } from '../../data/use-command.ts';
import { newId } from '../../host/system.ts';
import { useText } from '../../i18n/text.ts';
import { announce } from '../../state/announce.ts';
import { VendorInputs } from './vendor-inputs.tsx';
import { editsOf, fieldsOf, type Typed, typedOf, type VendorEdits, vendorFieldNames } from './vendor-values.ts';

interface Props {
  readonly collegeId: Id;
  /** Null makes a new one. */
  readonly vendor: VendorView | null;
  /** Typed before, and shown over what the vendor has. */
  readonly begun?: Partial<Typed>;
  onDone(vendorId: Id): void;
  onClose(): void;
}

/** A new vendor, or a changed one: what is wrong is said beside its field after leaving it. */
export function VendorForm({ collegeId, vendor, begun, onDone, onClose }: Props) {
  const text = useText();
  const command = useCommand();
  const [seen] = useState(vendor);
  const [vendorId] = useState(() => vendor?.id ?? newId());
  const [typed, setTyped] = useState(() => ({ ...typedOf(vendor?.fields ?? null), ...begun }));
  const [tried, setTried] = useState(false);
  const read = readVendorFields(fieldsOf(typed));
  const wrong = read.ok ? null : read.error.details;
  const edits: VendorEdits = seen === null || !read.ok ? {} : editsOf(seen.fields, read.value);
  const changes = Object.keys(edits).length;
  const bankChanges = seen !== null && seen.fields.accountNumber !== null && (edits.accountNumber ?? edits.ifsc);

  const save = async (): Promise<void> => {
    setTried(true);
    if (!read.ok || (seen !== null && changes === 0)) return;
    const answer = await command.run(
      seen === null
        ? { collegeId, name: 'vendor.create', args: { vendorId, fields: read.value } }
        : { collegeId, name: 'vendor.edit', args: { vendorId, edits } },
    );
    if (answer === null) return;
    announce(text(seen === null ? 'vendors.created' : 'vendors.saved', { name: read.value.name }));
    onDone(vendorId);
  };
  const lead =
    seen === null
      ? text('vendors.createLead')
      : bankChanges !== undefined && bankChanges !== false
        ? text('vendors.editBankLead')
        : text(read.ok && changes === 0 ? 'vendors.nothingChanged' : 'vendors.editLead');
  return (
    <ConfirmDialog
      title={seen === null ? text('vendors.createTitle') : text('vendors.editTitle', { name: seen.fields.name })}
      consequence={<p aria-live="polite">{lead}</p>}
      confirmLabel={seen === null ? text('vendors.createConfirm') : text('vendors.editConfirm', { count: changes })}
      busy={command.busy}
      error={command.error}
      onConfirm={() => void save()}
      onClose={onClose}
    >
      <VendorInputs
        names={vendorFieldNames}
        typed={typed}
        wrong={wrong}
        tried={tried}
        change={(field, value) => setTyped((now) => ({ ...now, [field]: value }))}
      />
    </ConfirmDialog>
  );
}
