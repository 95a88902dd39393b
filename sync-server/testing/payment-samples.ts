import type { Id } from '../../shared/kernel/ids.ts';
import { vendorFields } from '../../shared/testing/entries.ts';
import { billFields } from './test-server.ts';

/** What the samples need of the suite: commands that are taken, by the accountant or the principal, now or some hours ago. */
export interface SampleTools {
  apply(name: string, args: object, by?: 'principal', hoursAgo?: number): Promise<void>;
  newId(): Id;
  serial(): number;
  receipt(expenseId: Id): object;
  principalId(): Id;
}

type Sample = () => Promise<readonly [object, Id?]>;

/** Arguments of the commands about paying through banks that are taken, each on documents of its own. */
export function paymentSamples(tools: SampleTools): Readonly<Record<string, Sample>> {
  const { apply, newId, serial } = tools;
  const details = { accountNumber: '50100000000099', ifsc: 'HDFC0001234' };

  const newAccount = async () => {
    const accountCode = `BK${serial()}`;
    const named = { code: accountCode, name: `Bank ${accountCode}`, kind: 'asset', groupCode: '12' };
    await apply('account.create', { accountId: newId(), fields: { ...named, category: null, role: 'bank' } });
    const bank = { bankName: 'B', accountNumber: '001105012345', ifsc: 'ICIC0000011' };
    const fields = { ...bank, name: 'N', accountCode, connector: 'icici', fileFormat: 'hdfc' };
    return { bankAccountId: newId(), fields };
  };
  const account = async (): Promise<Id> => {
    const made = await newAccount();
    await apply('bankAccount.create', made);
    return made.bankAccountId;
  };
  const vendor = async () => {
    const vendorId = newId();
    const accountName = `Payee ${serial()}`;
    await apply('vendor.create', { vendorId, fields: { ...vendorFields(accountName), ...details, accountName } });
    return { vendorId, ...details, accountName, revision: 1 };
  };

  let once: Promise<{ readonly bankAccountId: Id; readonly vendorId: Id }> | undefined;
  const setUp = async () => {
    const bankAccountId = await account();
    const limits = { paymentLimitPaise: 10n ** 9n, dailyLimitPaise: 10n ** 11n };
    await apply('bankAccount.setLimits', { bankAccountId, revision: 1, ...limits }, 'principal');
    // So that policy approves the bills, which are small.
    const allocated = { from: 0n, to: 10n ** 10n };
    await apply('budget.set', { financialYear: '2026-27', category: 'supplies', allocated }, 'principal');
    const seen = await vendor();
    await apply('beneficiary.approve', seen, 'principal', 48);
    return { bankAccountId, vendorId: seen.vendorId };
  };
  const preparing = async () => {
    once ??= setUp();
    const { bankAccountId, vendorId } = await once;
    const expenseId = newId();
    await apply('expense.create', { expenseId, fields: billFields(vendorId, { billNo: `O-${serial()}` }) });
    await apply('receipt.attach', tools.receipt(expenseId));
    await apply('expense.submit', { expenseId, overBudgetReason: null });
    return { batchId: newId(), bankAccountId, orders: [{ orderId: newId(), expenseId }], purpose: 'P' };
  };
  const prepared = async () => {
    const args = await preparing();
    await apply('order.prepare', args);
    const orderIds = args.orders.map(({ orderId }) => orderId);
    return { batchId: args.batchId, orderIds, orderId: orderIds[0] ?? '' };
  };
  /** Of the bill of 1,180 rupees that the suites enter. */
  const totalPaise = 118_000n;
  const released = async () => {
    const { batchId, orderIds, orderId } = await prepared();
    await apply('order.release', { batchId, orderIds, totalPaise }, 'principal');
    return { batchId, orderIds, orderId };
  };
  const sending = async () => {
    const { batchId, orderIds, orderId } = await released();
    await apply('order.take', { batchId, orderIds }, undefined, 1);
    return { batchId, orderId };
  };
  const saying = (order: { readonly batchId: Id; readonly orderId: Id }, state: string) => {
    const failure = { reason: 'declined', text: 'T' };
    const said = { providerId: 'P', utr: 'U', bookedOn: '2026-11-20', failure, chargesPaise: 5n };
    return {
      batchId: order.batchId,
      source: 'enquiry',
      outcomes: [{ orderId: order.orderId, fence: 1, state, ...said }],
    };
  };

  return {
    'bankAccount.create': async () => [await newAccount()],
    'bankAccount.edit': async () => {
      const edits = { name: { from: 'N', to: 'M' }, connector: { from: 'icici', to: 'sbi' } };
      return [{ bankAccountId: await account(), edits }];
    },
    'bankAccount.setLimits': async () => [
      { bankAccountId: await account(), revision: 1, paymentLimitPaise: 5n, dailyLimitPaise: 9n },
      tools.principalId(),
    ],
    'beneficiary.approve': async () => [await vendor(), tools.principalId()],
    'order.prepare': async () => [await preparing()],
    'order.release': async () => {
      const { batchId, orderIds } = await prepared();
      return [{ batchId, orderIds, totalPaise }, tools.principalId()];
    },
    'order.withdraw': async () => {
      const { batchId, orderIds } = await prepared();
      return [{ batchId, orderIds, reason: 'R' }];
    },
    'order.take': async () => {
      const { batchId, orderIds } = await released();
      return [{ batchId, orderIds }];
    },
    'order.export': async () => {
      const { batchId, orderIds } = await released();
      return [{ batchId, orderIds, format: 'F' }];
    },
    'order.record': async () => [saying(await sending(), 'failed')],
    'order.settle': async () => {
      const order = await sending();
      await apply('order.record', saying(order, 'paid'));
      await apply('order.record', saying(order, 'failed'));
      return [{ ...order, reason: 'R' }];
    },
  };
}
