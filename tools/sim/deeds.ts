import { sql } from 'drizzle-orm';
import { rowsOf } from '../../electron/adapters/pglite/rows-of.ts';
import type { CommandOrder } from '../../electron/host/desk-context.ts';
import type { Db } from '../../shared/db/tables.ts';
import type { ExpenseFields } from '../../shared/domain/command/args.ts';
import { type ExpenseAction, lifeCycle } from '../../shared/domain/expense/life-cycle.ts';
import type { ExpenseStatus, Role } from '../../shared/domain/rows.ts';
import { addDays, financialYearOf, type IsoDate } from '../../shared/kernel/dates.ts';
import type { Id } from '../../shared/kernel/ids.ts';
import { noVendor } from '../../shared/testing/college-world.ts';
import type { SeededRandom } from '../../shared/testing/seeded-random.ts';
import type { DeedMaker } from './deed-maker.ts';
import {
  isLedgerDeed,
  type LedgerScreen,
  ledgerDeciderDeeds,
  ledgerMakerDeeds,
  ledgerOrder,
  readLedgerScreen,
} from './ledger-deeds.ts';
import {
  isPaymentDeed,
  type PaymentScreen,
  paymentDeciderDeeds,
  paymentMakerDeeds,
  paymentOrder,
  readPaymentScreen,
} from './payment-deeds.ts';

/** What a person has before the eyes: the newest rows of one college as the desk shows them. */
export interface Screen {
  readonly expenses: readonly {
    readonly id: Id;
    readonly status: ExpenseStatus;
    readonly revision: number;
    readonly receipts: number;
    /** Of the last taking of its payment. */
    readonly fence: number;
    readonly taxable: bigint;
    readonly description: string;
  }[];
  readonly vendors: readonly { readonly id: Id; readonly phone: string | null }[];
  readonly budgets: readonly { readonly category: string; readonly allocated: bigint }[];
  readonly ledger: LedgerScreen;
  readonly payments: PaymentScreen;
}

/** So few that people get in each other's way. */
const EXPENSES_SHOWN = 10;

export async function readScreen(db: Db, collegeId: Id): Promise<Screen> {
  const [row] = await rowsOf<{ expenses: Cell[] | null; vendors: Cell[] | null; budgets: Cell[] | null }>(
    db,
    sql`SELECT
      (SELECT json_agg(x ORDER BY x."id") FROM (SELECT "id", "status", "revision", "receipt_count" AS "receipts", "taxable_paise"::text AS "taxable", "description",
          (SELECT l."fence" FROM "payment_leases" l WHERE l."college_id" = e."college_id" AND l."id" = e."id") AS "fence"
        FROM "expenses" e WHERE "college_id" = ${collegeId} ORDER BY "id" DESC LIMIT ${EXPENSES_SHOWN}) x) AS "expenses",
      (SELECT json_agg(x ORDER BY x."id") FROM (SELECT "id", "phone" FROM "vendors" WHERE "college_id" = ${collegeId} ORDER BY "id" DESC LIMIT 5) x) AS "vendors",
      (SELECT json_agg(x ORDER BY x."category") FROM (SELECT "category", "allocated_paise"::text AS "allocated" FROM "budgets" WHERE "college_id" = ${collegeId}) x) AS "budgets"`,
  );
  return {
    expenses: (row?.expenses ?? []).map((cell) => ({
      id: String(cell.id),
      status: String(cell.status) as ExpenseStatus,
      revision: Number(cell.revision),
      receipts: Number(cell.receipts),
      fence: Number(cell.fence ?? 1),
      taxable: BigInt(cell.taxable ?? 0),
      description: String(cell.description),
    })),
    vendors: (row?.vendors ?? []).map((cell) => ({
      id: String(cell.id),
      phone: cell.phone === null ? null : String(cell.phone),
    })),
    budgets: (row?.budgets ?? []).map((cell) => ({
      category: String(cell.category),
      allocated: BigInt(cell.allocated ?? 0),
    })),
    ledger: await readLedgerScreen(db, collegeId),
    payments: await readPaymentScreen(db, collegeId),
  };
}

type Cell = Readonly<Record<string, string | number | null>>;

