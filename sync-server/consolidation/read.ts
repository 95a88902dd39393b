import { asc, eq } from 'drizzle-orm';
import { consolidationTotals } from '../../shared/db/ledger-schema.ts';
import { accounts, colleges } from '../../shared/db/schema.ts';
import { inScope } from '../../shared/db/scope.ts';
import { type IncomeAndExpenditure, incomeAndExpenditure, kindsOf } from '../../shared/domain/consolidation/reading.ts';
import type { AccountKind } from '../../shared/domain/rows.ts';
import type { FinancialYear } from '../../shared/kernel/dates.ts';
import type { Id } from '../../shared/kernel/ids.ts';
import type { Paise } from '../../shared/kernel/money.ts';
import type { ServerContext } from '../services/context.ts';

export interface ConsolidatedLine {
  readonly collegeId: Id;
  readonly collegeName: string;
  /** `YYYY-MM` */
  readonly month: string;
  readonly category: string;
  readonly accountCode: string;
  readonly accountName: string;
  readonly kind: AccountKind | null;
  readonly debitPaise: Paise;
  readonly creditPaise: Paise;
  readonly lineCount: number;
}

export interface Consolidation extends IncomeAndExpenditure {
  readonly lines: readonly ConsolidatedLine[];
}

/** The totals of the colleges in a year by month, category and GL code, all of one moment, with income and expenditure over them. */
export function readConsolidation(
  context: ServerContext,
  collegeIds: readonly Id[],
  year: FinancialYear,
): Promise<Consolidation> {
  const t = consolidationTotals;
  return inScope(
    context.database.db,
    collegeIds,
    async (tx) => {
      const totals = await tx
        .select()
        .from(t)
        .where(eq(t.financialYear, year))
        .orderBy(asc(t.collegeId), asc(t.month), asc(t.category), asc(t.accountCode));
      const chart = await tx.select().from(accounts);
      const names = new Map((await tx.select().from(colleges)).map((college) => [college.id, college.name]));
      const accountOf = new Map(chart.map((account) => [`${account.collegeId} ${account.code}`, account]));
      const lines = totals.map((total) => {
        const account = accountOf.get(`${total.collegeId} ${total.accountCode}`);
        return {
          collegeId: total.collegeId,
          collegeName: names.get(total.collegeId) ?? '',
          month: total.month,
          category: total.category,
          accountCode: total.accountCode,
          accountName: account?.name ?? '',
          kind: account?.kind ?? null,
          debitPaise: total.debitPaise,
          creditPaise: total.creditPaise,
          lineCount: total.lineCount,
        };
      });
      return { lines, ...incomeAndExpenditure(totals, kindsOf(chart)) };
    },
    { snapshot: true },
  );
}
