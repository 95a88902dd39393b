import { WebSocket } from 'ws';
import { parseCanonical } from '../../../shared/kernel/canonical.ts';
import { limits } from '../../../shared/kernel/limits.ts';
import type { Clock } from '../../../shared/ports/clock.ts';
import type { Random } from '../../../shared/ports/random.ts';
import type { LinkEvent } from '../../../shared/ports/sync-link.ts';
import { backoffMs } from '../../../shared/sync/client/backoff.ts';
import { READER_VERSION, SOCKET_PATH, zPoke } from '../../../shared/sync/messages.ts';

const MESSAGE_BYTES_MAX = 8 * 1024;

export interface PokeSocketOptions {
  readonly address: () => string | null;
  /** The first message, which says whose socket it is. */
  readonly hello: () => Promise<string>;
  readonly caPem?: string | undefined;
  readonly clock: Clock;
  readonly random: Random;
  readonly onEvent: (event: LinkEvent) => void;
}

/** Keeps one WebSocket open by which the server says that there is something new. Nothing depends on it but how soon the desk looks. */
export class PokeSocket {
  readonly #options: PokeSocketOptions;
  #wanted = false;
  #socket: WebSocket | null = null;
  #failures = 0;
  #cancelRetry: (() => void) | null = null;
  #run = 0;

  constructor(options: PokeSocketOptions) {
    this.#options = options;
  }

  watch(on: boolean): void {
    if (on === this.#wanted) return;
    this.#wanted = on;
    this.#failures = 0;
    if (on) void this.#connect();
    else this.#drop();
  }

  /** Opens it anew: the address or the device changed. */
  renew(): void {
    if (!this.#wanted) return;
    this.#drop();
    this.#failures = 0;
    void this.#connect();
  }

  #drop(): void {
    this.#run++;
    this.#cancelRetry?.();
    this.#cancelRetry = null;
    this.#socket?.terminate();
    this.#socket = null;
  }

  async #connect(): Promise<void> {
    const run = ++this.#run;
    const address = this.#options.address();
    if (address === null) return;
    let hello: string;
    try {
      hello = await this.#options.hello();
    } catch {
      // The next exchange with the server meets the same refusal and shows it; here it only means: later.
      if (run === this.#run) this.#retry();
      return;
    }
    if (run !== this.#run || !this.#wanted) return;
    const { caPem } = this.#options;
    const socket = new WebSocket(`${address.replace(/^http/, 'ws')}${SOCKET_PATH}`, {
      maxPayload: MESSAGE_BYTES_MAX,
      handshakeTimeout: limits.sync.connectTimeoutMs,
      ...(caPem === undefined ? {} : { ca: caPem }),
    });
    this.#socket = socket;
    socket.on('open', () => {
      socket.send(hello);
      this.#options.onEvent({ kind: 'open' });
    });
    socket.on('message', (data) => this.#hear(String(data)));
    socket.on('error', () => {}); // `close` follows.
    socket.on('close', () => {
      if (this.#socket !== socket) return;
      this.#socket = null;
      this.#options.onEvent({ kind: 'closed' });
      this.#retry();
    });
  }

  #hear(text: string): void {
    let message: unknown;
    try {
      message = parseCanonical(text);
    } catch {
      return;
    }
    const poke = zPoke.safeParse(message);
    // One for newer readers says nothing here; the next pull tells the person to update.
    if (!poke.success || poke.data.minReader > READER_VERSION) return;
    this.#failures = 0;
    const { kind, collegeId, version } = poke.data;
    this.#options.onEvent({ kind, collegeId, version });
  }

  #retry(): void {
    if (!this.#wanted) return;
    this.#failures++;
    this.#cancelRetry = this.#options.clock.after(backoffMs(this.#failures, this.#options.random), () => {
      void this.#connect();
    });
  }
}
