import { type SQL, sql } from 'drizzle-orm';
import { modeOf } from '../../domain/payment-order/policy.ts';
import type { BankAccountView, BeneficiaryView, BillToPay } from '../../ipc/contract/payments.ts';
import type { Id } from '../../kernel/ids.ts';
import type { Db } from '../tables.ts';
import { allOf } from './expense-conditions.ts';
import { twinOf } from './payment-twin.ts';
import { big, int, intOrNull, type RawRow, runOne, runQuery, runWide, text, textOrNull } from './run-query.ts';
import { containsText, expenseSearchText } from './search-text.ts';

/** Who asks, and when: details that he changed himself have to be approved by another person. */
export interface Asker {
  readonly personId: Id;
  readonly now: number;
}

const billColumns = {
  collegeId: sql.raw(`"e"."college_id"`),
  vendorId: sql.raw(`"e"."vendor_id"`),
  amountPaise: sql.raw(`"e"."payable"`),
  expenseId: sql.raw(`"e"."id"`),
};
/** What is paid of a bill: all of it but the tax deducted at source (see `netPayable`). */
const payable = sql.raw(`("total_paise" - "tds_paise")`);
const isToPay = (collegeId: Id): SQL =>
  sql`"college_id" = ${collegeId}::uuid and "status" in ('approved', 'payable') and ${payable} > 0`;

/** Approved bills under no payment, oldest first. The caller has checked that the college is in the person's scope. */
export async function billsToPay(
  db: Db,
  question: { readonly collegeId: Id; readonly text: string; readonly offset: number; readonly limit: number },
  asker: Asker,
): Promise<{ readonly rows: BillToPay[]; readonly count: number; readonly totalPaise: bigint }> {
  const { collegeId, offset, limit } = question;
  const search = containsText(expenseSearchText, question.text);
  const where = allOf([isToPay(collegeId), ...(search === null ? [] : [search])]);
  const rows = await runWide(
    db,
    sql`select "e".*, "e"."payable"::text as "payable_text", ${beneficiaryColumns}, "twin"."number" as "twin"
      from (select *, ${payable} as "payable" from "expenses" where ${where}
          order by "bill_date", "id" limit ${limit} offset ${offset}) as "e"
        join "vendors" as "v" on "v"."college_id" = "e"."college_id" and "v"."id" = "e"."vendor_id"
        left join "beneficiaries" as "b" on "b"."college_id" = "e"."college_id" and "b"."id" = "e"."vendor_id"
        left join "people" as "p" on "p"."college_id" = "e"."college_id" and "p"."id" = "v"."created_by"
        left join lateral (${twinOf(billColumns, asker.now)}) as "twin" on true
      order by "e"."bill_date", "e"."id"`,
  );
  const totals = await runOne(
    db,
    sql`select count(*) as "count", sum(${payable})::text as "total" from "expenses" where ${where}`,
  );
  return { rows: rows.map((row) => bill(row, asker)), count: int(totals.count), totalPaise: big(totals.total) };
}

/** Vendors whose bank details nobody has approved, the last changed first. */
export async function beneficiariesToApprove(
  db: Db,
  question: { readonly collegeId: Id; readonly offset: number; readonly limit: number },
  asker: Asker,
): Promise<{
  readonly rows: { vendorId: Id; vendorName: string; beneficiary: BeneficiaryView }[];
  readonly count: number;
}> {
  const { collegeId, offset, limit } = question;
  const from = sql`from "vendors" as "v"
      left join "beneficiaries" as "b" on "b"."college_id" = "v"."college_id" and "b"."id" = "v"."id"
      left join "people" as "p" on "p"."college_id" = "v"."college_id" and "p"."id" = "v"."created_by"
    where "v"."college_id" = ${collegeId}::uuid and "v"."is_active" and "v"."account_number" is not null
      and "v"."ifsc" is not null and "b"."approved_by" is null`;
  const rows = await runQuery(
    db,
    sql`select "v"."id" as "vendor_id", "v"."name" as "vendor_name", ${beneficiaryColumns} ${from}
      order by "b_changed_at" desc, "v"."id" limit ${limit} offset ${offset}`,
  );
  const { count } = await runOne(db, sql`select count(*) as "count" ${from}`);
  return {
    rows: rows.map((row) => ({
      vendorId: text(row.vendor_id),
      vendorName: text(row.vendor_name),
      beneficiary: beneficiary(row, asker),
    })),
    count: int(count),
  };
}

