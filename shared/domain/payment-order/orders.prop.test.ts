import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Id } from '../../kernel/ids.ts';
import { assertReaching } from '../../testing/assert-reaching.ts';
import { faultsOf } from '../../testing/books-invariants.ts';
import { paymentFaults } from '../../testing/payment-invariants.ts';
import { PaymentWorld } from '../../testing/payment-world.ts';
import { randomStep, takeStep } from '../../testing/random-steps.ts';

/** What happens around payments, as often as it makes for long lives of orders. */
const kinds = [
  ...(['prepare_order', 'prepare_order', 'prepare_order', 'prepare_order', 'release_order', 'release_order'] as const),
  ...(['release_order', 'release_order', 'release_order', 'take_order', 'take_order', 'take_order'] as const),
  ...(['take_order', 'export_order', 'record_order', 'record_order', 'record_order', 'record_order'] as const),
  ...(['record_order', 'record_order', 'record_order', 'record_order', 'withdraw_order', 'settle_order'] as const),
  ...(['bank_account', 'approve_details', 'pay', 'take_payment', 'take_payment', 'give_back_payment'] as const),
  ...(['take_away_payment', 'reverse', 'reverse_voucher', 'period', 'change_details'] as const),
];
const step = fc.tuple(randomStep, fc.constantFrom(...kinds));

async function start(): Promise<PaymentWorld> {
  const bank = await PaymentWorld.create(3);
  const vendorId = await bank.vendor();
  for (let count = 0; count < 3; count++) await bank.bill({ vendorId });
  await bank.sentAgain();
  await bank.bill();
  await bank.bill({ taxablePaise: 3_00_000_00n });
  return bank;
}

/** A vendor is given another account, or the one he had. */
async function changeDetails({ world }: PaymentWorld, pick: number): Promise<void> {
  const vendors = world.books.rows('vendors');
  const vendor = vendors[pick % vendors.length];
  if (vendor === undefined) return;
  const to = pick % 3 === 0 ? null : `5010000000000${pick % 2}`;
  const edits = {
    accountNumber: { from: vendor.accountNumber, to },
    ifsc: { from: vendor.ifsc, to: to === null ? null : 'HDFC0001234' },
  };
  await world.run('vendor.edit', { vendorId: vendor.id, edits }, world.secondAccountant);
}

describe('any sequence of what people and banks say of payments', () => {
  it('keeps every bill under one order, and every payment once in the books', async () => {
    const reached = new Map<string, number>();
    const count = (name: string) => reached.set(name, (reached.get(name) ?? 0) + 1);
    const states = ['prepared', 'released', 'sending', 'exported', 'in_doubt', 'not_received', 'accepted', 'paid'];
    const ends = ['failed', 'returned', 'withdrawn', 'older_paid', 'paid_twice', 'failed_after_paid'];
    await assertReaching(
      fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 70, size: 'max' }), async (steps) => {
        const bank = await start();
        const { world } = bank;
        expect(await faultsOf(world.books)).toEqual([]);
        for (const [one, kind] of steps) {
          const before = new Map<Id, number>(bank.orders().map(({ id, revision }) => [id, revision]));
          if (kind === 'change_details') await changeDetails(bank, one.pick);
          else await takeStep({ ...one, kind, anybody: one.anybody && one.who > 4, daysBack: one.daysBack % 8 }, world);
          for (const { id, status, attention, revision } of bank.orders()) {
            if (before.get(id) === revision) continue;
            expect(revision).toBe((before.get(id) ?? 0) + 1);
            count(status);
            if (attention !== null) count(attention);
          }
          expect(paymentFaults(world.books)).toEqual([]);
        }
        expect(await faultsOf(world.books)).toEqual([]);
      }),
      200,
      [...states, ...ends],
      (name) => reached.get(name) ?? 0,
    );
  });
});
