import { z } from 'zod';
import type { CommandArgs, CommandName } from '../domain/command/args.ts';
import { limits } from '../kernel/limits.ts';
import {
  edit,
  zCode,
  zComment,
  zDay,
  zId,
  zMonth,
  zName,
  zOptional,
  zPaise,
  zReason,
  zRevision,
  zRole,
  zText,
  zWords,
  zYear,
} from './arg-kinds.ts';
import { paymentArgs } from './payment-args.ts';
import { reconciliationArgs } from './reconciliation-args.ts';

export { zDay, zId, zMonth, zPaise, zRole, zWords, zYear };

/** The wire form of every command's arguments, checked wherever a command crosses a boundary. Amounts are paise as bigint. */
const zExpenseShape = {
  category: zCode,
  accountCode: zCode,
  vendorId: zId,
  billNo: zOptional(limits.text.billNoMax),
  billDate: zDay,
  description: zText,
  department: zOptional(limits.text.nameMax),
  taxablePaise: zPaise,
  cgstPaise: zPaise,
  sgstPaise: zPaise,
  igstPaise: zPaise,
  itcEligible: z.boolean(),
  tdsPaise: zPaise,
};
export const zExpenseFields = z.strictObject(zExpenseShape);

const zVendorShape = {
  name: zName,
  gstin: zOptional(15),
  pan: zOptional(10),
  ifsc: zOptional(11),
  accountNumber: zOptional(34),
  accountName: zOptional(limits.text.nameMax),
  email: zOptional(limits.text.nameMax),
  phone: zOptional(20),
};
export const zVendorFields = z.strictObject(zVendorShape);

const zExpenseEdits = z.strictObject({
  category: edit(zExpenseShape.category),
  accountCode: edit(zExpenseShape.accountCode),
  vendorId: edit(zExpenseShape.vendorId),
  billNo: edit(zExpenseShape.billNo),
  billDate: edit(zExpenseShape.billDate),
  description: edit(zExpenseShape.description),
  department: edit(zExpenseShape.department),
  taxablePaise: edit(zExpenseShape.taxablePaise),
  cgstPaise: edit(zExpenseShape.cgstPaise),
  sgstPaise: edit(zExpenseShape.sgstPaise),
  igstPaise: edit(zExpenseShape.igstPaise),
  itcEligible: edit(zExpenseShape.itcEligible),
  tdsPaise: edit(zExpenseShape.tdsPaise),
});

const zVendorEdits = z.strictObject({
  name: edit(zVendorShape.name),
  gstin: edit(zVendorShape.gstin),
  pan: edit(zVendorShape.pan),
  ifsc: edit(zVendorShape.ifsc),
  accountNumber: edit(zVendorShape.accountNumber),
  accountName: edit(zVendorShape.accountName),
  email: edit(zVendorShape.email),
  phone: edit(zVendorShape.phone),
});

const zKind = z.enum(['asset', 'liability', 'income', 'expense', 'fund']);
const zGroupShape = {
  code: zCode,
  name: zName,
  nameHi: zOptional(limits.text.nameMax),
  kind: zKind,
  parentCode: zCode.nullable(),
};
const zAccountShape = {
  code: zCode,
  name: zName,
  kind: zKind,
  groupCode: zCode.nullable(),
  category: zCode.nullable(),
  role: z.enum(['bank', 'cash']).nullable(),
};
const zCostCentreShape = {
  code: zCode,
  name: zName,
  kind: z.enum(['department', 'fund', 'grant']),
  agency: zOptional(limits.text.nameMax),
  sanctionNo: zOptional(limits.text.nameMax),
  sanctionedPaise: zPaise.nullable(),
  startsOn: zDay.nullable(),
  endsOn: zDay.nullable(),
};
export const zGroupFields = z.strictObject(zGroupShape);
export const zAccountFields = z.strictObject(zAccountShape);
export const zCostCentreFields = z.strictObject(zCostCentreShape);

const zFileShape = {
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  fileName: zName,
  mime: zWords.max(100),
  sizeBytes: z.int().positive().max(limits.file.receiptBytesMax),
};

const zBill = z.strictObject({
  kind: z.enum(['new', 'against', 'advance', 'on_account']),
  name: zOptional(limits.text.billNoMax),
  amountPaise: zPaise,
  dueOn: zDay.nullable(),
});

const zCollege = z.strictObject({
  collegeId: zId,
  id: zId,
  code: zCode,
  name: zName,
  stateCode: z.string().regex(/^\d{2}$/),
  gstin: zOptional(15),
  pan: zOptional(10),
  address: zText,
  isActive: z.boolean(),
  approvalAbovePaise: zPaise,
  approvalSlaHours: z.int().positive(),
  budgetWarningBp: z.int().positive(),
  budgetCriticalBp: z.int().positive(),
});
const zPerson = z.strictObject({
  collegeId: zId,
  id: zId,
  name: zName,
  email: zName,
  role: zRole,
  isActive: z.boolean(),
});
const zAccount = z.strictObject({
  collegeId: zId,
  id: zId,
  code: zCode,
  name: zName,
  kind: zKind,
  groupCode: zCode.nullable(),
  category: zCode.nullable(),
  role: z.enum(['vendor_payable', 'tds_payable', 'input_cgst', 'input_sgst', 'input_igst', 'bank', 'cash']).nullable(),
  isActive: z.boolean(),
});
const zCategory = z.strictObject({
  collegeId: zId,
  id: zId,
  code: zCode,
  label: zName,
  labelHi: zName,
  requiresApproval: z.boolean(),
  receiptThresholdPaise: zPaise,
  defaultAccountCode: zCode,
  isActive: z.boolean(),
});

