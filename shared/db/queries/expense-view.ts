import { and, asc, eq, inArray, isNull, like, sql } from 'drizzle-orm';
import { availableOf } from '../../domain/budget/use.ts';
import { fieldsOf } from '../../domain/expense/fields.ts';
import { allowedActions, lifeCycle } from '../../domain/expense/life-cycle.ts';
import { netPayable } from '../../domain/ledger/posting.ts';
import type { Expense, Person } from '../../domain/rows.ts';
import type { ExpenseAction, ExpenseView } from '../../ipc/contract/expenses.ts';
import { MunimError } from '../../kernel/errors.ts';
import type { Id } from '../../kernel/ids.ts';
import { outbox } from '../desk-schema.ts';
import * as ledger from '../ledger-schema.ts';
import * as schema from '../schema.ts';
import type { Db } from '../tables.ts';
import { orderOfExpense } from './payment-orders.ts';
import { idsIn, type Scope } from './scope.ts';
import { type DeviceNames, timelineEntry } from './timeline.ts';

export interface ExpenseQuestion {
  readonly id: Id;
  readonly personId: Id;
  readonly deviceName: DeviceNames;
  /** This desk; null before it is enrolled. */
  readonly deviceId: Id | null;
  /** Whether the bytes of a receipt lie on this desk. */
  readonly hasBlob: (sha256: string) => boolean;
}

/** One expense with everything its page shows. Desk only: it reads what waits here. @throws MunimError NOT_FOUND */
export async function expenseView(db: Db, scope: Scope, question: ExpenseQuestion): Promise<ExpenseView> {
  const e = schema.expenses;
  const colleges = idsIn(scope, null);
  const found =
    colleges.length === 0
      ? []
      : await db
          .select()
          .from(e)
          .where(and(inArray(e.collegeId, [...colleges]), eq(e.id, question.id)));
  const [expense] = found;
  if (expense === undefined) throw new MunimError('NOT_FOUND', { what: 'expense' });
  const receipts = await receiptsOf(db, expense, question.hasBlob);
  const payment = await paymentOf(db, expense, question.deviceId);
  const order = expense.status === 'paying' ? await orderOfExpense(db, expense.collegeId, expense.id) : null;
  return {
    id: expense.id,
    collegeId: expense.collegeId,
    reference: expense.number ?? expense.provisionalRef,
    number: expense.number,
    provisionalRef: expense.provisionalRef,
    status: expense.status,
    pending: expense.version === 0,
    fields: fieldsOf(expense),
    vendorName: expense.vendorName,
    ...(await namesOf(db, expense)),
    totalPaise: expense.totalPaise,
    payablePaise: netPayable(expense),
    budget: await budgetOf(db, expense),
    overBudget: expense.overBudget,
    overBudgetReason: expense.overBudgetReason,
    makerId: expense.makerId,
    makerName: expense.makerName,
    createdAt: expense.createdAt,
    submittedAt: expense.submittedAt,
    dueAt: expense.dueAt,
    decidedById: expense.decidedBy,
    decidedByName: expense.decidedByName,
    decidedAt: expense.decidedAt,
    decisionComment: expense.decisionComment,
    paidOn: expense.paidOn,
    paymentReference: expense.paymentReference,
    payment,
    order,
    revision: expense.revision,
    actions: (await actionsOf(db, expense, question.personId)).filter(
      (action) => isOpen(action, payment) && (order === null || !byLease.includes(action)),
    ),
    receipts,
    vouchers: await vouchersOf(db, expense),
    timeline: await timelineOf(db, expense, question.deviceName),
    attentionSeq: await attentionOf(db, expense.id),
  };
}

/** Who is paying it; a prediction of this desk is not confirmed. */
async function paymentOf(db: Db, expense: Expense, deviceId: Id | null): Promise<ExpenseView['payment']> {
  if (expense.status !== 'paying') return null;
  const l = schema.paymentLeases;
  const [lease] = await db
    .select()
    .from(l)
    .where(and(eq(l.collegeId, expense.collegeId), eq(l.id, expense.id)));
  // Under an order of payment there is none; an old one says nothing.
  if (lease?.isHeld !== true) return null;
  const { fence, holderName, takenAt, version } = lease;
  return { fence, holderName, takenAt, isHere: lease.deviceId === deviceId, isConfirmed: version > 0 };
}

/** What is done with a bill that people pay themselves; not while a bank does. */
const byLease: readonly ExpenseAction[] = ['pay', 'take_payment', 'give_back_payment', 'take_away_payment'];

/** Only the desk that holds the payment, and knows so from the server, may say that it was made. */
function isOpen(action: ExpenseAction, payment: ExpenseView['payment']): boolean {
  if (payment === null) return true;
  if (action === 'pay') return payment.isHere && payment.isConfirmed;
  return action !== 'give_back_payment' || payment.isHere;
}

async function namesOf(db: Db, expense: Expense): Promise<Pick<ExpenseView, 'categoryLabel' | 'accountName'>> {
  const { categories: c, accounts: a } = schema;
  const [category] = await db
    .select({ label: c.label })
    .from(c)
    .where(and(eq(c.collegeId, expense.collegeId), eq(c.code, expense.category)));
  const [account] = await db
    .select({ name: a.name })
    .from(a)
    .where(and(eq(a.collegeId, expense.collegeId), eq(a.code, expense.accountCode)));
  return { categoryLabel: category?.label ?? expense.category, accountName: account?.name ?? expense.accountCode };
}

