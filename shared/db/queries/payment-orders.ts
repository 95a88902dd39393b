import { type SQL, sql } from 'drizzle-orm';
import { wireReference } from '../../domain/payment-order/reference.ts';
import type { ExpenseView } from '../../ipc/contract/expenses.ts';
import type { OrderStage, PaymentOrderRow } from '../../ipc/contract/payments.ts';
import type { Id } from '../../kernel/ids.ts';
import type { Db } from '../tables.ts';
import { allOf } from './expense-conditions.ts';
import { twinOf } from './payment-twin.ts';
import { big, int, intOrNull, type RawRow, runOne, runQuery, runWide, text, textOrNull } from './run-query.ts';
import { isOneOf } from './scope.ts';
import { containsText } from './search-text.ts';

/** What of the orders a screen shows. The caller has checked that the college is in the person's scope. */
export interface OrdersQuestion {
  readonly collegeId: Id;
  readonly stage: OrderStage;
  readonly text: string;
  readonly offset: number;
  readonly limit: number;
}

/** On which desk is asked, and when. */
export interface OrderAsker {
  readonly deviceId: Id | null;
  readonly now: number;
}

const orderColumns = {
  collegeId: sql.raw(`"o"."college_id"`),
  vendorId: sql.raw(`"o"."vendor_id"`),
  amountPaise: sql.raw(`"o"."amount_paise"`),
  expenseId: sql.raw(`"o"."expense_id"`),
};

const orderSearchText = sql.raw(
  `lower(coalesce("o"."number", '') || ' ' || "o"."beneficiary_name" || ' ' || "o"."reference" || ' ' || coalesce("o"."utr", ''))`,
);

/** As `holdsExpense` of the rules: in one of these the bill is the order's own. */
const live = ['prepared', 'released', 'sending', 'exported', 'accepted', 'in_doubt', 'not_received'];

/** By stage; what needs a person is in no other. Those under way the longest, and those that were prepared first, come first. */
function inStage(stage: OrderStage): SQL {
  const wants = sql`("o"."attention" is not null or "o"."status" in ('in_doubt', 'not_received'))`;
  switch (stage) {
    case 'person':
      return wants;
    case 'check':
      return sql`"o"."status" = 'prepared' and not ${wants}`;
    case 'under_way':
      return sql`"o"."status" in ('released', 'sending', 'exported', 'accepted') and not ${wants}`;
    case 'done':
      return sql`"o"."status" in ('paid', 'failed', 'returned', 'withdrawn') and not ${wants}`;
  }
}

export async function ordersPage(
  db: Db,
  question: OrdersQuestion,
  asker: OrderAsker,
): Promise<{ readonly rows: PaymentOrderRow[]; readonly count: number; readonly totalPaise: bigint }> {
  const { collegeId, stage, offset, limit } = question;
  const search = containsText(orderSearchText, question.text);
  const where = allOf([
    sql`"o"."college_id" = ${collegeId}::uuid`,
    inStage(stage),
    ...(search === null ? [] : [search]),
  ]);
  const order =
    stage === 'done' ? sql`"o"."prepared_at" desc, "o"."id"` : sql`"o"."prepared_at", "o"."batch_id", "o"."id"`;
  const page = sql`limit ${limit} offset ${offset}`;
  const rows = await orderRows(db, where, { order, page }, asker);
  const totals = await runOne(
    db,
    sql`select count(*) as "count", sum("o"."amount_paise")::text as "total" from "payment_orders" as "o" where ${where}`,
  );
  return { rows, count: int(totals.count), totalPaise: big(totals.total) };
}

/** All of a batch, as they were prepared. */
export function batchRows(db: Db, collegeId: Id, batchId: Id, asker: OrderAsker): Promise<PaymentOrderRow[]> {
  const where = sql`"o"."college_id" = ${collegeId}::uuid and "o"."batch_id" = ${batchId}::uuid`;
  return orderRows(db, where, { order: sql`"o"."id"`, page: sql`` }, asker);
}

/** How many files went out from the account in this span of time, as the batches that left it together. */
export async function filesBetween(
  db: Db,
  account: { readonly collegeId: Id; readonly bankAccountId: Id },
  from: number,
  before: number,
): Promise<number> {
  const row = await runOne(
    db,
    sql`select count(*) as "count" from (select distinct "batch_id", "taken_at" from "payment_orders" as "o"
      where "o"."college_id" = ${account.collegeId}::uuid and "o"."bank_account_id" = ${account.bankAccountId}::uuid
        and "o"."taken_at" >= ${from} and "o"."taken_at" < ${before}) as "files"`,
  );
  return int(row.count);
}

