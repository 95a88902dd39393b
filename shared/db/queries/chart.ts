import { asc, eq, sql } from 'drizzle-orm';
import type { ChartAccount, ChartCentre, ChartGroup } from '../../ipc/contract/chart.ts';
import type { FinancialYear } from '../../kernel/dates.ts';
import type { Id } from '../../kernel/ids.ts';
import * as schema from '../schema.ts';
import type { Db } from '../tables.ts';
import { big, runQuery, text } from './run-query.ts';

export interface Chart {
  readonly groups: ChartGroup[];
  readonly accounts: ChartAccount[];
  readonly costCentres: ChartCentre[];
}

/** The chart of a college with what stands in each account at the end of the year. The caller has checked the scope. */
export async function chartOf(db: Db, collegeId: Id, financialYear: FinancialYear): Promise<Chart> {
  const { accountGroups: g, accounts: a, costCentres: c } = schema;
  const groups = await db.select().from(g).where(eq(g.collegeId, collegeId)).orderBy(asc(g.code));
  const accounts = await db.select().from(a).where(eq(a.collegeId, collegeId)).orderBy(asc(a.code));
  const centres = await db.select().from(c).where(eq(c.collegeId, collegeId)).orderBy(asc(c.code));
  const balances = await balancesOf(db, collegeId, financialYear);
  return {
    groups: groups.map(({ id, code, name, nameHi, kind, parentCode, isActive, version }) => {
      return { id, code, name, nameHi, kind, parentCode, isActive, pending: version === 0 };
    }),
    accounts: accounts.map(({ id, code, name, kind, groupCode, category, role, isActive, version }) => {
      const shown = { id, code, name, kind, groupCode, category, role, isActive };
      return { ...shown, pending: version === 0, balancePaise: balances.get(code) ?? 0n };
    }),
    costCentres: centres.map(({ collegeId: _college, revision: _revision, version, ...centre }) => {
      return { ...centre, pending: version === 0 };
    }),
  };
}

/** From the kept totals: income and expenditure begin each year at nothing, the others go on. */
async function balancesOf(db: Db, collegeId: Id, financialYear: FinancialYear): Promise<ReadonlyMap<string, bigint>> {
  const rows = await runQuery(
    db,
    sql`select t."account_code", (sum(t."debit_paise") - sum(t."credit_paise"))::text as "balance"
      from "consolidation_totals" t
      left join "accounts" a on a."college_id" = t."college_id" and a."code" = t."account_code"
      where t."college_id" = ${collegeId}::uuid and t."financial_year" COLLATE "C" <= ${financialYear}
        and (t."financial_year" = ${financialYear} or a."kind" not in ('income', 'expense'))
      group by 1`,
  );
  return new Map(rows.map((row) => [text(row.account_code), big(row.balance)]));
}
