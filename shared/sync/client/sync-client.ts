import { type ErrorCode, type ErrorDetails, MunimError, toMunimError } from '../../kernel/errors.ts';
import type { Id } from '../../kernel/ids.ts';
import { limits } from '../../kernel/limits.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Random } from '../../ports/random.ts';
import type { SyncLink } from '../../ports/sync-link.ts';
import type { SignedCommand } from '../messages.ts';
import { backoffMs } from './backoff.ts';
import type { SyncStore, UnsentCommand } from './sync-store.ts';

export interface SyncProblem {
  readonly code: ErrorCode;
  readonly details: ErrorDetails;
}

export interface SyncState {
  readonly state: 'offline' | 'syncing' | 'synced' | 'refused';
  readonly problem: SyncProblem | null;
  readonly lastSyncedAt: number | null;
  readonly receivedRows: number | null;
  readonly paused: boolean;
}

export interface SyncClientOptions {
  readonly store: SyncStore;
  readonly link: Pick<SyncLink, 'push' | 'pull' | 'watch' | 'onEvent'>;
  readonly clock: Clock;
  readonly random: Random;
  readonly paused: boolean;
  readonly lastSyncedAt: number | null;
  /** Whether there is a server to talk to at all. */
  readonly isEnrolled: () => boolean;
  readonly onState: () => void;
  readonly onChanged: (tables: readonly string[]) => void;
  /** Runs after each round that met the server: what else waits for a connection. What it throws counts as a failure of the round. */
  readonly afterRound: () => Promise<void>;
  readonly onFault: (problem: unknown) => void;
}

/** With these the server was not met or could not work, or this desk could not write; all else the server says of the desk, and a person has to know. */
const passing: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'SYNC_OFFLINE',
  'SYNC_BAD_ANSWER',
  'SERVER_UNAVAILABLE',
  'RATE_LIMITED',
  'INTERNAL',
  'ENGINE_DISK_FULL',
  'ENGINE_NOT_DURABLE',
]);
/** Pushes and pulls alternate until both are empty; more rounds than this at one go means somebody else keeps the desk busy. */
const ROUNDS_MAX = 50;
const GAPS_MAX = 3;

/**
 * Carries commands up and rows down. One round at a time: send everything that waits, then read every college to its end and move the
 * books onto it. A round starts when a command was saved, when the server pokes, when the poll is due, or when a person asks.
 */
export class SyncClient {
  readonly #options: SyncClientOptions;
  #state: SyncState;
  #running: Promise<void> | null = null;
  #again = false;
  /** As `#again`, but for a round that is due however the one under way ends. */
  #owed = false;
  #stopped = true;
  #failures = 0;
  #cancelTimer: (() => void) | null = null;
  #stopListening: (() => void) | null = null;
  #pushMax: number = limits.sync.pushCommandsMax;

  constructor(options: SyncClientOptions) {
    this.#options = options;
    const { paused, lastSyncedAt } = options;
    this.#state = { state: 'offline', problem: null, lastSyncedAt, receivedRows: null, paused };
  }

  get state(): SyncState {
    return this.#state;
  }

