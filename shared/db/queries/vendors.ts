import { and, inArray, type SQL, sql } from 'drizzle-orm';
import type { Vendor } from '../../domain/rows.ts';
import type { VendorView } from '../../ipc/contract/masters.ts';
import { MunimError } from '../../kernel/errors.ts';
import type { Id } from '../../kernel/ids.ts';
import { vendors } from '../schema.ts';
import type { Db } from '../tables.ts';
import { allOf } from './expense-conditions.ts';
import { columnList, mergeParts, type PageWindow } from './ordered-parts.ts';
import { big, int, runOne, runQuery, text } from './run-query.ts';
import { idsIn, isOneOf, type Scope } from './scope.ts';
import { containsText, vendorNameOrder, vendorSearchText } from './search-text.ts';

type VendorRow = Vendor & { readonly version: number };

/** Vendors by name, with what each has billed and is owed. Text is searched in name and GSTIN. */
export async function vendorsPage(
  db: Db,
  scope: Scope,
  question: { readonly collegeId: Id | null; readonly text: string } & PageWindow,
): Promise<{ readonly rows: VendorView[]; readonly count: number }> {
  const colleges = idsIn(scope, question.collegeId);
  if (colleges.length === 0) return { rows: [], count: 0 };
  const search = containsText(vendorSearchText, question.text);
  const inCollege = (ids: readonly Id[]): SQL =>
    allOf([isOneOf(sql`"college_id"`, ids, 'uuid'), ...(search === null ? [] : [search])]);
  const parts = colleges.map((id) => inCollege([id]));
  const order = sql`${vendorNameOrder}, "id"`;
  const keys = mergeParts(sql`"vendors"`, parts, columnList(['college_id', 'id', 'name']), order, question);
  const found = await runQuery(db, keys);
  const { count } = await runOne(db, sql`select count(*) as "count" from "vendors" where ${inCollege(colleges)}`);
  const views = await viewsOf(
    db,
    found.map((row) => ({ collegeId: text(row.college_id), id: text(row.id) })),
  );
  return { rows: views, count: int(count) };
}

/** @throws MunimError NOT_FOUND */
export async function vendorView(db: Db, scope: Scope, id: Id): Promise<VendorView> {
  const keys = idsIn(scope, null).map((collegeId) => ({ collegeId, id }));
  const [view] = await viewsOf(db, keys);
  if (view === undefined) throw new MunimError('NOT_FOUND', { what: 'vendor' });
  return view;
}

/** In the order of the keys; what is not there is left out. */
async function viewsOf(db: Db, keys: readonly { readonly collegeId: Id; readonly id: Id }[]): Promise<VendorView[]> {
  if (keys.length === 0) return [];
  const colleges = [...new Set(keys.map((key) => key.collegeId))];
  const ids = [...new Set(keys.map((key) => key.id))];
  const rows = await db
    .select()
    .from(vendors)
    .where(and(inArray(vendors.collegeId, colleges), inArray(vendors.id, ids)));
  const dealings = await dealingsOf(db, colleges, ids);
  const byKey = new Map(rows.map((row) => [`${row.collegeId} ${row.id}`, row]));
  return keys.flatMap((key) => {
    const name = `${key.collegeId} ${key.id}`;
    const row = byKey.get(name);
    return row === undefined ? [] : [view(row, dealings.get(name) ?? noDealings)];
  });
}

type Dealings = Pick<VendorView, 'expenseCount' | 'billedPaise' | 'outstandingPaise'>;
const noDealings: Dealings = { expenseCount: 0, billedPaise: 0n, outstandingPaise: 0n };

/** Bills that stand (not cancelled, rejected or reversed), and what of them is approved and unpaid, less the tax deducted at source. */
async function dealingsOf(db: Db, colleges: readonly Id[], ids: readonly Id[]): Promise<ReadonlyMap<string, Dealings>> {
  const rows = await runQuery(
    db,
    sql`select "college_id", "vendor_id", count(*) as "bills", sum("total_paise")::text as "billed",
        (sum("total_paise" - "tds_paise") filter (where "status" in ('approved', 'payable', 'paying')))::text as "owed"
      from "expenses"
      where ${isOneOf(sql`"college_id"`, colleges, 'uuid')} and ${isOneOf(sql`"vendor_id"`, ids, 'uuid')}
        and "status" not in ('cancelled', 'rejected', 'reversed')
      group by "college_id", "vendor_id"`,
  );
  return new Map(
    rows.map((row) => [
      `${text(row.college_id)} ${text(row.vendor_id)}`,
      { expenseCount: int(row.bills), billedPaise: big(row.billed), outstandingPaise: big(row.owed) },
    ]),
  );
}

function view(row: VendorRow, dealings: Dealings): VendorView {
  const { name, gstin, pan, ifsc, accountNumber, accountName, email, phone } = row;
  return {
    id: row.id,
    collegeId: row.collegeId,
    fields: { name, gstin, pan, ifsc, accountNumber, accountName, email, phone },
    isActive: row.isActive,
    pending: row.version === 0,
    ...dealings,
  };
}