export const commandArgs = {
  'college.configure': z.strictObject({
    college: zCollege,
    people: z.array(zPerson).max(1_000),
    groups: z
      .array(
        z.strictObject({
          ...zGroupShape,
          collegeId: zId,
          id: zId,
          isActive: z.boolean(),
          revision: zRevision,
        }),
      )
      .max(500),
    accounts: z.array(zAccount).max(2_000),
    categories: z.array(zCategory).max(500),
  }),
  'group.create': z.strictObject({ groupId: zId, fields: zGroupFields }),
  'group.edit': z.strictObject({
    groupId: zId,
    edits: z.strictObject({
      name: edit(zGroupShape.name),
      nameHi: edit(zGroupShape.nameHi),
      parentCode: edit(zGroupShape.parentCode),
      isActive: edit(z.boolean()),
    }),
  }),
  'account.create': z.strictObject({ accountId: zId, fields: zAccountFields }),
  'account.edit': z.strictObject({
    accountId: zId,
    edits: z.strictObject({
      name: edit(zAccountShape.name),
      groupCode: edit(zAccountShape.groupCode),
      category: edit(zAccountShape.category),
      isActive: edit(z.boolean()),
    }),
  }),
  'costCentre.create': z.strictObject({ costCentreId: zId, fields: zCostCentreFields }),
  'costCentre.edit': z.strictObject({
    costCentreId: zId,
    edits: z.strictObject({
      name: edit(zCostCentreShape.name),
      agency: edit(zCostCentreShape.agency),
      sanctionNo: edit(zCostCentreShape.sanctionNo),
      sanctionedPaise: edit(zCostCentreShape.sanctionedPaise),
      startsOn: edit(zCostCentreShape.startsOn),
      endsOn: edit(zCostCentreShape.endsOn),
      isActive: edit(z.boolean()),
    }),
  }),
  'voucher.post': z.strictObject({
    voucherId: zId,
    kind: z.enum([
      'opening',
      'payment',
      'receipt',
      'contra',
      'journal',
      'purchase',
      'sales',
      'debit_note',
      'credit_note',
    ]),
    date: zDay,
    narration: zText,
    reference: zOptional(limits.text.nameMax),
    referenceDate: zDay.nullable(),
    lines: z
      .array(
        z.strictObject({
          accountCode: zCode,
          vendorId: zId.nullable(),
          departmentCode: zCode.nullable(),
          fundCode: zCode.nullable(),
          debitPaise: zPaise,
          creditPaise: zPaise,
          bills: z.array(zBill).max(limits.voucher.billsMax).exactOptional(),
        }),
      )
      .max(limits.voucher.linesMax),
  }),
  'voucher.reverse': z.strictObject({ voucherId: zId, date: zDay, reason: zReason }),
  'voucher.attach': z.strictObject({ receiptId: zId, voucherId: zId, ...zFileShape }),
  'period.close': z.strictObject({ month: zMonth }),
  'period.reopen': z.strictObject({ month: zMonth, reason: zReason }),
  'year.close': z.strictObject({ financialYear: zYear }),
  'year.askReopen': z.strictObject({ financialYear: zYear, reason: zReason }),
  'year.reopen': z.strictObject({ financialYear: zYear }),
  'vendor.create': z.strictObject({ vendorId: zId, fields: zVendorFields }),
  'vendor.edit': z.strictObject({ vendorId: zId, edits: zVendorEdits }),
  'budget.set': z.strictObject({
    financialYear: zYear,
    category: zCode,
    allocated: z.strictObject({ from: zPaise, to: zPaise }),
  }),
  'expense.create': z.strictObject({ expenseId: zId, fields: zExpenseFields }),
  'expense.edit': z.strictObject({ expenseId: zId, edits: zExpenseEdits }),
  'expense.import': z.strictObject({
    batchId: zId,
    fileName: zName,
    rows: z
      .array(
        z.strictObject({
          importKey: zWords.min(1).max(100),
          vendorName: zName,
          vendorGstin: zOptional(15),
          vendorPan: zOptional(10),
          fields: zExpenseFields.omit({ vendorId: true }),
        }),
      )
      .min(1)
      .max(limits.import.batchRows),
  }),
  'expense.submit': z.strictObject({ expenseId: zId, overBudgetReason: zReason.nullable() }),
  'expense.approve': z.strictObject({
    expenseId: zId,
    revision: zRevision,
    comment: zComment.nullable(),
    overBudgetReason: zReason.nullable(),
  }),
  'expense.return': z.strictObject({ expenseId: zId, revision: zRevision, reason: zReason }),
  'expense.reject': z.strictObject({ expenseId: zId, revision: zRevision, reason: zReason }),
  'expense.cancel': z.strictObject({ expenseId: zId, reason: zReason }),
  'expense.pay': z.strictObject({
    expenseId: zId,
    paidOn: zDay,
    reference: zWords.min(1).max(60),
    accountCode: zCode,
  }),
  'payment.take': z.strictObject({ expenseId: zId }),
  'payment.giveBack': z.strictObject({ expenseId: zId }),
  'payment.takeAway': z.strictObject({ expenseId: zId, fence: z.int().positive(), reason: zReason }),
  'expense.reverse': z.strictObject({ expenseId: zId, date: zDay, reason: zReason }),
  'receipt.attach': z.strictObject({
    receiptId: zId,
    expenseId: zId,
    ...zFileShape,
  }),
  'receipt.remove': z.strictObject({ receiptId: zId, expenseId: zId }),
  ...paymentArgs,
  ...reconciliationArgs,
} satisfies { readonly [N in CommandName]: z.ZodType<CommandArgs[N]> };

export const isCommandName = (name: string): name is CommandName => Object.hasOwn(commandArgs, name);
