import type { PaymentOrder } from '../../shared/domain/bank-rows.ts';
import type { OrderOutcome } from '../../shared/domain/payment-order/args.ts';
import { bulkId } from '../../shared/domain/payment-order/bulk-id.ts';
import type { PaymentState } from '../../shared/domain/payment-order/news.ts';
import { doubtOf, outcomeOfSending, tellsNothing } from '../../shared/domain/payment-order/outcome.ts';
import { wireReference } from '../../shared/domain/payment-order/reference.ts';
import { isWorthAsking } from '../../shared/domain/payment-order/status.ts';
import { MunimError } from '../../shared/kernel/errors.ts';
import type { Id } from '../../shared/kernel/ids.ts';
import { limits } from '../../shared/kernel/limits.ts';
import type { BankAnswer, BankLink, BankQuestion, BankReach, BankSending } from '../../shared/ports/bank-link.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import type { DeskOrder } from '../../shared/ports/payment-books.ts';

type Command =
  | { readonly name: 'order.take'; readonly args: { readonly batchId: Id; readonly orderIds: readonly Id[] } }
  | {
      readonly name: 'order.record';
      readonly args: {
        readonly batchId: Id;
        readonly source: 'send' | 'enquiry';
        readonly outcomes: readonly OrderOutcome[];
      };
    };
export type RunnerCommand = Command & { readonly collegeId: Id };

export type AccountOfOrders = Pick<BankReach, 'collegeId' | 'bankAccountId'>;

export interface PaymentRunnerOptions {
  readonly link: BankLink;
  readonly clock: Clock;
  readonly deviceId: () => Id | null;
  /** The colleges in which the person at the desk is an accountant; none while nobody is, or the desk is not level with the server. */
  readonly colleges: () => Promise<readonly Id[]>;
  /** Orders from these accounts that go out, are out, or were paid of late without a UTR, the oldest first. */
  readonly orders: (accounts: readonly AccountOfOrders[]) => Promise<readonly DeskOrder[]>;
  /** Durable when it resolves. Throws the refusal. */
  readonly run: (command: RunnerCommand) => Promise<void>;
  /** Takes of this desk that another one won are no work for a person. */
  readonly letGoRefusedTakes: (collegeIds: readonly Id[]) => Promise<void>;
  readonly onFault: (problem: unknown) => void;
}

const keyOf = ({ id, fence }: Pick<PaymentOrder, 'id' | 'fence'>): string => `${id} ${fence}`;

/**
 * Sends what this very run of the process has taken, once the server has confirmed it, and asks after everything else. An order that is found
 * `sending` is never sent: the run before may have done so. Everything it learns becomes a command; what it forgets by dying, the bank is asked.
 */
export class PaymentRunner {
  readonly #options: PaymentRunnerOptions;
  /** The sendings that this run asked the server for and has not let out yet. Only these are ever sent. */
  readonly #asked = new Set<string>();
  readonly #enquiries = new Map<string, { readonly at: number; readonly waitMs: number }>();
  /** Orders that could not be taken, and until when they are left alone. */
  readonly #resting = new Map<Id, number>();
  #cancel: (() => void) | null = null;
  #running: Promise<void> | null = null;

  constructor(options: PaymentRunnerOptions) {
    this.#options = options;
  }

