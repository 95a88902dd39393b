import { describe, expect, it } from 'vitest';
import { limits } from '../../kernel/limits.ts';
import { faultsOf } from '../../testing/books-invariants.ts';
import { expectOk, expectRefused } from '../../testing/college-world.ts';
import { PaymentWorld } from '../../testing/payment-world.ts';
import type { PaymentOrder } from '../bank-rows.ts';
import { outcomeOf } from './outcome.ts';
import { wireReference } from './reference.ts';

const codeOf = async (outcome: ReturnType<PaymentWorld['prepare']>) => expectRefused(await outcome).code;
const payments = ({ world }: PaymentWorld) => world.books.rows('vouchers').filter(({ kind }) => kind === 'payment');

describe('a payment that is prepared', () => {
  it('holds its bill, of which nobody else can do anything', async () => {
    const bank = await PaymentWorld.create();
    const { world } = bank;
    const [order] = (await bank.prepared()) as [PaymentOrder];
    expect(order).toMatchObject({ number: 'PO-2026-27-000001', status: 'prepared', mode: 'neft', fence: 0 });
    expect(order).toMatchObject({ amountPaise: 1_000_00n, statusBefore: 'approved', makerName: 'Asha Kulkarni' });
    const { expenseId } = order;
    expect(world.expense(expenseId).status).toBe('paying');
    const paid = { expenseId, paidOn: world.today, reference: 'CHQ 1', accountCode: '1200' };
    expect(await codeOf(world.run('expense.pay', paid, world.accountant))).toBe('PAYMENT_UNDER_ORDER');
    expect(await codeOf(world.run('payment.giveBack', { expenseId }, world.accountant))).toBe('PAYMENT_UNDER_ORDER');
    expect(await codeOf(world.run('payment.take', { expenseId }, world.accountant))).toBe('EXPENSE_WRONG_STATE');
    const away = { expenseId, fence: 1, reason: 'Gone' };
    expect(await codeOf(world.run('payment.takeAway', away, world.principal))).toBe('COMMAND_STALE');
    const back = { expenseId, date: world.today, reason: 'Wrong' };
    expect(await codeOf(world.run('expense.reverse', back, world.accountant))).toBe('EXPENSE_WRONG_STATE');
    expect(await codeOf(bank.prepare([expenseId], world.secondAccountant))).toBe('ORDER_BILL_NOT_PAYABLE');
    expectOk(await bank.withdraw(order));
    expect(world.expense(expenseId).status).toBe('approved');
    expectOk(await bank.prepare([expenseId]));
  });

  it('is not taken away by an old lease of the same bill', async () => {
    const bank = await PaymentWorld.create();
    const { world } = bank;
    const { id: expenseId } = await bank.bill();
    expectOk(await world.run('payment.take', { expenseId }, world.accountant));
    expect(await codeOf(bank.prepare([expenseId]))).toBe('ORDER_BILL_NOT_PAYABLE');
    expectOk(await world.run('payment.giveBack', { expenseId }, world.accountant));
    expectOk(await bank.prepare([expenseId]));
    const away = { expenseId, fence: 1, reason: 'Gone' };
    expect(await codeOf(world.run('payment.takeAway', away, world.principal))).toBe('PAYMENT_UNDER_ORDER');
  });

  it('goes by RTGS from two lakh rupees upwards', async () => {
    const bank = await PaymentWorld.create();
    const [below, from] = [
      await bank.bill({ taxablePaise: 1_99_999_99n }),
      await bank.bill({ taxablePaise: 2_00_000_00n }),
    ];
    expectOk(await bank.prepare([below.id, from.id]));
    expect(bank.orders().map(({ mode }) => mode)).toEqual(['neft', 'rtgs']);
  });

  it('is all of a batch or none, of bills as they were seen', async () => {
    const bank = await PaymentWorld.create();
    const { world } = bank;
    const good = await bank.bill();
    const noDetails = await world.submitted();
    expect(await codeOf(bank.prepare([good.id, noDetails.id]))).toBe('BENEFICIARY_NO_DETAILS');
    expect(bank.orders()).toEqual([]);
    const args = bank.preparing([good.id]);
    const [one] = args.orders;
    const stale = { ...args, orders: [{ ...one, revision: good.revision - 1 }] } as typeof args;
    expect(await codeOf(world.run('order.prepare', stale, world.accountant))).toBe('COMMAND_STALE');
    expect(await codeOf(world.run('order.prepare', args, world.principal))).toBe('AUTH_FORBIDDEN');
    expectOk(await world.run('order.prepare', args, world.accountant));
    const more = { ...bank.preparing([(await bank.bill()).id]), batchId: args.batchId };
    expect(await codeOf(world.run('order.prepare', more, world.accountant))).toBe('INPUT_INVALID');
  });
});

