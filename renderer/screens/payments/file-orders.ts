import type { PaymentOrderRow } from '../../../shared/ipc/contract/payments.ts';

/**
 * Which orders go into a file together when these are meant: released ones of one batch, where nothing is ticked all of them; or again all of the file
 * that one of them stands in, if this desk made it. Empty where no file can be made of them.
 */
export function fileOrders(
  all: readonly PaymentOrderRow[],
  meant: readonly PaymentOrderRow[],
  isTicked: boolean,
): readonly PaymentOrderRow[] {
  const [first] = meant;
  if (first === undefined) return [];
  const sameBatch = (order: PaymentOrderRow): boolean => order.batchId === first.batchId;
  if (first.status === 'released') {
    const from = isTicked ? meant : all;
    const chosen = from.filter((order) => sameBatch(order) && order.status === 'released');
    return isTicked && chosen.length < meant.length ? [] : chosen;
  }
  if (first.status !== 'exported' || !first.here) return [];
  return all.filter((order) => sameBatch(order) && order.status === 'exported' && order.takenAt === first.takenAt);
}
