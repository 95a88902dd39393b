import { and, eq, inArray, sql } from 'drizzle-orm';
import { lifeCycle } from '../../domain/expense/life-cycle.ts';
import type { ExpenseListRow } from '../../ipc/contract/expenses.ts';
import type { EpochMs } from '../../kernel/dates.ts';
import type { Id } from '../../kernel/ids.ts';
import { people } from '../schema.ts';
import type { Db } from '../tables.ts';
import { allOf } from './expense-conditions.ts';
import { listColumns, listRow } from './expense-page.ts';
import { mergeParts, type PageWindow } from './ordered-parts.ts';
import { big, int, runOne, runQuery } from './run-query.ts';
import { idsIn, isOneOf, type Scope } from './scope.ts';

export interface Inbox {
  readonly rows: ExpenseListRow[];
  readonly count: number;
  readonly totalPaise: bigint;
  readonly overdue: number;
}

/**
 * What waits for this person's decision, oldest due first: submitted in a college where the role may decide, and entered by somebody
 * else. The exact due instant counts as overdue.
 */
export async function approvalsInbox(
  db: Db,
  scope: Scope,
  question: { readonly personId: Id; readonly collegeId: Id | null; readonly now: EpochMs } & PageWindow,
): Promise<Inbox> {
  const colleges = await decidesIn(db, idsIn(scope, question.collegeId), question.personId);
  if (colleges.length === 0) return { rows: [], count: 0, totalPaise: 0n, overdue: 0 };
  const waiting = sql`"status" = 'submitted' and "maker_id" <> ${question.personId}::uuid`;
  const parts = colleges.map((id) => allOf([isOneOf(sql`"college_id"`, [id], 'uuid'), waiting]));
  const rows = await runQuery(db, mergeParts(sql`"expenses"`, parts, listColumns, sql`"due_at", "id"`, question));
  const totals = await runOne(
    db,
    sql`select count(*) as "waiting", sum("total_paise")::text as "total", count(*) filter (where "due_at" <= ${question.now}::int8) as "overdue"
      from "expenses" where ${allOf([isOneOf(sql`"college_id"`, colleges, 'uuid'), waiting])}`,
  );
  return {
    rows: rows.map((row) => listRow(row, scope)),
    count: int(totals.waiting),
    totalPaise: big(totals.total),
    overdue: int(totals.overdue),
  };
}

async function decidesIn(db: Db, colleges: readonly Id[], personId: Id): Promise<readonly Id[]> {
  if (colleges.length === 0) return [];
  const found = await db
    .select({ collegeId: people.collegeId })
    .from(people)
    .where(
      and(
        inArray(people.collegeId, [...colleges]),
        eq(people.id, personId),
        eq(people.isActive, true),
        inArray(people.role, [...lifeCycle.approve.roles]),
      ),
    );
  return found.map((row) => row.collegeId);
}