const makerDeeds = {
  vendor: 3,
  edit_vendor: 3,
  create: 16,
  edit: 13,
  attach_receipt: 9,
  remove_receipt: 1,
  submit: 18,
  cancel: 2,
  pay: 16,
  take_payment: 18,
  give_back_payment: 6,
  reverse: 4,
  import: 3,
  ...ledgerMakerDeeds,
  ...paymentMakerDeeds,
} as const;
const deciderDeeds = {
  approve: 20,
  return: 4,
  reject: 3,
  budget: 7,
  reverse: 2,
  take_away_payment: 2,
  ...ledgerDeciderDeeds,
  ...paymentDeciderDeeds,
} as const;
type Deed = keyof typeof makerDeeds | keyof typeof deciderDeeds;

const places = [
  ['supplies', '5200'],
  ['salaries', '5100'],
  ['utilities', '5300'],
  ['library', '5700'],
] as const;
const phones = [null, '02012345678', '02087654321'] as const;

/** What a person of this role does next in a college, from what he sees; null when there is nothing to do. Now and then what he may not do. */
export function orderFor(maker: DeedMaker, role: Role, collegeId: Id, screen: Screen): CommandOrder | null {
  const { random } = maker;
  const isMaker = role === 'college_accounts_admin' ? random.below(40) > 0 : random.below(40) === 0;
  const deed = isMaker ? weighed(random, makerDeeds) : weighed(random, deciderDeeds);
  const order = isLedgerDeed(deed)
    ? ledgerOrder(
        maker,
        deed,
        collegeId,
        screen.ledger,
        screen.vendors.map(({ id }) => id),
      )
    : isPaymentDeed(deed)
      ? paymentOrder(maker, deed, collegeId, screen.payments)
      : (onExpense(maker, deed, collegeId, screen) ?? onMasters(maker, deed, collegeId, screen));
  if (order !== null || !isMaker) return order;
  return { collegeId, name: 'expense.create', args: { expenseId: maker.newId(), fields: bill(maker, screen) } };
}

/** What is there before anybody makes a bill: a principal's budgets, an accountant's vendors. */
export function firstOrders(world: Pick<DeedMaker, 'newId'> & { readonly today: IsoDate }, role: Role, collegeId: Id) {
  if (role === 'principal') {
    return places.map(([category]): CommandOrder => {
      const allocated = { from: 0n, to: 8_000_00n };
      const financialYear = financialYearOf(world.today);
      return { collegeId, name: 'budget.set', args: { financialYear, category, allocated } };
    });
  }
  if (role !== 'college_accounts_admin') return [];
  return [0, 1, 2].map((count): CommandOrder => {
    const name = `Balaji ${count} Traders`;
    const bank = { accountNumber: `5010000000000${count}`, ifsc: 'HDFC0001234' };
    const fields = { ...noVendor, name, ...bank };
    return { collegeId, name: 'vendor.create', args: { vendorId: world.newId(), fields } };
  });
}

function onMasters(maker: DeedMaker, deed: Deed, collegeId: Id, screen: Screen): CommandOrder | null {
  const { random } = maker;
  if (deed === 'vendor' || (screen.vendors.length === 0 && deed !== 'budget')) {
    const name = `Balaji ${random.below(30)} Traders`;
    return { collegeId, name: 'vendor.create', args: { vendorId: maker.newId(), fields: { ...noVendor, name } } };
  }
  if (deed === 'edit_vendor') {
    const vendor = oneOf(random, screen.vendors);
    if (vendor === undefined) return null;
    const edits = { phone: { from: vendor.phone, to: oneOf(random, phones) ?? null } };
    return { collegeId, name: 'vendor.edit', args: { vendorId: vendor.id, edits } };
  }
  if (deed === 'budget') {
    const category = oneOf(random, places)?.[0] ?? 'supplies';
    const from = screen.budgets.find((budget) => budget.category === category)?.allocated ?? 0n;
    const allocated = { from, to: BigInt(random.below(20_000)) * 100n };
    return {
      collegeId,
      name: 'budget.set',
      args: { financialYear: financialYearOf(maker.today), category, allocated },
    };
  }
  if (deed === 'import') {
    const first = random.below(20);
    const rows = [0, 1, 2].map((row) => {
      const { vendorId: _, ...fields } = bill(maker, screen);
      const vendorName = `Balaji ${random.below(30)} Traders`;
      return { importKey: `sheet ${first + row}`, vendorName, vendorGstin: null, vendorPan: null, fields };
    });
    return { collegeId, name: 'expense.import', args: { batchId: maker.newId(), fileName: 'bills.xlsx', rows } };
  }
  return null;
}

