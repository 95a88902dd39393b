import type { PaymentOrder, PaymentOrderStatus } from '../domain/bank-rows.ts';
import { findBeneficiary } from '../domain/beneficiary/details.ts';
import type { NewsState } from '../domain/payment-order/args.ts';
import { orderActions } from '../domain/payment-order/status.ts';
import type { Person } from '../domain/rows.ts';
import { addDays } from '../kernel/dates.ts';
import type { CollegeWorld, Outcome } from './college-world.ts';
import { outcomeFor } from './payment-world.ts';
import { pickOf } from './pick-of.ts';

export const paymentKinds = [
  'bank_account',
  'approve_details',
  'prepare_order',
  'release_order',
  'withdraw_order',
  'take_order',
  'export_order',
  'record_order',
  'settle_order',
] as const;
export type PaymentKind = (typeof paymentKinds)[number];
export const isPaymentKind = (kind: string): kind is PaymentKind => paymentKinds.some((one) => one === kind);

export interface PaymentStep {
  readonly kind: PaymentKind;
  readonly anybody: boolean;
  readonly stale: boolean;
  readonly pick: number;
  readonly spoil: number;
  readonly daysBack: number;
}

/** What somebody does about paying through the bank; undefined when there is nothing it could be about. */
export async function payThroughBank(
  one: PaymentStep,
  world: CollegeWorld,
  maker: Person,
  decider: Person,
): Promise<Outcome | undefined> {
  if (one.kind === 'bank_account') return setUpAccount(one, world, maker, decider);
  if (one.kind === 'approve_details') return approveDetails(one, world, one.pick % 4 === 0 ? maker : decider);
  if (one.kind === 'prepare_order') return prepare(one, world, maker);
  const order = orderOf(one, world);
  if (order === undefined) return undefined;
  const named = { batchId: order.batchId, orderIds: [order.id] };
  switch (one.kind) {
    case 'release_order': {
      const totalPaise = order.amountPaise + (one.stale ? 1n : 0n);
      return world.run('order.release', { ...named, totalPaise }, one.pick % 3 === 0 ? maker : decider);
    }
    case 'withdraw_order':
      return world.run('order.withdraw', { ...named, reason: 'Not needed' }, maker);
    case 'take_order':
      return world.run('order.take', named, maker);
    case 'export_order':
      return world.run('order.export', { ...named, format: 'hdfc' }, maker);
    case 'settle_order':
      return world.run('order.settle', { batchId: order.batchId, orderId: order.id, reason: 'Asked the bank' }, maker);
    case 'record_order':
      return record(one, world, order, maker);
  }
}

const states: readonly NewsState[] = [
  'accepted',
  'accepted',
  'paid',
  'paid',
  'failed',
  'returned',
  'unknown_there',
  'unknown_there',
  'unknown_there',
  'in_doubt',
  'refused',
];
const sources = ['enquiry', 'send', 'webhook', 'person', 'statement'] as const;
const reasons = ['bank_offline', 'declined', 'invalid_account'] as const;

function record(one: PaymentStep, world: CollegeWorld, order: PaymentOrder, actor: Person): Promise<Outcome> {
  // Mostly of the present sending, now and then of an earlier one, or of one that never was.
  const back = one.spoil % 2 === 0 && order.fence > 1 ? -1 : one.spoil % 15 === 1 ? 1 : 0;
  const fence = Math.max(1, order.fence + back);
  const state = back < 0 && one.pick % 2 === 0 ? 'paid' : (states[one.pick % states.length] ?? 'accepted');
  const failure = { reason: reasons[one.spoil % 3] ?? 'declined', text: 'as the bank says' };
  const said = {
    state,
    fence,
    utr: state === 'paid' ? `UTR${one.spoil}` : null,
    bookedOn: one.anybody ? addDays(world.today, -one.daysBack) : null,
    failure: state === 'failed' || state === 'refused' || state === 'returned' ? failure : null,
  };
  world.now += one.spoil % 2 === 0 ? 3_600_000 : 60_000;
  const source = sources[one.daysBack % 3 === 0 ? one.pick % 5 : 0] ?? 'enquiry';
  return world.run('order.record', { batchId: order.batchId, source, outcomes: [outcomeFor(order, said)] }, actor);
}

