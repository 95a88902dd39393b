import { useLocation } from 'wouter';
import type { EntryKind, Role } from '../../../shared/domain/rows.ts';
import type { KeyBinding } from '../../components/keys.tsx';
import { useText } from '../../i18n/text.ts';

/** Who enters vouchers. */
export const mayEnterVouchers = (role: Role): boolean => role === 'college_accounts_admin';

/** The keys of Tally, in their order; the second one of a kind is that of the version before. */
export const ENTRY_KEYS: readonly (readonly [EntryKind, string, string?])[] = [
  ['contra', 'F4'],
  ['payment', 'F5'],
  ['receipt', 'F6'],
  ['journal', 'F7'],
  ['sales', 'F8'],
  ['purchase', 'F9'],
  ['debit_note', 'Alt+F5', 'Ctrl+F9'],
  ['credit_note', 'Alt+F6', 'Ctrl+F8'],
];

/** Begins a voucher of each kind from anywhere; what was typed into another one is kept as its draft. */
export function useEntryKeys(role: Role): readonly KeyBinding[] {
  const text = useText();
  const [, goTo] = useLocation();
  const enabled = mayEnterVouchers(role);
  return ENTRY_KEYS.flatMap(([kind, keys, older]) => {
    const binding = { keys, label: text(`entry.new.${kind}`), run: () => goTo(`/vouchers/new/${kind}`), enabled };
    return older === undefined ? [binding] : [binding, { ...binding, keys: older, hidden: true }];
  });
}
