import fs from 'node:fs';
import path from 'node:path';
import { sql } from 'drizzle-orm';
import type { AcceptedInstruction } from '../../shared/connectors/_kit/emulator-bank.ts';
import { paymentOrders } from '../../shared/db/bank-schema.ts';
import { inScope } from '../../shared/db/scope.ts';
import type { Db } from '../../shared/db/tables.ts';
import type { PaymentOrder } from '../../shared/domain/bank-rows.ts';
import { parseReference } from '../../shared/domain/payment-order/reference.ts';
import type { Id } from '../../shared/kernel/ids.ts';
import { formatRupees } from '../../shared/kernel/money.ts';
import { isSound, verifyCollege } from '../../sync-server/services/verify.ts';
import { sqlRows } from '../../sync-server/stores/sql-rows.ts';
import type { BankTruth } from './calm.ts';
import { isAway, type Office } from './office.ts';
import { accountCodes, type BankId, bankAccount, type Plan } from './plan.ts';
import { type SeededBooks, withServerBooks } from './seed-books.ts';

/** What was counted at the end. */
export interface Figures {
  readonly orders: ReadonlyMap<string, number>;
  readonly sendings: number;
  readonly instructions: ReadonlyMap<string, number>;
  readonly auditEntries: number;
}

export interface Verdict {
  readonly figures: Figures;
  readonly findings: readonly string[];
}

/** Both desks against the server, while all of them run. */
export async function compareDesks(office: Office): Promise<string[]> {
  const findings: string[] = [];
  const heads = new Set<string>();
  for (const seat of office.seats) {
    try {
      const { colleges } = await seat.seated('sync.compare', {});
      const wrong = colleges.filter(({ outcome }) => outcome !== 'equal');
      if (colleges.length === 0 || wrong.length > 0) {
        findings.push(`${seat.machine.name} differs from the server: ${JSON.stringify(wrong)}`);
      }
      const { collegeId } = office;
      const { intact, headHash, entries } = await seat.seated('audit.verify', { collegeId });
      if (!intact) findings.push(`the audit chain of ${seat.machine.name} is broken`);
      heads.add(`${entries} ${headHash}`);
    } catch (thrown) {
      findings.push(
        `${seat.machine.name} could not be compared${isAway(thrown) ? ', it is away' : ''}: ${String(thrown)}`,
      );
    }
  }
  if (heads.size > 1) findings.push(`the desks have other audit heads: ${[...heads].join(' and ')}`);
  const dead = (await office.operate('dead-webhooks', {})) as { readonly webhooks: readonly object[] };
  for (const one of dead.webhooks) findings.push(`a message of a bank lies there: ${JSON.stringify(one)}`);
  return findings;
}

/** The books of the server against what the banks have done, when nothing runs any more. */
export function checkBooks(plan: Plan, books: SeededBooks, banks: readonly BankTruth[]): Promise<Verdict> {
  return withServerBooks(plan, async (context) => {
    const { collegeId } = books;
    const findings: string[] = [];
    const verdict = await verifyCollege(context, collegeId);
    if (!isSound(verdict)) findings.push(`the server's books are not sound: ${JSON.stringify(verdict)}`);
    return await inScope(context.database.db, [collegeId], async (tx) => {
      const orders = await tx.select().from(paymentOrders);
      const check = new OrdersCheck(plan, books, orders, banks);
      check.all();
      for (const { text, order } of check.found.slice(0, 20)) {
        findings.push(text);
        if (order !== null) findings.push(...(await historyOf(tx, order)), ...check.journalOf(order));
      }
      if (check.found.length > 20) findings.push(`and ${check.found.length - 20} more`);
      for (const bank of banks) findings.push(...(await checkAccount(tx, plan, bank)));
      const states = tallyOf(orders.map(({ status }) => status));
      const instructions = tallyOf(banks.flatMap((bank) => bank.instructions.map(({ state }) => state)));
      const sendings = orders.reduce((sum, { fence }) => sum + fence, 0);
      const { auditEntries } = verdict;
      return { figures: { orders: states, sendings, instructions, auditEntries }, findings };
    });
  });
}

