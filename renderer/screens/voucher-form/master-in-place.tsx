import type { AccountKind, EntryKind } from '../../../shared/domain/rows.ts';
import { kindRules } from '../../../shared/domain/voucher/kinds.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import { useAsk } from '../../data/desk.tsx';
import { AccountDialog } from '../chart/account-dialog.tsx';
import { CentreDialog } from '../chart/centre-dialog.tsx';
import { VendorDialog } from '../expense-form/vendor-dialog.tsx';
import { VendorForm } from '../vendors/vendor-form.tsx';
import type { FormBooks } from './use-entry-books.ts';
import type { LineValues } from './voucher-values.ts';

/** The master that is made or altered in the middle of an entry. */
export interface MasterAsked {
  readonly field: string;
  readonly line: number;
  readonly what: 'account' | 'vendorId' | 'departmentCode' | 'fundCode';
  /** What was typed for a new one. */
  readonly typed: string;
  /** The code or id of the one to alter; null makes a new one. */
  readonly present: string | null;
}

/** What the field one is in is about; null where it names no master. */
export function masterAsked(field: string | null, lines: readonly LineValues[], typed: string): MasterAsked | null {
  const [, key, what] = /^line\.(\d+)\.(account|vendorId|departmentCode|fundCode)$/.exec(field ?? '') ?? [];
  const line = lines.find((one) => String(one.key) === key);
  if (field === null || line === undefined) return null;
  const name = what as MasterAsked['what'];
  const present = name === 'account' ? line.accountCode : line[name];
  return { field, line: line.key, what: name, typed, present: present === '' ? null : present };
}

interface Props {
  readonly asked: MasterAsked;
  readonly collegeId: Id;
  readonly kind: EntryKind;
  readonly books: FormBooks;
  /** With what the line then says. */
  onMade(part: Partial<LineValues>): void;
  onClose(): void;
}

/** What a line of the kind most likely lacks an account for. */
const likelyKind = (kind: EntryKind): AccountKind =>
  kindRules[kind].money === 'both' ? 'asset' : kind === 'receipt' || kind === 'sales' ? 'income' : 'expense';

/** Makes or alters a master without leaving the voucher, and comes back with it chosen. */
export function MasterInPlace({ asked, collegeId, kind, books, onMade, onClose }: Props) {
  const { what, typed, present } = asked;
  if (what === 'vendorId') {
    if (present !== null)
      return <AlterVendor collegeId={collegeId} vendorId={present} onDone={onMade} onClose={onClose} />;
    return (
      <VendorDialog
        collegeId={collegeId}
        name={typed}
        onMade={({ id, name }) => onMade({ vendorId: id, vendorName: name })}
        onClose={onClose}
      />
    );
  }
  if (what === 'account') {
    if (books.chart === undefined) return null;
    return (
      <AccountDialog
        collegeId={collegeId}
        chart={books.chart}
        account={present === null ? null : (books.account(present) ?? null)}
        begun={{ name: typed, kind: likelyKind(kind) }}
        onDone={(code) => onMade(present === null ? { accountCode: code } : {})}
        onClose={onClose}
      />
    );
  }
  return (
    <CentreDialog
      collegeId={collegeId}
      centre={books.chart?.costCentres.find(({ code }) => code === present) ?? null}
      begun={{ name: typed, kinds: what === 'departmentCode' ? ['department'] : ['fund', 'grant'] }}
      onDone={(code) => onMade(present === null ? { [what]: code } : {})}
      onClose={onClose}
    />
  );
}

interface AlterProps {
  readonly collegeId: Id;
  readonly vendorId: Id;
  onDone(part: Partial<LineValues>): void;
  onClose(): void;
}

function AlterVendor({ collegeId, vendorId, onDone, onClose }: AlterProps) {
  const { data } = useAsk('vendors.get', { id: vendorId });
  if (data === undefined) return null;
  return <VendorForm collegeId={collegeId} vendor={data} onDone={() => onDone({})} onClose={onClose} />;
}