  start(): void {
    this.#cancel = this.#options.clock.after(limits.payment.lookMs, () => {
      void this.look().finally(() => {
        if (this.#cancel !== null) this.start();
      });
    });
  }

  /** Resolves when nothing is on its way any more. */
  async stop(): Promise<void> {
    this.#cancel?.();
    this.#cancel = null;
    await this.#running;
  }

  /** One at a time; a call while one is under way waits for that one. */
  look(): Promise<void> {
    this.#running ??= this.#look()
      .catch((problem: unknown) => this.#options.onFault(problem))
      .finally(() => {
        this.#running = null;
      });
    return this.#running;
  }

  /**
   * Asks the bank after one payment at once, beside whatever goes on by itself. What it says is in the books when this resolves.
   * @throws MunimError SYNC_OFFLINE while the desk is not level with the server, BANK_NOT_SET_UP, ORDER_NOT_AT_BANK while there is nothing to ask
   * after, and what the connector says
   */
  async askNow(account: AccountOfOrders, orderId: Id): Promise<PaymentState> {
    const { collegeId, bankAccountId } = account;
    if (!(await this.#options.colleges()).includes(collegeId)) throw new MunimError('SYNC_OFFLINE');
    const reaches = await this.#options.link.accounts();
    const reach = reaches.find((one) => one.collegeId === collegeId && one.bankAccountId === bankAccountId);
    if (reach === undefined || !reach.canEnquire) throw new MunimError('BANK_NOT_SET_UP');
    const own = await this.#options.orders([account]);
    const asked = own.find(({ order, isConfirmed }) => order.id === orderId && isConfirmed && this.#mayBeThere(order));
    if (asked === undefined) throw new MunimError('ORDER_NOT_AT_BANK');
    const answers = await this.#enquire(reach, [asked]);
    const answer = answers.find((one) => one.orderId === orderId);
    if (answer === undefined) throw new MunimError('PAYMENT_IN_DOUBT');
    if (answer.kind === 'in_doubt') throw new MunimError(answer.refusal.code, answer.refusal.details);
    return answer.news.state;
  }

  async #look(): Promise<void> {
    const { colleges, link, orders } = this.#options;
    const collegeIds = await colleges();
    if (collegeIds.length === 0) return;
    const reaches = (await link.accounts()).filter(({ collegeId }) => collegeIds.includes(collegeId));
    if (reaches.length === 0) return;
    await this.#options.letGoRefusedTakes(collegeIds);
    const found = await orders(reaches);
    await Promise.all(
      reaches.map(async (reach) => {
        const own = found.filter(({ account }) => account.id === reach.bankAccountId);
        await this.#lookAt(reach, own).catch((problem: unknown) => this.#options.onFault(problem));
      }),
    );
  }

  /** A bank that is slow must not make the payments through another one late, so each is looked after beside the others. */
  async #lookAt(reach: BankReach, own: readonly DeskOrder[]): Promise<void> {
    if (reach.canPay) await this.#sendTaken(reach, own);
    if (reach.canEnquire) await this.#enquireDue(reach, own);
    if (reach.canPay) await this.#takeReleased(reach, own);
  }

  async #sendTaken(reach: BankReach, own: readonly DeskOrder[]): Promise<void> {
    const deviceId = this.#options.deviceId();
    const ready = own.filter(
      ({ order, isConfirmed }) =>
        isConfirmed && order.status === 'sending' && order.deviceId === deviceId && this.#asked.has(keyOf(order)),
    );
    const groups = groupsOf(ready, reach.paymentsMax);
    for (const group of groups.slice(0, requestsNow(reach))) {
      // Somebody may have signed out, or the cable been pulled, while the last ones were sent.
      if (!(await this.#mayWork(reach))) return;
      if (group.some(({ order }) => lastMoment(order) < this.#options.clock.now())) {
        // They stay as they are until the bank says that it does not know them.
        for (const { order } of group) this.#asked.delete(keyOf(order));
        continue;
      }
      for (const { order } of group) this.#asked.delete(keyOf(order));
      const answers = await this.#options.link.send(reach.bankAccountId, group.map(sendingOf));
      for (const { order } of group) this.#askLater(order);
      await this.#record(reach.collegeId, 'send', group, answers);
      // The rest would come back the same way, and then nobody could send it before the bank has said that it does not know it.
      if (answers.some(isPaused)) return;
    }
  }

  /** For no longer than from one look to the next: what was taken meanwhile has to go out before it is too late. */
  async #enquireDue(reach: BankReach, own: readonly DeskOrder[]): Promise<void> {
    const now = this.#options.clock.now();
    const due = own.filter(({ order, isConfirmed }) => isConfirmed && this.#isDue(order, now));
    for (const group of groupsOf(due, reach.paymentsMax)) {
      if (this.#options.clock.now() - now >= limits.payment.lookMs || !(await this.#mayWork(reach))) return;
      await this.#enquire(reach, group);
    }
  }

  async #enquire(reach: BankReach, group: readonly DeskOrder[]): Promise<readonly BankAnswer[]> {
    const answers = await this.#options.link.enquire(reach.bankAccountId, group.map(questionOf));
    for (const { order } of group) this.#askLater(order);
    const told = answers.filter(({ kind }) => kind === 'news');
    await this.#record(reach.collegeId, 'enquiry', group, told);
    return answers;
  }

  /** Of another desk's sendings only those for which it had time to ask itself. */
  #isDue(order: PaymentOrder, now: number): boolean {
    if (!this.#mayBeThere(order)) return false;
    if (order.deviceId !== this.#options.deviceId() && now - (order.takenAt ?? now) < limits.payment.quietMs)
      return false;
    const asked = this.#enquiries.get(keyOf(order));
    // A bank that still gives no UTR after the longest wait gives none; the statement has it.
    if (order.status === 'paid' && asked?.waitMs === limits.payment.enquiryMaxMs) return false;
    return asked === undefined ? now - (order.takenAt ?? 0) >= limits.payment.enquiryMinMs : now >= asked.at;
  }

  /** Not what this desk is still to let out. */
  #mayBeThere(order: PaymentOrder): boolean {
    return isWorthAsking(order) && !this.#asked.has(keyOf(order));
  }

  #askLater(order: PaymentOrder): void {
    const before = this.#enquiries.get(keyOf(order));
    const waitMs =
      before === undefined ? limits.payment.enquiryMinMs : Math.min(before.waitMs * 2, limits.payment.enquiryMaxMs);
    this.#enquiries.set(keyOf(order), { at: this.#options.clock.now() + waitMs, waitMs });
  }

  async #takeReleased(reach: BankReach, own: readonly DeskOrder[]): Promise<void> {
    const now = this.#options.clock.now();
    const free = own.filter(
      ({ order, isConfirmed }) =>
        isConfirmed &&
        order.status === 'released' &&
        (order.notBefore ?? 0) <= now &&
        (this.#resting.get(order.id) ?? 0) <= now,
    );
    let room = this.#roomFor(reach, own);
    for (const whole of groupsOf(free, limits.payment.batchMax)) {
      const group = whole.slice(0, Math.max(0, room));
      const [first] = group;
      if (first === undefined || !(await this.#mayWork(reach))) return;
      room -= group.length;
      const orderIds = group.map(({ order }) => order.id);
      for (const { order } of group) this.#resting.set(order.id, now + limits.payment.restMs);
      try {
        const args = { batchId: first.order.batchId, orderIds };
        await this.#options.run({ collegeId: reach.collegeId, name: 'order.take', args });
        for (const { order } of group) this.#asked.add(keyOf({ id: order.id, fence: order.fence + 1 }));
      } catch (thrown) {
        this.#options.onFault(thrown);
      }
    }
  }

  /**
   * How many more may be taken now. Where each is a request of its own, those that wait for their turn count: the last of a long row would
   * be too late to go out, and then nobody could send it before the bank has said that it does not know it.
   */
  #roomFor(reach: BankReach, own: readonly DeskOrder[]): number {
    const requests = requestsNow(reach);
    if (reach.paymentsMax > 1) return requests * reach.paymentsMax;
    const waiting = own.filter(({ order }) => order.status === 'sending' && this.#asked.has(keyOf(order)));
    return Math.min(limits.payment.takenSinglyMax, requests) - waiting.length;
  }

  async #record(
    collegeId: Id,
    source: 'send' | 'enquiry',
    group: readonly DeskOrder[],
    answers: readonly BankAnswer[],
  ): Promise<void> {
    const now = this.#options.clock.now();
    const outcomes = group.flatMap(({ order }) => {
      const answer = answers.find((one) => one.orderId === order.id && one.fence === order.fence);
      if (answer === undefined) return source === 'send' ? [doubtOf(order)] : [];
      const outcome = outcomeFrom(order, answer);
      return tellsNothing(order, outcome, source, now) ? [] : [outcome];
    });
    const [first] = group;
    for (let from = 0; first !== undefined && from < outcomes.length; from += limits.payment.outcomesMax) {
      const some = outcomes.slice(from, from + limits.payment.outcomesMax);
      const args = { batchId: first.order.batchId, source, outcomes: some };
      await this.#options.run({ collegeId, name: 'order.record', args });
    }
  }

  async #mayWork(reach: BankReach): Promise<boolean> {
    return (await this.#options.colleges()).includes(reach.collegeId);
  }
}

/** How many requests with payments may go to the bank in one look. */
function requestsNow({ health }: BankReach): number {
  if (health === 'paused') return 0;
  return health === 'probing' ? 1 : Number.POSITIVE_INFINITY;
}

const isPaused = (answer: BankAnswer): boolean =>
  answer.kind === 'in_doubt' && answer.refusal.code === 'CONNECTOR_PAUSED';

/** Of one batch and one taking each, since a command is about the former and a bulk request about the latter. */
function groupsOf(orders: readonly DeskOrder[], max: number): readonly (readonly DeskOrder[])[] {
  const groups: DeskOrder[][] = [];
  const open = new Map<Id, DeskOrder[]>();
  for (const one of orders) {
    const key = bulkId(one.order);
    const group = open.get(key);
    if (group !== undefined && group.length < max) {
      group.push(one);
      continue;
    }
    const fresh = [one];
    open.set(key, fresh);
    groups.push(fresh);
  }
  return groups;
}

function outcomeFrom(order: PaymentOrder, answer: BankAnswer): OrderOutcome {
  if (answer.kind === 'in_doubt') return doubtOf(order);
  const outcome = outcomeOfSending(order.id, answer.fence, answer.news);
  return answer.kind === 'refused' ? { ...outcome, state: 'refused' } : outcome;
}

const sendingOf = ({ order, account }: DeskOrder): BankSending => ({
  orderId: order.id,
  batchId: bulkId(order),
  fence: order.fence,
  reference: wireReference(order.reference, order.fence),
  debitAccount: account.accountNumber,
  debitIfsc: account.ifsc,
  beneficiaryName: order.beneficiaryName,
  beneficiaryAccount: order.accountNumber,
  beneficiaryIfsc: order.ifsc,
  amountPaise: order.amountPaise,
  mode: order.mode,
  purpose: order.purpose,
  notAfter: lastMoment(order),
});

/**
 * Others conclude from the bank's not knowing a payment that it was not sent, a quarter of an hour after it was taken. So it goes out soon
 * after that or never, with room between for clocks that differ and for the request itself.
 */
const lastMoment = (order: PaymentOrder): number => (order.takenAt ?? 0) + limits.payment.sendWithinMs;

const questionOf = ({ order, account }: DeskOrder): BankQuestion => ({
  orderId: order.id,
  batchId: bulkId(order),
  fence: order.fence,
  reference: wireReference(order.reference, order.fence),
  providerId: order.providerId,
  debitAccount: account.accountNumber,
});