/** How many wait for what. */
export async function orderCounts(
  db: Db,
  collegeId: Id,
): Promise<{ readonly check: number; readonly underWay: number; readonly person: number }> {
  const stages = sql.join(
    (['check', 'under_way', 'person'] as const).map(
      (stage) => sql`count(*) filter (where ${inStage(stage)}) as ${sql.raw(`"${stage}"`)}`,
    ),
    sql`, `,
  );
  const row = await runOne(
    db,
    sql`select ${stages} from "payment_orders" as "o" where "o"."college_id" = ${collegeId}::uuid
      and (${isOneOf(sql`"o"."status"`, live, 'text')}
        or "o"."attention" is not null)`,
  );
  return { check: int(row.check), underWay: int(row.under_way), person: int(row.person) };
}

/** The order that a bill being paid waits for, or null where no bank pays it. */
export async function orderOfExpense(db: Db, collegeId: Id, expenseId: Id): Promise<ExpenseView['order']> {
  const stages: readonly OrderStage[] = ['check', 'under_way', 'person', 'done'];
  const stage = sql.join(
    stages.map((one) => sql`when ${inStage(one)} then ${sql.raw(`'${one}'`)}`),
    sql` `,
  );
  const [row] = await runQuery(
    db,
    sql`select "o"."id", "o"."number", "o"."status", case ${stage} end as "stage" from "payment_orders" as "o"
      where "o"."college_id" = ${collegeId}::uuid and "o"."expense_id" = ${expenseId}::uuid
        and ${isOneOf(sql`"o"."status"`, live, 'text')} and "o"."attention" is distinct from 'older_paid'
      limit 1`,
  );
  if (row === undefined) return null;
  return {
    id: text(row.id),
    number: textOrNull(row.number),
    status: text(row.status) as PaymentOrderRow['status'],
    stage: text(row.stage) as OrderStage,
  };
}

/** Which orders are shown is settled before their twins are looked for: of thousands that wait only a page is. */
async function orderRows(
  db: Db,
  where: SQL,
  { order, page }: { readonly order: SQL; readonly page: SQL },
  asker: OrderAsker,
): Promise<PaymentOrderRow[]> {
  const rows = await runWide(
    db,
    sql`select "o".*, coalesce("e"."number", "e"."provisional_ref") as "expense_reference", "e"."vendor_name",
        "a"."name" as "bank_account_name", "twin"."number" as "twin"
      from (select "o".* from "payment_orders" as "o" where ${where} order by ${order} ${page}) as "o"
        join "expenses" as "e" on "e"."college_id" = "o"."college_id" and "e"."id" = "o"."expense_id"
        join "bank_accounts" as "a" on "a"."college_id" = "o"."college_id" and "a"."id" = "o"."bank_account_id"
        left join lateral (${twinOf(orderColumns, asker.now)}) as "twin" on "o"."status" in ('prepared', 'not_received')
      order by ${order}`,
  );
  return rows.map((row) => view(row, asker.deviceId));
}

function view(row: RawRow, deviceId: Id | null): PaymentOrderRow {
  const fence = int(row.fence);
  return {
    id: text(row.id),
    batchId: text(row.batch_id),
    number: textOrNull(row.number),
    status: text(row.status) as PaymentOrderRow['status'],
    attention: textOrNull(row.attention) as PaymentOrderRow['attention'],
    pending: int(row.version) === 0,
    expenseId: text(row.expense_id),
    expenseReference: text(row.expense_reference),
    vendorName: text(row.vendor_name),
    beneficiaryName: text(row.beneficiary_name),
    accountNumber: text(row.account_number),
    ifsc: text(row.ifsc),
    mode: text(row.mode) as PaymentOrderRow['mode'],
    amountPaise: big(row.amount_paise),
    bankAccountId: text(row.bank_account_id),
    bankAccountName: text(row.bank_account_name),
    purpose: text(row.purpose),
    wireReference: fence === 0 ? null : wireReference(text(row.reference), fence),
    fence,
    makerId: text(row.maker_id),
    makerName: text(row.maker_name),
    preparedAt: int(row.prepared_at),
    checkerName: textOrNull(row.checker_name),
    releasedAt: intOrNull(row.released_at),
    notBefore: intOrNull(row.not_before),
    senderName: textOrNull(row.sender_name),
    takenAt: intOrNull(row.taken_at),
    here: row.device_id !== null && row.device_id === deviceId,
    providerId: textOrNull(row.provider_id),
    utr: textOrNull(row.utr),
    failureReason: textOrNull(row.failure_reason),
    failureText: textOrNull(row.failure_text),
    chargesPaise: row.charges_paise === null ? null : big(row.charges_paise),
    paidOn: textOrNull(row.paid_on),
    paymentVoucherId: textOrNull(row.payment_voucher_id),
    returnedOn: textOrNull(row.returned_on),
    returnVoucherId: textOrNull(row.return_voucher_id),
    twin: textOrNull(row.twin),
  };
}
