import { readFileSync } from 'node:fs';
import { type AuditHead, chainStart } from '../domain/audit/chain.ts';
import { seedChart } from '../domain/college/seed-chart.ts';
import type { CommandArgs, CommandName, ExpenseFields, VendorFields } from '../domain/command/args.ts';
import { type CommandHeader, collegeIds, makeContext } from '../domain/command/context.ts';
import { commands } from '../domain/command/registry.ts';
import { type Applied, runCommand } from '../domain/command/run.ts';
import type { College, Expense, Person, Role } from '../domain/rows.ts';
import { canonicalText } from '../kernel/canonical.ts';
import { type FinancialYear, financialYearOf, type IsoDate, istDate } from '../kernel/dates.ts';
import type { Refusal } from '../kernel/errors.ts';
import { type Id, uuidv7 } from '../kernel/ids.ts';
import type { Paise } from '../kernel/money.ts';
import type { Result } from '../kernel/result.ts';
import { billFields, vendorFields } from './entries.ts';
import { MemoryBooks } from './memory-books.ts';
import { nodeDigest } from './node-digest.ts';
import { SeededRandom } from './seeded-random.ts';

/** 21 November 2026, 10:00 in India. */
export const WORLD_START = Date.UTC(2026, 10, 21, 4, 30);

export type Outcome = Result<Applied, Refusal>;

/** One college with its chart and people over books in memory, where commands run as they do on the server (or on a desk). */
export class CollegeWorld {
  readonly random: SeededRandom;
  readonly collegeId: Id;
  readonly college: College;
  readonly books: MemoryBooks;
  readonly accountant: Person;
  readonly secondAccountant: Person;
  readonly principal: Person;
  readonly secondPrincipal: Person;
  readonly superAccountant: Person;
  readonly auditor: Person;
  readonly itAdmin: Person;
  authority: 'desk' | 'server' = 'server';
  head: AuditHead = chainStart;
  now = WORLD_START;
  #seq = 0;
  /** The desk on which the next command is entered. */
  deviceId: Id;

  private constructor(seed: number) {
    this.random = new SeededRandom(seed);
    this.collegeId = this.newId();
    this.books = new MemoryBooks(this.collegeId);
    this.deviceId = this.newId();
    this.college = makeCollege(this.collegeId);
    this.accountant = this.#person('Asha Kulkarni', 'college_accounts_admin');
    this.secondAccountant = this.#person('Imran Shaikh', 'college_accounts_admin');
    this.principal = this.#person('Dr. Meera Iyer', 'principal');
    this.secondPrincipal = this.#person('Dr. Joseph Mathew', 'principal');
    this.superAccountant = this.#person('Rohan Deshpande', 'super_accountant');
    this.auditor = this.#person('Kavita Rao', 'auditor');
    this.itAdmin = this.#person('Sanjay Patil', 'it_admin');
  }

  /** A configured college, a year's allocation in each given category. */
  static async create(seed = 1, budgets: Readonly<Record<string, Paise>> = {}): Promise<CollegeWorld> {
    const world = new CollegeWorld(seed);
    const chart = readChart(world.collegeId);
    const people = world.people();
    expectOk(await world.run('college.configure', { college: world.college, people, ...chart }, world.itAdmin));
    for (const [category, to] of Object.entries(budgets)) await world.setBudget(category, to);
    return world;
  }

  people(): readonly Person[] {
    const { accountant, secondAccountant, principal, secondPrincipal, superAccountant, auditor, itAdmin } = this;
    return [accountant, secondAccountant, principal, secondPrincipal, superAccountant, auditor, itAdmin];
  }

  newId(): Id {
    return uuidv7(this.now, this.random.bytes(10));
  }

  get today(): IsoDate {
    return istDate(this.now);
  }

  get year(): FinancialYear {
    return financialYearOf(this.today);
  }

  /** Runs a command and writes what it decides. */
  async run<N extends CommandName>(name: N, args: CommandArgs[N], actor: Person): Promise<Outcome> {
    const outcome = await this.decide(name, args, actor);
    if (outcome.ok) {
      this.books.apply(outcome.value.changes, outcome.value.audit);
      this.head = { position: outcome.value.audit.position, hash: outcome.value.audit.hash };
    }
    return outcome;
  }

  /** Decides a command without writing. */
  async decide<N extends CommandName>(
    name: N,
    args: CommandArgs[N],
    actor: Person,
    header: CommandHeader = this.header(),
    authority = this.authority,
  ): Promise<Outcome> {
    const context = makeContext(header, actor, authority, nodeDigest);
    const text = canonicalText({ ...header, name, actorId: actor.id });
    const incoming = { args, text, signature: 'c2lnbmF0dXJl' };
    const place = { head: this.head, recordedAt: this.now };
    return runCommand(incoming, commands[name], context, this.books, nodeDigest, place);
  }

