import type { Dispatcher } from 'undici';
import type { ConnectorResponse } from '../../../shared/connectors/_kit/operation.ts';
import type { HttpRequest } from '../../../shared/connectors/operation.ts';
import type { Clock } from '../../../shared/ports/clock.ts';

/**
 * Why there is no answer. `not_sent`: it failed before a byte of the request could leave; `no_answer`: the request, or a part of it, may
 * have arrived; `stopped`: by the signal.
 */
export interface Failed {
  readonly kind: 'not_sent' | 'no_answer';
  readonly reason: 'stopped' | 'late' | 'too_large' | 'error';
  readonly error: unknown;
}

export type Exchanged = { readonly kind: 'answer'; readonly response: ConnectorResponse } | Failed;

export interface ExchangeOptions {
  readonly dispatcher: Dispatcher;
  readonly origin: string;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly connectTimeoutMs: number;
  /** From the sending of the request, and from each piece of the answer, to the next. */
  readonly readTimeoutMs: number;
  readonly answerBytesMax: number;
}

/** One request and its answer, and if there is none, whether the other side can have heard it. */
export function exchange(sent: HttpRequest, options: ExchangeOptions): Promise<Exchanged> {
  return new Promise((resolve) => new Exchange(options, resolve).start(sent));
}

class Exchange implements Dispatcher.DispatchHandler {
  readonly #options: ExchangeOptions;
  readonly #resolve: (exchanged: Exchanged) => void;
  readonly #chunks: Uint8Array[] = [];
  #controller: Dispatcher.DispatchController | null = null;
  #cancelTimer: () => void = () => undefined;
  #isOver = false;
  #bytes = 0;
  #status = 0;
  #headers: Readonly<Record<string, string>> = {};

  constructor(options: ExchangeOptions, resolve: (exchanged: Exchanged) => void) {
    this.#options = options;
    this.#resolve = resolve;
  }

  start({ method, path, headers, body }: HttpRequest): void {
    const { dispatcher, origin, signal, connectTimeoutMs } = this.#options;
    if (signal.aborted) {
      this.#fail('stopped', signal.reason);
      return;
    }
    signal.addEventListener('abort', this.#onAbort, { once: true });
    this.#wait(connectTimeoutMs);
    try {
      dispatcher.dispatch({ origin, path, method, headers, body: body.length === 0 ? null : body }, this);
    } catch (thrown) {
      this.#fail('error', thrown);
    }
  }

  /** Called right before the first byte is written, when the connection stands and both certificates were checked. */
  onRequestStart(controller: Dispatcher.DispatchController): void {
    if (this.#isOver) {
      controller.abort(new Error('given up before it was sent'));
      return;
    }
    this.#controller = controller;
    this.#wait(this.#options.readTimeoutMs);
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: object): void {
    if (status < 200) return;
    this.#wait(this.#options.readTimeoutMs);
    this.#status = status;
    const entries: [string, unknown][] = Object.entries(headers);
    this.#headers = Object.fromEntries(entries.map(([name, value]) => [name.toLowerCase(), String(value)]));
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Uint8Array): void {
    this.#wait(this.#options.readTimeoutMs);
    this.#bytes += chunk.length;
    if (this.#bytes > this.#options.answerBytesMax) this.#fail('too_large', null);
    else this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    const body = new Uint8Array(Buffer.concat(this.#chunks));
    this.#end({ kind: 'answer', response: { status: this.#status, headers: this.#headers, body } });
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#fail('error', error);
  }

  readonly #onAbort = (): void => this.#fail('stopped', this.#options.signal.reason);

  #wait(ms: number): void {
    this.#cancelTimer();
    this.#cancelTimer = this.#options.clock.after(ms, () => this.#fail('late', null));
  }

  #fail(reason: Failed['reason'], error: unknown): void {
    if (this.#isOver) return;
    const kind = this.#controller === null ? 'not_sent' : 'no_answer';
    this.#end({ kind, reason, error });
    this.#controller?.abort(new Error(`given up: ${reason}`));
  }

  #end(exchanged: Exchanged): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#cancelTimer();
    this.#options.signal.removeEventListener('abort', this.#onAbort);
    this.#resolve(exchanged);
  }
}
