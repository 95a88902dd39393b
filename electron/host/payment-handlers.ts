import {
  bankAccountList,
  beneficiariesToApprove,
  billsToPay,
  countBillsToPay,
} from '../../shared/db/queries/bills-to-pay.ts';
import { batchRows, orderCounts, ordersPage } from '../../shared/db/queries/payment-orders.ts';
import { istDate } from '../../shared/kernel/dates.ts';
import type { Id } from '../../shared/kernel/ids.ts';
import type { DeskContext, HandlerMap } from './desk-context.ts';

/** What the screens of paying ask of the books. */
export function paymentHandlers(context: DeskContext) {
  const { db, clock } = context;
  const askerIn = (collegeId: Id) => ({ personId: context.requireCollege(collegeId).personId, now: clock.now() });
  const here = () => ({ deviceId: context.device()?.id ?? null, now: clock.now() });
  return {
    'bankAccounts.list': async ({ collegeId }) => {
      context.requireCollege(collegeId);
      return { rows: await bankAccountList(db, collegeId, istDate(clock.now())) };
    },
    'payments.toPay': async (question) => billsToPay(db, question, askerIn(question.collegeId)),
    'payments.beneficiaries': async (question) => beneficiariesToApprove(db, question, askerIn(question.collegeId)),
    'payments.orders': async (question) => {
      context.requireCollege(question.collegeId);
      return ordersPage(db, question, here());
    },
    'payments.batch': async ({ collegeId, batchId }) => {
      context.requireCollege(collegeId);
      return { rows: await batchRows(db, collegeId, batchId, here()) };
    },
    'payments.counts': async ({ collegeId }) => {
      const asker = askerIn(collegeId);
      const { count } = await beneficiariesToApprove(db, { collegeId, offset: 0, limit: 1 }, asker);
      return {
        toPay: await countBillsToPay(db, collegeId),
        ...(await orderCounts(db, collegeId)),
        beneficiaries: count,
      };
    },
  } satisfies HandlerMap;
}
