import { sql } from 'drizzle-orm';
import type { Db } from '../../../shared/db/tables.ts';
import { type Fact, readFact, writeFact } from './facts.ts';
import { topSeqOf } from './journal-source.ts';
import { inTransaction, rowsOf } from './rows-of.ts';

/** Tables of which a restored desk keeps what it had itself: who may sign in, what is half typed, receipts to be sent. */
const keptTables = { known_people: '"person_id"', drafts: '"person_id", "form"', blob_uploads: '"sha256"' } as const;
type KeptTable = keyof typeof keptTables;

/** What the desk knows of itself, and does not want to learn from a backup. */
export interface DeskMemory {
  readonly device: Fact<'device'>;
  readonly resign: Fact<'resign'> | null;
  readonly paused: boolean | undefined;
  readonly topSeq: number;
  /** Rows as JSON texts. */
  readonly tables: Readonly<Record<KeptTable, string>>;
  /** Commands that still go by the name of an earlier enrolment, as a JSON text; empty unless `resign` is set. */
  readonly renamed: string;
}

/** @returns null for a desk that was never enrolled */
export async function readDeskMemory(db: Db): Promise<DeskMemory | null> {
  const device = await readFact(db, 'device');
  if (device === undefined) return null;
  const resign = (await readFact(db, 'resign')) ?? null;
  return {
    device,
    resign,
    paused: await readFact(db, 'paused'),
    topSeq: await topSeqOf(db),
    tables: {
      known_people: await rowsText(db, sql.raw('SELECT * FROM "desk"."known_people"')),
      drafts: await rowsText(db, sql.raw('SELECT * FROM "desk"."drafts"')),
      blob_uploads: await rowsText(db, sql.raw('SELECT * FROM "desk"."blob_uploads"')),
    },
    renamed: resign === null ? '[]' : await rowsText(db, renamedCommands),
  };
}

const renamedCommands = sql.raw(`SELECT * FROM "desk"."outbox"
  WHERE "seq" > 0 AND "status" IN ('pending', 'failed', 'applied', 'parked') ORDER BY "seq"`);

async function rowsText(db: Db, rows: ReturnType<typeof sql.raw>): Promise<string> {
  const [row] = await rowsOf<{ text: string }>(
    db,
    sql`SELECT coalesce(json_agg(t), '[]'::json)::text AS "text" FROM (${rows}) t`,
  );
  return row?.text ?? '[]';
}

/**
 * Makes books out of a backup the books of this desk. What waited in those of another enrolment is signed anew, under numbers that follow
 * the desk's own. Doing it again changes nothing.
 * @param resign signs what waits anew, from this sequence on
 */
export async function adoptBooks(
  db: Db,
  memory: DeskMemory,
  resign: (nextSeq: number) => Promise<void>,
): Promise<void> {
  const { device, topSeq } = memory;
  const before = await readFact(db, 'device');
  const nextSeq = memory.resign?.nextSeq ?? topSeq + 1;
  await inTransaction(db, async (tx) => {
    for (const table of Object.keys(keptTables) as KeptTable[]) await keep(tx, table, memory.tables[table]);
    await writeFact(tx, 'paused', memory.paused);
    if (before?.id === device.id) return;
    await append(tx, memory.renamed);
    const formerIds = new Set([...device.formerIds, ...(before === undefined ? [] : [...before.formerIds, before.id])]);
    formerIds.delete(device.id);
    await writeFact(tx, 'device', { ...device, formerIds: [...formerIds] });
    await writeFact(tx, 'resign', { nextSeq });
  });
  if ((await readFact(db, 'resign')) !== undefined) await resign(nextSeq);
}

const keep = (tx: Db, table: KeptTable, rows: string) =>
  tx.execute(sql`INSERT INTO ${sql.raw(`"desk"."${table}"`)}
    SELECT * FROM json_populate_recordset(NULL::${sql.raw(`"desk"."${table}"`)}, ${rows}::json)
    ON CONFLICT (${sql.raw(keptTables[table])}) DO NOTHING`);

/** Behind the last number; they all get others when they are signed. */
const append = (tx: Db, rows: string) =>
  tx.execute(sql`INSERT INTO "desk"."outbox"
    SELECT * FROM json_populate_recordset(NULL::"desk"."outbox", (
      SELECT coalesce(json_agg(jsonb_set(r.value, '{seq}', to_jsonb(
        (SELECT greatest(coalesce(max("seq"), 0), 0) FROM "desk"."outbox") + r.ordinality))), '[]'::json)
      FROM jsonb_array_elements(${rows}::jsonb) WITH ORDINALITY AS r
    ))
    ON CONFLICT ("command_id") DO NOTHING`);