  header(): CommandHeader {
    this.#seq += 1;
    const { collegeId, now: occurredAt } = this;
    return { id: this.newId(), collegeId, deviceId: this.deviceId, seq: this.#seq, occurredAt };
  }

  async setBudget(category: string, to: Paise): Promise<void> {
    const before = this.books.rows('budgets').find((b) => b.category === category && b.financialYear === this.year);
    const allocated = { from: before?.allocatedPaise ?? 0n, to };
    const args = { financialYear: this.year, category, allocated };
    expectOk(await this.run('budget.set', args, this.principal));
  }

  async vendor(fields: Partial<VendorFields> = {}): Promise<Id> {
    const vendorId = this.newId();
    const name = `Vendor ${vendorId.slice(-6)}`;
    expectOk(await this.run('vendor.create', { vendorId, fields: vendorFields(name, fields) }, this.accountant));
    return vendorId;
  }

  /** Fields of a plain bill of ₹1,000 for supplies, dated today. */
  bill(vendorId: Id, fields: Partial<ExpenseFields> = {}): ExpenseFields {
    return billFields(vendorId, this.today, fields);
  }

  /** A draft by the accountant. */
  async draft(fields: Partial<ExpenseFields> = {}, maker = this.accountant): Promise<Expense> {
    const expenseId = this.newId();
    const vendorId = fields.vendorId ?? (await this.vendor());
    expectOk(await this.run('expense.create', { expenseId, fields: this.bill(vendorId, fields) }, maker));
    return this.expense(expenseId);
  }

  async submit(expenseId: Id, overBudgetReason: string | null = null): Promise<Outcome> {
    return this.run('expense.submit', { expenseId, overBudgetReason }, this.accountant);
  }

  /** A draft with a receipt that was submitted. */
  async submitted(fields: Partial<ExpenseFields> = {}, overBudgetReason: string | null = null): Promise<Expense> {
    const draft = await this.draft(fields);
    await this.attach(draft.id);
    expectOk(await this.submit(draft.id, overBudgetReason));
    return this.expense(draft.id);
  }

  async attach(expenseId: Id): Promise<Id> {
    const receiptId = this.newId();
    const file = { sha256: 'ab'.repeat(32), fileName: 'bill.pdf', mime: 'application/pdf', sizeBytes: 1_000 };
    expectOk(await this.run('receipt.attach', { receiptId, expenseId, ...file }, this.accountant));
    return receiptId;
  }

  async approve(expense: Expense, overBudgetReason: string | null = null, by = this.principal): Promise<Outcome> {
    const args = { expenseId: expense.id, revision: expense.revision, comment: null, overBudgetReason };
    return this.run('expense.approve', args, by);
  }

  expense(id: Id): Expense {
    const found = this.books.rows('expenses').find((expense) => expense.id === id);
    if (found === undefined) throw new Error(`no expense ${id}`);
    return found;
  }

  /** Debit less credit of every account that was posted to. */
  balances(): ReadonlyMap<string, Paise> {
    const balances = new Map<string, Paise>();
    for (const line of this.books.rows('voucher_lines')) {
      const moved = line.debitPaise - line.creditPaise;
      balances.set(line.accountCode, (balances.get(line.accountCode) ?? 0n) + moved);
    }
    return balances;
  }

  #person(name: string, role: Role): Person {
    const email = `${name.toLowerCase().replace(/[^a-z]+/g, '.')}@college.example`;
    return { collegeId: this.collegeId, id: this.newId(), name, email, role, isActive: true };
  }
}

/** The value of an outcome that has to be good. */
export function expectOk<T>(outcome: Result<T, Refusal>): T {
  if (outcome.ok) return outcome.value;
  throw new Error(`refused: ${outcome.error.code} ${JSON.stringify(outcome.error.details)}`);
}

/** The code and details of an outcome that has to be refused. */
export function expectRefused<T>(outcome: Result<T, Refusal>): Refusal {
  if (!outcome.ok) return outcome.error;
  throw new Error('not refused');
}

export function readChart(collegeId: Id) {
  const file = new URL('../../resources/seed/chart.json', import.meta.url);
  const data: unknown = JSON.parse(readFileSync(file, 'utf8'));
  return seedChart(data, collegeId, collegeIds(collegeId, nodeDigest));
}

const makeCollege = (id: Id): College => ({
  collegeId: id,
  id,
  code: 'SVCE',
  name: 'Sahyadri Valley College of Engineering',
  stateCode: '27',
  gstin: null,
  pan: null,
  address: 'Pune',
  isActive: true,
  approvalAbovePaise: 50_000_00n,
  approvalSlaHours: 48,
  budgetWarningBp: 8_000,
  budgetCriticalBp: 9_500,
});

export const noVendor: VendorFields = vendorFields('Vendor');