const tallyOf = (words: readonly string[]): ReadonlyMap<string, number> => {
  const tally = new Map<string, number>();
  for (const word of words) tally.set(word, (tally.get(word) ?? 0) + 1);
  return tally;
};

interface Sent extends AcceptedInstruction {
  readonly bank: string;
  readonly fence: number;
}

/** How many payments of an order in this state stand at the bank. */
const standing: Readonly<Record<string, number>> = { paid: 1, failed: 0, withdrawn: 0, returned: 0 };

class OrdersCheck {
  readonly found: { readonly text: string; readonly order: PaymentOrder | null }[] = [];
  readonly #plan: Plan;
  readonly #orders: readonly PaymentOrder[];
  readonly #sent = new Map<string, Sent[]>();
  readonly #accounts: ReadonlyMap<Id, string>;

  constructor(plan: Plan, books: SeededBooks, orders: readonly PaymentOrder[], banks: readonly BankTruth[]) {
    this.#plan = plan;
    this.#orders = orders;
    this.#accounts = new Map(plan.banks.map((bank, index) => [books.bankAccountIds[index] ?? '', bank]));
    for (const { id, instructions } of banks) {
      for (const one of instructions) {
        const named = parseReference(one.reference);
        const reference = named?.reference ?? one.reference;
        const list = this.#sent.get(reference) ?? [];
        list.push({ ...one, bank: id, fence: named?.fence ?? 0 });
        this.#sent.set(reference, list);
      }
    }
  }

  all(): void {
    this.#checkHeard();
    for (const order of this.#orders) this.#checkOrder(order);
    const known = new Set(this.#orders.map(({ reference }) => reference));
    for (const [reference, list] of this.#sent) {
      if (!known.has(reference)) this.#find(`the bank pays ${list.length} times for ${reference}, which is no order`);
    }
    const paid = new Set<Id>();
    for (const order of this.#orders.filter(({ status }) => status === 'paid')) {
      if (paid.has(order.expenseId)) this.#find('a bill is paid by two orders', order);
      paid.add(order.expenseId);
    }
  }

  journalOf(order: PaymentOrder): string[] {
    return (this.#sent.get(order.reference) ?? []).map(
      ({ bank, reference, state, acceptedAt, changedAt }) =>
        `    bank ${bank} ${reference} ${state}, taken ${time(acceptedAt)}, changed ${time(changedAt)}`,
    );
  }

  #find(text: string, order: PaymentOrder | null = null): void {
    const named = order === null ? '' : ` (${order.number}, ${order.id}, ${order.status}, sending ${order.fence})`;
    this.found.push({ text: `${text}${named}`, order });
  }

  #checkOrder(order: PaymentOrder): void {
    const sent = this.#sent.get(order.reference) ?? [];
    const wanted = standing[order.status];
    if (wanted === undefined) this.#find('an order is not over', order);
    if (order.attention !== null) this.#find(`an order wants attention: ${order.attention}`, order);
    const stands = sent.filter(({ state }) => state === 'accepted' || state === 'paid').length;
    if (wanted !== undefined && stands !== wanted) this.#find(`${stands} payments stand at the bank`, order);
    if (order.status === 'returned' && !sent.some(({ state }) => state === 'returned')) {
      this.#find('nothing came back at the bank', order);
    }
    for (const one of sent) {
      const isRight =
        one.amountPaise === order.amountPaise &&
        one.beneficiaryAccount === order.accountNumber &&
        one.bank === this.#accounts.get(order.bankAccountId) &&
        one.fence <= order.fence;
      if (!isRight) this.#find(`the bank was told something else: ${one.reference} ${one.amountPaise}`, order);
    }
    const inTurn = sent.toSorted((a, b) => a.acceptedAt - b.acceptedAt);
    for (const [index, one] of inTurn.slice(1).entries()) {
      const before = inTurn[index];
      const wasOver = before?.state === 'failed' || before?.state === 'returned';
      if (!wasOver || before.changedAt > one.acceptedAt) this.#find('two payments were under way at once', order);
    }
  }

