import { createBankAccount } from '../bank-account/create.ts';
import { editBankAccount } from '../bank-account/edit.ts';
import { setBankAccountLimits } from '../bank-account/set-limits.ts';
import { approveBeneficiary } from '../beneficiary/approve.ts';
import { setBudget } from '../budget/set.ts';
import { createAccount, editAccount } from '../chart/account.ts';
import { createGroup, editGroup } from '../chart/group.ts';
import { configureCollege } from '../college/configure.ts';
import { createCostCentre, editCostCentre } from '../cost-centre/cost-centre.ts';
import { approveExpense } from '../expense/approve.ts';
import { cancelExpense } from '../expense/cancel.ts';
import { createExpense } from '../expense/create.ts';
import { editExpense } from '../expense/edit.ts';
import { importExpenses } from '../expense/import.ts';
import { payExpense } from '../expense/pay.ts';
import { reverseExpense } from '../expense/reverse.ts';
import { submitExpense } from '../expense/submit.ts';
import { rejectExpense, returnExpense } from '../expense/turn-down.ts';
import { giveBackPayment } from '../payment/give-back.ts';
import { takePayment } from '../payment/take.ts';
import { takeAwayPayment } from '../payment/take-away.ts';
import { prepareOrders } from '../payment-order/prepare.ts';
import { recordOutcomes } from '../payment-order/record.ts';
import { releaseOrders } from '../payment-order/release.ts';
import { exportOrders, takeOrders } from '../payment-order/send.ts';
import { settleOrder } from '../payment-order/settle.ts';
import { withdrawOrders } from '../payment-order/withdraw.ts';
import { closeMonth, reopenMonth } from '../period/month.ts';
import { askReopenYear, closeYear, reopenYear } from '../period/year.ts';
import { attachReceipt } from '../receipt/attach.ts';
import { removeReceipt } from '../receipt/remove.ts';
import { reconcileFees } from '../reconciliation/fees.ts';
import { importStatement } from '../reconciliation/import-statement.ts';
import { matchLines } from '../reconciliation/match.ts';
import { postLine } from '../reconciliation/post-line.ts';
import { setBankRule } from '../reconciliation/rule.ts';
import { undoMatch } from '../reconciliation/undo.ts';
import { createVendor } from '../vendor/create.ts';
import { editVendor } from '../vendor/edit.ts';
import { attachToVoucher } from '../voucher/attach.ts';
import { postVoucher } from '../voucher/post.ts';
import { reverseVoucher } from '../voucher/reverse.ts';
import type { CommandArgs, CommandName } from './args.ts';
import type { CommandDefinition } from './command.ts';

/** Every command by its name. */
export const commands: { readonly [N in CommandName]: CommandDefinition<CommandArgs[N]> } = {
  'college.configure': configureCollege,
  'group.create': createGroup,
  'group.edit': editGroup,
  'account.create': createAccount,
  'account.edit': editAccount,
  'costCentre.create': createCostCentre,
  'costCentre.edit': editCostCentre,
  'voucher.post': postVoucher,
  'voucher.reverse': reverseVoucher,
  'voucher.attach': attachToVoucher,
  'period.close': closeMonth,
  'period.reopen': reopenMonth,
  'year.close': closeYear,
  'year.askReopen': askReopenYear,
  'year.reopen': reopenYear,
  'vendor.create': createVendor,
  'vendor.edit': editVendor,
  'budget.set': setBudget,
  'expense.create': createExpense,
  'expense.edit': editExpense,
  'expense.import': importExpenses,
  'expense.submit': submitExpense,
  'expense.approve': approveExpense,
  'expense.return': returnExpense,
  'expense.reject': rejectExpense,
  'expense.cancel': cancelExpense,
  'expense.pay': payExpense,
  'payment.take': takePayment,
  'payment.giveBack': giveBackPayment,
  'payment.takeAway': takeAwayPayment,
  'bankAccount.create': createBankAccount,
  'bankAccount.edit': editBankAccount,
  'bankAccount.setLimits': setBankAccountLimits,
  'beneficiary.approve': approveBeneficiary,
  'order.prepare': prepareOrders,
  'order.release': releaseOrders,
  'order.withdraw': withdrawOrders,
  'order.take': takeOrders,
  'order.export': exportOrders,
  'order.record': recordOutcomes,
  'order.settle': settleOrder,
  'expense.reverse': reverseExpense,
  'receipt.attach': attachReceipt,
  'receipt.remove': removeReceipt,
  'statement.import': importStatement,
  'reconciliation.match': matchLines,
  'reconciliation.undo': undoMatch,
  'reconciliation.post': postLine,
  'bankRule.set': setBankRule,
  'fees.reconcile': reconcileFees,
};
