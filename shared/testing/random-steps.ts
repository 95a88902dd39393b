import fc from 'fast-check';
import type { ExpenseFields } from '../domain/command/args.ts';
import { lifeCycle } from '../domain/expense/life-cycle.ts';
import type { Expense, Person } from '../domain/rows.ts';
import { addDays } from '../kernel/dates.ts';
import { goodBill, vendorFields } from './arbitraries.ts';
import { bringStatement, enterLine, matchSome, setRule, undoSome } from './bank-steps.ts';
import { changeChart } from './chart-steps.ts';
import type { CollegeWorld, Outcome } from './college-world.ts';
import { isPaymentKind, paymentKinds, payThroughBank } from './payment-steps.ts';
import { changePeriod } from './period-steps.ts';
import { pickOf } from './pick-of.ts';
import { enterVoucher, reverseEntry } from './voucher-steps.ts';

/** What a step does; whom and what it touches follows from its numbers and the books it finds, so that shrinking keeps steps meaningful. */
const kinds = [
  'vendor',
  'create',
  'create',
  'edit',
  'import',
  'attach_receipt',
  'attach_receipt',
  'attach_receipt',
  'remove_receipt',
  'submit',
  'submit',
  'submit',
  'submit',
  'approve',
  'approve',
  'approve',
  'return',
  'reject',
  'cancel',
  'pay',
  'pay',
  'take_payment',
  'take_payment',
  'give_back_payment',
  'take_away_payment',
  'reverse',
  'reverse',
  'budget',
  'chart',
  'voucher',
  'voucher',
  'reverse_voucher',
  'period',
  'statement',
  'match',
  'match',
  'match',
  'match',
  'undo_match',
  'enter_line',
  'bank_rule',
  'wait',
  ...paymentKinds,
] as const;

export const randomStep = fc.record({
  kind: fc.constantFrom(...kinds),
  /** Most steps are taken by somebody who may; the others try their luck. */
  anybody: fc.boolean(),
  stale: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
  who: fc.nat(6),
  pick: fc.nat(100),
  daysBack: fc.oneof(fc.integer({ min: -2, max: 60 }), fc.integer({ min: 0, max: 900 })),
  bill: goodBill,
  spoil: fc.integer({ min: 0, max: 40 }),
  reason: fc.constantFrom(null, 'Needed for the university inspection', ' '),
  vendor: vendorFields,
  amount: fc.bigInt({ min: -1n, max: 90_00_000_00n }),
});
export type Step = typeof randomStep extends fc.Arbitrary<infer S> ? S : never;

function actorOf(one: Step, world: CollegeWorld, proper: Person): Person {
  return one.anybody && one.who > 4 ? (world.people()[one.who] ?? proper) : proper;
}

/** Takes a step in the world; undefined when there was nothing it could be about. */
export async function takeStep(one: Step, world: CollegeWorld): Promise<Outcome | undefined> {
  const maker = actorOf(one, world, one.who % 2 === 0 ? world.accountant : world.secondAccountant);
  const decider = actorOf(one, world, one.who % 3 === 0 ? world.superAccountant : world.principal);
  if (one.kind === 'wait') {
    world.now += (one.pick % 45) * 86_400_000;
    return undefined;
  }
  if (one.kind === 'vendor') return world.run('vendor.create', { vendorId: world.newId(), fields: one.vendor }, maker);
  if (one.kind === 'chart') return changeChart(one, world, maker);
  if (one.kind === 'voucher') return enterVoucher(one, world, maker);
  if (one.kind === 'reverse_voucher') return reverseEntry(one, world, maker);
  if (one.kind === 'period') return changePeriod(one, world, maker, decider);
  if (isPaymentKind(one.kind)) return payThroughBank({ ...one, kind: one.kind }, world, maker, decider);
  if (isOfBank(one.kind)) return ofBank[one.kind](one, world, maker);
  if (one.kind === 'budget') return setBudget(one, world, decider);
  if (one.kind === 'create')
    return world.run('expense.create', { expenseId: world.newId(), fields: billOf(one, world) }, maker);
  if (one.kind === 'import') return importRows(one, world, maker);
  return onExpense(one, world, maker, decider);
}

const ofBank = {
  statement: bringStatement,
  match: matchSome,
  undo_match: undoSome,
  enter_line: enterLine,
  bank_rule: setRule,
} as const;
const isOfBank = (kind: Step['kind']): kind is keyof typeof ofBank => Object.hasOwn(ofBank, kind);

