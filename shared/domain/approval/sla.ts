import type { EpochMs } from '../../kernel/dates.ts';
import type { College, Expense } from '../rows.ts';

const HOUR_MS = 3_600_000;

/** When a decision asked for at `submittedAt` becomes overdue. */
export const dueAfter = (submittedAt: EpochMs, college: Pick<College, 'approvalSlaHours'>): EpochMs =>
  submittedAt + college.approvalSlaHours * HOUR_MS;

export type SlaState =
  | { readonly kind: 'none' }
  /** Full hours that are left. */
  | { readonly kind: 'due'; readonly hours: number }
  /** Full hours since it was due. */
  | { readonly kind: 'overdue'; readonly hours: number };

/** How a waiting decision stands at `now`; the exact due instant counts as overdue. */
export function slaState(expense: Pick<Expense, 'status' | 'dueAt'>, now: EpochMs): SlaState {
  if (expense.status !== 'submitted' || expense.dueAt === null) return { kind: 'none' };
  if (now < expense.dueAt) return { kind: 'due', hours: Math.floor((expense.dueAt - now) / HOUR_MS) };
  return { kind: 'overdue', hours: Math.floor((now - expense.dueAt) / HOUR_MS) };
}