/** The college's own accounts, with what its books say of them and what was released today. */
export async function bankAccountList(db: Db, collegeId: Id, today: string): Promise<BankAccountView[]> {
  const rows = await runWide(
    db,
    sql`select "a".*, coalesce("g"."name", '') as "account_name", "days"."balance"::text as "balance", "released"."sum"::text as "released"
      from "bank_accounts" as "a"
        left join "accounts" as "g" on "g"."college_id" = "a"."college_id" and "g"."code" = "a"."account_code"
        left join lateral (select sum("debit_paise" - "credit_paise") as "balance" from "ledger_days" as "d"
          where "d"."college_id" = "a"."college_id" and "d"."account_code" = "a"."account_code") as "days" on true
        left join lateral (select sum("amount_paise") as "sum" from "payment_orders" as "o"
          where "o"."college_id" = "a"."college_id" and "o"."bank_account_id" = "a"."id" and "o"."released_on" = ${today}::date
            and "o"."status" not in ('failed', 'withdrawn')) as "released" on true
      where "a"."college_id" = ${collegeId}::uuid
      order by "a"."is_active" desc, "a"."account_code", "a"."id"`,
  );
  return rows.map((row) => ({
    id: text(row.id),
    name: text(row.name),
    bankName: text(row.bank_name),
    accountNumber: text(row.account_number),
    ifsc: text(row.ifsc),
    accountCode: text(row.account_code),
    accountName: text(row.account_name),
    connector: textOrNull(row.connector),
    fileFormat: textOrNull(row.file_format),
    paymentLimitPaise: row.payment_limit_paise === null ? null : big(row.payment_limit_paise),
    dailyLimitPaise: row.daily_limit_paise === null ? null : big(row.daily_limit_paise),
    releasedTodayPaise: big(row.released),
    bookBalancePaise: big(row.balance),
    isActive: row.is_active === true,
    revision: int(row.revision),
    pending: int(row.version) === 0,
  }));
}

export async function countBillsToPay(db: Db, collegeId: Id): Promise<number> {
  const { count } = await runOne(db, sql`select count(*) as "count" from "expenses" where ${isToPay(collegeId)}`);
  return int(count);
}

/** Under names of their own, because a row of an expense has some of them too. */
const beneficiaryColumns = sql.raw(`
  "v"."account_number" is not null and "v"."ifsc" is not null as "b_given",
  coalesce("v"."account_name", "v"."name") as "b_name", coalesce("v"."account_number", '') as "b_number", coalesce("v"."ifsc", '') as "b_ifsc",
  coalesce("b"."changed_by", "v"."created_by")::text as "b_changed_by", coalesce("b"."changed_by_name", "p"."name", '') as "b_changed_by_name",
  coalesce("b"."changed_at", "v"."created_at") as "b_changed_at", "b"."approved_by_name" as "b_approved_by_name",
  "b"."usable_from" as "b_usable_from", coalesce("b"."revision", 0) as "b_revision"`);

function beneficiary(row: RawRow, { personId, now }: Asker): BeneficiaryView {
  const usableFrom = intOrNull(row.b_usable_from);
  const state =
    row.b_given !== true ? 'missing' : usableFrom === null ? 'unapproved' : usableFrom > now ? 'cooling' : 'usable';
  return {
    state,
    accountName: text(row.b_name),
    accountNumber: text(row.b_number),
    ifsc: text(row.b_ifsc),
    changedByName: text(row.b_changed_by_name),
    changedAt: intOrNull(row.b_changed_at),
    approvedByName: textOrNull(row.b_approved_by_name),
    usableFrom,
    own: row.b_changed_by === personId,
    revision: int(row.b_revision),
  };
}

function bill(row: RawRow, asker: Asker): BillToPay {
  const payablePaise = big(row.payable_text);
  return {
    expenseId: text(row.id),
    revision: int(row.revision),
    reference: textOrNull(row.number) ?? text(row.provisional_ref),
    provisional: row.number === null,
    vendorId: text(row.vendor_id),
    vendorName: text(row.vendor_name),
    billNo: textOrNull(row.bill_no),
    billDate: text(row.bill_date),
    description: text(row.description),
    payablePaise,
    mode: modeOf(payablePaise),
    beneficiary: beneficiary(row, asker),
    twin: textOrNull(row.twin),
  };
}
