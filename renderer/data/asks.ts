import type { ChannelName } from '../../shared/ipc/contract.ts';

/** Tables behind what an expense shows. */
const EXPENSE = ['expenses', 'receipts', 'vouchers', 'voucher_lines', 'audit_entries', 'budgets', 'vendors'];

/** Tables behind every report. */
const LEDGER = [
  'vouchers',
  'voucher_lines',
  'bill_allocations',
  'consolidation_totals',
  'accounts',
  'account_groups',
  'cost_centres',
  'vendors',
  'budgets',
  'colleges',
];

/** Tables behind what a payment order shows. */
const ORDERS = ['payment_orders', 'bank_accounts', 'expenses'];

/** Tables behind the way from a bill to the bank details of its vendor. */
const TO_PAY = ['expenses', 'vendors', 'beneficiaries', 'payment_orders', 'people'];

/** Tables behind what a voucher shows. */
const VOUCHER = ['vouchers', 'voucher_lines', 'bill_allocations', 'accounts', 'vendors', 'cost_centres'];

/** Tables behind what is open between bank and books. */
const BANK = [
  'bank_accounts',
  'bank_statements',
  'bank_lines',
  'bank_matches',
  'cleared_entries',
  'bank_rules',
  'voucher_lines',
  'vouchers',
];

/**
 * The channels that only read, with the tables whose change makes an earlier answer old. `null`: reads tables of this desk alone (waiting
 * commands, sign-ins), so that any change asks it again.
 */
export const asks = {
  'session.get': null,
  'recovery.look': null,
  'backups.look': null,
  'connections.list': null,
  'sync.status': null,
  'sync.pendingList': null,
  'attention.list': null,
  'expenses.page': EXPENSE,
  'expenses.totals': ['expenses'],
  'expenses.get': [...EXPENSE, 'payment_orders'],
  'approvals.inbox': EXPENSE,
  'vouchers.page': VOUCHER,
  'vouchers.search': VOUCHER,
  'vouchers.totals': ['vouchers', 'voucher_lines', 'vendors'],
  'vouchers.get': [...VOUCHER, 'receipts', 'audit_entries', 'expenses'],
  'bills.open': ['bill_allocations'],
  'chart.get': ['account_groups', 'accounts', 'cost_centres', 'consolidation_totals'],
  'masters.get': ['categories', 'accounts', 'colleges'],
  'vendors.page': ['vendors', 'expenses'],
  'vendors.get': ['vendors', 'expenses'],
  'budgets.list': ['budgets', 'categories', 'expenses', 'voucher_lines', 'consolidation_totals'],
  'reports.get': [...LEDGER, 'bank_statements', 'bank_lines', 'bank_matches', 'cleared_entries', 'bank_accounts'],
  'ledger.page': LEDGER,
  'periods.list': ['periods', 'consolidation_totals', 'expenses', 'accounts', 'people'],
  'audit.page': ['audit_entries'],
  'reconciliation.accounts': BANK,
  'reconciliation.head': [...BANK, 'periods'],
  'reconciliation.lines': ['bank_lines', 'bank_rules'],
  'reconciliation.entries': ['cleared_entries', 'voucher_lines', 'vouchers'],
  'reconciliation.matches': [...BANK, 'periods'],
  'reconciliation.proposals': ['bank_lines', 'cleared_entries'],
  'statements.list': ['bank_statements'],
  'fees.list': ['fee_reconciliations'],
  'statements.fetching': ['statement_fetch', 'bank_accounts'],
  'bankRules.list': ['bank_rules'],
  'bankAccounts.list': ['bank_accounts', 'accounts', 'vouchers', 'voucher_lines', 'payment_orders'],
  'payments.toPay': TO_PAY,
  'payments.beneficiaries': TO_PAY,
  'payments.orders': ORDERS,
  'payments.batch': ORDERS,
  'payments.previewFile': ORDERS,
  'payments.counts': [...TO_PAY, ...ORDERS],
  // They lie on the server: only what somebody does here or an unknown change asks again.
  'webhooks.dead': [],
  'consolidation.summary': ['consolidation_totals', 'expenses', 'budgets', 'categories', 'colleges'],
} as const satisfies Partial<Record<ChannelName, readonly string[] | null>>;

export type AskName = keyof typeof asks;

const isAsk = (name: string): name is AskName => Object.hasOwn(asks, name);
const synced = new Set<string>(Object.values(asks).flatMap((tables) => tables ?? []));

/** Whether an answer of the channel is old after these tables changed. A table this list does not know makes every answer old. */
export function dependsOn(channel: string, changed: readonly string[]): boolean {
  if (!isAsk(channel)) return false;
  const tables: readonly string[] | null = asks[channel];
  if (tables === null) return true;
  return changed.some((table) => tables.includes(table) || OUTBOX.has(table) || !synced.has(table));
}

/** Rows show whether something of theirs waits for the server. */
const OUTBOX = new Set(['outbox']);
