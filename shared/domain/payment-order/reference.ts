import type { Id } from '../../kernel/ids.ts';
import { limits } from '../../kernel/limits.ts';

/** No 0 and 1, which are read as O and I. */
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ23456789';
const BASE = BigInt(alphabet.length);
const ORDER_SIGNS = 14;
const FENCE_SIGNS = 2;

/** What banks are told to call a payment, without the sending: 14 signs of 71 bits that follow from the order's id. */
export const orderReference = (id: Id): string => signsOf(BigInt(`0x${id.replaceAll('-', '')}`), ORDER_SIGNS);

/** What the bank is told to call this sending of the order, so that its news of each are told apart: the reference and two signs. */
export function wireReference(reference: string, fence: number): string {
  if (!Number.isInteger(fence) || fence < 1 || fence > limits.payment.fenceMax) throw new Error(`no sending ${fence}`);
  return reference + signsOf(BigInt(fence), FENCE_SIGNS);
}

/** The order and the sending behind what a bank calls a payment; null where it is none of ours. */
export function parseReference(text: string): { readonly reference: string; readonly fence: number } | null {
  const signs = text.trim().toUpperCase();
  if (!/^[A-Z2-9]{16}$/.test(signs)) return null;
  let fence = 0;
  for (const sign of signs.slice(ORDER_SIGNS)) fence = fence * alphabet.length + alphabet.indexOf(sign);
  return fence < 1 || fence > limits.payment.fenceMax ? null : { reference: signs.slice(0, ORDER_SIGNS), fence };
}

/** The last so many digits of the number in our own base. */
function signsOf(value: bigint, length: number): string {
  let left = value;
  let signs = '';
  for (let count = 0; count < length; count++) {
    signs = (alphabet[Number(left % BASE)] ?? '') + signs;
    left /= BASE;
  }
  return signs;
}
