import { retryAfterMs } from '../../../shared/connectors/_kit/answers.ts';
import type { ConnectorResponse, Effect } from '../../../shared/connectors/_kit/operation.ts';
import { type ConnectorProblem, problem } from '../../../shared/connectors/_kit/problem.ts';
import type { HttpRequest } from '../../../shared/connectors/operation.ts';
import { limits } from '../../../shared/kernel/limits.ts';
import type { Clock } from '../../../shared/ports/clock.ts';
import type { Random } from '../../../shared/ports/random.ts';
import { Agents, type ProxyOptions, type TransportCredentials } from './agents.ts';
import { Breaker, type BreakerState } from './breaker.ts';
import { type Exchanged, exchange } from './exchange.ts';
import { failedProblem } from './failed-problem.ts';
import { Turnstile } from './turnstile.ts';

export interface TransportOptions {
  /** The name of the other side, for the sentences of the catalogue. */
  readonly name: string;
  /** `https://…`, perhaps with a path, without a slash at the end. */
  readonly baseUrl: string;
  /** Whether nothing may be sent without a certificate of ours. */
  readonly mutualTls: boolean;
  /** Whether the authority of the other side must be named; of banks it must. */
  readonly pinnedCa: boolean;
  readonly requestsPerMinute: number | null;
  readonly concurrency: number;
  /** @throws MunimError when they cannot be read now */
  readonly credentials: () => Promise<TransportCredentials | null>;
  readonly proxy?: ProxyOptions | null;
  readonly clock: Clock;
  readonly random: Random;
}

export interface SendOptions {
  readonly effect: Effect;
  /** What is done, by which waiting requests are taken in turns. */
  readonly lane: string;
  readonly signal: AbortSignal;
}

/** The answer, or why there is none. `isOpen`: an earlier attempt may have been heard, so that this end alone does not tell what was done. */
export type Sent = { readonly attempts: number; readonly isOpen: boolean } & (
  | { readonly response: ConnectorResponse; readonly problem: null }
  | { readonly response: null; readonly problem: ConnectorProblem }
);

/** Sends the requests of one connection: certificates, time-outs, repeats, pauses and turns are all here, and nothing of what they mean. */
export class ConnectorTransport {
  readonly #options: TransportOptions;
  readonly #base: URL;
  readonly #breaker: Breaker;
  readonly #turnstile: Turnstile;
  #agents: Promise<Agents | ConnectorProblem> | null = null;
  readonly #draining = new Set<Promise<void>>();

