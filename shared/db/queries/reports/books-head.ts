import { and, eq, sql } from 'drizzle-orm';
import type { ReportFrame } from '../../../domain/report/frame.ts';
import type { ReportQuestion } from '../../../domain/report/names.ts';
import type { Chart } from '../../../domain/report/statement-rows.ts';
import type { Account } from '../../../domain/rows.ts';
import { MunimError } from '../../../kernel/errors.ts';
import type { Id } from '../../../kernel/ids.ts';
import { accountGroups, accounts, colleges, vendors } from '../../schema.ts';
import type { Db } from '../../tables.ts';
import { int, runOne } from '../run-query.ts';

type Of = Pick<ReportQuestion, 'collegeId' | 'from' | 'to' | 'language'>;

/** @throws MunimError NOT_FOUND when the college is not in the books */
export async function frameOf(db: Db, { collegeId, from, to, language }: Of): Promise<ReportFrame> {
  const [college] = await db
    .select({ name: colleges.name, address: colleges.address })
    .from(colleges)
    .where(and(eq(colleges.collegeId, collegeId), eq(colleges.id, collegeId)));
  if (college === undefined) throw new MunimError('NOT_FOUND', { what: 'college' });
  // A desk writes version 0 on every row that it predicts.
  const { waiting } = await runOne(
    db,
    sql`select count(*) as "waiting" from "vouchers"
      where "college_id" = ${collegeId}::uuid and "version" = 0 and "date" <= ${to}::date`,
  );
  return { college, language, from, to, unconfirmed: int(waiting) };
}

/** All groups and accounts, also those out of use, in the order of their codes. */
export async function chartOf(db: Db, collegeId: Id): Promise<Chart> {
  const groups = await db
    .select()
    .from(accountGroups)
    .where(eq(accountGroups.collegeId, collegeId))
    .orderBy(sql`${accountGroups.code} COLLATE "C"`);
  const own = await db
    .select()
    .from(accounts)
    .where(eq(accounts.collegeId, collegeId))
    .orderBy(sql`${accounts.code} COLLATE "C"`);
  return { groups, accounts: own };
}

/** @throws MunimError NOT_FOUND */
export function accountIn<A extends Pick<Account, 'code'>>(all: readonly A[], code: string): A {
  const found = all.find((account) => account.code === code);
  if (found === undefined) throw new MunimError('NOT_FOUND', { what: 'account' });
  return found;
}

/** @throws MunimError NOT_FOUND */
export async function vendorName(db: Db, collegeId: Id, id: Id): Promise<string> {
  const [vendor] = await db
    .select({ name: vendors.name })
    .from(vendors)
    .where(and(eq(vendors.collegeId, collegeId), eq(vendors.id, id)));
  if (vendor === undefined) throw new MunimError('NOT_FOUND', { what: 'vendor' });
  return vendor.name;
}
