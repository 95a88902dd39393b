import { and, eq } from 'drizzle-orm';
import { colleges, people } from '../../shared/db/schema.ts';
import { nameRow } from '../../shared/db/scope.ts';
import { credentials } from '../../shared/db/server-schema.ts';
import type { Db } from '../../shared/db/tables.ts';
import type { Id } from '../../shared/kernel/ids.ts';

export type Credential = typeof credentials.$inferSelect;
export type PersonRow = typeof people.$inferSelect;

/** E-mail addresses are compared without regard to case and outer blanks. */
export const emailKey = (email: string): string => email.trim().toLowerCase();

export async function credentialByEmail(db: Db, email: string): Promise<Credential | undefined> {
  await nameRow(db, emailKey(email));
  return (
    await db
      .select()
      .from(credentials)
      .where(eq(credentials.email, emailKey(email)))
  )[0];
}

export async function credentialOf(db: Db, personId: Id): Promise<Credential | undefined> {
  await nameRow(db, personId);
  return (await db.select().from(credentials).where(eq(credentials.personId, personId)))[0];
}

export async function putCredential(db: Db, credential: Credential): Promise<void> {
  const { email, passwordHash, changedAt } = credential;
  await nameRow(db, credential.personId);
  await db
    .insert(credentials)
    .values({ ...credential, email: emailKey(email) })
    .onConflictDoUpdate({ target: credentials.personId, set: { email: emailKey(email), passwordHash, changedAt } });
}

/** The person's rows in the colleges of the scope, one for each he may act in. */
export async function activeRowsOf(db: Db, personId: Id): Promise<readonly PersonRow[]> {
  return db
    .select()
    .from(people)
    .where(and(eq(people.id, personId), eq(people.isActive, true)))
    .orderBy(people.collegeId);
}

export interface CollegeName {
  readonly id: Id;
  readonly code: string;
  readonly name: string;
}

/** The colleges of the scope that are set up, by code. */
export async function collegeNames(db: Db): Promise<readonly CollegeName[]> {
  return db
    .select({ id: colleges.id, code: colleges.code, name: colleges.name })
    .from(colleges)
    .orderBy(colleges.code, colleges.id);
}
