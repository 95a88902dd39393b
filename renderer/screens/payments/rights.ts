import type { Role } from '../../../shared/domain/rows.ts';

/** Who is offered what. The rules decide again: this only keeps buttons away that would always be refused. */
const may = {
  prepare: ['college_accounts_admin'],
  release: ['college_accounts_admin', 'principal'],
  withdraw: ['college_accounts_admin', 'principal'],
  file: ['college_accounts_admin'],
  ask: ['college_accounts_admin'],
  record: ['college_accounts_admin', 'superuser'],
  settle: ['college_accounts_admin', 'principal'],
  approve: ['college_accounts_admin', 'principal'],
  account: ['college_accounts_admin'],
  limits: ['principal'],
  replay: ['college_accounts_admin', 'it_admin', 'superuser'],
} as const satisfies Readonly<Record<string, readonly Role[]>>;
export type PaymentDeed = keyof typeof may;

export const mayDo = (deed: PaymentDeed, role: Role): boolean => (may[deed] as readonly Role[]).includes(role);
