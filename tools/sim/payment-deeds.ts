import { sql } from 'drizzle-orm';
import { rowsOf } from '../../electron/adapters/pglite/rows-of.ts';
import type { CommandOrder } from '../../electron/host/desk-context.ts';
import type { Db } from '../../shared/db/tables.ts';
import type { PaymentOrderStatus } from '../../shared/domain/bank-rows.ts';
import type { NewsState } from '../../shared/domain/payment-order/args.ts';
import { orderActions } from '../../shared/domain/payment-order/status.ts';
import type { Id } from '../../shared/kernel/ids.ts';
import { outcomeFor } from '../../shared/testing/payment-world.ts';
import type { DeedMaker } from './deed-maker.ts';

/** What a person sees of what is paid through banks. */
export interface PaymentScreen {
  readonly accounts: readonly { readonly id: Id; readonly revision: number; readonly isLimited: boolean }[];
  readonly details: readonly {
    readonly vendorId: Id;
    readonly accountName: string;
    readonly accountNumber: string;
    readonly ifsc: string;
    readonly revision: number;
  }[];
  readonly bills: readonly Id[];
  readonly orders: readonly {
    readonly id: Id;
    readonly batchId: Id;
    readonly status: PaymentOrderStatus;
    readonly fence: number;
    readonly amount: bigint;
  }[];
}

type Cell = Readonly<Record<string, string>>;

export async function readPaymentScreen(db: Db, collegeId: Id): Promise<PaymentScreen> {
  const accounts = await rowsOf<Cell>(
    db,
    sql`SELECT "id"::text, "revision"::text, ("payment_limit_paise" IS NOT NULL)::text AS "limited" FROM "bank_accounts"
      WHERE "college_id" = ${collegeId} ORDER BY 1`,
  );
  const details = await rowsOf<Cell>(
    db,
    sql`SELECT "id"::text, "account_name", "account_number", "ifsc", "revision"::text FROM "beneficiaries"
      WHERE "college_id" = ${collegeId} AND "approved_by" IS NULL ORDER BY 1 LIMIT 5`,
  );
  const bills = await rowsOf<Cell>(
    db,
    sql`SELECT e."id"::text FROM "expenses" e JOIN "beneficiaries" b ON b."college_id" = e."college_id" AND b."id" = e."vendor_id"
      WHERE e."college_id" = ${collegeId} AND e."status" = 'approved' AND b."usable_from" IS NOT NULL ORDER BY 1 DESC LIMIT 6`,
  );
  const orders = await rowsOf<Cell>(
    db,
    sql`SELECT "id"::text, "batch_id"::text, "status", "fence"::text, "amount_paise"::text AS "amount" FROM "payment_orders"
      WHERE "college_id" = ${collegeId} ORDER BY "id" DESC LIMIT 8`,
  );
  return {
    accounts: accounts.map(({ id = '', revision, limited }) => ({
      ...{ id, revision: Number(revision), isLimited: limited === 'true' },
    })),
    details: details.map(({ id = '', account_name = '', account_number = '', ifsc = '', revision }) => ({
      ...{ vendorId: id, accountName: account_name, accountNumber: account_number, ifsc, revision: Number(revision) },
    })),
    bills: bills.map(({ id = '' }) => id),
    orders: orders.map(({ id = '', batch_id = '', status, fence, amount = '0' }) => ({
      ...{ id, batchId: batch_id, status: status as PaymentOrderStatus },
      ...{ fence: Number(fence), amount: BigInt(amount) },
    })),
  };
}

export const paymentMakerDeeds = {
  bank_account: 2,
  approve_details: 2,
  prepare_order: 8,
  take_order: 9,
  record_order: 14,
  withdraw_order: 1,
} as const;
export const paymentDeciderDeeds = { set_limits: 4, approve_details: 6, release_order: 14 } as const;
export type PaymentDeed = keyof typeof paymentMakerDeeds | keyof typeof paymentDeciderDeeds;
export const isPaymentDeed = (deed: string): deed is PaymentDeed =>
  Object.hasOwn(paymentMakerDeeds, deed) || Object.hasOwn(paymentDeciderDeeds, deed);

const states: readonly NewsState[] = ['accepted', 'paid', 'paid', 'failed', 'returned', 'unknown_there', 'in_doubt'];

/** What somebody does about paying through a bank; null when there is nothing of the kind to do. */
export function paymentOrder(
  maker: DeedMaker,
  deed: PaymentDeed,
  collegeId: Id,
  screen: PaymentScreen,
): CommandOrder | null {
  const { random } = maker;
  const pick = <T>(items: readonly T[]): T | undefined => items[random.below(Math.max(1, items.length))];
  if (deed === 'bank_account') {
    const bank = { name: 'Current account', bankName: 'Bank', accountNumber: '001105012345', ifsc: 'ICIC0000011' };
    const fields = { ...bank, accountCode: '1200', connector: null, fileFormat: null };
    return { collegeId, name: 'bankAccount.create', args: { bankAccountId: maker.newId(), fields } };
  }
  if (deed === 'set_limits') {
    const account = pick(screen.accounts.filter(({ isLimited }) => !isLimited));
    if (account === undefined) return null;
    const limits = { paymentLimitPaise: 10n ** 9n, dailyLimitPaise: 10n ** 11n };
    const args = { bankAccountId: account.id, revision: account.revision, ...limits };
    return { collegeId, name: 'bankAccount.setLimits', args };
  }
  if (deed === 'approve_details') {
    const args = pick(screen.details);
    return args === undefined ? null : { collegeId, name: 'beneficiary.approve', args };
  }
  if (deed === 'prepare_order') {
    const [account, expenseId] = [pick(screen.accounts), pick(screen.bills)];
    if (account === undefined || expenseId === undefined) return null;
    const orders = [{ orderId: maker.newId(), expenseId }];
    const args = { batchId: maker.newId(), bankAccountId: account.id, orders, purpose: 'Bills' };
    return { collegeId, name: 'order.prepare', args };
  }
  return onOrder(maker, deed, collegeId, screen);
}

function onOrder(
  { random }: DeedMaker,
  deed: 'take_order' | 'record_order' | 'withdraw_order' | 'release_order',
  collegeId: Id,
  screen: PaymentScreen,
): CommandOrder | null {
  const pick = <T>(items: readonly T[]): T | undefined => items[random.below(Math.max(1, items.length))];
  const from = {
    take_order: orderActions.take,
    withdraw_order: orderActions.withdraw,
    release_order: orderActions.release,
  };
  const able = screen.orders.filter(({ status, fence }) =>
    deed === 'record_order' ? fence > 0 : from[deed].includes(status),
  );
  const order = pick(able);
  if (order === undefined) return null;
  const named = { batchId: order.batchId, orderIds: [order.id] };
  switch (deed) {
    case 'release_order':
      return { collegeId, name: 'order.release', args: { ...named, totalPaise: order.amount } };
    case 'withdraw_order':
      return { collegeId, name: 'order.withdraw', args: { ...named, reason: 'Paid by cheque' } };
    case 'take_order':
      return { collegeId, name: 'order.take', args: named };
    case 'record_order': {
      const fence = random.below(6) === 0 ? Math.max(1, order.fence - 1) : order.fence;
      const outcomes = [outcomeFor(order, { state: pick(states) ?? 'accepted', fence })];
      return { collegeId, name: 'order.record', args: { batchId: order.batchId, source: 'enquiry', outcomes } };
    }
  }
}