describe('the checker', () => {
  it('is neither the maker nor who changed the bank details last', async () => {
    const bank = await PaymentWorld.create();
    const [order] = (await bank.prepared()) as [PaymentOrder];
    expect(await codeOf(bank.release([order], bank.world.accountant))).toBe('ORDER_OWN');
    expect(await codeOf(bank.release([order], bank.world.superAccountant))).toBe('AUTH_FORBIDDEN');
    expectOk(await bank.withdraw(order));
    expectOk(await bank.prepare([order.expenseId], bank.world.secondAccountant));
    // The first accountant entered the vendor.
    const second = bank.orders().at(-1) as PaymentOrder;
    expect(await codeOf(bank.release([second], bank.world.accountant))).toBe('ORDER_BENEFICIARY_OWN');
    expectOk(await bank.release([second], bank.world.principal));
  });

  it('releases what he saw, within the limits of one payment and of one day', async () => {
    const bank = await PaymentWorld.create();
    const { world, bankAccountId } = bank;
    const orders = await bank.prepared(3);
    expect(await codeOf(bank.release(orders, world.principal, 2_000_00n))).toBe('ORDER_TOTAL_DIFFERS');
    const set = (paymentLimitPaise: bigint | null, dailyLimitPaise: bigint | null, by = world.principal) =>
      world.run(
        'bankAccount.setLimits',
        { bankAccountId, revision: bank.account.revision, paymentLimitPaise, dailyLimitPaise },
        by,
      );
    expect(await codeOf(set(1n, 2n, world.accountant))).toBe('AUTH_FORBIDDEN');
    expect(await codeOf(set(3n, 2n))).toBe('BANK_ACCOUNT_INVALID');
    expectOk(await set(null, null));
    expect(await codeOf(bank.release(orders))).toBe('ORDER_LIMITS_UNSET');
    expectOk(await set(999_99n, 5_000_00n));
    expect(await codeOf(bank.release(orders))).toBe('ORDER_OVER_PAYMENT_LIMIT');
    expectOk(await set(1_000_00n, 2_500_00n));
    expect(await codeOf(bank.release(orders))).toBe('ORDER_OVER_DAILY_LIMIT');
    expectOk(await bank.release(orders.slice(0, 2)));
    expect(await codeOf(bank.release(orders.slice(2)))).toBe('ORDER_OVER_DAILY_LIMIT');
    // A withdrawn one gives its room back, and so does the next day.
    expectOk(await bank.withdraw(bank.order(orders[0]?.id ?? '')));
    expectOk(await bank.release(orders.slice(2)));
    expect(await faultsOf(world.books)).toEqual([]);
  });
});