function onExpense(maker: DeedMaker, deed: Deed, collegeId: Id, screen: Screen): CommandOrder | null {
  const { random } = maker;
  if (!isAction(deed)) return null;
  const able = screen.expenses.filter(({ status }) => lifeCycle[deed].from.includes(status));
  const expense = oneOf(random, random.below(15) === 0 ? screen.expenses : able);
  if (expense === undefined) return null;
  const { id: expenseId, revision } = expense;
  const reason = 'Needed for the inspection';
  const overBudgetReason = random.below(4) === 0 ? reason : null;
  switch (deed) {
    case 'edit': {
      const description = { from: expense.description, to: `Bill ${random.below(1_000)}` };
      const taxablePaise = { from: expense.taxable, to: amount(random) };
      const edits = random.below(2) === 0 ? { description } : { taxablePaise };
      return { collegeId, name: 'expense.edit', args: { expenseId, edits } };
    }
    case 'attach_receipt': {
      const file = { sha256: '0'.repeat(64), fileName: 'bill.jpg', mime: 'image/jpeg', sizeBytes: 5_000 };
      return { collegeId, name: 'receipt.attach', args: { receiptId: maker.newId(), expenseId, ...file } };
    }
    case 'remove_receipt':
      return { collegeId, name: 'receipt.remove', args: { receiptId: maker.newId(), expenseId } };
    case 'submit':
      return { collegeId, name: 'expense.submit', args: { expenseId, overBudgetReason } };
    case 'approve':
      return { collegeId, name: 'expense.approve', args: { expenseId, revision, comment: null, overBudgetReason } };
    case 'return':
      return { collegeId, name: 'expense.return', args: { expenseId, revision, reason } };
    case 'reject':
      return { collegeId, name: 'expense.reject', args: { expenseId, revision, reason } };
    case 'cancel':
      return { collegeId, name: 'expense.cancel', args: { expenseId, reason } };
    case 'pay': {
      const payment = { paidOn: maker.today, reference: `CHQ ${random.below(1_000)}`, accountCode: '1200' };
      return { collegeId, name: 'expense.pay', args: { expenseId, ...payment } };
    }
    case 'take_payment':
      return { collegeId, name: 'payment.take', args: { expenseId } };
    case 'give_back_payment':
      return { collegeId, name: 'payment.giveBack', args: { expenseId } };
    case 'take_away_payment':
      return { collegeId, name: 'payment.takeAway', args: { expenseId, fence: expense.fence, reason } };
    case 'reverse':
      return { collegeId, name: 'expense.reverse', args: { expenseId, date: maker.today, reason } };
  }
}

const isAction = (deed: Deed): deed is ExpenseAction => Object.hasOwn(lifeCycle, deed);

function bill(maker: DeedMaker, screen: Screen): ExpenseFields {
  const { random } = maker;
  const [category, accountCode] = oneOf(random, places) ?? places[0];
  return {
    category,
    accountCode,
    vendorId: oneOf(random, screen.vendors)?.id ?? maker.newId(),
    billNo: random.below(3) === 0 ? `INV/${random.below(40)}` : null,
    billDate: addDays(maker.today, -random.below(40)),
    description: 'As per bill',
    department: null,
    taxablePaise: amount(random),
    cgstPaise: 0n,
    sgstPaise: 0n,
    igstPaise: 0n,
    itcEligible: false,
    tdsPaise: 0n,
  };
}

/** Mostly below what needs a receipt, sometimes above what a principal has to decide on. */
const amount = (random: SeededRandom): bigint => BigInt(1 + random.below(random.below(3) === 0 ? 900_000 : 95_000));

export const oneOf = <T>(random: SeededRandom, items: readonly T[]): T | undefined =>
  items[random.below(Math.max(1, items.length))];

/** One of the names, each as often as its weight says. */
export function weighed<N extends string>(random: SeededRandom, weights: Readonly<Record<N, number>>): N {
  const names = Object.keys(weights) as N[];
  let left = random.below(names.reduce((sum, name) => sum + weights[name], 0));
  for (const name of names) {
    left -= weights[name];
    if (left < 0) return name;
  }
  throw new Error('no weights');
}
