import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { deskFacts } from '../../../shared/db/desk-schema.ts';
import type { Db } from '../../../shared/db/tables.ts';
import { canonicalText, type Plain, parseCanonical } from '../../../shared/kernel/canonical.ts';
import { zDeviceFacts, zResignFact } from '../../../shared/sync/client/device-facts.ts';
import { zId } from '../../../shared/sync/command-args.ts';

const factSchemas = {
  device: zDeviceFacts,
  /** The highest sequence that was ever confirmed or given up here; the next command stands above it and above the outbox. */
  seqFloor: z.int().nonnegative(),
  resign: zResignFact,
  /** What was sent again to a server that had been put back from a backup, the last time for each college. */
  sentAgain: z.array(z.strictObject({ collegeId: zId, at: z.int(), commands: z.int().positive() })),
  paused: z.boolean(),
  lastSyncedAt: z.int(),
} as const;
type FactName = keyof typeof factSchemas;
export type Fact<N extends FactName> = z.infer<(typeof factSchemas)[N]>;

export async function readFact<N extends FactName>(db: Db, name: N): Promise<Fact<N> | undefined> {
  const [row] = await db.select().from(deskFacts).where(sql`${deskFacts.name} = ${name}`);
  return row === undefined ? undefined : (factSchemas[name].parse(parseCanonical(row.value)) as Fact<N>);
}

export async function writeFact<N extends FactName>(db: Db, name: N, value: Fact<N> | undefined): Promise<void> {
  if (value === undefined) {
    await db.delete(deskFacts).where(sql`${deskFacts.name} = ${name}`);
    return;
  }
  const text = canonicalText(value as Plain);
  await db
    .insert(deskFacts)
    .values({ name, value: text })
    .onConflictDoUpdate({ target: deskFacts.name, set: { value: text } });
}
