import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import type { NamedRows } from '../../domain/exchange/book-names.ts';
import type { OpenAmount } from '../../domain/exchange/fit-bills.ts';
import { type BooksToSend, controlOf } from '../../domain/exchange/masters-of-books.ts';
import type { PostedVoucher } from '../../domain/exchange/vouchers-of-books.ts';
import { financialYearBounds, financialYearOf, type IsoDate } from '../../kernel/dates.ts';
import type { Id } from '../../kernel/ids.ts';
import { billAllocations, voucherLines, vouchers } from '../ledger-schema.ts';
import { accountGroups, accounts, costCentres, vendors } from '../schema.ts';
import type { Db } from '../tables.ts';
import { big, runQuery, text, textOrNull } from './run-query.ts';

/** The rows by which other programs know the books of a college, those out of use too: entries name them. */
export async function namedRows(db: Db, collegeId: Id): Promise<NamedRows> {
  return {
    accounts: await db.select().from(accounts).where(eq(accounts.collegeId, collegeId)).orderBy(asc(accounts.code)),
    groups: await db
      .select()
      .from(accountGroups)
      .where(eq(accountGroups.collegeId, collegeId))
      .orderBy(asc(accountGroups.code)),
    vendors: await db.select().from(vendors).where(eq(vendors.collegeId, collegeId)).orderBy(asc(vendors.id)),
    costCentres: await db
      .select()
      .from(costCentres)
      .where(eq(costCentres.collegeId, collegeId))
      .orderBy(asc(costCentres.code)),
  };
}

/** The masters of a college with what stood before the first day (see `movesBefore`), summed up by the database. */
export async function booksToSend(db: Db, collegeId: Id, from: IsoDate): Promise<BooksToSend> {
  const rows = await namedRows(db, collegeId);
  const controlCode = controlOf(rows.accounts)?.code ?? '';
  const yearStart = financialYearBounds(financialYearOf(from)).first;
  const isBefore = sql`(l."date" < ${from}::date or v."kind" = 'opening')`;
  const ofVoucher = sql`join "vouchers" v on v."college_id" = l."college_id" and v."id" = l."voucher_id" where l."college_id" = ${collegeId}::uuid`;
  const moves = await runQuery(
    db,
    sql`select l."account_code", l."vendor_id"::text as "vendor_id", l."date" < ${yearStart}::date as "earlier",
        sum(l."debit_paise") as "debit", sum(l."credit_paise") as "credit"
      from "voucher_lines" l ${ofVoucher} and ${isBefore} group by 1, 2, 3`,
  );
  const bills = await runQuery(
    db,
    sql`select l."vendor_id"::text as "vendor_id", l."name", min(l."bill_date")::text as "bill_date", max(l."due_on")::text as "due_on",
        sum(l."debit_paise" - l."credit_paise") as "open"
      from "bill_allocations" l ${ofVoucher} and ${isBefore} and l."name" is not null and l."account_code" = ${controlCode}
      group by 1, 2 having sum(l."debit_paise" - l."credit_paise") <> 0 order by 1, 2`,
  );
  const centred = await runQuery(
    db,
    sql`select distinct "account_code" from "voucher_lines" where "college_id" = ${collegeId}::uuid and coalesce("department_code", "fund_code") is not null`,
  );
  return {
    ...rows,
    moves: moves.map((row) => ({
      accountCode: text(row.account_code),
      vendorId: textOrNull(row.vendor_id),
      isOfEarlierYear: row.earlier === true,
      debitPaise: big(row.debit),
      creditPaise: big(row.credit),
    })),
    openBills: bills.map((row) => {
      const open = big(row.open);
      return {
        vendorId: text(row.vendor_id),
        name: text(row.name),
        billDate: textOrNull(row.bill_date),
        dueOn: textOrNull(row.due_on),
        debitPaise: open > 0n ? open : 0n,
        creditPaise: open < 0n ? -open : 0n,
      };
    }),
    withCentres: new Set(centred.map((row) => text(row.account_code))),
  };
}

export interface VoucherPlace {
  readonly date: IsoDate;
  readonly id: Id;
}

/** The next vouchers of a period behind one of them, in the order of their days. */
export async function postedBetween(
  db: Db,
  collegeId: Id,
  { from, to, after, limit }: { from: IsoDate; to: IsoDate; after: VoucherPlace | null; limit: number },
): Promise<readonly PostedVoucher[]> {
  const behind =
    after === null ? sql`true` : sql`(${vouchers.date}, ${vouchers.id}) > (${after.date}::date, ${after.id}::uuid)`;
  const heads = await db
    .select()
    .from(vouchers)
    .where(and(eq(vouchers.collegeId, collegeId), sql`${vouchers.date} between ${from}::date and ${to}::date`, behind))
    .orderBy(asc(vouchers.date), asc(vouchers.id))
    .limit(limit);
  if (heads.length === 0) return [];
  const ids = heads.map(({ id }) => id);
  const lines = await db
    .select()
    .from(voucherLines)
    .where(and(eq(voucherLines.collegeId, collegeId), inArray(voucherLines.voucherId, ids)))
    .orderBy(asc(voucherLines.lineNo));
  const bills = await db
    .select()
    .from(billAllocations)
    .where(and(eq(billAllocations.collegeId, collegeId), inArray(billAllocations.voucherId, ids)))
    .orderBy(asc(billAllocations.id));
  const linesOf = Map.groupBy(lines, ({ voucherId }) => voucherId);
  const billsOf = Map.groupBy(bills, ({ voucherId }) => voucherId);
  return heads.map((voucher) => ({
    ...{ voucher, lines: linesOf.get(voucher.id) ?? [], bills: billsOf.get(voucher.id) ?? [] },
  }));
}

export async function countPosted(db: Db, collegeId: Id, from: IsoDate, to: IsoDate): Promise<number> {
  return db.$count(
    vouchers,
    and(eq(vouchers.collegeId, collegeId), sql`${vouchers.date} between ${from}::date and ${to}::date`),
  );
}

/** Every bill that was ever made, with what is open of it. */
export async function openAmounts(db: Db, collegeId: Id): Promise<readonly OpenAmount[]> {
  const rows = await runQuery(
    db,
    sql`select "vendor_id"::text as "vendor_id", "name", sum("debit_paise" - "credit_paise") as "open" from "bill_allocations"
      where "college_id" = ${collegeId}::uuid and "name" is not null group by 1, 2`,
  );
  return rows.map((row) => ({ vendorId: text(row.vendor_id), name: text(row.name), openPaise: big(row.open) }));
}

/** The ids of all vouchers of the college. */
export async function voucherIds(db: Db, collegeId: Id): Promise<ReadonlySet<Id>> {
  const rows = await db.select({ id: vouchers.id }).from(vouchers).where(eq(vouchers.collegeId, collegeId));
  return new Set(rows.map(({ id }) => id));
}

/** Opening vouchers of a day that were not taken back. */
export async function openingsOf(db: Db, collegeId: Id, date: IsoDate): Promise<readonly Id[]> {
  const rows = await runQuery(
    db,
    sql`select v."id"::text as "id" from "vouchers" v where v."college_id" = ${collegeId}::uuid and v."kind" = 'opening' and v."date" = ${date}::date
      and not exists (select 1 from "vouchers" r where r."college_id" = v."college_id" and r."reverses_id" = v."id")`,
  );
  return rows.map((row) => text(row.id));
}
