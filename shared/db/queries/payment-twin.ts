import { type SQL, sql } from 'drizzle-orm';
import { addDays, istDate } from '../../kernel/dates.ts';
import { limits } from '../../kernel/limits.ts';

const DAY_MS = 24 * 60 * 60_000;

/** The bill that may be paid a second time, as columns of the query around. */
export interface TwinOf {
  readonly collegeId: SQL;
  readonly vendorId: SQL;
  readonly amountPaise: SQL;
  readonly expenseId: SQL;
}

/** Another payment of the same amount to the same vendor in the last days, by an order or without one: its number or the bill's. */
export function twinOf({ collegeId, vendorId, amountPaise, expenseId }: TwinOf, now: number): SQL {
  const since = now - limits.payment.sameAmountDays * DAY_MS;
  const sinceDay = addDays(istDate(now), -limits.payment.sameAmountDays);
  return sql`
    select coalesce("t"."number", "t"."reference") as "number" from "payment_orders" as "t"
    where "t"."college_id" = ${collegeId} and "t"."vendor_id" = ${vendorId} and "t"."amount_paise" = ${amountPaise}
      and "t"."expense_id" <> ${expenseId} and "t"."prepared_at" >= ${since}
      and "t"."status" not in ('withdrawn', 'failed', 'returned')
    union all
    select coalesce("x"."number", "x"."provisional_ref") from "expenses" as "x"
    where "x"."college_id" = ${collegeId} and "x"."vendor_id" = ${vendorId} and "x"."id" <> ${expenseId}
      and "x"."status" in ('paid', 'reconciled') and "x"."paid_on" >= ${sinceDay}::date
      and "x"."total_paise" - "x"."tds_paise" = ${amountPaise}
    limit 1`;
}
