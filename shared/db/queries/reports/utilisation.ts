import { and, eq, sql } from 'drizzle-orm';
import type { ReportQuestion } from '../../../domain/report/names.ts';
import type { GrantFigures } from '../../../domain/report/utilisation.ts';
import { MunimError } from '../../../kernel/errors.ts';
import type { Id } from '../../../kernel/ids.ts';
import { costCentres } from '../../schema.ts';
import type { Db } from '../../tables.ts';
import { big, runQuery, text } from '../run-query.ts';
import { chartOf } from './books-head.ts';

/** @throws MunimError NOT_FOUND */
export async function centreBy(db: Db, collegeId: Id, code: string) {
  const [centre] = await db
    .select()
    .from(costCentres)
    .where(and(eq(costCentres.collegeId, collegeId), eq(costCentres.code, code)));
  if (centre === undefined) throw new MunimError('NOT_FOUND', { what: 'cost centre' });
  return centre;
}

/**
 * The lines of a fund or grant by account, from its index: a cost centre has no kept sums. A grant goes on from year to year, so that what
 * came before the period counts from its beginning. @throws MunimError NOT_FOUND, also for a department, which accounts to nobody for money
 */
export async function grantFigures(
  db: Db,
  { collegeId, from, to }: ReportQuestion,
  centreCode: string,
): Promise<GrantFigures> {
  const centre = await centreBy(db, collegeId, centreCode);
  if (centre.kind === 'department') throw new MunimError('NOT_FOUND', { what: 'cost centre' });
  const rows = await runQuery(
    db,
    sql`select "account_code",
        coalesce(sum("debit_paise" - "credit_paise") filter (where "date" < ${from}::date), 0)::text as "before",
        coalesce(sum("debit_paise" - "credit_paise") filter (where "date" >= ${from}::date), 0)::text as "moved"
      from "voucher_lines"
      where "college_id" = ${collegeId}::uuid and "fund_code" = ${centreCode} and "date" <= ${to}::date group by 1`,
  );
  return {
    chart: await chartOf(db, collegeId),
    centre,
    before: new Map(rows.map((row) => [text(row.account_code), big(row.before)])),
    moved: new Map(rows.map((row) => [text(row.account_code), big(row.moved)])),
  };
}
