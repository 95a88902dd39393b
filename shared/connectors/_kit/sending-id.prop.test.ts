import fc from 'fast-check';
import { expect, it } from 'vitest';
import { orderReference, wireReference } from '../../domain/payment-order/reference.ts';
import { isId } from '../../kernel/ids.ts';
import { limits } from '../../kernel/limits.ts';
import { sendingIdOf } from './sending-id.ts';

const fences = Array.from({ length: limits.payment.fenceMax }, (_, index) => index + 1);

it('names the first sending after its order, and every later one by an id of its own', () => {
  fc.assert(
    fc.property(fc.uuid({ version: 7 }), (orderId) => {
      const ids = fences.map((fence) => {
        return sendingIdOf({ orderId, reference: wireReference(orderReference(orderId), fence) });
      });
      expect(ids[0]).toBe(orderId);
      expect(new Set(ids).size).toBe(fences.length);
      expect(ids.every(isId)).toBe(true);
    }),
    { numRuns: 20, examples: [['0193a0c4-9000-7000-8000-0000ffffffff']] },
  );
});
