import type { ExpenseAction, ExpenseView } from '../../../shared/ipc/contract/expenses.ts';

/** The key of each action, on the page and in its button. */
export const ACTION_KEYS: Readonly<Record<ExpenseAction, string>> = {
  edit: 'Alt+L',
  submit: 'Alt+S',
  approve: 'Alt+A',
  return: 'Alt+R',
  reject: 'Alt+J',
  cancel: 'Alt+X',
  pay: 'Alt+P',
  take_payment: 'Alt+Q',
  give_back_payment: 'Alt+Z',
  take_away_payment: 'Alt+K',
  reverse: 'Alt+V',
  attach: 'Alt+T',
  duplicate: 'Alt+U',
};

const dialogActions = [
  'submit',
  'approve',
  'return',
  'reject',
  'cancel',
  'pay',
  'take_payment',
  'give_back_payment',
  'take_away_payment',
  'reverse',
] as const;
/** Actions that bind and therefore ask first. */
export type DialogAction = (typeof dialogActions)[number];
export const isDialogAction = (action: ExpenseAction): action is DialogAction =>
  dialogActions.some((known) => known === action);

/** The next sensible action: what the document waits for, by this person. */
export function primaryOf(expense: ExpenseView): ExpenseAction | null {
  const order: readonly ExpenseAction[] =
    expense.status === 'returned' ? ['edit', 'submit'] : ['approve', 'pay', 'submit', 'edit'];
  return order.find((action) => expense.actions.includes(action)) ?? null;
}

/** What of the expense uses the budget: the bill less the GST that comes back as input credit. */
export const budgetShare = (expense: ExpenseView): bigint =>
  expense.fields.itcEligible ? expense.fields.taxablePaise : expense.totalPaise;