describe('the bank details of a vendor', () => {
  it('are approved by another person and used a day later', async () => {
    const bank = await PaymentWorld.create();
    const { world } = bank;
    const vendorId = await world.vendor({ accountNumber: '50100000000099', ifsc: 'HDFC0001234' });
    const bill = await bank.bill({ vendorId });
    expect(await codeOf(bank.prepare([bill.id]))).toBe('BENEFICIARY_NOT_APPROVED');
    const seen = { vendorId, ...(await bank.seen(vendorId)) };
    expect(await codeOf(world.run('beneficiary.approve', seen, world.accountant))).toBe('BENEFICIARY_OWN');
    const other = { ...seen, accountNumber: '50100000000098' };
    expect(await codeOf(world.run('beneficiary.approve', other, world.principal))).toBe('COMMAND_STALE');
    expectOk(await world.run('beneficiary.approve', seen, world.secondAccountant));
    expect(await codeOf(bank.prepare([bill.id]))).toBe('BENEFICIARY_COOLING');
    world.now += limits.payment.coolingMs - 1;
    expect(await codeOf(bank.prepare([bill.id]))).toBe('BENEFICIARY_COOLING');
    world.now += 1;
    expectOk(await bank.prepare([bill.id]));
  });

  it('that change stop what was prepared with them, before it is released and before it is sent', async () => {
    const bank = await PaymentWorld.create();
    const { world } = bank;
    const [first, second] = (await bank.released(2)) as [PaymentOrder, PaymentOrder];
    const [third] = (await bank.prepared()) as [PaymentOrder];
    for (const { vendorId, accountNumber } of [first, third]) {
      const edits = { accountNumber: { from: accountNumber, to: '999900001111' } };
      expectOk(await world.run('vendor.edit', { vendorId, edits }, world.secondAccountant));
    }
    expect(await codeOf(bank.release([third]))).toBe('BENEFICIARY_CHANGED');
    expect(await codeOf(bank.take(first))).toBe('BENEFICIARY_CHANGED');
    // Also once they are approved: the checker released another account.
    await bank.approveDetails(first.vendorId);
    expect(await codeOf(bank.take(first))).toBe('BENEFICIARY_CHANGED');
    // A desk takes what it can of those it names.
    const { batchId } = first;
    expectOk(await world.run('order.take', { batchId, orderIds: [first.id, second.id] }, world.accountant));
    expect([bank.order(first.id).status, bank.order(second.id).status]).toEqual(['released', 'sending']);
  });

  it('of a vendor from before there was a list count as entered by who entered him', async () => {
    const bank = await PaymentWorld.create();
    const { world } = bank;
    const vendorId = await world.vendor({ accountNumber: '50100000000099', ifsc: 'HDFC0001234' });
    world.books.apply([{ table: 'beneficiaries', removed: vendorId }]);
    const seen = { vendorId, ...(await bank.seen(vendorId)) };
    expect(seen.revision).toBe(0);
    expect(await codeOf(world.run('beneficiary.approve', seen, world.accountant))).toBe('BENEFICIARY_OWN');
    expectOk(await world.run('beneficiary.approve', seen, world.principal));
    expect(await codeOf(world.run('beneficiary.approve', { ...seen, revision: 1 }, world.secondPrincipal))).toBe(
      'BENEFICIARY_APPROVED',
    );
    // A change of what has nothing to do with the bank leaves the approval.
    const phone = { phone: { from: null, to: '02012345678' } };
    expectOk(await world.run('vendor.edit', { vendorId, edits: phone }, world.accountant));
    expect(world.books.rows('beneficiaries')[0]).toMatchObject({ approvedByName: world.principal.name, revision: 1 });
  });
});

describe('a desk', () => {
  it('takes what no other has, and what is not to be sent later', async () => {
    const bank = await PaymentWorld.create();
    const { world } = bank;
    const order = await bank.sending();
    expect(order).toMatchObject({ fence: 1, deviceId: world.deviceId, takenAt: world.now });
    expect(await codeOf(bank.take(order))).toBe('ORDER_WRONG_STATE');
    expect(await codeOf(bank.withdraw(order))).toBe('ORDER_WRONG_STATE');
    const away = { reason: 'bank_offline', text: 'Beneficiary bank offline' } as const;
    for (let sending = 1; sending < limits.payment.sendingsWhileOfflineMax; sending++) {
      expectOk(await bank.record(bank.order(order.id), { state: 'failed', failure: away }));
      const { notBefore } = bank.order(order.id);
      expect(bank.order(order.id)).toMatchObject({ status: 'released', fence: sending });
      expect(notBefore).toBe(world.now + limits.payment.offlineRetryMs);
      expect(await codeOf(bank.take(order))).toBe('ORDER_TOO_EARLY');
      // What was accepted before it failed does not bring it back to life; what was paid does.
      expect((await bank.record(bank.order(order.id), { state: 'accepted' })).ok).toBe(true);
      expect(bank.order(order.id).status).toBe('released');
      world.now += limits.payment.offlineRetryMs;
      expectOk(await bank.take(order));
    }
    expectOk(await bank.record(bank.order(order.id), { state: 'failed', failure: away }));
    expect(bank.order(order.id)).toMatchObject({ status: 'failed', failureReason: 'bank_offline' });
    expect(bank.expenseOf(order).status).toBe('approved');
  });
});

