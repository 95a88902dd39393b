import { sql } from 'drizzle-orm';
import { boolean, index, integer, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type { OrderAttention, PaymentOrder, PaymentOrderStatus } from '../domain/bank-rows.ts';
import type { FailureReason, PaymentMode } from '../domain/payment-order/news.ts';
import { code, day, instant, paise, synced } from './column-kinds.ts';

/** The tables of what is paid through banks. See schema.ts. */

export const bankAccounts = pgTable(
  'bank_accounts',
  {
    ...synced(),
    name: text().notNull(),
    bankName: text().notNull(),
    accountNumber: text().notNull(),
    ifsc: text().notNull(),
    accountCode: code().notNull(),
    connector: text(),
    fileFormat: text(),
    paymentLimitPaise: paise(),
    dailyLimitPaise: paise(),
    isActive: boolean().notNull(),
    revision: integer().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.collegeId, t.id] }),
    // Not unique: the codes of two accounts may change places, and rows are written one after the other.
    index('bank_accounts_by_code').on(t.collegeId, t.accountCode),
    index().on(t.collegeId, t.version),
  ],
);

export const beneficiaries = pgTable(
  'beneficiaries',
  {
    ...synced(),
    accountName: text().notNull(),
    accountNumber: text().notNull(),
    ifsc: text().notNull(),
    changedBy: uuid().notNull(),
    changedByName: text().notNull(),
    changedAt: instant().notNull(),
    approvedBy: uuid(),
    approvedByName: text(),
    approvedAt: instant(),
    usableFrom: instant(),
    revision: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.collegeId, t.id] }), index().on(t.collegeId, t.version)],
);

export const paymentOrders = pgTable(
  'payment_orders',
  {
    ...synced(),
    number: text(),
    batchId: uuid().notNull(),
    expenseId: uuid().notNull(),
    vendorId: uuid().notNull(),
    bankAccountId: uuid().notNull(),
    status: text().$type<PaymentOrderStatus>().notNull(),
    statusBefore: text().$type<PaymentOrder['statusBefore']>().notNull(),
    mode: text().$type<PaymentMode>().notNull(),
    amountPaise: paise().notNull(),
    beneficiaryName: text().notNull(),
    accountNumber: text().notNull(),
    ifsc: text().notNull(),
    purpose: text().notNull(),
    reference: text().notNull(),
    makerId: uuid().notNull(),
    makerName: text().notNull(),
    preparedAt: instant().notNull(),
    checkerId: uuid(),
    checkerName: text(),
    releasedAt: instant(),
    releasedOn: day(),
    notBefore: instant(),
    fence: integer().notNull(),
    deviceId: uuid(),
    senderName: text(),
    takenAt: instant(),
    providerId: text(),
    utr: text(),
    failureReason: text().$type<FailureReason>(),
    failureText: text(),
    chargesPaise: paise(),
    paidOn: day(),
    paymentVoucherId: uuid(),
    returnedOn: day(),
    returnVoucherId: uuid(),
    attention: text().$type<OrderAttention>(),
    revision: integer().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.collegeId, t.id] }),
    uniqueIndex('payment_orders_number').on(t.collegeId, t.number),
    uniqueIndex('payment_orders_by_reference').on(t.collegeId, t.reference),
    index('payment_orders_by_expense').on(t.collegeId, t.expenseId),
    index('payment_orders_by_batch').on(t.collegeId, t.batchId),
    index('payment_orders_by_status').on(t.collegeId, t.status),
    index('payment_orders_by_vendor').on(t.collegeId, t.vendorId, t.amountPaise),
    index('payment_orders_by_release').on(t.collegeId, t.bankAccountId, t.releasedOn),
    index('payment_orders_by_provider').on(t.collegeId, t.providerId).where(sql`${t.providerId} IS NOT NULL`),
    index().on(t.collegeId, t.version),
  ],
);
