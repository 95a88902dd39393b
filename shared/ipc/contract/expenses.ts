import { z } from 'zod';
import { zDay, zExpenseFields, zId, zPaise } from '../../sync/command-args.ts';
import { channel } from '../channel.ts';
import { zExpenseFilter, zExpenseSort, zExpenseStatus, zWindow } from './lists.ts';
import { zOrderStage, zOrderStatus } from './payments.ts';

export const zExpenseListRow = z.strictObject({
  id: zId,
  collegeId: zId,
  collegeCode: z.string(),
  /** The final number, or the provisional reference until the server has given one. */
  reference: z.string(),
  provisional: z.boolean(),
  status: zExpenseStatus,
  billDate: zDay,
  billNo: z.string().nullable(),
  vendorName: z.string(),
  category: z.string(),
  accountCode: z.string(),
  description: z.string(),
  totalPaise: zPaise,
  overBudget: z.boolean(),
  receiptCount: z.int(),
  submittedAt: z.int().nullable(),
  dueAt: z.int().nullable(),
  makerName: z.string(),
  /** Changes of this desk that the server has not confirmed yet. */
  pending: z.boolean(),
});
export interface ExpenseListRow extends Readonly<z.infer<typeof zExpenseListRow>> {}

export const zAction = z.enum([
  'edit',
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
  'attach',
  'duplicate',
]);
export type ExpenseAction = z.infer<typeof zAction>;

export const zTimelineEntry = z.strictObject({
  commandId: zId,
  commandName: z.string(),
  actorName: z.string(),
  deviceId: zId,
  deviceName: z.string().nullable(),
  occurredAt: z.int(),
  /** Position in the audit chain; null while it waits for the server. */
  position: z.int().nullable(),
  signed: z.boolean(),
  comment: z.string().nullable(),
  /** Field, before and after, as texts ready to show (money as paise in decimal digits with kind 'money'). */
  changes: z.array(
    z.strictObject({
      field: z.string(),
      kind: z.enum(['text', 'money', 'date', 'instant', 'flag']),
      before: z.string().nullable(),
      after: z.string().nullable(),
    }),
  ),
});

export const zVoucherView = z.strictObject({
  id: zId,
  number: z.string().nullable(),
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
    'reversal',
  ]),
  date: zDay,
  narration: z.string(),
  lines: z.array(
    z.strictObject({ accountCode: z.string(), accountName: z.string(), debitPaise: zPaise, creditPaise: zPaise }),
  ),
});

export const zReceiptView = z.strictObject({
  id: zId,
  sha256: z.string(),
  fileName: z.string(),
  mime: z.string(),
  sizeBytes: z.int(),
  /** Whether the bytes are on this desk; otherwise they come from the server when opened. */
  local: z.boolean(),
});

export const zExpenseView = z.strictObject({
  id: zId,
  collegeId: zId,
  reference: z.string(),
  number: z.string().nullable(),
  provisionalRef: z.string(),
  status: zExpenseStatus,
  pending: z.boolean(),
  fields: zExpenseFields,
  vendorName: z.string(),
  categoryLabel: z.string(),
  accountName: z.string(),
  totalPaise: zPaise,
  payablePaise: zPaise,
  budget: z
    .strictObject({
      allocatedPaise: zPaise,
      committedPaise: zPaise,
      spentPaise: zPaise,
      availablePaise: zPaise,
      financialYear: z.string(),
    })
    .nullable(),
  overBudget: z.boolean(),
  overBudgetReason: z.string().nullable(),
  makerId: zId,
  makerName: z.string(),
  createdAt: z.int(),
  submittedAt: z.int().nullable(),
  dueAt: z.int().nullable(),
  decidedById: zId.nullable(),
  decidedByName: z.string().nullable(),
  decidedAt: z.int().nullable(),
  decisionComment: z.string().nullable(),
  paidOn: zDay.nullable(),
  paymentReference: z.string().nullable(),
  /** While it is being paid: who has taken that upon which desk. Only what the server confirmed may make money move. */
  payment: z
    .strictObject({
      fence: z.int(),
      holderName: z.string(),
      takenAt: z.int(),
      isHere: z.boolean(),
      isConfirmed: z.boolean(),
    })
    .nullable(),
  /** The payment order that it is under, while a bank pays it. */
  order: z
    .strictObject({ id: zId, number: z.string().nullable(), status: zOrderStatus, stage: zOrderStage })
    .nullable(),
  revision: z.int(),
  actions: z.array(zAction),
  receipts: z.array(zReceiptView),
  vouchers: z.array(zVoucherView),
  timeline: z.array(zTimelineEntry),
  /** The command of this document that needs attention, if any. */
  attentionSeq: z.int().nullable(),
});
export interface ExpenseView extends Readonly<z.infer<typeof zExpenseView>> {}

export const expenseChannels = {
  'expenses.page': channel(
    z.strictObject({ filter: zExpenseFilter, sort: zExpenseSort, ...zWindow }),
    z.strictObject({ rows: z.array(zExpenseListRow) }),
  ),
  /** Separate from the page, so that the first rows never wait for a sum. */
  'expenses.totals': channel(
    z.strictObject({ filter: zExpenseFilter }),
    z.strictObject({
      count: z.int(),
      totalPaise: zPaise,
      byStatus: z.array(z.strictObject({ status: zExpenseStatus, count: z.int(), totalPaise: zPaise })),
    }),
  ),
  'expenses.get': channel(z.strictObject({ id: zId }), zExpenseView),
  /** Those that wait for the person's decision, oldest due first. */
  'approvals.inbox': channel(
    z.strictObject({ collegeId: zId.nullable(), ...zWindow }),
    z.strictObject({ rows: z.array(zExpenseListRow), count: z.int(), totalPaise: zPaise, overdue: z.int() }),
  ),
} as const;
