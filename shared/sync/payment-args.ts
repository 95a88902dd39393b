import { z } from 'zod';
import type { PaymentArgs } from '../domain/payment-order/args.ts';
import { paymentStates } from '../domain/payment-order/news.ts';
import { limits } from '../kernel/limits.ts';
import { edit, zCode, zDay, zId, zName, zOptional, zPaise, zReason, zRevision, zWords } from './arg-kinds.ts';

/** The wire form of the commands about paying through banks. See command-args.ts. */

const zBankAccountShape = {
  name: zName,
  bankName: zName,
  accountNumber: zWords.min(1).max(34),
  ifsc: zWords.min(1).max(11),
  accountCode: zCode,
  connector: zOptional(40),
  fileFormat: zOptional(limits.bulkFile.formatMax),
};

const zOrderIds = z.array(zId).min(1).max(limits.payment.batchMax);

const zFailureReason = z.enum(['bank_offline', 'insufficient_funds', 'limit_exceeded', 'invalid_account', 'declined']);

const zOutcome = z.strictObject({
  orderId: zId,
  fence: z.int().positive().max(limits.payment.fenceMax),
  state: z.enum([...paymentStates, 'in_doubt', 'refused']),
  providerId: zOptional(100),
  utr: zOptional(60),
  bookedOn: zDay.nullable(),
  failure: z.strictObject({ reason: zFailureReason, text: zWords.max(limits.text.commentMax) }).nullable(),
  chargesPaise: zPaise.nullable(),
});

export const paymentArgs = {
  'bankAccount.create': z.strictObject({ bankAccountId: zId, fields: z.strictObject(zBankAccountShape) }),
  'bankAccount.edit': z.strictObject({
    bankAccountId: zId,
    edits: z.strictObject({
      name: edit(zBankAccountShape.name),
      bankName: edit(zBankAccountShape.bankName),
      accountNumber: edit(zBankAccountShape.accountNumber),
      ifsc: edit(zBankAccountShape.ifsc),
      accountCode: edit(zBankAccountShape.accountCode),
      connector: edit(zBankAccountShape.connector),
      fileFormat: edit(zBankAccountShape.fileFormat),
      isActive: edit(z.boolean()),
    }),
  }),
  'bankAccount.setLimits': z.strictObject({
    bankAccountId: zId,
    revision: zRevision,
    paymentLimitPaise: zPaise.nullable(),
    dailyLimitPaise: zPaise.nullable(),
  }),
  'beneficiary.approve': z.strictObject({
    vendorId: zId,
    accountNumber: zWords.min(1).max(34),
    ifsc: zWords.min(1).max(11),
    accountName: zName,
    revision: zRevision,
  }),
  'order.prepare': z.strictObject({
    batchId: zId,
    bankAccountId: zId,
    orders: z
      .array(z.strictObject({ orderId: zId, expenseId: zId, revision: zRevision.exactOptional() }))
      .min(1)
      .max(limits.payment.batchMax),
    purpose: zWords.min(1).max(limits.payment.purposeMax),
  }),
  'order.release': z.strictObject({ batchId: zId, orderIds: zOrderIds, totalPaise: zPaise }),
  'order.withdraw': z.strictObject({ batchId: zId, orderIds: zOrderIds, reason: zReason }),
  'order.take': z.strictObject({ batchId: zId, orderIds: zOrderIds }),
  'order.export': z.strictObject({ batchId: zId, orderIds: zOrderIds, format: zWords.min(1).max(40) }),
  'order.record': z.strictObject({
    batchId: zId,
    source: z.enum(['send', 'enquiry', 'webhook', 'person', 'statement']),
    outcomes: z.array(zOutcome).min(1).max(limits.payment.outcomesMax),
  }),
  'order.settle': z.strictObject({ batchId: zId, orderId: zId, reason: zReason }),
} satisfies { readonly [N in keyof PaymentArgs]: z.ZodType<PaymentArgs[N]> };
