import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { deskFacts } from '../../../shared/db/schema.ts';
import type { Db } from '../../../shared/db/tables.ts';
import { canonicalText, type Plain, parseCanonical } from '../../../shared/kernel/canonical.ts';
import { zId } from '../../../shared/sync/command-args.ts';

const factSchemas = {
  /** The desk as the server knows it. `id` changes when the desk is enrolled again. */
  device: z.strictObject({
    id: zId,
    name: z.string(),
    serverUrl: z.string(),
    serverName: z.string(),
    demonstration: z.boolean(),
    enrolledAt: z.int(),
    colleges: z.array(z.strictObject({ id: zId, code: z.string(), name: z.string() })),
  }),
  /** The highest sequence that was ever confirmed or given up here; the next command stands above it and above the outbox. */
  seqFloor: z.int().nonnegative(),
  /** Set by an enrolment over an older one: waiting commands still carry the old desk's name, and the server counts from `nextSeq`. */
  resign: z.strictObject({ nextSeq: z.int().positive() }),
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
