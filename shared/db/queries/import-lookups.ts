import { and, eq, inArray, sql } from 'drizzle-orm';
import { billKeys } from '../../domain/import/import-key.ts';
import type { Id } from '../../kernel/ids.ts';
import { expenses } from '../schema.ts';
import type { Db } from '../tables.ts';
import { runQuery, text, textOrNull } from './run-query.ts';

/** Which of these import keys the books of the college have. */
export async function knownImportKeys(db: Db, collegeId: Id, keys: readonly string[]): Promise<ReadonlySet<string>> {
  if (keys.length === 0) return new Set();
  const rows = await db
    .select({ importKey: expenses.importKey })
    .from(expenses)
    .where(and(eq(expenses.collegeId, collegeId), inArray(expenses.importKey, [...keys])));
  return new Set(rows.flatMap((row) => (row.importKey === null ? [] : [row.importKey])));
}

/** A bill as a file names it: what could be in the books already, typed in by hand or from another file. */
export interface WantedBill {
  readonly vendorNameKey: string;
  readonly vendorGstin: string | null;
  readonly billNo: string;
}

/**
 * How the books call the bills they have, by each name such a bill goes by (see `billKeys`). Looked for under the vendor's folded name or
 * GSTIN and the bill number as written, in capitals, and without spaces. Cancelled, rejected and reversed ones do not count.
 */
export async function billsInBooks(
  db: Db,
  collegeId: Id,
  bills: readonly WantedBill[],
): Promise<ReadonlyMap<string, string>> {
  if (bills.length === 0) return new Map();
  const wanted = bills.flatMap((bill) => {
    const capitals = bill.billNo.toUpperCase();
    const spellings = new Set([bill.billNo, capitals, capitals.replace(/\s+/g, '')]);
    return [...spellings].map((billNo) => ({ name: bill.vendorNameKey, gstin: bill.vendorGstin, bill: billNo }));
  });
  const rows = await runQuery(
    db,
    sql`with "wanted" as (select * from json_to_recordset(${JSON.stringify(wanted)}::json) as w("name" text, "gstin" text, "bill" text)),
      "named" as (
        select v."id", v."name", v."gstin", w."bill" from "wanted" w join "vendors" v on v."college_id" = ${collegeId}::uuid and v."name_key" = w."name"
        union
        select v."id", v."name", v."gstin", w."bill" from "wanted" w join "vendors" v on v."college_id" = ${collegeId}::uuid and v."gstin" = w."gstin"
      )
      select n."name", n."gstin", e."bill_no", e."bill_date", e."number", e."provisional_ref" from "named" n
      join "expenses" e on e."college_id" = ${collegeId}::uuid and e."vendor_id" = n."id" and e."bill_no" = n."bill"
      where e."status" not in ('cancelled', 'rejected', 'reversed')`,
  );
  const found = new Map<string, string>();
  for (const row of rows) {
    const bill = {
      vendorName: text(row.name),
      vendorGstin: textOrNull(row.gstin),
      billNo: text(row.bill_no),
      billDate: text(row.bill_date),
    };
    for (const key of billKeys(bill)) found.set(key, textOrNull(row.number) ?? text(row.provisional_ref));
  }
  return found;
}
