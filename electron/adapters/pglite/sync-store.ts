import { sql } from 'drizzle-orm';
import type { Db } from '../../../shared/db/tables.ts';
import { MunimError } from '../../../shared/kernel/errors.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import type { Clock } from '../../../shared/ports/clock.ts';
import type { Digest } from '../../../shared/ports/digest.ts';
import type { CollegeCursor, SyncStore, UnsentCommand } from '../../../shared/sync/client/sync-store.ts';
import type { CommandResult, PullAnswer } from '../../../shared/sync/messages.ts';
import { type Fact, readFact, writeFact } from './facts.ts';
import { ackedSeq, outboxCounts, recordResults, toSend } from './outbox.ts';
import { needsRebase, rebase } from './rebase.ts';
import { rowsOf } from './rows-of.ts';
import { stagePage } from './stage.ts';

export interface SyncStoreOptions {
  readonly db: Db;
  readonly digest: Digest;
  readonly clock: Clock;
  /** Signs the waiting commands anew; it must let no command in between. */
  readonly resign: (nextSeq: number) => Promise<void>;
  /** Called inside the transaction of a rebase. */
  readonly forget: () => void;
  readonly onFailed: (collegeId: Id, count: number) => void;
  readonly expectSilence: (ms: number) => void;
}

/** A statement of the rebase of a first pull may keep the process silent for so long. */
const REBASE_SILENCE_MS = 120_000;

export class PgliteSyncStore implements SyncStore {
  readonly #options: SyncStoreOptions;
  readonly #db: Db;

  constructor(options: SyncStoreOptions) {
    this.#options = options;
    this.#db = options.db;
  }

  async colleges(): Promise<readonly CollegeCursor[]> {
    const device = await readFact(this.#db, 'device');
    if (device === undefined) return [];
    const rows = await rowsOf<{ id: Id; cursor: bigint; staged: bigint }>(
      this.#db,
      sql`SELECT "college_id" AS "id", "cursor", "staged_cursor" AS "staged" FROM "desk"."sync_cursors"`,
    );
    const known = new Map(rows.map((row) => [row.id, row]));
    return device.colleges.map(({ id, code }) => {
      const row = known.get(id);
      return { id, code, cursor: Number(row?.cursor ?? 0n), stagedCursor: Number(row?.staged ?? 0n) };
    });
  }

  toSend(fromSeq: number | null, max: number): Promise<readonly UnsentCommand[]> {
    return toSend(this.#db, fromSeq, max);
  }

  ackedSeq(): Promise<number> {
    return ackedSeq(this.#db);
  }

  async recordResults(results: readonly CommandResult[]): Promise<void> {
    await recordResults(this.#db, results);
  }

  stagePage(page: PullAnswer): Promise<void> {
    return stagePage(this.#db, page);
  }

  needsRebase(collegeId: Id): Promise<boolean> {
    return needsRebase(this.#db, collegeId);
  }

  async rebase(collegeId: Id): Promise<readonly string[]> {
    this.#options.expectSilence(REBASE_SILENCE_MS);
    const { digest, clock, forget } = this.#options;
    const done = await rebase({ db: this.#db, collegeId, digest, now: clock.now(), forget });
    if (done.failed > 0) this.#options.onFailed(collegeId, done.failed);
    return [...done.tables, 'outbox'];
  }

  async needsResign(): Promise<boolean> {
    return (await readFact(this.#db, 'resign')) !== undefined;
  }

  async resign(): Promise<void> {
    const fact = await readFact(this.#db, 'resign');
    if (fact !== undefined) await this.#options.resign(fact.nextSeq);
  }

  async heldBack(): Promise<{ readonly person: string } | null> {
    const device = await readFact(this.#db, 'device');
    if (device === undefined) throw new MunimError('AUTH_DEVICE_UNKNOWN');
    const [row] = await rowsOf<{ person: string }>(
      this.#db,
      sql`SELECT o."actor_name" AS "person" FROM "desk"."known_people" k, "desk"."outbox" o
        WHERE k."confirmed_at" < ${device.enrolledAt} AND o."status" IN ('pending', 'failed')
          AND o."command"::json ->> 'actorId' = k."person_id"::text ORDER BY o."seq" LIMIT 1`,
    );
    return row ?? null;
  }

  counts() {
    return outboxCounts(this.#db);
  }

  markSynced(at: number): Promise<void> {
    return writeFact(this.#db, 'lastSyncedAt', at);
  }

  async settings(): Promise<{ readonly paused: boolean; readonly lastSyncedAt: number | null }> {
    return {
      paused: (await readFact(this.#db, 'paused')) ?? false,
      lastSyncedAt: (await readFact(this.#db, 'lastSyncedAt')) ?? null,
    };
  }

  setPaused(paused: Fact<'paused'>): Promise<void> {
    return writeFact(this.#db, 'paused', paused);
  }
}
