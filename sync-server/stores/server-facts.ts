import { eq } from 'drizzle-orm';
import { serverFacts } from '../../shared/db/server-schema.ts';
import type { Db } from '../../shared/db/tables.ts';

/** Notes a fact that is settled once and for all. @returns what was settled, by whoever came first */
export async function settleFact(db: Db, name: string, value: string): Promise<string> {
  await db.insert(serverFacts).values({ name, value }).onConflictDoNothing();
  const [row] = await db.select().from(serverFacts).where(eq(serverFacts.name, name));
  return row?.value ?? value;
}