  /** Each sending is heard once, whatever the bank makes of a second time. */
  #checkHeard(): void {
    const heard = new Set<string>();
    for (const line of logLines(this.#plan, 'heard')) {
      const [bank = '', reference = ''] = line.split(' ');
      const key = `${bank} ${reference}`;
      const named = parseReference(reference)?.reference;
      if (heard.has(key)) {
        const order = this.#orders.find((one) => one.reference === named);
        this.#find(`the bank heard ${reference} twice`, order ?? null);
      }
      heard.add(key);
    }
  }
}

export function logLines({ folder }: Plan, kind: 'heard' | 'faults' | 'webhooks' | 'problems'): readonly string[] {
  const file = path.join(folder, 'bank', `${kind}.log`);
  return fs.existsSync(file) ? fs.readFileSync(file, 'utf8').split('\n').filter(Boolean) : [];
}

const time = (at: number): string => new Date(at).toISOString();

/** The entries of the books about the order, first come first. */
async function historyOf(tx: Db, order: PaymentOrder): Promise<string[]> {
  const rows = await sqlRows<{ command: string; position: bigint }>(
    tx,
    sql`SELECT "command", "position" FROM "audit_entries" WHERE "command" LIKE ${`%${order.id}%`} ORDER BY "position"`,
  );
  return rows.map(({ command, position }) => {
    const { name, deviceId, occurredAt, args } = JSON.parse(command) as Record<string, unknown>;
    const { source, outcomes } = args as { source?: string; outcomes?: { orderId: Id }[] };
    const said = outcomes?.find(({ orderId }) => orderId === order.id);
    const news = said === undefined ? '' : ` ${source} ${JSON.stringify(said)}`;
    return `    ${position} ${time(Number(occurredAt))} ${String(deviceId).slice(-6)} ${String(name)}${news}`;
  });
}

/** The account in the books moves as the one at the bank, to the paisa and in number. */
async function checkAccount(tx: Db, plan: Plan, { id, instructions }: BankTruth): Promise<string[]> {
  const bank = id as BankId;
  const [row] = await sqlRows<{ out: string; outs: string; back: string; backs: string }>(
    tx,
    sql`SELECT coalesce(sum("credit_paise"), 0)::text AS "out", count(*) FILTER (WHERE "credit_paise" > 0)::text AS "outs",
      coalesce(sum("debit_paise"), 0)::text AS "back", count(*) FILTER (WHERE "debit_paise" > 0)::text AS "backs"
      FROM "voucher_lines" WHERE "account_code" = ${accountCodes[bank]}`,
  );
  const returned = instructions.filter(({ state }) => state === 'returned');
  const left = instructions.filter(({ state }) => state === 'paid' || state === 'returned');
  const sum = (some: readonly AcceptedInstruction[]) => some.reduce((all, { amountPaise }) => all + amountPaise, 0n);
  const { openingPaise } = bankAccount(bank, plan.intents);
  const findings: string[] = [];
  const compare = (what: string, books: bigint, there: bigint, show: (value: bigint) => string): void => {
    if (books !== there) findings.push(`${bank}, ${what}: books ${show(books)}, bank ${show(there)}`);
  };
  compare('paid', BigInt(row?.out ?? -1), sum(left), formatRupees);
  compare('payments', BigInt(row?.outs ?? -1), BigInt(left.length), String);
  compare('came back, with what was there', BigInt(row?.back ?? -1), sum(returned) + openingPaise, formatRupees);
  compare('returns', BigInt(row?.backs ?? -1) - 1n, BigInt(returned.length), String);
  return findings;
}
