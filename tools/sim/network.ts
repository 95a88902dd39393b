import { parseCanonical } from '../../shared/kernel/canonical.ts';
import { MunimError } from '../../shared/kernel/errors.ts';
import { limits } from '../../shared/kernel/limits.ts';
import { zErrorAnswer } from '../../shared/sync/messages.ts';
import type { SeededRandom } from '../../shared/testing/seeded-random.ts';
import type { Scheduler } from './scheduler.ts';
import type { Answer, Request, ServerMachine } from './server-machine.ts';

/** In parts of a thousand. */
export interface Weather {
  readonly lossPerMille: number;
  readonly duplicatePerMille: number;
  readonly pokeLossPerMille: number;
  readonly delayMaxMs: number;
}

export const calm: Weather = { lossPerMille: 0, duplicatePerMille: 0, pokeLossPerMille: 0, delayMaxMs: 20 };

/** How long after its first arrival a message may arrive once more. */
const STALE_MAX_MS = 90_000;
/** A stray one comes soon after its sender has given up: when whoever has a new name by then has not yet sent it once more. */
const STRAY_MIN_MS = limits.sync.requestTimeoutMs + 1_000;
const STRAY_SPREAD_MS = 15_000;

export interface NetworkOptions {
  readonly scheduler: Scheduler;
  readonly random: SeededRandom;
  readonly server: () => ServerMachine | null;
  readonly say: (line: string) => void;
  /** Every answer that leaves the server for a desk, whoever gets it. */
  readonly onAnswer: (from: string, request: Request, answer: Answer) => void;
}

/** Carries requests and answers, or loses, delays and doubles them. */
export class Network {
  readonly #options: NetworkOptions;
  weather: Weather = calm;
  /** Desks that cannot reach the server now. */
  readonly cut = new Set<string>();
  /** Desks whose next push goes a long way round: it arrives when its sender has given up. */
  readonly stray = new Set<string>();
  /** What becomes of an answer on its way to a desk; for trying whether a desk notices. */
  tamper: ((from: string, request: Request, text: string) => string) | null = null;

  constructor(options: NetworkOptions) {
    this.#options = options;
  }

  /** @throws MunimError SYNC_OFFLINE, SYNC_BAD_ANSWER, or what the server refused with */
  async send(from: string, request: Request): Promise<unknown> {
    const { scheduler, random } = this.#options;
    const { weather } = this;
    await scheduler.pause(random.below(weather.delayMaxMs));
    if (this.cut.has(from)) throw new MunimError('SYNC_OFFLINE');
    if (request.path === '/sync/push' && this.stray.delete(from)) {
      scheduler.after(STRAY_MIN_MS + random.below(STRAY_SPREAD_MS), () => {
        this.#options.say(`${from} ${request.path} arrives after all`);
        void this.#deliver(from, request);
      });
      return await this.#timeOut(`${from} ${request.path} goes astray`);
    }
    if (this.#happens(weather.lossPerMille)) return await this.#timeOut(`${from} ${request.path} lost`);
    if (this.#happens(weather.duplicatePerMille)) this.#again(from, request);
    const answer = await this.#deliver(from, request);
    if (answer === null) throw new MunimError('SYNC_OFFLINE');
    await scheduler.pause(random.below(weather.delayMaxMs));
    // The server did its work, and nobody hears of it.
    if (this.cut.has(from) || this.#happens(weather.lossPerMille)) {
      return await this.#timeOut(`${from} ${request.path} answer lost`);
    }
    if (this.#happens(weather.lossPerMille / 4)) throw new MunimError('SYNC_BAD_ANSWER', { detail: 'a page' });
    const text = this.tamper === null ? answer.text : this.tamper(from, request, answer.text);
    const value = parseCanonical(text);
    if (!answer.refused) return value;
    const { error } = zErrorAnswer.parse(value);
    throw new MunimError(error.code, error.details);
  }

  /** Whether something that happens so often happens now. */
  #happens(perMille: number): boolean {
    return this.#options.random.below(1_000) < perMille;
  }

  async #timeOut(line: string): Promise<never> {
    this.#options.say(line);
    await this.#options.scheduler.pause(limits.sync.requestTimeoutMs);
    throw new MunimError('SYNC_OFFLINE');
  }

  #again(from: string, request: Request): void {
    const { scheduler, random, say } = this.#options;
    scheduler.after(random.below(random.below(2) === 0 ? 50 : STALE_MAX_MS), () => {
      say(`${from} ${request.path} arrives once more`);
      void this.#deliver(from, request);
    });
  }

  async #deliver(from: string, request: Request): Promise<Answer | null> {
    const server = this.#options.server();
    if (server === null) return null;
    try {
      const answer = await server.handle(request);
      this.#options.onAnswer(from, request, answer);
      return answer;
    } catch (thrown) {
      if (server.life.isDead) return null;
      throw thrown;
    }
  }
}
