import type { Id } from '../../kernel/ids.ts';
import type { PaymentOrder } from '../bank-rows.ts';

/**
 * What a bank is told to call the orders of a batch that go in one request: those that were taken together. A batch may be sent in several parts,
 * and each is asked after by the name it was sent with, also by a desk that knows no more of it than the books; so the name follows from them.
 */
export function bulkId({ batchId, takenAt, deviceId }: Pick<PaymentOrder, 'batchId' | 'takenAt' | 'deviceId'>): Id {
  const tail = BigInt(`0x${(deviceId ?? batchId).slice(-12)}`) ^ BigInt(takenAt ?? 0);
  return `${batchId.slice(0, -12)}${(tail & 0xffffffffffffn).toString(16).padStart(12, '0')}`;
}
