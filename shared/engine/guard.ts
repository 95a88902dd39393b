import { AsyncLocalStorage } from 'node:async_hooks';
import { PGlite, type PGliteOptions, type Results, type Transaction } from '@electric-sql/pglite';
import { MunimError } from '../kernel/errors.ts';

export type PoisonListener = (reason: string) => void;

type ProtocolOptions = Parameters<PGlite['execProtocolStream']>[1];
type ProtocolMessages = Awaited<ReturnType<PGlite['execProtocolStream']>>;
type RunTransaction = <T>(callback: (tx: Transaction) => Promise<T>) => Promise<T>;

/** The entry points of the database build that the guard stands in front of. */
interface GuardedModule {
  _PostgresMainLoopOnce: () => void;
  _PostgresMainLongJmp: () => void;
  _PostgresSendReadyForQueryIfNecessary: () => void;
  _pgl_pq_flush: () => void;
  stackRestore: (pointer: number) => void;
}

/** The status with which the database build throws an ordinary SQL error up to its host. Anything else is a crash. */
const ordinaryErrorStatus = 100;

/**
 * Lines of the server log that mean the process can no longer be trusted. They are matched at the start of the line
 * only: PostgreSQL indents continuation lines, so text typed by a person cannot look like one.
 */
const fatalLine = /^(?:\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+ \w+ \[-?\d+\] )?(?:PANIC|FATAL): |^Aborted\(/;

/** What each message of the wire protocol must be answered with when it succeeds; a missing answer is a swallowed crash. */
const requiredAnswers: ReadonlyMap<string, readonly string[]> = new Map([
  ['Q', ['commandComplete', 'emptyQuery', 'copyOutResponse', 'copyInResponse']],
  ['P', ['parseComplete']],
  ['B', ['bindComplete']],
  ['D', ['rowDescription', 'noData', 'parameterDescription']],
  ['E', ['commandComplete', 'emptyQuery', 'portalSuspended']],
  ['C', ['closeComplete']],
  ['S', ['readyForQuery']],
]);

/**
 * The arrays that answers may hold: of `int4`, `text`, `int8` and `uuid` (pg_type.oid). PGlite adds a parser for the arrays of every type
 * there is, three hundred of them, and copies them all for each question, which took longer than many an answer.
 */
const arraysRead: readonly number[] = [1007, 1009, 1016, 2951];

/** After how many statements the guard lets the event loop turn. */
const statementsPerTurn = 16;

interface OpenTransaction {
  open: boolean;
}

/**
 * A PGlite that notices when its database has crashed inside. The stock class catches WebAssembly traps and resolves
 * the query with no rows; after a panic the following query can spin for ever. Here the first sign of either marks the
 * instance poisoned: that call and every later one rejects with ENGINE_POISONED without entering the database again,
 * and `onPoison` is told once, synchronously, so that the process can end itself hard.
 *
 * drizzle works over it as over any PGlite. Errors of SQL pass through unchanged, except a full disk (53100), which
 * becomes ENGINE_DISK_FULL, and damaged pages (XX001, XX002), which become ENGINE_CORRUPT, each with its cause.
 */
export class GuardedPGlite extends PGlite {
  readonly #onPoison: PoisonListener;
  readonly #openTransaction = new AsyncLocalStorage<OpenTransaction>();
  #poison: string | null = null;
  #statements = 0;
  /** Gives free space in MiB for the text of ENGINE_DISK_FULL; set by the engine once it knows the disk. */
  freeMiB: () => number = () => 0;
  /** Called when a statement failed for want of space; set by the engine, which then stops further writing. */
  onDiskFull: () => void = () => {};
  /** Whether the engine put the session in read-only mode because space is short. */
  readOnlyForSpace = false;

  constructor(options: PGliteOptions, onPoison: PoisonListener, onLogLine: (line: string) => void) {
    super({
      ...options,
      onStderr: (line) => {
        onLogLine(line);
        if (fatalLine.test(line)) this.#watchLine(line);
        return false;
      },
    });
    this.#onPoison = onPoison;
  }

  /** Opens a guarded database. @throws what PGlite throws when it cannot start */
  static async open(
    options: PGliteOptions,
    onPoison: PoisonListener,
    onLogLine: (line: string) => void,
  ): Promise<GuardedPGlite> {
    const pg = new GuardedPGlite(options, onPoison, onLogLine);
    const given = new Set(Object.keys(pg.parsers));
    await pg.waitReady;
    pg.parsers = Object.fromEntries(
      Object.entries(pg.parsers).filter(([oid]) => given.has(oid) || arraysRead.includes(Number(oid))),
    );
    pg.#standInFront();
    return pg;
  }

  /** Why this instance must not be used any more, or null while it is sound. */
  get poison(): string | null {
    return this.#poison;
  }

  override async execProtocolStream(message: Uint8Array, options?: ProtocolOptions): Promise<ProtocolMessages> {
    this.#refuseWhenPoisoned();
    const kind = String.fromCharCode(message[0] ?? 0);
    if (kind === 'Q' || kind === 'P') await this.#letOthersRun();
    let messages: ProtocolMessages;
    try {
      messages = await super.execProtocolStream(message, options);
    } catch (thrown) {
      throw this.#translate(thrown);
    }
    this.#refuseWhenPoisoned();
    const wanted = requiredAnswers.get(kind);
    if (wanted !== undefined && !messages.some((answer) => wanted.includes(answer.name))) {
      this.#markPoisoned(`no answer to a protocol message of kind ${kind}`);
    }
    this.#refuseWhenPoisoned();
    return messages;
  }

  override execProtocolRawSync(message: Uint8Array): Uint8Array {
    this.#refuseWhenPoisoned();
    return super.execProtocolRawSync(message);
  }

  override query<T>(...args: Parameters<PGlite['query']>): Promise<Results<T>> {
    return this.#outsideTransaction(() => super.query<T>(...args));
  }

  override exec(...args: Parameters<PGlite['exec']>): Promise<Results[]> {
    return this.#outsideTransaction(() => super.exec(...args));
  }

  override describeQuery(...args: Parameters<PGlite['describeQuery']>): ReturnType<PGlite['describeQuery']> {
    return this.#outsideTransaction(() => super.describeQuery(...args));
  }

  override transaction<T>(callback: (tx: Transaction) => Promise<T>): Promise<T> {
    const base: RunTransaction = (run) => super.transaction(run);
    return this.#outsideTransaction(async () => {
      const mark: OpenTransaction = { open: true };
      try {
        return await base((tx) => this.#openTransaction.run(mark, () => callback(tx)));
      } finally {
        mark.open = false;
      }
    });
  }

  /** Closes with a shutdown checkpoint. A poisoned instance is left as it is: touching it again could hang or harm. */
  override async close(): Promise<void> {
    if (this.#poison === null) await super.close();
  }

  /** A query beside an open transaction would wait for the lock its own caller holds, silently and for ever. */
  async #outsideTransaction<T>(run: () => Promise<T>): Promise<T> {
    if (this.#openTransaction.getStore()?.open === true) throw new MunimError('ENGINE_NESTED_QUERY');
    this.#refuseWhenPoisoned();
    return run();
  }

  /**
   * The database works synchronously and its promises settle without the event loop ever turning: a loop of awaited
   * statements would hold back heartbeats, messages and files until it ends, and the watchdog would take it for dead.
   */
  async #letOthersRun(): Promise<void> {
    this.#statements += 1;
    if (this.#statements % statementsPerTurn === 0) await new Promise((resolve) => setImmediate(resolve));
  }

  #refuseWhenPoisoned(): void {
    if (this.#poison !== null) throw new MunimError('ENGINE_POISONED', { reason: this.#poison });
  }

  #markPoisoned(reason: string): void {
    if (this.#poison !== null) return;
    this.#poison = reason;
    this.#onPoison(reason);
  }

  #watchLine(line: string): void {
    // While starting, PostgreSQL says FATAL about a directory it cannot open; the failed start reports that itself.
    if (this.ready) this.#markPoisoned(line);
  }

  #translate(thrown: unknown): unknown {
    if (thrown instanceof MunimError || !(thrown instanceof Error)) return thrown;
    const code = 'code' in thrown ? thrown.code : undefined;
    const severity = 'severity' in thrown ? thrown.severity : undefined;
    if (severity === 'PANIC' || severity === 'FATAL') this.#markPoisoned(`${severity}: ${thrown.message}`);
    if (code === '53100') this.onDiskFull();
    if (code === '53100' || (code === '25006' && this.readOnlyForSpace)) {
      return new MunimError('ENGINE_DISK_FULL', { freeMiB: this.freeMiB() }, { cause: thrown });
    }
    if (code === 'XX001' || code === 'XX002') {
      return new MunimError('ENGINE_CORRUPT', { detail: thrown.message }, { cause: thrown });
    }
    if (this.#poison !== null) {
      return new MunimError('ENGINE_POISONED', { reason: this.#poison }, { cause: thrown });
    }
    return thrown;
  }

  /**
   * Puts a watcher before the entry points of the database. `stackRestore` is called by PGlite right after it caught
   * an exception, outside any handler of its own: throwing there is the one way out of its retry loop.
   */
  #standInFront(): void {
    const module = this.Module as unknown as GuardedModule;
    const { _PostgresMainLoopOnce: loop, _PostgresMainLongJmp: longJump, stackRestore } = module;
    const { _PostgresSendReadyForQueryIfNecessary: sendReady, _pgl_pq_flush: flush } = module;
    module._PostgresMainLoopOnce = () => {
      this.#refuseWhenPoisoned();
      try {
        loop();
      } catch (thrown) {
        if (!isOrdinaryError(thrown)) this.#markPoisoned(`crash inside the database: ${String(thrown)}`);
        throw thrown;
      }
    };
    module._PostgresMainLongJmp = () => {
      this.#refuseWhenPoisoned();
      try {
        longJump();
      } catch (thrown) {
        this.#markPoisoned(`crash while handling an error: ${String(thrown)}`);
        throw thrown;
      }
    };
    module.stackRestore = (pointer) => {
      this.#refuseWhenPoisoned();
      stackRestore(pointer);
    };
    module._PostgresSendReadyForQueryIfNecessary = () => {
      if (this.#poison === null) sendReady();
    };
    module._pgl_pq_flush = () => {
      if (this.#poison === null) flush();
    };
  }
}

function isOrdinaryError(thrown: unknown): boolean {
  return typeof thrown === 'object' && thrown !== null && 'status' in thrown && thrown.status === ordinaryErrorStatus;
}
