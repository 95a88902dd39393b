import { and, eq } from 'drizzle-orm';
import { bankAccounts, paymentOrders } from '../../shared/db/bank-schema.ts';
import type { Db } from '../../shared/db/tables.ts';
import type { PaymentNews } from '../../shared/domain/payment-order/news.ts';
import { parseReference } from '../../shared/domain/payment-order/reference.ts';
import type { Id } from '../../shared/kernel/ids.ts';

/** Which sending of which order a message of a bank is about. */
export interface OrderPlace {
  readonly collegeId: Id;
  readonly batchId: Id;
  readonly orderId: Id;
  readonly fence: number;
}

/**
 * The order that news of a connector are about, among the colleges of the scope and the accounts that are paid from over this connector: by
 * our own reference, or by what the bank calls it where it says nothing else.
 */
export async function orderOfNews(
  tx: Db,
  connector: string,
  { reference, providerId }: Pick<PaymentNews, 'reference' | 'providerId'>,
): Promise<OrderPlace | undefined> {
  const ours = reference === null ? null : parseReference(reference);
  const isIt =
    ours !== null
      ? eq(paymentOrders.reference, ours.reference)
      : providerId === null
        ? undefined
        : eq(paymentOrders.providerId, providerId);
  if (isIt === undefined) return undefined;
  const found = await tx
    .select({
      collegeId: paymentOrders.collegeId,
      batchId: paymentOrders.batchId,
      orderId: paymentOrders.id,
      fence: paymentOrders.fence,
    })
    .from(paymentOrders)
    .innerJoin(
      bankAccounts,
      and(eq(bankAccounts.collegeId, paymentOrders.collegeId), eq(bankAccounts.id, paymentOrders.bankAccountId)),
    )
    .where(and(isIt, eq(bankAccounts.connector, connector)))
    .limit(2);
  // A bank's id that two orders have names neither.
  const [only, second] = found;
  if (only === undefined || second !== undefined) return undefined;
  return ours === null ? only : { ...only, fence: ours.fence };
}
