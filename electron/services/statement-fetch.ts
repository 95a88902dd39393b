import { isFetchDue, nextFetchTime } from '../../shared/domain/reconciliation/fetch-times.ts';
import type { Statement } from '../../shared/domain/statement/model.ts';
import { addDays, type EpochMs, type IsoDate, istDate } from '../../shared/kernel/dates.ts';
import { MunimError, type Refusal, toMunimError } from '../../shared/kernel/errors.ts';
import type { Id } from '../../shared/kernel/ids.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import type { JobHandle } from './jobs.ts';
import { Serial } from './serial.ts';
import { enterStatement, holdAgainstBooks, type StatementBooks } from './statements.ts';

/** An account whose bank is asked over a connector. */
export interface FetchedAccount {
  readonly collegeId: Id;
  readonly bankAccountId: Id;
  readonly connector: string;
  /** The last day that its statements reach; null where none came. */
  readonly statementTo: IsoDate | null;
}

export interface StatementFetchOptions {
  readonly clock: Clock;
  readonly books: StatementBooks;
  /** Accounts of the person who is signed in that can be asked now: their connector is set up. None while nobody is, or may not enter statements. */
  readonly accounts: () => Promise<readonly FetchedAccount[]>;
  /** What the bank says of these days, page by page. @throws what the connector says; CANCELLED when the work is to stop */
  readonly fetchStatement: (
    account: FetchedAccount,
    from: IsoDate,
    to: IsoDate,
    job: Pick<JobHandle, 'signal' | 'progress'>,
  ) => Promise<Statement>;
  readonly pause: () => Promise<void>;
  /** One account that cannot be asked holds back no other, and is asked again at the next time. */
  readonly onFault: (account: FetchedAccount, problem: unknown) => void;
  /** After an account was asked, whatever came of it. */
  readonly onAsked?: () => void;
}

/** How the fetching of one account stands, since this desk was opened. */
export interface FetchState {
  readonly bankAccountId: Id;
  readonly connector: string;
  /** When its bank was asked last; null before. */
  readonly askedAt: EpochMs | null;
  /** New lines that came of it; null where nothing came. */
  readonly added: number | null;
  /** Why nothing came. */
  readonly refusal: Refusal | null;
  /** When it is asked next by itself; this moment where it is due. */
  readonly nextAt: EpochMs;
}

type Asked = Pick<FetchState, 'added' | 'refusal'> & { readonly at: EpochMs };

/** How often it looks whether the time has come; a machine that slept finds out at the first look. */
const LOOK_EVERY_MS = 60_000;
/** Days that are asked for again, because banks book late. */
const OVERLAP_DAYS = 5;
/** The first time an account is asked. */
const FIRST_DAYS = 30;

/** Asks banks for statements four times a day, or when somebody says so, and keeps what is new of them. */
export class StatementFetch {
  readonly #options: StatementFetchOptions;
  readonly #asked = new Map<Id, Asked>();
  /** One account after the other: an account that is asked twice at once would enter its lines twice over. */
  readonly #turns = new Serial();
  #cancel: (() => void) | null = null;
  #running: Promise<void> | null = null;
  #stop = new AbortController();

  constructor(options: StatementFetchOptions) {
    this.#options = options;
  }

  start(): void {
    this.#cancel = this.#options.clock.after(LOOK_EVERY_MS, () => {
      this.#running = this.look().finally(() => {
        this.#running = null;
        if (this.#cancel !== null) this.start();
      });
    });
  }

  /** Resolves when nothing is being fetched. */
  async stop(): Promise<void> {
    this.#cancel?.();
    this.#cancel = null;
    this.#stop.abort();
    await this.#running;
    await this.#turns.run(async () => undefined);
  }

  /** Asks for every account whose time has come. */
  async look(): Promise<void> {
    const { clock, accounts, onFault } = this.#options;
    const job = { signal: this.#stop.signal, progress: () => undefined, result: () => undefined };
    for (const account of await accounts()) {
      if (this.#stop.signal.aborted) return;
      if (!isFetchDue(this.#asked.get(account.bankAccountId)?.at ?? null, clock.now())) continue;
      try {
        await this.#turns.run(() => this.#ask(account, job));
      } catch (thrown) {
        onFault(account, thrown);
      }
    }
  }

  /** The accounts of a college that are set up on this desk, and how their fetching stands. */
  async states(collegeId: Id): Promise<readonly FetchState[]> {
    const now = this.#options.clock.now();
    const own = (await this.#options.accounts()).filter((account) => account.collegeId === collegeId);
    return own.map(({ bankAccountId, connector }) => {
      const { at = null, added = null, refusal = null } = this.#asked.get(bankAccountId) ?? {};
      const nextAt = isFetchDue(at, now) ? now : nextFetchTime(now);
      return { bankAccountId, connector, askedAt: at, added, refusal, nextAt };
    });
  }

  /** Asks for one account at once. @throws MunimError BANK_NOT_SET_UP, CANCELLED, what the connector says, what the books refuse */
  async fetchNow(collegeId: Id, bankAccountId: Id, job: JobHandle): Promise<void> {
    const signal = AbortSignal.any([job.signal, this.#stop.signal]);
    await this.#turns.run(async () => {
      // As it stands when its turn has come: an earlier one may have brought days.
      const accounts = await this.#options.accounts();
      const account = accounts.find((one) => one.collegeId === collegeId && one.bankAccountId === bankAccountId);
      if (account === undefined) throw new MunimError('BANK_NOT_SET_UP');
      await this.#ask(account, { ...job, signal });
    });
  }

  async #ask(account: FetchedAccount, job: JobHandle): Promise<void> {
    const at = this.#options.clock.now();
    const { bankAccountId } = account;
    // Before it is asked: one that never answers is not asked over and over.
    this.#asked.set(bankAccountId, { at, added: null, refusal: null });
    try {
      const added = await this.#fetch(account, istDate(at), job);
      this.#asked.set(bankAccountId, { at, added, refusal: null });
    } catch (thrown) {
      const { code, details } = toMunimError(thrown);
      this.#asked.set(bankAccountId, { at, added: null, refusal: { code, details } });
      throw thrown;
    } finally {
      this.#options.onAsked?.();
    }
  }

  /** @returns how many lines were new */
  async #fetch(account: FetchedAccount, today: IsoDate, job: JobHandle): Promise<number> {
    const { books, fetchStatement, pause } = this.#options;
    const { collegeId, bankAccountId, statementTo } = account;
    const from = addDays(statementTo ?? today, statementTo === null ? -FIRST_DAYS : -OVERLAP_DAYS);
    const statement = await fetchStatement(account, from, today, job);
    const read = await holdAgainstBooks(books, statement, { collegeId, bankAccountId });
    const added = read.lines.length - read.known.size;
    job.result({ added: 0, known: read.known.size, refused: 0, fileId: null, fileName: null });
    // A statement that brings nothing new is not worth a row four times a day.
    if (added > 0) {
      const question = { collegeId, bankAccountId, fileName: null, sha256: null };
      await enterStatement({ books, pause }, read, question, job);
    }
    return added;
  }
}
