import { and, asc, eq, inArray, isNull, or, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { BillAllocation } from '../../domain/ledger-rows.ts';
import type { Voucher } from '../../domain/rows.ts';
import { reverseVoucher } from '../../domain/voucher/reverse.ts';
import type { VoucherPage } from '../../ipc/contract/vouchers.ts';
import { MunimError } from '../../kernel/errors.ts';
import type { Id } from '../../kernel/ids.ts';
import { outbox } from '../desk-schema.ts';
import * as ledger from '../ledger-schema.ts';
import * as schema from '../schema.ts';
import type { Db } from '../tables.ts';
import { runQuery, text } from './run-query.ts';
import { idsIn, type Scope } from './scope.ts';
import { type DeviceNames, timelineEntry } from './timeline.ts';

export interface VoucherQuestion {
  readonly id: Id;
  readonly personId: Id;
  readonly deviceName: DeviceNames;
  /** Whether the bytes of a receipt lie on this desk. */
  readonly hasBlob: (sha256: string) => boolean;
}

/** One voucher with everything its page shows. Desk only: it reads what waits here. @throws MunimError NOT_FOUND */
export async function voucherView(db: Db, scope: Scope, question: VoucherQuestion): Promise<VoucherPage> {
  const v = ledger.vouchers;
  const colleges = idsIn(scope, null);
  const [voucher] =
    colleges.length === 0
      ? []
      : await db
          .select()
          .from(v)
          .where(and(inArray(v.collegeId, [...colleges]), eq(v.id, question.id)));
  if (voucher === undefined) throw new MunimError('NOT_FOUND', { what: 'voucher' });
  const lines = await linesOf(db, voucher);
  const [reversal] = await db
    .select()
    .from(v)
    .where(and(eq(v.collegeId, voucher.collegeId), eq(v.reversesId, voucher.id)));
  const reversed = voucher.reversesId === null ? undefined : await voucherOf(db, voucher, voucher.reversesId);
  const { id, collegeId, number, kind, date, narration, reference, referenceDate, postedAt, version } = voucher;
  return {
    ...{ id, collegeId, number, kind, date, narration, reference, referenceDate, postedAt },
    pending: version === 0,
    postedByName: await personName(db, voucher),
    amountPaise: lines.reduce((sum, line) => sum + line.debitPaise, 0n),
    lines,
    expense: await expenseOf(db, voucher),
    reverses: reversed === undefined ? null : linkTo(reversed),
    reversedBy: reversal === undefined ? null : linkTo(reversal),
    ...(await neighbours(db, voucher)),
    actions: await actionsOf(db, voucher, question.personId, reversal !== undefined),
    receipts: await receiptsOf(db, voucher, question.hasBlob),
    timeline: await timelineOf(db, voucher, question.deviceName),
    attentionSeq: await attentionOf(db, voucher.id),
  };
}

const linkTo = ({ id, number, date }: Voucher) => ({ id, number, date });

async function voucherOf(db: Db, { collegeId }: Voucher, id: Id): Promise<Voucher | undefined> {
  const v = ledger.vouchers;
  const [found] = await db
    .select()
    .from(v)
    .where(and(eq(v.collegeId, collegeId), eq(v.id, id)));
  return found;
}

async function linesOf(db: Db, { collegeId, id }: Voucher): Promise<VoucherPage['lines']> {
  const { voucherLines: l, billAllocations: b } = ledger;
  const { accounts: a, vendors: p } = schema;
  const department = alias(schema.costCentres, 'department');
  const fund = alias(schema.costCentres, 'fund');
  const rows = await db
    .select({ line: l, account: a.name, vendor: p.name, department: department.name, fund: fund.name })
    .from(l)
    .leftJoin(a, and(eq(a.collegeId, l.collegeId), eq(a.code, l.accountCode)))
    .leftJoin(p, and(eq(p.collegeId, l.collegeId), eq(p.id, l.vendorId)))
    .leftJoin(department, and(eq(department.collegeId, l.collegeId), eq(department.code, l.departmentCode)))
    .leftJoin(fund, and(eq(fund.collegeId, l.collegeId), eq(fund.code, l.fundCode)))
    .where(and(eq(l.collegeId, collegeId), eq(l.voucherId, id)))
    .orderBy(asc(l.lineNo));
  const bills = await db
    .select()
    .from(b)
    .where(and(eq(b.collegeId, collegeId), eq(b.voucherId, id)))
    .orderBy(asc(b.lineNo), asc(b.id));
  return rows.map(({ line, ...names }) => ({
    lineNo: line.lineNo,
    accountCode: line.accountCode,
    accountName: names.account ?? line.accountCode,
    vendorId: line.vendorId,
    vendorName: names.vendor,
    departmentCode: line.departmentCode,
    departmentName: names.department,
    fundCode: line.fundCode,
    fundName: names.fund,
    debitPaise: line.debitPaise,
    creditPaise: line.creditPaise,
    bills: bills.filter((bill) => bill.lineNo === line.lineNo).map(billOf),
  }));
}

const billOf = ({ kind, name, billDate, dueOn, debitPaise, creditPaise }: BillAllocation) => ({
  ...{ kind, name, billDate, dueOn },
  amountPaise: debitPaise + creditPaise,
});

async function personName(db: Db, { collegeId, postedBy }: Voucher): Promise<string> {
  const p = schema.people;
  const [person] = await db
    .select({ name: p.name })
    .from(p)
    .where(and(eq(p.collegeId, collegeId), eq(p.id, postedBy)));
  return person?.name ?? '';
}

async function expenseOf(db: Db, { collegeId, expenseId }: Voucher): Promise<VoucherPage['expense']> {
  if (expenseId === null) return null;
  const e = schema.expenses;
  const [expense] = await db
    .select({ number: e.number, provisionalRef: e.provisionalRef })
    .from(e)
    .where(and(eq(e.collegeId, collegeId), eq(e.id, expenseId)));
  return expense === undefined ? null : { id: expenseId, reference: expense.number ?? expense.provisionalRef };
}

/** The ones before and after it in the order of the day book. */
async function neighbours(db: Db, { collegeId, date, id }: Voucher): Promise<Pick<VoucherPage, 'olderId' | 'newerId'>> {
  const here = sql`(${date}::date, ${id}::uuid)`;
  const ofCollege = sql`select "id" from "vouchers" where "college_id" = ${collegeId}::uuid`;
  const [older] = await runQuery(
    db,
    sql`${ofCollege} and ("date", "id") < ${here} order by "date" desc, "id" desc limit 1`,
  );
  const [newer] = await runQuery(db, sql`${ofCollege} and ("date", "id") > ${here} order by "date", "id" limit 1`);
  return {
    olderId: older === undefined ? null : text(older.id),
    newerId: newer === undefined ? null : text(newer.id),
  };
}

/** A voucher is never changed: it is taken back, documented, or entered once more. */
async function actionsOf(db: Db, voucher: Voucher, personId: Id, isReversed: boolean): Promise<VoucherPage['actions']> {
  const { people: p, colleges: c } = schema;
  const [college] = await db.select().from(c).where(eq(c.collegeId, voucher.collegeId));
  const [person] = await db
    .select()
    .from(p)
    .where(and(eq(p.collegeId, voucher.collegeId), eq(p.id, personId)));
  if (college?.isActive !== true || person?.isActive !== true) return [];
  if (!reverseVoucher.roles.includes(person.role) || voucher.expenseId !== null) return [];
  if (voucher.kind === 'reversal') return ['attach'];
  return isReversed ? ['attach', 'duplicate'] : ['reverse', 'attach', 'duplicate'];
}

async function receiptsOf(db: Db, voucher: Voucher, hasBlob: VoucherQuestion['hasBlob']) {
  const r = schema.receipts;
  const rows = await db
    .select()
    .from(r)
    .where(and(eq(r.collegeId, voucher.collegeId), eq(r.voucherId, voucher.id)))
    .orderBy(asc(r.addedAt), asc(r.id));
  return rows.map(({ id, sha256, fileName, mime, sizeBytes }) => {
    return { id, sha256, fileName, mime, sizeBytes, local: hasBlob(sha256) };
  });
}

/** Oldest first. What was posted for an expense is told on the expense's own page; a reversal begins with the step about what it takes back. */
async function timelineOf(db: Db, voucher: Voucher, deviceName: DeviceNames): Promise<VoucherPage['timeline']> {
  const a = schema.auditEntries;
  const own = eq(a.documentId, voucher.id);
  const about =
    voucher.reversesId === null
      ? own
      : or(own, and(eq(a.documentId, voucher.reversesId), eq(a.commandName, 'voucher.reverse')));
  const rows = await db
    .select()
    .from(a)
    .where(and(eq(a.collegeId, voucher.collegeId), about))
    .orderBy(asc(a.position));
  return rows.map((entry) => timelineEntry(entry, deviceName, voucher.id));
}

async function attentionOf(db: Db, voucherId: Id): Promise<number | null> {
  const o = outbox;
  const [row] = await db
    .select({ seq: o.seq })
    .from(o)
    .where(and(eq(o.documentId, voucherId), inArray(o.status, ['rejected', 'failed']), isNull(o.settledAt)))
    .orderBy(asc(o.seq))
    .limit(1);
  return row?.seq ?? null;
}