const afterSending: readonly PaymentOrderStatus[] = [
  ...(['released', 'sending', 'exported', 'in_doubt', 'not_received'] as const),
  ...(['accepted', 'paid', 'failed', 'returned', 'withdrawn'] as const),
];

function orderOf(one: PaymentStep, world: CollegeWorld): PaymentOrder | undefined {
  const orders = world.books.rows('payment_orders');
  if (one.anybody && one.pick > 90) return pickOf(orders, one.pick);
  const from = {
    release_order: orderActions.release,
    withdraw_order: orderActions.withdraw,
    take_order: orderActions.take,
    export_order: orderActions.export,
    record_order: afterSending,
  } as const;
  const wanted = Object.hasOwn(from, one.kind) ? from[one.kind as keyof typeof from] : null;
  const fitting = orders.filter(
    (order) =>
      (wanted === null ? order.attention !== null : wanted.includes(order.status)) &&
      (one.kind !== 'record_order' || order.fence > 0),
  );
  // The youngest first: old ones have ended.
  return pickOf([...fitting].reverse(), one.pick % 4);
}

async function setUpAccount(one: PaymentStep, world: CollegeWorld, maker: Person, decider: Person) {
  const accounts = world.books.rows('bank_accounts');
  const account = pickOf(accounts, one.pick);
  if (account === undefined || one.pick % 5 === 0) {
    const accountCode = ['1200', '1210', '5200'][one.spoil % 3] ?? '1200';
    const bank = { name: 'Account', bankName: 'Bank', accountNumber: '001105012345', ifsc: 'ICIC0000011' };
    const fields = { ...bank, accountCode, connector: null, fileFormat: null };
    return world.run('bankAccount.create', { bankAccountId: world.newId(), fields }, maker);
  }
  const { id: bankAccountId, revision } = account;
  if (one.pick % 5 === 1 && account.paymentLimitPaise !== null) {
    const isActive = { from: account.isActive, to: !account.isActive };
    return world.run('bankAccount.edit', { bankAccountId, edits: { isActive } }, maker);
  }
  const limits = { paymentLimitPaise: 60_00_000_00n, dailyLimitPaise: 500_00_000_00n };
  return world.run('bankAccount.setLimits', { bankAccountId, revision, ...limits }, decider);
}

async function approveDetails(one: PaymentStep, world: CollegeWorld, actor: Person): Promise<Outcome | undefined> {
  const known = new Map(world.books.rows('beneficiaries').map((row) => [row.id, row]));
  const waiting = world.books
    .rows('vendors')
    .filter((vendor) => vendor.accountNumber !== null && (known.get(vendor.id)?.approvedBy ?? null) === null);
  const vendor = pickOf(one.anybody ? world.books.rows('vendors') : waiting, one.pick);
  if (vendor === undefined) return undefined;
  const found = await findBeneficiary(vendor.id, world.books);
  if (!found.ok) return undefined;
  const { accountName, accountNumber, ifsc, revision } = found.value.beneficiary;
  const args = { vendorId: vendor.id, accountName, accountNumber, ifsc, revision: revision + (one.stale ? 1 : 0) };
  return world.run('beneficiary.approve', args, actor);
}

async function prepare(one: PaymentStep, world: CollegeWorld, actor: Person): Promise<Outcome | undefined> {
  const account = pickOf(
    world.books.rows('bank_accounts').filter(({ isActive }) => isActive),
    one.pick,
  );
  const usable = new Set(
    world.books
      .rows('beneficiaries')
      .flatMap(({ id, usableFrom }) => (usableFrom !== null && usableFrom <= world.now ? [id] : [])),
  );
  const bills = world.books
    .rows('expenses')
    .filter(
      ({ status, vendorId }) =>
        (status === 'approved' || status === 'payable') && (one.anybody || usable.has(vendorId)),
    );
  const chosen = one.pick % 4 === 0 ? bills.slice(-2) : [pickOf(bills, one.pick)].flatMap((bill) => bill ?? []);
  if (account === undefined || chosen.length === 0) return undefined;
  const orders = chosen.map(({ id, revision }) => ({
    orderId: world.newId(),
    expenseId: id,
    revision: one.stale ? revision + 1 : revision,
  }));
  return world.run(
    'order.prepare',
    { batchId: world.newId(), bankAccountId: account.id, orders, purpose: 'Bills' },
    actor,
  );
}