  start(): void {
    if (!this.#stopped) return;
    this.#stopped = false;
    this.#stopListening = this.#options.link.onEvent((event) => {
      if (event.kind !== 'closed') this.kick();
    });
    this.#listen();
    this.kick();
  }

  /** Resolves when no round is under way. What was under way is taken up at the next start. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancelTimer?.();
    this.#stopListening?.();
    await this.#running;
  }

  /**
   * Whether this desk knows what the server knows: they met well not long ago, and nothing has failed since. True also while the next round runs, since
   * every command that is saved begins one.
   */
  get isLevel(): boolean {
    const { state, problem, paused, lastSyncedAt } = this.#state;
    if (paused || problem !== null || lastSyncedAt === null || (state !== 'synced' && state !== 'syncing'))
      return false;
    return this.#options.clock.now() - lastSyncedAt <= 2 * limits.sync.pollMs;
  }

  /** There may be something to send or to fetch. */
  kick(): void {
    if (this.#stopped || this.#state.paused || !this.#options.isEnrolled()) return;
    if (this.#running === null) void this.#begin();
    else this.#again = true;
  }

  /** The desk got a new name, or the server has confirmed a person: what failed before this says nothing of the next try. */
  anew(): void {
    this.#failures = 0;
    if (this.#running === null) this.kick();
    else this.#owed = true;
  }

  /** A command was saved. While the server is away the timer goes on alone, or quick typing would ask it again and again. */
  saved(): void {
    if (this.#failures === 0) this.kick();
    else this.#options.onState();
  }

  /** Tries at once, whatever waits. Resolves when the round has ended, well or not. */
  async now(): Promise<void> {
    this.kick();
    while (this.#running !== null) await this.#running;
  }

  /** Offline on purpose means from now on: a round under way ends, but sends nothing that was entered after this. */
  async pause(paused: boolean): Promise<void> {
    this.#set({ paused, ...(paused ? { state: 'offline', problem: null } : {}) });
    this.#listen();
    if (paused) this.#cancelTimer?.();
    else this.kick();
  }

  #listen(): void {
    // Without the socket the desk is only slower to notice; its own failures are not worth a word.
    this.#options.link.watch(!this.#stopped && !this.#state.paused).catch(() => {});
  }

  #begin(): Promise<void> {
    this.#cancelTimer?.();
    this.#cancelTimer = null;
    const running = this.#round().finally(() => {
      this.#running = null;
      if (this.#again || this.#owed) {
        this.#again = false;
        this.#owed = false;
        this.kick();
      }
    });
    this.#running = running;
    return running;
  }

  async #round(): Promise<void> {
    this.#set({ state: 'syncing' });
    try {
      await this.#exchange();
      await this.#options.afterRound();
      this.#failures = 0;
      const now = this.#options.clock.now();
      await this.#options.store.markSynced(now);
      const held = await this.#options.store.heldBack();
      const met = { lastSyncedAt: now, receivedRows: null };
      if (this.#state.paused) this.#set({ ...met, state: 'offline', problem: null });
      else if (held === null) this.#set({ ...met, state: 'synced', problem: null });
      else {
        const problem = { code: 'AUTH_ACTOR_NOT_ON_DEVICE', details: { person: held.person } } as const;
        this.#set({ ...met, state: 'refused', problem });
      }
      this.#later(limits.sync.pollMs);
    } catch (thrown) {
      this.#fail(thrown);
    }
  }

  #fail(thrown: unknown): void {
    const { code, details } = toMunimError(thrown);
    if (code === 'INTERNAL') this.#options.onFault(thrown);
    this.#failures++;
    if (!this.#state.paused) {
      this.#set({ state: passing.has(code) ? 'offline' : 'refused', problem: { code, details }, receivedRows: null });
    }
    // An open poke or a new command must not turn a failing desk into a hammer: only the timer goes on.
    this.#again = false;
    this.#later(backoffMs(this.#failures, this.#options.random));
  }

  #later(ms: number): void {
    if (this.#stopped || this.#state.paused) return;
    this.#cancelTimer?.();
    this.#cancelTimer = this.#options.clock.after(ms, () => this.kick());
  }

  async #exchange(): Promise<void> {
    const { store } = this.#options;
    if (await store.needsResign()) {
      // Only the server's books tell which of the old desk's commands had arrived; the rest are signed anew.
      await this.#pullAll();
      await store.resign();
    }
    for (let round = 0; round < ROUNDS_MAX && !this.#state.paused; round++) {
      const missed = await this.#pushAll();
      await this.#pullAll();
      // A server that was put back from a backup misses what this desk has long let go. The pull has brought it back to light.
      if (missed !== null && (await this.#kept(missed)) === null) throw missed;
      if ((await store.heldBack()) !== null || (await store.toSend(null, 1)).length === 0) return;
    }
  }

  /**
   * Sends what waits now. What is entered meanwhile goes with the next push, after a pull: whoever enters faster than a slow line answers
   * would otherwise never see what others did, nor their own entries confirmed.
   * @returns the server's word that it misses a command which is not kept here, or null when everything was sent
   */
  async #pushAll(): Promise<MunimError | null> {
    const { store, link } = this.#options;
    if ((await store.heldBack()) !== null) return null;
    const last = await store.lastSeq();
    let from: number | null = null;
    let gaps = 0;
    while (!this.#state.paused) {
      const batch = fitting(await store.toSend(from, this.#pushMax));
      if (batch.length === 0) return null;
      try {
        const answer = await link.push({
          commands: batch.map(
            ({ text, signature, withdrawn }): SignedCommand => ({ text, signature, ...(withdrawn && { withdrawn }) }),
          ),
        });
        await store.recordResults(answer.results);
        this.#pushMax = Math.min(limits.sync.pushCommandsMax, this.#pushMax * 2);
        // Less than was sent means the server stopped at one; sending again from there brings the reason.
        const next = (batch[0]?.seq ?? 0) + answer.results.length;
        if (answer.results.length === 0) throw new MunimError('SYNC_BAD_ANSWER', { detail: 'no results' });
        if (next > last) return null;
        from = from === null ? null : next;
      } catch (thrown) {
        const refused = toMunimError(thrown);
        if (refused.code === 'SYNC_TOO_LARGE' && batch.length > 1) {
          this.#pushMax = Math.max(1, Math.floor(batch.length / 2));
        } else if (refused.code === 'SYNC_SEQUENCE_GAP' && ++gaps <= GAPS_MAX) {
          from = await this.#kept(refused);
          if (from === null) return refused;
        } else {
          // On a line that breaks before so much has gone through, only less will ever arrive.
          if (refused.code === 'SYNC_OFFLINE') this.#pushMax = Math.max(1, Math.floor(batch.length / 2));
          throw thrown;
        }
      }
      this.#set({});
    }
    return null;
  }

  /** The server misses an earlier command (it was restored, or an answer was lost). @returns its number, if it is still kept */
  async #kept(gap: MunimError): Promise<number | null> {
    const expected = Number(gap.details.expected);
    const [first] = Number.isSafeInteger(expected) ? await this.#options.store.toSend(expected, 1) : [];
    return first?.seq === expected ? expected : null;
  }

  async #pullAll(): Promise<void> {
    for (const { id, stagedCursor } of await this.#options.store.colleges()) {
      try {
        await this.#pull(id, stagedCursor);
      } catch (thrown) {
        if (toMunimError(thrown).code !== 'SYNC_CURSOR_LOST' || stagedCursor === 0) throw thrown;
        // The server was put back from a backup: what this desk has read is not what stands there now.
        await this.#options.store.beginAnew(id);
        await this.#pull(id, 0);
      }
    }
  }

  async #pull(collegeId: Id, from: number): Promise<void> {
    const { store, link } = this.#options;
    let received = 0;
    const onRows = (rows: number): void => {
      received = rows;
      this.#set({ receivedRows: rows });
    };
    let cursor = from > 0 ? from : await store.bootstrap(collegeId, onRows);
    for (;;) {
      const ackedSeq = await store.ackedSeq();
      const parked = [...(await store.parkedSeqs())];
      const page = await link.pull({ collegeId, cursor, ackedSeq, limitRows: limits.sync.pullRowsMax, parked });
      if (page.collegeId !== collegeId || page.cursor < cursor || (page.more && page.cursor === cursor)) {
        throw new MunimError('SYNC_BAD_ANSWER', { detail: 'a page that does not go on' });
      }
      await store.recordResults(page.results);
      if (page.rows.length > 0 || page.cursor > cursor) await store.stagePage(page);
      cursor = page.cursor;
      received += page.rows.length;
      if (!page.more) {
        await store.heardUpTo(page.lastSeq);
        break;
      }
      this.#set({ receivedRows: received });
    }
    if (await store.needsRebase(collegeId)) this.#options.onChanged(await store.rebase(collegeId));
  }

  #set(change: Partial<SyncState>): void {
    this.#state = { ...this.#state, ...change };
    this.#options.onState();
  }
}

/** As many as one message takes, and at least one: a single command over the limit has to hear that from the server. */
function fitting(commands: readonly UnsentCommand[]): readonly UnsentCommand[] {
  const encoder = new TextEncoder();
  let bytes = 0;
  for (const [index, { text, signature }] of commands.entries()) {
    bytes += encoder.encode(JSON.stringify(text)).byteLength + signature.length + 40;
    if (bytes > limits.sync.pushBytesMax - 100 && index > 0) return commands.slice(0, index);
  }
  return commands;
}
