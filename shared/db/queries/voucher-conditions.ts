import { type SQL, sql } from 'drizzle-orm';
import type { VoucherFilter } from '../../ipc/contract/vouchers.ts';
import type { Id } from '../../kernel/ids.ts';
import { allOf } from './expense-conditions.ts';
import { isOneOf } from './scope.ts';
import { typedConditions } from './voucher-search.ts';

const linesOf = sql`select 1 from "voucher_lines" l
  where l."college_id" = "vouchers"."college_id" and l."voucher_id" = "vouchers"."id"`;

/** Conditions on `vouchers` of these colleges, to be joined by `and`. Days are inclusive at both ends. */
export function voucherConditions(colleges: readonly Id[], filter: VoucherFilter): readonly SQL[] {
  const conditions: SQL[] = [isOneOf(sql`"vouchers"."college_id"`, colleges, 'uuid')];
  if (filter.kind.length > 0) conditions.push(isOneOf(sql`"vouchers"."kind"`, filter.kind, 'text'));
  if (filter.from !== null) conditions.push(sql`"vouchers"."date" >= ${filter.from}::date`);
  if (filter.to !== null) conditions.push(sql`"vouchers"."date" <= ${filter.to}::date`);
  if (filter.accountCode !== null) conditions.push(inAccount(colleges, filter.accountCode, filter));
  if (filter.vendorId !== null) conditions.push(sql`exists (${linesOf} and l."vendor_id" = ${filter.vendorId}::uuid)`);
  return [...conditions, ...typedConditions(colleges, filter.text)];
}

/** Found by the index of the account's lines: a rare account must not make the whole day book be looked through. */
function inAccount(colleges: readonly Id[], accountCode: string, { from, to }: VoucherFilter): SQL {
  const conditions = [isOneOf(sql`l."college_id"`, colleges, 'uuid'), sql`l."account_code" = ${accountCode}`];
  if (from !== null) conditions.push(sql`l."date" >= ${from}::date`);
  if (to !== null) conditions.push(sql`l."date" <= ${to}::date`);
  return sql`("vouchers"."college_id", "vouchers"."id") in (
    select l."college_id", l."voucher_id" from "voucher_lines" l where ${allOf(conditions)})`;
}
