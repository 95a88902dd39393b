import { Agent, type Dispatcher, request } from 'undici';
import type { HttpRequest, HttpResponse } from '../../../shared/connectors/operation.ts';
import { MunimError } from '../../../shared/kernel/errors.ts';
import { limits } from '../../../shared/kernel/limits.ts';

export interface TallyHttpOptions {
  /** `http://host:9000`; see `checkTallyAddress`. */
  readonly address: string;
  /** Shorter ones are for tests. */
  readonly connectTimeoutMs?: number;
  readonly requestTimeoutMs?: number;
  readonly answerBytesMax?: number;
}

/** Sends requests to Tally over HTTP and says in a code why there is no answer. Tally does one thing at a time, so one connection is open. */
export class TallyHttp {
  readonly #address: string;
  readonly #agent: Agent;
  readonly #requestTimeoutMs: number;
  readonly #answerBytesMax: number;

  constructor(options: TallyHttpOptions) {
    this.#address = checkTallyAddress(options.address);
    this.#requestTimeoutMs = options.requestTimeoutMs ?? limits.tally.requestTimeoutMs;
    this.#answerBytesMax = options.answerBytesMax ?? limits.tally.answerBytesMax;
    this.#agent = new Agent({
      connect: { timeout: options.connectTimeoutMs ?? limits.tally.connectTimeoutMs },
      headersTimeout: this.#requestTimeoutMs,
      bodyTimeout: this.#requestTimeoutMs,
      maxResponseSize: this.#answerBytesMax,
      connections: 1,
      pipelining: 1,
    });
  }

  /** @throws MunimError TALLY_UNREACHABLE, TALLY_TIMEOUT, TALLY_TOO_LARGE, TALLY_BAD_ANSWER, CANCELLED */
  async send(sent: HttpRequest, signal: AbortSignal): Promise<HttpResponse> {
    // The time-outs of the agent start anew with every byte; one that drips must end too.
    const late = AbortSignal.timeout(this.#requestTimeoutMs * 2);
    try {
      const response = await this.#request(sent, AbortSignal.any([signal, late]));
      return { status: response.statusCode, body: await response.body.bytes() };
    } catch (thrown) {
      if (signal.aborted) throw new MunimError('CANCELLED', {}, { cause: thrown });
      throw this.#error(thrown, late.aborted);
    }
  }

  close(): Promise<void> {
    return this.#agent.destroy();
  }

  #request({ method, path, headers, body }: HttpRequest, signal: AbortSignal): Promise<Dispatcher.ResponseData> {
    return request(`${this.#address}${path}`, { method, headers, body, dispatcher: this.#agent, signal });
  }

  #error(thrown: unknown, isLate: boolean): MunimError {
    const cause = { cause: thrown };
    if (isLate) return new MunimError('TALLY_TIMEOUT', {}, cause);
    for (let problem = thrown; problem instanceof Error; problem = problem.cause) {
      const code = 'code' in problem && typeof problem.code === 'string' ? problem.code : '';
      if (code === 'UND_ERR_RES_EXCEEDED_MAX_SIZE') {
        return new MunimError('TALLY_TOO_LARGE', { limitMiB: Math.ceil(this.#answerBytesMax / (1024 * 1024)) }, cause);
      }
      if (code.startsWith('HPE_')) return new MunimError('TALLY_BAD_ANSWER', { detail: 'no HTTP' }, cause);
      // Asked, and nobody knows what became of it.
      if (['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT', 'UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE'].includes(code)) {
        return new MunimError('TALLY_TIMEOUT', {}, cause);
      }
    }
    return new MunimError('TALLY_UNREACHABLE', { address: this.#address }, cause);
  }
}

/** The address of Tally as it is kept: scheme, host and port. Tally speaks plain HTTP and knows no passwords. @throws MunimError INPUT_INVALID */
export function checkTallyAddress(text: string): string {
  const url = URL.parse(text.trim());
  const isBare = url !== null && url.pathname === '/' && url.search === '' && url.hash === '';
  if (!isBare || url.protocol !== 'http:' || url.hostname === '' || url.username !== '' || url.password !== '') {
    throw new MunimError('INPUT_INVALID', { where: 'tallyAddress' });
  }
  return url.origin;
}
