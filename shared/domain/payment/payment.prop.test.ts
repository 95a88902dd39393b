import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assertReaching } from '../../testing/assert-reaching.ts';
import { CollegeWorld, expectOk, expectRefused } from '../../testing/college-world.ts';
import type { PaymentLease, Person } from '../rows.ts';

const crore = 1_00_00_000_00n;

/** An approved expense and two desks. */
async function scene() {
  const world = await CollegeWorld.create(1, { supplies: crore });
  const { id: expenseId } = await world.submitted();
  const desks = [world.deviceId, world.newId()] as const;
  const on = (desk: number): void => {
    world.deviceId = desks[desk % 2] ?? world.deviceId;
  };
  const lease = (): PaymentLease | undefined => world.books.rows('payment_leases')[0];
  const status = () => world.expense(expenseId).status;
  const pay = (actor: Person) =>
    world.run('expense.pay', { expenseId, paidOn: world.today, reference: 'UTR 1', accountCode: '1200' }, actor);
  const take = (actor: Person) => world.run('payment.take', { expenseId }, actor);
  const giveBack = (actor: Person) => world.run('payment.giveBack', { expenseId }, actor);
  const takeAway = (actor: Person, fence: number) =>
    world.run('payment.takeAway', { expenseId, fence, reason: 'The desk is gone' }, actor);
  return { world, expenseId, desks, on, lease, status, pay, take, giveBack, takeAway };
}

const deed = fc.record({
  kind: fc.constantFrom('take', 'giveBack', 'takeAway', 'pay'),
  desk: fc.nat(1),
  person: fc.constantFrom('accountant', 'secondAccountant', 'principal', 'secondPrincipal', 'auditor'),
  stale: fc.boolean(),
});

describe('the payment of an expense', () => {
  it('is with one desk at a time and made once, whatever desks and people try', async () => {
    const ended = { paid: 0, away: 0, back: 0 };
    await assertReaching(
      fc.asyncProperty(fc.array(deed, { maxLength: 25 }), async (deeds) => {
        const { world, desks, on, lease, status, ...run } = await scene();
        let holder: { desk: number; personId: string } | null = null;
        let fence = 0;
        for (const { kind, desk, person, stale } of deeds) {
          on(desk);
          const actor = world[person];
          const isMaker = actor.role === 'college_accounts_admin';
          const isDecider = actor.role === 'principal';
          if (status() === 'paid') {
            const outcome = await (kind === 'takeAway' ? run.takeAway(actor, fence) : run[kind](actor));
            expect(outcome.ok).toBe(false);
            continue;
          }
          if (kind === 'take') {
            const outcome = await run.take(actor);
            expect(outcome.ok).toBe(isMaker && holder === null);
            if (outcome.ok) {
              fence++;
              holder = { desk, personId: actor.id };
            }
          } else if (kind === 'giveBack') {
            const outcome = await run.giveBack(actor);
            expect(outcome.ok).toBe(isMaker && holder?.desk === desk);
            if (outcome.ok) {
              holder = null;
              ended.back++;
            }
          } else if (kind === 'takeAway') {
            const outcome = await run.takeAway(actor, stale ? fence + 1 : Math.max(fence, 1));
            expect(outcome.ok).toBe(isDecider && holder !== null && !stale);
            if (outcome.ok) {
              holder = null;
              ended.away++;
            }
          } else {
            const outcome = await run.pay(actor);
            expect(outcome.ok).toBe(isMaker && (holder === null || holder.desk === desk));
            if (outcome.ok) {
              holder = null;
              ended.paid++;
            }
          }
          expect(lease()?.fence ?? 0).toBe(fence);
          expect(lease()?.isHeld ?? false).toBe(holder !== null);
          if (holder !== null)
            expect(lease()).toMatchObject({ deviceId: desks[holder.desk], holderId: holder.personId });
          expect(['paying', 'paid'].includes(status())).toBe(holder !== null || status() === 'paid');
        }
        expect(world.books.rows('vouchers').filter(({ kind }) => kind === 'payment').length).toBeLessThanOrEqual(1);
      }),
      100,
      Object.keys(ended),
      (end) => ended[end as keyof typeof ended],
    );
  });

  it('that was taken away is refused to the desk that had it, also when it is taken again elsewhere', async () => {
    const { world, on, take, takeAway, pay, status, giveBack } = await scene();
    expectOk(await take(world.accountant));
    expectOk(await takeAway(world.principal, 1));
    expect(status()).toBe('approved');
    on(1);
    expectOk(await take(world.secondAccountant));
    on(0);
    for (const outcome of [await pay(world.accountant), await giveBack(world.accountant)]) {
      expect(expectRefused(outcome)).toEqual({
        code: 'PAYMENT_HELD_ELSEWHERE',
        details: { person: world.secondAccountant.name },
      });
    }
    expect(expectRefused(await takeAway(world.principal, 1)).code).toBe('COMMAND_STALE');
    on(1);
    expectOk(await pay(world.secondAccountant));
  });

  it('is not taken away by the one who holds it', async () => {
    const { world, take, takeAway } = await scene();
    expectOk(await take(world.accountant));
    const asPrincipal = { ...world.principal, id: world.accountant.id };
    expect(expectRefused(await takeAway(asPrincipal, 1)).code).toBe('AUTH_FORBIDDEN');
    expect(expectRefused(await takeAway(world.secondPrincipal, 2)).code).toBe('COMMAND_STALE');
  });
});
