import type { ImportKind } from '../../../shared/domain/import/sheet-kinds.ts';
import type { Role } from '../../../shared/domain/rows.ts';

/** What each may bring: the commands behind it are open to these roles. */
const kinds: Partial<Record<Role, readonly ImportKind[]>> = {
  college_accounts_admin: ['expenses', 'vouchers', 'openings', 'accounts'],
  super_accountant: ['accounts', 'budgets'],
  principal: ['budgets'],
};

export const kindsFor = (role: Role): readonly ImportKind[] => kinds[role] ?? [];
