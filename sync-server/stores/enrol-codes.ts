import { eq } from 'drizzle-orm';
import { nameRow } from '../../shared/db/scope.ts';
import { enrolCodes } from '../../shared/db/server-schema.ts';
import type { Db } from '../../shared/db/tables.ts';
import type { Id } from '../../shared/kernel/ids.ts';

export type EnrolCode = typeof enrolCodes.$inferSelect;

/** Its colleges must be in the scope. */
export async function insertEnrolCode(db: Db, code: Omit<EnrolCode, 'usedBy'>): Promise<void> {
  await db.insert(enrolCodes).values({ ...code, usedBy: null });
}

/** Holds the code until the transaction ends, so that two desks cannot use it at once. */
export async function lockEnrolCode(db: Db, codeHash: string): Promise<EnrolCode | undefined> {
  await nameRow(db, codeHash);
  return (await db.select().from(enrolCodes).where(eq(enrolCodes.codeHash, codeHash)).for('update'))[0];
}

export async function markCodeUsed(db: Db, codeHash: string, usedBy: Id): Promise<void> {
  await nameRow(db, codeHash);
  await db.update(enrolCodes).set({ usedBy }).where(eq(enrolCodes.codeHash, codeHash));
}
