import { sql } from 'drizzle-orm';
import type { Db } from '../../../shared/db/tables.ts';
import { parseCanonical } from '../../../shared/kernel/canonical.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import type { JournalRecord } from '../../../shared/sync/client/journal-record.ts';
import { zDetails } from '../../../shared/sync/messages.ts';
import { type Fact, readFact } from './facts.ts';
import { rowsOf } from './rows-of.ts';

type Verdict = Extract<JournalRecord, { kind: 'refused' | 'settled' }>;

/** The highest sequence the desk has ever given away, as far as these books know. */
export async function topSeqOf(db: Db): Promise<number> {
  const [row] = await rowsOf<{ top: bigint }>(
    db,
    sql`SELECT coalesce(max("seq"), 0)::int8 AS "top" FROM "desk"."outbox" WHERE "seq" > 0`,
  );
  return Math.max(Number(row?.top ?? 0n), (await readFact(db, 'seqFloor')) ?? 0);
}

/** What of the books belongs into the journal. */
export function journalSource(db: Db) {
  return {
    async desk(): Promise<{ device: Fact<'device'>; resign: Fact<'resign'> | null; floor: number } | null> {
      const device = await readFact(db, 'device');
      if (device === undefined) return null;
      const resign = (await readFact(db, 'resign')) ?? null;
      const floor = resign === null ? ((await readFact(db, 'seqFloor')) ?? 0) : resign.nextSeq - 1;
      return { device, resign, floor };
    },
    async waiting(): Promise<readonly { readonly id: Id; readonly deviceId: Id; readonly seq: number }[]> {
      const rows = await rowsOf<{ id: Id; device_id: Id; seq: bigint }>(
        db,
        sql`SELECT "command_id" AS "id", "command"::json ->> 'deviceId' AS "device_id", "seq" FROM "desk"."outbox"
          WHERE "seq" > 0 AND "settled_at" IS NULL ORDER BY "seq"`,
      );
      return rows.map(({ id, device_id, seq }) => ({ id, deviceId: device_id, seq: Number(seq) }));
    },
    async commands(ids: readonly Id[]): Promise<readonly JournalRecord[]> {
      if (ids.length === 0) return [];
      const rows = await rowsOf<{ text: string; signature: string; actorName: string }>(
        db,
        sql`SELECT "command" AS "text", "signature", "actor_name" AS "actorName" FROM "desk"."outbox"
          WHERE "command_id" = ANY (string_to_array(${ids.join(',')}, ',')::uuid[]) ORDER BY "seq"`,
      );
      return rows.map((row) => ({ kind: 'command', ...row, settles: null }));
    },
    async verdicts(): Promise<readonly Verdict[]> {
      const rows = await rowsOf<{
        id: Id;
        code: string | null;
        details: string | null;
        at: bigint | null;
        how: string;
      }>(
        db,
        sql`SELECT "command_id" AS "id", "code", "details", "settled_at" AS "at", coalesce("settled_how", '') AS "how"
          FROM "desk"."outbox" WHERE "status" = 'rejected' ORDER BY "seq"`,
      );
      return rows.flatMap(({ id, code, details, at, how }): Verdict[] => [
        {
          kind: 'refused',
          commandId: id,
          code,
          details: zDetails.parse(details === null ? {} : parseCanonical(details)),
        },
        ...(at === null ? [] : [{ kind: 'settled' as const, commandId: id, how, at: Number(at) }]),
      ]);
    },
    /** Commands whose fate is not final here. */
    async open(): Promise<ReadonlySet<Id>> {
      const rows = await rowsOf<{ id: Id }>(
        db,
        sql`SELECT "command_id" AS "id" FROM "desk"."outbox" WHERE "settled_at" IS NULL`,
      );
      return new Set(rows.map(({ id }) => id));
    },
  };
}
