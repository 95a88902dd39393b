import type { Account, AccountKind, EntryKind } from '../rows.ts';

export type Side = 'debit' | 'credit';

/** What makes a voucher one of its kind, as Tally's users expect it. */
export interface KindRule {
  /** On which side bank and cash may stand: `both` only for money that stays in the house. */
  readonly money: Side | 'both' | 'none' | 'free';
  /** A line that there has to be. */
  readonly needs: { readonly side: Side; readonly kind: AccountKind } | null;
  /** Whether it names the other side and the paper it comes from. */
  readonly party: boolean;
  /** Kinds of accounts that have no place in it. */
  readonly never?: readonly AccountKind[];
}

export const kindRules: Readonly<Record<EntryKind, KindRule>> = {
  // Income and expenditure begin each year at nothing.
  opening: { money: 'free', needs: null, party: false, never: ['income', 'expense'] },
  payment: { money: 'credit', needs: null, party: false },
  receipt: { money: 'debit', needs: null, party: false },
  contra: { money: 'both', needs: null, party: false },
  journal: { money: 'none', needs: null, party: false },
  purchase: { money: 'none', needs: { side: 'credit', kind: 'liability' }, party: true },
  // A fee paid over the counter is an invoice and its receipt in one.
  sales: { money: 'free', needs: { side: 'credit', kind: 'income' }, party: false },
  debit_note: { money: 'none', needs: { side: 'debit', kind: 'liability' }, party: true },
  credit_note: { money: 'none', needs: { side: 'debit', kind: 'income' }, party: true },
};

export const isMoney = ({ role }: Pick<Account, 'role'>): boolean => role === 'bank' || role === 'cash';

/** Whether a line with a party on this account belongs to bills: what is owed or due, not what was spent, paid or withheld. */
export const isPartyAccount = ({ kind, role }: Pick<Account, 'kind' | 'role'>): boolean =>
  (kind === 'asset' || kind === 'liability') && (role === null || role === 'vendor_payable');
