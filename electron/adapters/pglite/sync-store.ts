import { sql } from 'drizzle-orm';
import type { Db } from '../../../shared/db/tables.ts';
import { MunimError } from '../../../shared/kernel/errors.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import { limits } from '../../../shared/kernel/limits.ts';
import type { Clock } from '../../../shared/ports/clock.ts';
import type { Digest } from '../../../shared/ports/digest.ts';
import type { CollegeCursor, SyncStore, UnsentCommand } from '../../../shared/sync/client/sync-store.ts';
import type { CommandResult, PullAnswer } from '../../../shared/sync/messages.ts';
import type { SnapshotFiles } from '../snapshot/snapshot-files.ts';
import { type Fact, readFact, writeFact } from './facts.ts';
import { loadSnapshot } from './load-snapshot.ts';
import { heardUpTo } from './lost-commands.ts';
import { ackedSeq, lastSeq, outboxCounts, parkedSeqs, recordResults, toSend } from './outbox.ts';
import { needsRebase, rebase } from './rebase.ts';
import { rowsOf } from './rows-of.ts';
import { beginAnew, stagePage } from './stage.ts';

export interface SyncStoreOptions {
  readonly db: Db;
  readonly digest: Digest;
  readonly clock: Clock;
  /** Signs the waiting commands anew; it must let no command in between. */
  readonly resign: (nextSeq: number) => Promise<void>;
  /** Called inside the transaction of a rebase. */
  readonly forget: () => void;
  readonly onFailed: (collegeId: Id, count: number) => void;
  /** So many commands wait again that a server lost which was put back from a backup. */
  readonly onLost: (collegeId: Id, count: number) => Promise<void>;
  /** Commands above this sequence are not to be sent yet. @throws MunimError why they cannot be, when that may be mended meanwhile */
  readonly sendUpTo: () => Promise<number>;
  /** Told of the server's words once they are written down. */
  readonly onTold: (results: readonly CommandResult[]) => Promise<void>;
  readonly expectSilence: (ms: number) => void;
  /** Fetches the books of a college in bulk; without it a new desk reads them page by page. */
  readonly snapshots?: SnapshotFiles | undefined;
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

  /** What was sent again to a server that had been put back from a backup, the last time for each college. */
  async sentAgain(): Promise<Fact<'sentAgain'>> {
    return (await readFact(this.#db, 'sentAgain')) ?? [];
  }

  async toSend(fromSeq: number | null, max: number): Promise<readonly UnsentCommand[]> {
    const waiting = await toSend(this.#db, fromSeq, max);
    if (waiting.length === 0) return waiting;
    const last = await this.#options.sendUpTo();
    return waiting.filter(({ seq }) => seq <= last);
  }

  lastSeq(): Promise<number> {
    return lastSeq(this.#db);
  }

  ackedSeq(): Promise<number> {
    return ackedSeq(this.#db);
  }

  parkedSeqs(): Promise<readonly number[]> {
    return parkedSeqs(this.#db, limits.sync.parkedAskedMax);
  }

  heardUpTo(lastSeq: number): Promise<void> {
    return heardUpTo(this.#db, lastSeq);
  }

  async recordResults(results: readonly CommandResult[]): Promise<void> {
    if ((await recordResults(this.#db, results)) > 0) await this.#options.onTold(results);
  }

  stagePage(page: PullAnswer): Promise<void> {
    return stagePage(this.#db, page);
  }

  /** @returns from where the pull goes on: 0 when there is no snapshot to begin with */
  async bootstrap(collegeId: Id, onRows: (rows: number) => void): Promise<number> {
    const version = (await this.#options.snapshots?.fetch(collegeId, onRows)) ?? 0;
    if (version > 0) await stagePage(this.#db, { collegeId, rows: [], cursor: version });
    return version;
  }

  async beginAnew(collegeId: Id): Promise<void> {
    this.#options.snapshots?.forget(collegeId);
    await beginAnew(this.#db, collegeId);
  }

  async needsRebase(collegeId: Id): Promise<boolean> {
    return (await this.#isLoading(collegeId)) || (await needsRebase(this.#db, collegeId));
  }

  /** Whether the pull went on from a snapshot that the books have not taken yet. */
  async #isLoading(collegeId: Id): Promise<boolean> {
    if (this.#options.snapshots?.isWhole(collegeId) !== true) return false;
    const college = (await this.colleges()).find(({ id }) => id === collegeId);
    return college?.cursor === 0 && college.stagedCursor > 0;
  }

  async rebase(collegeId: Id): Promise<readonly string[]> {
    this.#options.expectSilence(REBASE_SILENCE_MS);
    const { digest, clock, forget } = this.#options;
    const { snapshots } = this.#options;
    const isLoading = await this.#isLoading(collegeId);
    const load =
      snapshots !== undefined && isLoading
        ? (tx: Db) => loadSnapshot(tx, collegeId, snapshots.parts(collegeId))
        : undefined;
    const done = await rebase({ db: this.#db, collegeId, digest, now: clock.now(), forget, load });
    if (isLoading) snapshots?.forget(collegeId);
    if (done.lost > 0) await this.#options.onLost(collegeId, done.lost);
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
