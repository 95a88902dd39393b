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
import { closeMonth, reopenMonth } from '../period/month.ts';
import { askReopenYear, closeYear, reopenYear } from '../period/year.ts';
import { attachReceipt } from '../receipt/attach.ts';
import { removeReceipt } from '../receipt/remove.ts';
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
  'expense.reverse': reverseExpense,
  'receipt.attach': attachReceipt,
  'receipt.remove': removeReceipt,
};