async function budgetOf(db: Db, expense: Expense): Promise<ExpenseView['budget']> {
  const b = schema.budgets;
  const [budget] = await db
    .select()
    .from(b)
    .where(
      and(
        eq(b.collegeId, expense.collegeId),
        eq(b.financialYear, expense.financialYear),
        eq(b.category, expense.category),
      ),
    );
  if (budget === undefined) return null;
  const { allocatedPaise, committedPaise, spentPaise, financialYear } = budget;
  return { allocatedPaise, committedPaise, spentPaise, availablePaise: availableOf(budget), financialYear };
}

async function actionsOf(db: Db, expense: Expense, personId: Id): Promise<ExpenseAction[]> {
  const { people: p, colleges: c } = schema;
  const [college] = await db.select().from(c).where(eq(c.collegeId, expense.collegeId));
  const [person] = await db
    .select()
    .from(p)
    .where(and(eq(p.collegeId, expense.collegeId), eq(p.id, personId)));
  return college === undefined || person === undefined ? [] : actionsFor(expense, person, college);
}

/** The life cycle's actions under the names of the screen, where a bill may also be copied into a new one. */
export function actionsFor(
  expense: Pick<Expense, 'collegeId' | 'status' | 'makerId'>,
  person: Person,
  college: Parameters<typeof allowedActions>[2],
): ExpenseAction[] {
  const actions = allowedActions(expense, person, college).flatMap((action): ExpenseAction[] => {
    if (action === 'remove_receipt') return [];
    return [action === 'attach_receipt' ? 'attach' : action];
  });
  const mayEnter = college.isActive && person.isActive && lifeCycle.edit.roles.includes(person.role);
  return mayEnter ? [...actions, 'duplicate'] : actions;
}

async function receiptsOf(db: Db, expense: Expense, hasBlob: (sha256: string) => boolean) {
  const r = schema.receipts;
  const rows = await db
    .select()
    .from(r)
    .where(and(eq(r.collegeId, expense.collegeId), eq(r.expenseId, expense.id)))
    .orderBy(asc(r.addedAt), asc(r.id));
  return rows.map(({ id, sha256, fileName, mime, sizeBytes }) => ({
    id,
    sha256,
    fileName,
    mime,
    sizeBytes,
    local: hasBlob(sha256),
  }));
}

async function vouchersOf(db: Db, expense: Expense): Promise<ExpenseView['vouchers']> {
  const { vouchers: v, voucherLines: l } = ledger;
  const { accounts: a } = schema;
  const vouchers = await db
    .select()
    .from(v)
    .where(and(eq(v.collegeId, expense.collegeId), eq(v.expenseId, expense.id)))
    .orderBy(asc(v.postedAt), asc(v.id));
  if (vouchers.length === 0) return [];
  const ids = vouchers.map((voucher) => voucher.id);
  const lines = await db
    .select({ line: l, accountName: a.name })
    .from(l)
    .leftJoin(a, and(eq(a.collegeId, l.collegeId), eq(a.code, l.accountCode)))
    .where(and(eq(l.collegeId, expense.collegeId), inArray(l.voucherId, ids)))
    .orderBy(asc(l.voucherId), asc(l.lineNo));
  return vouchers.map((voucher) => ({
    id: voucher.id,
    number: voucher.number,
    kind: voucher.kind,
    date: voucher.date,
    narration: voucher.narration,
    lines: lines
      .filter(({ line }) => line.voucherId === voucher.id)
      .map(({ line, accountName }) => ({
        accountCode: line.accountCode,
        accountName: accountName ?? line.accountCode,
        debitPaise: line.debitPaise,
        creditPaise: line.creditPaise,
      })),
  }));
}

/** Oldest first. A row that came from a file begins with the import that brought it, which is about the whole file. */
async function timelineOf(db: Db, expense: Expense, deviceName: DeviceNames): Promise<ExpenseView['timeline']> {
  const a = schema.auditEntries;
  const own = await db
    .select()
    .from(a)
    .where(and(eq(a.collegeId, expense.collegeId), eq(a.documentId, expense.id)))
    .orderBy(asc(a.position));
  const imported =
    expense.importKey === null
      ? []
      : await db
          .select()
          .from(a)
          .where(
            and(
              eq(a.collegeId, expense.collegeId),
              // A literal and no parameter, because the index of imports is chosen by it.
              sql`${a.commandName} = 'expense.import'`,
              eq(a.occurredAt, expense.createdAt),
              like(a.changes, `%"${expense.id}"%`),
            ),
          );
  return [...imported, ...own].map((entry) => timelineEntry(entry, deviceName, expense.id));
}

async function attentionOf(db: Db, expenseId: Id): Promise<number | null> {
  const o = outbox;
  const [row] = await db
    .select({ seq: o.seq })
    .from(o)
    .where(and(eq(o.documentId, expenseId), inArray(o.status, ['rejected', 'failed']), isNull(o.settledAt)))
    .orderBy(asc(o.seq))
    .limit(1);
  return row?.seq ?? null;
}
