import { sql } from 'drizzle-orm';
import type { AgeingFigures, OpenBill } from '../../../domain/report/ageing.ts';
import type { ReportQuestion } from '../../../domain/report/names.ts';
import type { Chart } from '../../../domain/report/statement-rows.ts';
import type { IsoDate } from '../../../kernel/dates.ts';
import type { Id } from '../../../kernel/ids.ts';
import type { Db } from '../../tables.ts';
import { big, type RawRow, runQuery, runWide, text, textOrNull } from '../run-query.ts';
import { figuresOver } from './balances.ts';
import { chartOf } from './books-head.ts';

/**
 * What is open of every bill at the end of a day: the sum of all allocations of its name until then. A name may come again after its bill
 * was settled; the bill is what was made last on the side that is open.
 */
export async function ageingFigures(db: Db, { collegeId, to, vendorId }: ReportQuestion): Promise<AgeingFigures> {
  const chart = await chartOf(db, collegeId);
  const made = (side: 'debit' | 'credit', what: string) =>
    sql.raw(`(array_agg(b.${what} order by b."date" desc, b."id" desc)
      filter (where b."bill_date" is not null and b."${side}_paise" > 0))[1]`);
  const rows = await runWide(
    db,
    sql`select o.*, v."name" as "vendor", c."expense_id" from (
        select b."vendor_id", b."name", sum(b."debit_paise" - b."credit_paise")::text as "open",
          ${made('credit', '"bill_date"')} as "credit_date", ${made('debit', '"bill_date"')} as "debit_date",
          ${made('credit', '"due_on"')} as "credit_due", ${made('debit', '"due_on"')} as "debit_due",
          ${made('credit', '"kind"')} as "credit_kind", ${made('debit', '"kind"')} as "debit_kind",
          case when sum(b."debit_paise" - b."credit_paise") > 0 then ${made('debit', '"voucher_id"')} else ${made('credit', '"voucher_id"')} end as "voucher_id"
        from "bill_allocations" b
        where b."college_id" = ${collegeId}::uuid and b."date" <= ${to}::date
          and ${vendorId === undefined ? sql`true` : sql`b."vendor_id" = ${vendorId}::uuid`}
        group by 1, 2 having sum(b."debit_paise" - b."credit_paise") <> 0
      ) o
      join "vendors" v on v."college_id" = ${collegeId}::uuid and v."id" = o."vendor_id"
      left join "vouchers" c on c."college_id" = ${collegeId}::uuid and c."id" = o."voucher_id"
      order by ${vendorOrder}, o."vendor_id", o."name" is null, coalesce(o."credit_date", o."debit_date"), o."name" COLLATE "C"`,
  );
  const withoutVendor = vendorId === undefined ? await balancesWithoutVendor(db, collegeId, to, chart) : [];
  return { bills: rows.map(billOf), withoutVendor };
}

const vendorOrder = sql.raw(`lower(v."name" COLLATE "C") COLLATE "C"`);

function billOf(row: RawRow): OpenBill {
  const openPaise = big(row.open);
  const [side, other] = openPaise > 0n ? ['debit', 'credit'] : ['credit', 'debit'];
  const name = textOrNull(row.name);
  const kind = textOrNull(row[`${side}_kind`]);
  return {
    vendorId: text(row.vendor_id),
    vendorName: text(row.vendor),
    name,
    kind: name === null ? 'on_account' : kind === 'advance' ? 'advance' : 'bill',
    // What was settled beyond its amount is as old as what it settles.
    billDate: textOrNull(row[`${side}_date`] ?? row[`${other}_date`]),
    dueOn: textOrNull(row[`${side}_due`]),
    voucherId: textOrNull(row.voucher_id),
    expenseId: textOrNull(row.expense_id),
    openPaise,
  };
}

/** The balance of the payable accounts less what belongs to vendors on them. */
async function balancesWithoutVendor(db: Db, collegeId: Id, to: IsoDate, chart: Chart) {
  const { accounts } = await figuresOver(db, collegeId, { from: to, to }, chart);
  const rows = await runQuery(
    db,
    sql`select "account_code", sum("debit_paise" - "credit_paise")::text as "open" from "bill_allocations"
      where "college_id" = ${collegeId}::uuid and "date" <= ${to}::date group by 1`,
  );
  const named = new Map(rows.map((row) => [text(row.account_code), big(row.open)]));
  return chart.accounts.flatMap(({ code, name, role }) => {
    if (role !== 'vendor_payable') return [];
    const balancePaise = (accounts.get(code)?.closingPaise ?? 0n) - (named.get(code) ?? 0n);
    return balancePaise === 0n ? [] : [{ accountCode: code, name, balancePaise }];
  });
}