async function onExpense(one: Step, world: CollegeWorld, maker: Person, decider: Person): Promise<Outcome | undefined> {
  const { kind } = one;
  if (kind === 'vendor' || kind === 'budget' || kind === 'create' || kind === 'import') return undefined;
  if (isOfBank(kind)) return undefined;
  if (kind === 'chart' || kind === 'voucher' || kind === 'reverse_voucher' || kind === 'period' || kind === 'wait')
    return undefined;
  if (isPaymentKind(kind)) return undefined;
  const fitting = world.books
    .rows('expenses')
    .filter(
      ({ status, receiptCount }) => lifeCycle[kind].from.includes(status) && (kind !== 'submit' || receiptCount > 0),
    );
  const expense = pickOf(one.anybody && one.pick > 80 ? world.books.rows('expenses') : fitting, one.pick);
  if (expense === undefined) return undefined;
  const expenseId = expense.id;
  const revision = one.stale ? expense.revision - 1 : expense.revision;
  const reason = one.reason ?? 'Not needed';
  const overBudgetReason = one.reason;
  const date = addDays(world.today, -Math.min(one.daysBack, 20));
  switch (kind) {
    case 'edit':
      return world.run('expense.edit', { expenseId, edits: editsOf(one, expense) }, maker);
    case 'submit':
      return world.run('expense.submit', { expenseId, overBudgetReason }, maker);
    case 'approve':
      return world.run('expense.approve', { expenseId, revision, comment: null, overBudgetReason }, decider);
    case 'return':
      return world.run('expense.return', { expenseId, revision, reason }, decider);
    case 'reject':
      return world.run('expense.reject', { expenseId, revision, reason }, decider);
    case 'cancel':
      return world.run('expense.cancel', { expenseId, reason }, maker);
    case 'pay':
      return world.run(
        'expense.pay',
        { expenseId, paidOn: date, reference: 'CHQ 1', accountCode: one.spoil === 0 ? '5200' : '1200' },
        maker,
      );
    case 'take_payment':
      return world.run('payment.take', { expenseId }, maker);
    case 'give_back_payment':
      return world.run('payment.giveBack', { expenseId }, maker);
    case 'take_away_payment': {
      const fence = world.books.rows('payment_leases').find(({ id }) => id === expenseId)?.fence ?? 1;
      return world.run('payment.takeAway', { expenseId, fence: one.stale ? fence + 1 : fence, reason }, decider);
    }
    case 'reverse':
      return world.run('expense.reverse', { expenseId, date, reason }, maker);
    case 'attach_receipt': {
      const file = { sha256: '0'.repeat(64), fileName: 'bill.jpg', mime: 'image/jpeg', sizeBytes: 5_000 };
      return world.run('receipt.attach', { receiptId: world.newId(), expenseId, ...file }, maker);
    }
    case 'remove_receipt': {
      const receipt = pickOf(
        world.books.rows('receipts').filter((row) => row.expenseId === expenseId),
        one.pick,
      );
      return world.run('receipt.remove', { receiptId: receipt?.id ?? world.newId(), expenseId }, maker);
    }
  }
}

/** A bill, spoilt in one of several ways now and then. */
function billOf(one: Step, world: CollegeWorld): ExpenseFields {
  const vendorId = pickOf(world.books.rows('vendors'), one.pick)?.id ?? '';
  const fields: ExpenseFields = { ...one.bill, vendorId, billDate: addDays(world.today, -one.daysBack) };
  const spoilt: readonly Partial<ExpenseFields>[] = [
    { taxablePaise: 0n },
    { taxablePaise: -5n },
    { igstPaise: 9n, cgstPaise: 9n, sgstPaise: 9n },
    { cgstPaise: fields.sgstPaise + 2n },
    { tdsPaise: fields.taxablePaise + 1n },
    { accountCode: '1200' },
    { category: 'sports' },
    { description: '  ' },
    { vendorId: world.collegeId },
  ];
  return { ...fields, ...spoilt[one.spoil] };
}

function editsOf(one: Step, expense: Expense) {
  const { taxablePaise, description } = expense;
  return {
    taxablePaise: { from: one.stale ? taxablePaise + 1n : taxablePaise, to: one.bill.taxablePaise },
    cgstPaise: { from: expense.cgstPaise, to: one.bill.cgstPaise },
    sgstPaise: { from: expense.sgstPaise, to: one.bill.sgstPaise },
    igstPaise: { from: expense.igstPaise, to: one.bill.igstPaise },
    tdsPaise: { from: expense.tdsPaise, to: one.bill.tdsPaise },
    description: { from: description, to: `${description}.` },
  };
}

async function setBudget(one: Step, world: CollegeWorld, actor: Person): Promise<Outcome> {
  const { category } = one.bill;
  const financialYear = world.year;
  const found = world.books.rows('budgets').find((b) => b.category === category && b.financialYear === financialYear);
  const from = (found?.allocatedPaise ?? 0n) + (one.stale ? 1n : 0n);
  return world.run('budget.set', { financialYear, category, allocated: { from, to: one.amount } }, actor);
}

async function importRows(one: Step, world: CollegeWorld, actor: Person): Promise<Outcome> {
  const { vendorId: _, ...fields } = billOf(one, world);
  const rows = [0, 1, 2].map((n) => ({
    importKey: `file ${(one.pick + n) % 12}`,
    vendorName: n === 2 ? one.vendor.name.toUpperCase() : one.vendor.name,
    vendorGstin: n === 1 ? one.vendor.gstin : null,
    vendorPan: null,
    fields,
  }));
  return world.run('expense.import', { batchId: world.newId(), fileName: 'bills.xlsx', rows }, actor);
}
