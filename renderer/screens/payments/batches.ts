import type { PaymentOrderRow } from '../../../shared/ipc/contract/payments.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import { sumPaise } from '../../../shared/kernel/money.ts';

/** Orders that were prepared together, as the checker finds them. */
export interface Batch {
  readonly id: Id;
  readonly orders: readonly PaymentOrderRow[];
  readonly totalPaise: bigint;
  /** What all of a batch have in common. */
  readonly first: PaymentOrderRow;
}

/** In the order of the first of each. */
export function batchesOf(orders: readonly PaymentOrderRow[]): readonly Batch[] {
  const byId = new Map<Id, PaymentOrderRow[]>();
  for (const order of orders) byId.set(order.batchId, [...(byId.get(order.batchId) ?? []), order]);
  return [...byId].flatMap(([id, own]) => {
    const [first] = own;
    if (first === undefined) return [];
    return [{ id, orders: own, first, totalPaise: totalOf(own) }];
  });
}

export const totalOf = (orders: readonly PaymentOrderRow[]): bigint =>
  sumPaise(orders.map(({ amountPaise }) => amountPaise));
