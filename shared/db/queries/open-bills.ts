import { sql } from 'drizzle-orm';
import type { OpenBill } from '../../ipc/contract/vouchers.ts';
import type { Id } from '../../kernel/ids.ts';
import type { Db } from '../tables.ts';
import { big, runOne, runQuery, text, textOrNull } from './run-query.ts';

/**
 * Bills of a party that are not settled, oldest first, and what stands on its account without a bill; debit positive. A name that was used
 * again after its bill was settled has the day of the later bill. The caller has checked the scope.
 */
export async function openBills(
  db: Db,
  collegeId: Id,
  vendorId: Id,
): Promise<{ readonly rows: OpenBill[]; readonly onAccountPaise: bigint }> {
  const ofParty = sql`"college_id" = ${collegeId}::uuid and "vendor_id" = ${vendorId}::uuid`;
  const rows = await runQuery(
    db,
    sql`select "name", coalesce(max("bill_date"), min("date")) as "bill_date",
        (array_agg("due_on" order by "bill_date" desc nulls last))[1] as "due_on",
        (sum("debit_paise") - sum("credit_paise"))::text as "open"
      from "bill_allocations" where ${ofParty} and "name" is not null
      group by "name" having sum("debit_paise") <> sum("credit_paise")
      order by 2, "name" COLLATE "C"`,
  );
  const { open } = await runOne(
    db,
    sql`select (sum("debit_paise") - sum("credit_paise"))::text as "open"
      from "bill_allocations" where ${ofParty} and "name" is null`,
  );
  return {
    rows: rows.map((row) => ({
      name: text(row.name),
      billDate: text(row.bill_date),
      dueOn: textOrNull(row.due_on),
      openPaise: big(row.open),
    })),
    onAccountPaise: big(open),
  };
}
