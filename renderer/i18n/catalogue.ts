import { approvalsEn } from './en/approvals.ts';
import { auditEn } from './en/audit.ts';
import { backupEn } from './en/backup.ts';
import { budgetsEn } from './en/budgets.ts';
import { chartEn } from './en/chart.ts';
import { commonEn } from './en/common.ts';
import { connectionsEn } from './en/connections.ts';
import { consolidatedEn } from './en/consolidated.ts';
import { exchangeEn } from './en/exchange.ts';
import { expenseEn } from './en/expense.ts';
import { expenseFormEn } from './en/expense-form.ts';
import { expensesEn } from './en/expenses.ts';
import { importEn } from './en/import.ts';
import { ledgerEn } from './en/ledger.ts';
import { paymentDeedsEn } from './en/payment-deeds.ts';
import { paymentLayoutEn } from './en/payment-layout.ts';
import { paymentWordsEn } from './en/payment-words.ts';
import { paymentsEn } from './en/payments.ts';
import { periodsEn } from './en/periods.ts';
import { reconciliationEn } from './en/reconciliation.ts';
import { reconciliationWordsEn } from './en/reconciliation-words.ts';
import { reportsEn } from './en/reports.ts';
import { sessionEn } from './en/session.ts';
import { syncEn } from './en/sync.ts';
import { vendorsEn } from './en/vendors.ts';
import { vouchersEn } from './en/vouchers.ts';
import { approvalsHi } from './hi/approvals.ts';
import { auditHi } from './hi/audit.ts';
import { backupHi } from './hi/backup.ts';
import { budgetsHi } from './hi/budgets.ts';
import { chartHi } from './hi/chart.ts';
import { commonHi } from './hi/common.ts';
import { connectionsHi } from './hi/connections.ts';
import { consolidatedHi } from './hi/consolidated.ts';
import { exchangeHi } from './hi/exchange.ts';
import { expenseHi } from './hi/expense.ts';
import { expenseFormHi } from './hi/expense-form.ts';
import { expensesHi } from './hi/expenses.ts';
import { importHi } from './hi/import.ts';
import { ledgerHi } from './hi/ledger.ts';
import { paymentDeedsHi } from './hi/payment-deeds.ts';
import { paymentLayoutHi } from './hi/payment-layout.ts';
import { paymentWordsHi } from './hi/payment-words.ts';
import { paymentsHi } from './hi/payments.ts';
import { periodsHi } from './hi/periods.ts';
import { reconciliationHi } from './hi/reconciliation.ts';
import { reconciliationWordsHi } from './hi/reconciliation-words.ts';
import { reportsHi } from './hi/reports.ts';
import { sessionHi } from './hi/session.ts';
import { syncHi } from './hi/sync.ts';
import { vendorsHi } from './hi/vendors.ts';
import { vouchersHi } from './hi/vouchers.ts';
import type { Language } from './language.ts';

/** Every text of the screens, one file an area and language. A Hindi file has the type of its English one, so none can be missing. */
const en = {
  ...commonEn,
  ...paymentWordsEn,
  ...paymentsEn,
  ...paymentDeedsEn,
  ...paymentLayoutEn,
  ...sessionEn,
  ...expensesEn,
  ...expenseEn,
  ...expenseFormEn,
  ...approvalsEn,
  ...importEn,
  ...syncEn,
  ...backupEn,
  ...connectionsEn,
  ...consolidatedEn,
  ...budgetsEn,
  ...auditEn,
  ...vendorsEn,
  ...ledgerEn,
  ...periodsEn,
  ...reportsEn,
  ...vouchersEn,
  ...chartEn,
  ...exchangeEn,
  ...reconciliationEn,
  ...reconciliationWordsEn,
};
export type MessageKey = keyof typeof en;
const hi: Readonly<Record<MessageKey, string>> = {
  ...commonHi,
  ...paymentWordsHi,
  ...paymentsHi,
  ...paymentDeedsHi,
  ...paymentLayoutHi,
  ...sessionHi,
  ...expensesHi,
  ...expenseHi,
  ...expenseFormHi,
  ...approvalsHi,
  ...importHi,
  ...syncHi,
  ...backupHi,
  ...connectionsHi,
  ...consolidatedHi,
  ...budgetsHi,
  ...auditHi,
  ...vendorsHi,
  ...ledgerHi,
  ...periodsHi,
  ...reportsHi,
  ...vouchersHi,
  ...chartHi,
  ...exchangeHi,
  ...reconciliationHi,
  ...reconciliationWordsHi,
};

export const catalogue: Readonly<Record<Language, Readonly<Record<MessageKey, string>>>> = { en, hi };
export const isMessageKey = (key: string): key is MessageKey => Object.hasOwn(en, key);
