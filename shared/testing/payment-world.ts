import type { BankAccount, Beneficiary, PaymentOrder } from '../domain/bank-rows.ts';
import { findBeneficiary } from '../domain/beneficiary/details.ts';
import type { CommandArgs, ExpenseFields } from '../domain/command/args.ts';
import type { NewsSource, OrderOutcome } from '../domain/payment-order/args.ts';
import type { Expense, Person } from '../domain/rows.ts';
import type { Id } from '../kernel/ids.ts';
import { limits } from '../kernel/limits.ts';
import { type Paise, sumPaise } from '../kernel/money.ts';
import { CollegeWorld, expectOk, type Outcome } from './college-world.ts';

const crore = 1_00_00_000_00n;

/** A college that pays through a bank: an account with limits, and short ways to what comes before an order. */
export class PaymentWorld {
  readonly world: CollegeWorld;
  readonly bankAccountId: Id;
  #accounts = 0;

  private constructor(world: CollegeWorld) {
    this.world = world;
    this.bankAccountId = world.newId();
  }

  static async create(seed = 1): Promise<PaymentWorld> {
    const made = new PaymentWorld(await CollegeWorld.create(seed, { supplies: 100n * crore }));
    const { world, bankAccountId } = made;
    const bank = { bankName: 'ICICI Bank', accountNumber: '001105012345', ifsc: 'ICIC0000011' };
    const fields = { ...bank, name: 'Current account', accountCode: '1200', connector: null, fileFormat: null };
    expectOk(await world.run('bankAccount.create', { bankAccountId, fields }, world.accountant));
    const limit = { paymentLimitPaise: crore, dailyLimitPaise: 50n * crore };
    expectOk(await world.run('bankAccount.setLimits', { bankAccountId, revision: 1, ...limit }, world.principal));
    return made;
  }

  get account(): BankAccount {
    return found(this.world.books.rows('bank_accounts').find(({ id }) => id === this.bankAccountId));
  }

  /** A vendor with bank details that can be paid to. */
  async vendor(): Promise<Id> {
    const { world } = this;
    const accountNumber = String(50_100_000_000_000 + ++this.#accounts);
    const vendorId = await world.vendor({ accountNumber, ifsc: 'HDFC0001234' });
    await this.approveDetails(vendorId);
    return vendorId;
  }

  async approveDetails(vendorId: Id, by = this.world.principal): Promise<void> {
    expectOk(await this.world.run('beneficiary.approve', { vendorId, ...(await this.seen(vendorId)) }, by));
    this.world.now += limits.payment.coolingMs;
  }

  /** The bank details of a vendor as a screen shows them. */
  async seen(vendorId: Id): Promise<Pick<Beneficiary, 'accountName' | 'accountNumber' | 'ifsc' | 'revision'>> {
    const { accountName, accountNumber, ifsc, revision } = expectOk(
      await findBeneficiary(vendorId, this.world.books),
    ).beneficiary;
    return { accountName, accountNumber, ifsc, revision };
  }

  /** An approved bill of a vendor that can be paid to. */
  async bill(fields: Partial<ExpenseFields> = {}): Promise<Expense> {
    const vendorId = fields.vendorId ?? (await this.vendor());
    const expense = await this.world.submitted({ ...fields, vendorId });
    if (expense.status === 'approved') return expense;
    expectOk(await this.world.approve(expense));
    return this.world.expense(expense.id);
  }

  prepare(expenseIds: readonly Id[], by: Person = this.world.accountant): Promise<Outcome> {
    return this.world.run('order.prepare', this.preparing(expenseIds), by);
  }

  preparing(expenseIds: readonly Id[]): CommandArgs['order.prepare'] {
    const { world, bankAccountId } = this;
    const orders = expenseIds.map((expenseId) => ({ orderId: world.newId(), expenseId }));
    return { batchId: world.newId(), bankAccountId, orders, purpose: 'Bills of November' };
  }

  /** Bills in one batch, prepared by the accountant. */
  async prepared(count = 1): Promise<readonly PaymentOrder[]> {
    const bills: Expense[] = [];
    for (let left = count; left > 0; left--) bills.push(await this.bill());
    const before = new Set(this.orders().map(({ id }) => id));
    expectOk(await this.prepare(bills.map(({ id }) => id)));
    return this.orders().filter(({ id }) => !before.has(id));
  }

  async released(count = 1): Promise<readonly PaymentOrder[]> {
    const orders = await this.prepared(count);
    expectOk(await this.release(orders));
    return orders.map(({ id }) => this.order(id));
  }

  async sending(): Promise<PaymentOrder> {
    const [order] = await this.released();
    expectOk(await this.take(found(order)));
    return this.order(found(order).id);
  }

  /** Sent once more after the bank had not received the first sending. */
  async sentAgain(): Promise<PaymentOrder> {
    const first = await this.sending();
    this.world.now += limits.payment.quietMs;
    expectOk(await this.record(first, { state: 'unknown_there' }));
    expectOk(await this.release([this.order(first.id)]));
    expectOk(await this.take(first));
    return this.order(first.id);
  }

  release(orders: readonly PaymentOrder[], by = this.world.principal, totalPaise?: Paise): Promise<Outcome> {
    const batchId = found(orders[0]).batchId;
    const total = totalPaise ?? sumPaise(orders.map(({ amountPaise }) => amountPaise));
    return this.world.run('order.release', { batchId, orderIds: orders.map(({ id }) => id), totalPaise: total }, by);
  }

  take(order: PaymentOrder, by = this.world.accountant): Promise<Outcome> {
    return this.world.run('order.take', { batchId: order.batchId, orderIds: [order.id] }, by);
  }

  withdraw(order: PaymentOrder, by = this.world.accountant): Promise<Outcome> {
    const args = { batchId: order.batchId, orderIds: [order.id], reason: 'Paid by cheque' };
    return this.world.run('order.withdraw', args, by);
  }

  record(order: PaymentOrder, said: Said, source: NewsSource = 'enquiry'): Promise<Outcome> {
    const args = { batchId: order.batchId, source, outcomes: [outcomeFor(order, said)] };
    return this.world.run('order.record', args, this.world.accountant);
  }

  order(id: Id): PaymentOrder {
    return found(this.orders().find((order) => order.id === id));
  }

  orders(): readonly PaymentOrder[] {
    return this.world.books.rows('payment_orders');
  }

  expenseOf(order: PaymentOrder): Expense {
    return this.world.expense(order.expenseId);
  }
}

export type Said = Pick<OrderOutcome, 'state'> & Partial<OrderOutcome>;

/** What is said of the present sending, unless another one is named. */
export const outcomeFor = (order: Pick<PaymentOrder, 'id' | 'fence'>, said: Said): OrderOutcome => ({
  orderId: order.id,
  fence: Math.max(order.fence, 1),
  ...{ providerId: null, utr: null, bookedOn: null, failure: null, chargesPaise: null },
  ...said,
});

function found<T>(row: T | undefined): T {
  if (row === undefined) throw new Error('not there');
  return row;
}
