import { type Refusal, refusal } from '../../kernel/errors.ts';
import type { College, Expense, ExpenseStatus, Person, Role } from '../rows.ts';

export type ExpenseAction =
  | 'edit'
  | 'submit'
  | 'approve'
  | 'return'
  | 'reject'
  | 'cancel'
  | 'pay'
  | 'take_payment'
  | 'give_back_payment'
  | 'take_away_payment'
  | 'reverse'
  | 'attach_receipt'
  | 'remove_receipt';

interface Step {
  readonly roles: readonly Role[];
  readonly from: readonly ExpenseStatus[];
  /** Where it may lead; empty means that the state stays. */
  readonly to: readonly ExpenseStatus[];
}

const makers: readonly Role[] = ['college_accounts_admin'];
const deciders: readonly Role[] = ['principal', 'super_accountant'];

/**
 * The life of an expense: who may do what in which state, and where it leads. What is not in this table does not happen. `reconciled`
 * is entered by bank statements (`bankMoves`); `paying` is held by one desk (payment/lease.ts); a paid expense that is taken back leaves the vendor owing the money.
 */
export const lifeCycle: Readonly<Record<ExpenseAction, Step>> = {
  edit: { roles: makers, from: ['draft', 'returned'], to: [] },
  submit: { roles: makers, from: ['draft', 'returned'], to: ['submitted', 'approved'] },
  approve: { roles: deciders, from: ['submitted'], to: ['approved'] },
  return: { roles: deciders, from: ['submitted'], to: ['returned'] },
  reject: { roles: deciders, from: ['submitted'], to: ['rejected'] },
  cancel: { roles: makers, from: ['draft', 'submitted', 'returned'], to: ['cancelled'] },
  pay: { roles: makers, from: ['approved', 'payable', 'paying'], to: ['paid'] },
  take_payment: { roles: makers, from: ['approved', 'payable'], to: ['paying'] },
  give_back_payment: { roles: makers, from: ['paying'], to: ['approved', 'payable'] },
  // Who takes it away says that no money has left; that is not for the one who was to send it.
  take_away_payment: { roles: deciders, from: ['paying'], to: ['approved', 'payable'] },
  reverse: {
    roles: ['college_accounts_admin', 'super_accountant'],
    from: ['approved', 'payable', 'paid', 'reconciled'],
    to: ['reversed'],
  },
  attach_receipt: { roles: makers, from: ['draft', 'submitted', 'returned'], to: [] },
  // A receipt that the decider relies on cannot be taken away under his eyes.
  remove_receipt: { roles: makers, from: ['draft', 'returned'], to: [] },
};

/** What follows from a match with a bank statement, or from undoing it; nothing that anybody does with the expense itself. */
export const bankMoves = {
  reconcile: { from: 'paid', to: 'reconciled' },
  reopen: { from: 'reconciled', to: 'paid' },
} as const satisfies Readonly<Record<string, { readonly from: ExpenseStatus; readonly to: ExpenseStatus }>>;

/** States in which the expense stands in the ledger. */
export const isPosted = (status: ExpenseStatus): boolean =>
  status === 'approved' || status === 'payable' || status === 'paying' || status === 'paid' || status === 'reconciled';

/** Why the action is impossible in this state, or undefined. Refusal: EXPENSE_WRONG_STATE. */
export const stateRefusal = (expense: Pick<Expense, 'status'>, action: ExpenseAction): Refusal | undefined =>
  lifeCycle[action].from.includes(expense.status)
    ? undefined
    : refusal('EXPENSE_WRONG_STATE', { status: expense.status, action });

const isDecision = (action: ExpenseAction) => action === 'approve' || action === 'return' || action === 'reject';

/** What this person can do with the expense now, in the order of the table: the truth behind every button. */
export function allowedActions(
  expense: Pick<Expense, 'collegeId' | 'status' | 'makerId'>,
  actor: Person,
  college: Pick<College, 'id' | 'isActive'>,
): readonly ExpenseAction[] {
  if (!college.isActive || !actor.isActive) return [];
  if (actor.collegeId !== expense.collegeId || college.id !== expense.collegeId) return [];
  return (Object.keys(lifeCycle) as ExpenseAction[]).filter((action) => {
    const step = lifeCycle[action];
    if (!step.roles.includes(actor.role) || !step.from.includes(expense.status)) return false;
    return !isDecision(action) || expense.makerId !== actor.id;
  });
}