  constructor(options: TransportOptions) {
    this.#options = options;
    this.#base = new URL(options.baseUrl);
    if (this.#base.protocol !== 'https:') throw new TypeError('a connector speaks TLS only');
    this.#breaker = new Breaker(options.clock);
    this.#turnstile = new Turnstile(options);
  }

  get breaker(): BreakerState {
    return this.#breaker.state;
  }

  get waiting(): number {
    return this.#turnstile.waiting;
  }

  /** From now on new requests take the credentials as they are now; those under way end with the old ones. */
  replaceCredentials(): void {
    const old = this.#agents;
    this.#agents = null;
    const draining = (async () => {
      const agents = await old;
      if (agents instanceof Agents) await agents.drain();
    })();
    this.#draining.add(draining);
    void draining.finally(() => this.#draining.delete(draining));
  }

  /** Ends everything at once; what is under way fails as if the line had broken. */
  async close(): Promise<void> {
    const agents = await this.#agents;
    if (agents instanceof Agents) await agents.destroy();
    await Promise.all(this.#draining);
  }

  async send(request: HttpRequest, options: SendOptions): Promise<Sent> {
    const { clock } = this.#options;
    const late = new AbortController();
    const cancel = clock.after(limits.connector.callDeadlineMs, () => late.abort());
    try {
      const sent = await this.#attempts(request, options, AbortSignal.any([options.signal, late.signal]));
      if (sent.problem === null || sent.problem.code !== 'CANCELLED' || options.signal.aborted) return sent;
      return { ...sent, problem: problem('network', 'CONNECTOR_TIMEOUT', { name: this.#options.name }) };
    } finally {
      cancel();
    }
  }

  async #attempts(request: HttpRequest, options: SendOptions, signal: AbortSignal): Promise<Sent> {
    const { effect } = options;
    let isOpen = false;
    for (let attempts = 1; ; attempts += 1) {
      const tried = await this.#attempt(request, options, signal);
      const end = { attempts, isOpen };
      if (tried.response === null) isOpen ||= tried.mayHaveArrived;
      else isOpen ||= tried.response.status >= 500;
      const waitMs =
        effect === 'once' || attempts >= limits.connector.attemptsMax ? null : this.#waitMs(tried, attempts);
      if (waitMs !== null && (await this.#pause(waitMs, signal))) continue;
      return tried.response === null
        ? { ...end, response: null, problem: tried.problem }
        : { ...end, response: tried.response, problem: null };
    }
  }

  /** How long until the next attempt; null for none. */
  #waitMs(tried: Tried, attempt: number): number | null {
    const { clock } = this.#options;
    const { connector } = limits;
    if (tried.response === null) return tried.mayRepeat ? this.#backoffMs(attempt) : null;
    const { status } = tried.response;
    if (status !== 429 && status < 500) return null;
    const asked = retryAfterMs(tried.response, clock.now());
    if (asked !== null && asked > connector.retryAfterMaxMs) return null;
    return Math.max(asked ?? 0, this.#backoffMs(attempt));
  }

  /** Any time from nothing to twice that of the attempt before, so that many desks do not come back at the same moment. */
  #backoffMs(attempt: number): number {
    const { backoffMinMs, backoffMaxMs } = limits.connector;
    const most = Math.min(backoffMaxMs, backoffMinMs * 2 ** (attempt - 1));
    const [high = 0, low = 0] = this.#options.random.bytes(2);
    return Math.round((most * (high * 256 + low)) / 65_535);
  }

  /** @returns false when the signal was raised meanwhile */
  #pause(ms: number, signal: AbortSignal): Promise<boolean> {
    if (signal.aborted) return Promise.resolve(false);
    return new Promise((resolve) => {
      const onAbort = (): void => {
        cancel();
        resolve(false);
      };
      const cancel = this.#options.clock.after(ms, () => {
        signal.removeEventListener('abort', onAbort);
        resolve(true);
      });
      signal.addEventListener('abort', onAbort, { once: true });
    });
  }

  async #attempt(request: HttpRequest, { effect, lane }: SendOptions, signal: AbortSignal): Promise<Tried> {
    const { name } = this.#options;
    const path = pathBelow(this.#base, request.path);
    if (path === null) return notTried(problem('validation', 'CONNECTOR_INPUT', { name, where: 'address' }));
    if (this.#turnstile.isFull) return notTried(problem('unavailable', 'CONNECTOR_BUSY', { name }));
    const leave = await this.#turnstile.enter(lane, signal);
    if (leave === null) return notTried(problem('network', 'CANCELLED'));
    try {
      const asked = this.#breaker.ask();
      if ('waitMs' in asked) {
        const seconds = Math.ceil(asked.waitMs / 1_000);
        return notTried(problem('unavailable', 'CONNECTOR_PAUSED', { name, seconds }, asked.waitMs));
      }
      try {
        const agents = await this.#agentsNow();
        if (!(agents instanceof Agents)) return notTried(agents);
        const exchanged = await exchange({ ...request, path }, this.#exchangeOptions(agents, effect, signal));
        asked.pass(outcomeOf(exchanged));
        return triedOf(exchanged, name, effect);
      } finally {
        asked.pass('neither');
      }
    } finally {
      leave();
    }
  }

  #exchangeOptions(agents: Agents, effect: Effect, signal: AbortSignal) {
    const { connectTimeoutMs, readTimeoutMs, changeTimeoutMs, answerBytesMax } = limits.connector;
    return {
      dispatcher: effect === 'read' ? agents.reading : agents.changing,
      origin: this.#base.origin,
      clock: this.#options.clock,
      signal,
      connectTimeoutMs,
      readTimeoutMs: effect === 'read' ? readTimeoutMs : changeTimeoutMs,
      answerBytesMax,
    };
  }

  #agentsNow(): Promise<Agents | ConnectorProblem> {
    if (this.#agents !== null) return this.#agents;
    const made = this.#makeAgents();
    this.#agents = made;
    // What cannot be had now is asked for again the next time.
    const forget = (): void => {
      if (this.#agents === made) this.#agents = null;
    };
    made.then((agents) => (agents instanceof Agents ? undefined : forget()), forget);
    return made;
  }

  async #makeAgents(): Promise<Agents | ConnectorProblem> {
    const { name, mutualTls, pinnedCa, concurrency, proxy } = this.#options;
    const credentials = await this.#options.credentials();
    const isComplete = !mutualTls || (credentials?.cert && credentials.key);
    if (!isComplete || (pinnedCa && !credentials?.ca))
      return problem('auth', 'CONNECTOR_CERTIFICATE_MISSING', { name });
    return new Agents(credentials, concurrency, proxy ?? null);
  }
}

type Tried =
  | { readonly response: ConnectorResponse }
  | {
      readonly response: null;
      readonly problem: ConnectorProblem;
      readonly mayHaveArrived: boolean;
      readonly mayRepeat: boolean;
    };

/** A problem of ours: asking again at once would find the same. */
const notTried = (found: ConnectorProblem): Tried => ({
  response: null,
  problem: found,
  mayHaveArrived: false,
  mayRepeat: false,
});

function triedOf(exchanged: Exchanged, name: string, effect: Effect): Tried {
  if (exchanged.kind === 'answer') return { response: exchanged.response };
  const found = failedProblem(exchanged, name, effect);
  return {
    response: null,
    problem: found,
    mayHaveArrived: exchanged.kind === 'no_answer' && found.kind !== 'auth',
    mayRepeat: exchanged.reason !== 'stopped' && exchanged.reason !== 'too_large' && isWorthRepeating(found),
  };
}

/** A certificate does not get better by asking again. */
const isWorthRepeating = ({ code }: ConnectorProblem): boolean =>
  code !== 'CONNECTOR_CERTIFICATE_UNTRUSTED' && code !== 'CONNECTOR_CERTIFICATE_REFUSED';

/** Whether the other side is well. That it declines, or asks for a pause, says that it is there. */
function outcomeOf(exchanged: Exchanged): 'success' | 'failure' | 'neither' {
  if (exchanged.kind !== 'answer') return exchanged.reason === 'stopped' ? 'neither' : 'failure';
  const { status } = exchanged.response;
  if (status === 429) return 'neither';
  return status >= 500 ? 'failure' : 'success';
}

/** The whole path with that of the base, or null where it would leave it. */
function pathBelow(base: URL, path: string): string | null {
  const prefix = base.pathname.replace(/\/$/, '');
  if (!path.startsWith('/') || path.startsWith('//')) return null;
  const whole = URL.parse(`${base.origin}${prefix}${path}`);
  if (whole === null || whole.origin !== base.origin || whole.hash !== '') return null;
  return whole.pathname.startsWith(`${prefix}/`) ? `${whole.pathname}${whole.search}` : null;
}
