import { type ErrorDetails, MunimError, toMunimError } from '../../shared/kernel/errors.ts';
import { type Id, uuidv7 } from '../../shared/kernel/ids.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import type { Random } from '../../shared/ports/random.ts';

export interface JobResult {
  readonly added: number;
  readonly known: number;
  readonly refused: number;
  readonly fileId: Id | null;
  readonly fileName: string | null;
  /** The first documents that were refused on their own. */
  readonly refusals?: readonly JobRefusal[];
}

export interface JobRefusal {
  /** What the document is called: its number, or its name. */
  readonly name: string;
  readonly code: string;
  readonly details: Record<string, string | number | boolean | null>;
}

/** More nobody reads on a screen; they are counted all the same. */
export const refusalsShown = 200;

/** Long work as the screens see it. */
export interface JobState {
  readonly id: Id;
  readonly kind: 'import' | 'export' | 'verify' | 'backup' | 'restore' | 'match';
  readonly state: 'running' | 'done' | 'cancelled' | 'failed';
  readonly done: number;
  readonly total: number | null;
  readonly error: { readonly code: string; readonly details: ErrorDetails } | null;
  readonly result: JobResult | null;
}

/** What running work says of itself. */
export interface JobHandle {
  readonly signal: AbortSignal;
  progress(done: number, total: number | null): void;
  /** What stands so far; it is the job's result even if it is stopped or fails afterwards. */
  result(result: JobResult): void;
}

export interface JobOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly emit: (job: JobState) => void;
  /** Told of faults, under the id of the job. */
  readonly onFault: (id: Id, thrown: unknown) => void;
}

/** Progress reaches the screens at most this often. */
const tellEveryMs = 100;
const keptMax = 100;

/** Work that takes longer than a call should: started, watched, stopped. A job belongs to the person who started it. */
export class JobService {
  readonly #options: JobOptions;
  readonly #jobs = new Map<
    Id,
    { readonly personId: Id; readonly abort: AbortController; state: JobState; toldAt: number }
  >();

  constructor(options: JobOptions) {
    this.#options = options;
  }

  /** Starts the work and answers at once. Thrown CANCELLED ends it as cancelled, anything else as failed. */
  start(personId: Id, kind: JobState['kind'], run: (job: JobHandle) => Promise<void>): JobState {
    const { clock, random } = this.#options;
    const id = uuidv7(clock.now(), random.bytes(10));
    const abort = new AbortController();
    const state: JobState = { id, kind, state: 'running', done: 0, total: null, error: null, result: null };
    this.#jobs.set(id, { personId, abort, state, toldAt: clock.now() });
    this.#forgetOld();
    const handle: JobHandle = {
      signal: abort.signal,
      progress: (done, total) => this.#update(id, { done, total }, false),
      result: (result) => this.#update(id, { result }, false),
    };
    run(handle).then(
      () => this.#update(id, { state: 'done' }, true),
      (thrown: unknown) => this.#fail(id, thrown),
    );
    return state;
  }

  /** @throws MunimError NOT_FOUND */
  get(personId: Id, id: Id): JobState {
    return this.#of(personId, id).state;
  }

  /** Asks the work to stop; it does at its next safe point. @throws MunimError NOT_FOUND */
  cancel(personId: Id, id: Id): JobState {
    const job = this.#of(personId, id);
    job.abort.abort();
    return job.state;
  }

  #fail(id: Id, thrown: unknown): void {
    const problem = toMunimError(thrown);
    if (problem.code === 'CANCELLED') {
      this.#update(id, { state: 'cancelled' }, true);
      return;
    }
    if (problem.code === 'INTERNAL') this.#options.onFault(id, thrown);
    this.#update(id, { state: 'failed', error: { code: problem.code, details: problem.details } }, true);
  }

  #update(id: Id, change: Partial<JobState>, now: boolean): void {
    const job = this.#jobs.get(id);
    if (job === undefined) return;
    job.state = { ...job.state, ...change };
    const at = this.#options.clock.now();
    if (!now && at - job.toldAt < tellEveryMs) return;
    job.toldAt = at;
    this.#options.emit(job.state);
  }

  #of(personId: Id, id: Id) {
    const job = this.#jobs.get(id);
    if (job?.personId !== personId) throw new MunimError('NOT_FOUND', { what: 'job' });
    return job;
  }

  #forgetOld(): void {
    for (const [id, job] of this.#jobs) {
      if (this.#jobs.size <= keptMax) return;
      if (job.state.state !== 'running') this.#jobs.delete(id);
    }
  }
}

/** @throws MunimError CANCELLED when the work is to stop */
export function stopHere(signal: AbortSignal): void {
  if (signal.aborted) throw new MunimError('CANCELLED');
}
