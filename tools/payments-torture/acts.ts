import type { CommandInput } from '../../shared/ipc/contract/commands.ts';
import type { PaymentOrderRow } from '../../shared/ipc/contract/payments.ts';
import { MunimError } from '../../shared/kernel/errors.ts';
import { type Id, uuidv7 } from '../../shared/kernel/ids.ts';
import { sumPaise } from '../../shared/kernel/money.ts';
import { systemRandom } from '../../shared/ports/random.ts';
import type { Seeded } from '../torture/seeded.ts';
import { isAway, type Office, type Seat } from './office.ts';

/** How many commands came to what: `done`, `away`, or the code of the refusal. */
export type Tally = Map<string, number>;
export const count = (tally: Tally, what: string, by = 1): void => {
  tally.set(what, (tally.get(what) ?? 0) + by);
};

/** As many rows as a screen asks for. */
const WINDOW = 100;

/** What no person ever should be told, whatever was killed. */
const never: ReadonlySet<string> = new Set(['INTERNAL', 'ENGINE_CORRUPT', 'ENGINE_POISONED']);

/** Two accountants at their desks: they prepare, release, withdraw, click twice, and do not know of each other. */
export class Acts {
  readonly commands: Tally = new Map();
  readonly findings: string[] = [];
  readonly #office: Office;
  readonly #random: Seeded;

  constructor(office: Office, random: Seeded) {
    this.#office = office;
    this.#random = random;
  }

  /** One act of whoever sits there. @returns whether there was something to do */
  async act(seat: Seat): Promise<boolean> {
    const chance = this.#random.next();
    try {
      if (chance < 0.03) await seat.sit(seat.sitting === 'maker' ? 'checker' : 'maker');
      else if (chance < 0.38) return await this.prepare(seat);
      else if (chance < 0.8) return await this.release(seat);
      else if (chance < 0.85) return await this.withdraw(seat);
      else if (chance < 0.97) return await this.releaseAgain(seat);
      else await seat.call('sync.now', {});
      return true;
    } catch (thrown) {
      this.#note(seat, 'act', thrown);
      // Nobody knows whether there was, while a part is away.
      return true;
    }
  }

  async prepare(seat: Seat): Promise<boolean> {
    const { collegeId, books } = this.#office;
    const { rows } = await seat.seated('payments.toPay', { collegeId, text: '', offset: 0, limit: 100 });
    const bills = rows.filter(({ beneficiary }) => beneficiary.state === 'usable');
    if (bills.length === 0) return false;
    const from = this.#random.between(0, bills.length - 1);
    const some = bills.slice(from, from + this.#random.between(3, 40));
    const bankAccountId = books.bankAccountIds[this.#random.between(0, books.bankAccountIds.length - 1)] ?? '';
    const orders = some.map(({ expenseId, revision }) => ({ orderId: this.#newId(), expenseId, revision }));
    const args = { batchId: this.#newId(), bankAccountId, orders, purpose: 'Bills of vendors' };
    await this.click(seat, this.#office.order('order.prepare', args));
    return true;
  }

  /** Batches that the other one prepared. */
  async release(seat: Seat, stage: 'check' | 'person' = 'check'): Promise<boolean> {
    const waiting = (await this.orders(seat, stage)).filter(
      ({ status }) => status === 'prepared' || status === 'not_received',
    );
    const rows = waiting.filter(({ makerId }) => makerId !== this.#office.books.people[seat.sitting]);
    const [first] = rows;
    if (first === undefined) {
      // What one person prepared waits for the other one.
      if (waiting.length > 0) await seat.sit(seat.sitting === 'maker' ? 'checker' : 'maker');
      return waiting.length > 0;
    }
    const batch = rows.filter(({ batchId }) => batchId === first.batchId);
    await this.click(seat, this.#office.order('order.release', releaseOf(first.batchId, batch)));
    return true;
  }

  /** What the bank did not receive. */
  releaseAgain(seat: Seat): Promise<boolean> {
    return this.release(seat, 'person');
  }

  async withdraw(seat: Seat): Promise<boolean> {
    const stage = this.#random.pick<'check' | 'person' | 'under_way'>(['check', 'person', 'under_way']);
    const rows = (await this.orders(seat, stage)).filter(({ status }) =>
      ['prepared', 'released', 'not_received'].includes(status),
    );
    const [first] = rows;
    if (first === undefined) return false;
    const orderIds = rows.filter(({ batchId }) => batchId === first.batchId).map(({ id }) => id);
    const some = orderIds.slice(0, this.#random.between(1, 3));
    await this.click(
      seat,
      this.#office.order('order.withdraw', { batchId: first.batchId, orderIds: some, reason: 'Not now' }),
    );
    return true;
  }

  async orders(seat: Seat, stage: 'check' | 'person' | 'under_way' | 'done'): Promise<readonly PaymentOrderRow[]> {
    const { collegeId } = this.#office;
    return (await seat.seated('payments.orders', { collegeId, stage, text: '', offset: 0, limit: WINDOW })).rows;
  }

  /** The command, now and then twice, and at both desks at once. */
  async click(seat: Seat, command: CommandInput): Promise<void> {
    const clicks = [this.#give(seat, command)];
    if (this.#random.next() < 0.3) clicks.push(this.#give(seat, command));
    if (this.#random.next() < 0.3) {
      for (const other of this.#office.seats) if (other !== seat) clicks.push(this.#give(other, command));
    }
    await Promise.all(clicks);
  }

  async #give(seat: Seat, command: CommandInput): Promise<void> {
    try {
      await seat.seated('commands.run', command);
      count(this.commands, `${command.name} done`);
    } catch (thrown) {
      this.#note(seat, command.name, thrown);
    }
  }

  #note(seat: Seat, what: string, thrown: unknown): void {
    if (thrown instanceof MunimError) {
      count(this.commands, `${what} ${thrown.code}`);
      if (never.has(thrown.code)) this.findings.push(`${seat.machine.name} said ${thrown.code} to ${what}`);
    } else if (isAway(thrown)) count(this.commands, `${what} away`);
    else this.findings.push(`${seat.machine.name}, ${what}: ${String(thrown)}`);
  }

  #newId(): Id {
    return uuidv7(Date.now(), systemRandom.bytes(10));
  }
}

const releaseOf = (batchId: Id, rows: readonly PaymentOrderRow[]) => ({
  batchId,
  orderIds: rows.map(({ id }) => id),
  totalPaise: sumPaise(rows.map(({ amountPaise }) => amountPaise)),
});