describe('money', () => {
  it('that left is posted on the day of the bank, or the first open day after it', async () => {
    const bank = await PaymentWorld.create();
    const { world } = bank;
    const order = await bank.sending();
    const day = world.today;
    world.now += 12 * 86_400_000;
    expectOk(await world.run('period.close', { month: '2026-11' }, world.accountant));
    expectOk(await bank.record(order, { state: 'paid', utr: 'HDFCN52026112112', bookedOn: day, chargesPaise: 5_90n }));
    const [voucher] = payments(bank);
    expect(voucher).toMatchObject({ date: '2026-12-01', reference: 'HDFCN52026112112', totalPaise: 1_000_00n });
    expect(bank.order(order.id)).toMatchObject({ status: 'paid', paidOn: day, chargesPaise: 5_90n });
    expect(bank.expenseOf(order)).toMatchObject({ status: 'paid', paidOn: day, paymentReference: 'HDFCN52026112112' });
    const args = { voucherId: voucher?.id ?? '', date: world.today, reason: 'Wrong' };
    expect(await codeOf(world.run('voucher.reverse', args, world.accountant))).toBe('VOUCHER_OF_EXPENSE');
    expect(expectRefused(await bank.record(order, { state: 'paid' }, 'webhook')).code).toBe('ORDER_NEWS_KNOWN');
    expect(expectOk(await bank.record(order, { state: 'paid' }, 'send')).changes).toEqual([]);
  });

  it('that came back is owed again and can be ordered again', async () => {
    const bank = await PaymentWorld.create();
    const order = await bank.sending();
    expectOk(await bank.record(order, { state: 'paid', bookedOn: '2019-01-01' }));
    expect(bank.order(order.id).paidOn).toBe(bank.world.today);
    const failure = { reason: 'invalid_account', text: 'No such account' } as const;
    expectOk(await bank.record(order, { state: 'returned', failure }, 'webhook'));
    expect(bank.order(order.id)).toMatchObject({ status: 'returned', failureReason: 'invalid_account' });
    expect(bank.expenseOf(order)).toMatchObject({ status: 'approved', paymentVoucherId: null, paidOn: null });
    expect(bank.world.balances().get('1200') ?? 0n).toBe(0n);
    expectOk(await bank.prepare([order.expenseId]));
    expect(await faultsOf(bank.world.books)).toEqual([]);
  });

  it('that left although the bank had said that it failed pays the bill, from under an order that was not sent', async () => {
    const bank = await PaymentWorld.create();
    const order = await bank.sending();
    expectOk(await bank.record(order, { state: 'failed' }));
    expectOk(await bank.prepare([order.expenseId]));
    const second = bank.orders().at(-1) as PaymentOrder;
    expectOk(await bank.release([second]));
    expectOk(await bank.record(order, { state: 'paid' }, 'webhook'));
    expect([bank.order(order.id).status, bank.order(second.id).status]).toEqual(['paid', 'withdrawn']);
    expect(bank.expenseOf(order).status).toBe('paid');
    expect(await codeOf(bank.take(second))).toBe('ORDER_WRONG_STATE');
  });

  it('that left while another order was on its way is for a person; the bill is paid by whichever stays', async () => {
    const bank = await PaymentWorld.create();
    const order = await bank.sending();
    expectOk(await bank.record(order, { state: 'failed' }));
    expectOk(await bank.prepare([order.expenseId]));
    const second = bank.orders().at(-1) as PaymentOrder;
    expectOk(await bank.release([second]));
    expectOk(await bank.take(second));
    expectOk(await bank.record(order, { state: 'paid' }, 'webhook'));
    expect(bank.order(order.id)).toMatchObject({ status: 'paid', attention: 'paid_twice' });
    expect(bank.expenseOf(order).status).toBe('paying');
    expectOk(await bank.record(bank.order(second.id), { state: 'refused' }, 'send'));
    expect(bank.order(order.id)).toMatchObject({ status: 'paid', attention: null });
    expect(bank.expenseOf(order)).toMatchObject({
      status: 'paid',
      paymentVoucherId: bank.order(order.id).paymentVoucherId,
    });
    expect(await faultsOf(bank.world.books)).toEqual([]);
  });

  it('of an earlier sending makes a later one doubtful, which then decides', async () => {
    for (const end of ['refused', 'paid', 'unknown_there'] as const) {
      const bank = await PaymentWorld.create();
      const order = await bank.sentAgain();
      expect(order.fence).toBe(2);
      for (const state of ['accepted', 'failed', 'unknown_there', 'in_doubt'] as const) {
        expectOk(await bank.record(order, { state, fence: 1 }));
        expect(bank.order(order.id)).toBe(order);
      }
      expectOk(await bank.record(order, { state: 'paid', fence: 1, utr: 'UTR1' }, 'webhook'));
      expect(bank.order(order.id)).toMatchObject({ status: 'in_doubt', attention: 'older_paid' });
      expect(bank.expenseOf(order)).toMatchObject({ status: 'paid', paymentReference: 'UTR1' });
      const back = { expenseId: order.expenseId, date: bank.world.today, reason: 'Wrong' };
      expect(await codeOf(bank.world.run('expense.reverse', back, bank.world.accountant))).toBe('PAYMENT_UNDER_ORDER');
      bank.world.now += limits.payment.quietMs;
      expectOk(await bank.record(order, { state: end }));
      const attention = end === 'paid' ? 'paid_twice' : null;
      expect(bank.order(order.id)).toMatchObject({ status: 'paid', attention });
      expect(payments(bank)).toHaveLength(end === 'paid' ? 2 : 1);
      expect(await faultsOf(bank.world.books)).toEqual([]);
      if (end !== 'paid') continue;
      const { batchId, id: orderId } = order;
      expectOk(await bank.world.run('order.settle', { batchId, orderId, reason: 'Refunded' }, bank.world.accountant));
      expect(bank.order(order.id).attention).toBeNull();
    }
  });

  it('that a bank works on though the payment was withdrawn is for a person', async () => {
    const bank = await PaymentWorld.create();
    const order = await bank.sending();
    bank.world.now += limits.payment.quietMs;
    expectOk(await bank.record(order, { state: 'unknown_there' }));
    expectOk(await bank.withdraw(bank.order(order.id)));
    expectOk(await bank.record(order, { state: 'accepted' }, 'webhook'));
    expect(bank.order(order.id)).toMatchObject({ status: 'withdrawn', attention: 'alive_after_end' });
    expectOk(await bank.record(order, { state: 'paid' }, 'webhook'));
    expect(bank.order(order.id)).toMatchObject({ status: 'paid', attention: null });
    expect(bank.expenseOf(order).status).toBe('paid');
  });
});

describe('news of a bank', () => {
  const none = { utr: null, bookedOn: null, failure: null, chargesPaise: null } as const;
  it('mean the sending that they name, or that for which the bank gave its own id', async () => {
    const bank = await PaymentWorld.create();
    const order = { ...(await bank.sentAgain()), providerId: 'P-7' };
    const first = { ...none, reference: wireReference(order.reference, 1), providerId: null, state: 'paid' } as const;
    expect(outcomeOf(order, first)).toMatchObject({ orderId: order.id, fence: 1, state: 'paid' });
    expect(outcomeOf(order, { ...first, reference: null, providerId: 'P-7' })).toMatchObject({ fence: 2 });
    expect(outcomeOf(order, { ...first, reference: null, providerId: 'P-8' })).toBeNull();
    expect(outcomeOf(order, { ...first, reference: 'ABCDEFGHIJKLMNAB' })).toBeNull();
  });
});
