import { useState } from 'react';
import { readVendorFields } from '../../../shared/domain/vendor/fields.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import { ConfirmDialog } from '../../components/dialog.tsx';
import { useCommand } from '../../data/use-command.ts';
import { newId } from '../../host/system.ts';
import { useText } from '../../i18n/text.ts';
import { VendorInputs } from '../vendors/vendor-inputs.tsx';
import { fieldsOf, typedOf } from '../vendors/vendor-values.ts';

interface Props {
  readonly collegeId: Id;
  /** What was typed in the vendor field. */
  readonly name: string;
  onMade(vendor: { readonly id: Id; readonly name: string }): void;
  onClose(): void;
}

/** What is asked for in the middle of a bill; the rest can follow on the vendor's own page. */
const names = ['name', 'gstin', 'pan', 'accountNumber', 'ifsc', 'phone'] as const;

/** A new vendor without leaving the bill. */
export function VendorDialog({ collegeId, name, onMade, onClose }: Props) {
  const text = useText();
  const command = useCommand();
  const [vendorId] = useState(newId);
  const [typed, setTyped] = useState(() => ({ ...typedOf(null), name }));
  const [tried, setTried] = useState(false);
  const read = readVendorFields(fieldsOf(typed));
  const wrong = read.ok ? null : read.error.details;

  const create = async (): Promise<void> => {
    setTried(true);
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
      <VendorInputs
        names={names}
        typed={typed}
        wrong={wrong}
        tried={tried}
        change={(field, value) => setTyped((now) => ({ ...now, [field]: value }))}
      />
    </ConfirmDialog>
  );
}
