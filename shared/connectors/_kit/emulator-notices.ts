import { request as plainRequest } from 'node:http';
import { request as tlsRequest } from 'node:https';
import type { Clock } from '../../ports/clock.ts';
import type { AcceptedInstruction } from './emulator-bank.ts';

/** A message to a webhook, as it goes out. */
export interface Notice {
  /** Below the address of the server it is for. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

export interface Delivery {
  readonly instruction: AcceptedInstruction;
  /** What the server said; null where it was not there. */
  readonly status: number | null;
}

export interface DeliveryOptions {
  /** PEM of who issued the certificate of the server, where it speaks TLS. */
  readonly ca?: string;
  /** Each is sent so often. */
  readonly copies?: number;
  readonly order?: 'as_it_happened' | 'backwards';
}

const ATTEMPTS_MAX = 5;

interface Waiting {
  readonly instruction: AcceptedInstruction;
  attempts: number;
}

/** The messages about changed payments: they wait until somebody delivers them, and are tried five times (001 section 3.4). */
export class EmulatedNotices {
  readonly #make: (instruction: AcceptedInstruction, atMs: number) => Promise<Notice | null>;
  readonly #clock: Clock;
  #waiting: Waiting[] = [];

  constructor(make: (instruction: AcceptedInstruction, atMs: number) => Promise<Notice | null>, clock: Clock) {
    this.#make = make;
    this.#clock = clock;
  }

  add(instruction: AcceptedInstruction): void {
    this.#waiting.push({ instruction, attempts: 0 });
  }

  get waiting(): readonly AcceptedInstruction[] {
    return this.#waiting.map(({ instruction }) => instruction);
  }

  /** The message as it would go out now; null where this emulator sends none. */
  make(instruction: AcceptedInstruction, atMs = this.#clock.now()): Promise<Notice | null> {
    return this.#make(instruction, atMs);
  }

  /** One attempt at each that waits. What the server did not take waits on, until it was tried five times. */
  async deliver(address: string, options: DeliveryOptions = {}): Promise<readonly Delivery[]> {
    const deliveries: Delivery[] = [];
    const batch = options.order === 'backwards' ? this.#waiting.toReversed() : [...this.#waiting];
    for (const waiting of batch) {
      const notice = await this.make(waiting.instruction);
      if (notice === null) {
        this.#drop(waiting);
        continue;
      }
      let isTaken = false;
      for (let copy = 0; copy < (options.copies ?? 1); copy += 1) {
        const status = await postNotice(address, notice, options.ca);
        deliveries.push({ instruction: waiting.instruction, status });
        isTaken ||= status !== null && status >= 200 && status < 300;
      }
      waiting.attempts += 1;
      if (isTaken || waiting.attempts >= ATTEMPTS_MAX) this.#drop(waiting);
    }
    return deliveries;
  }

  #drop(one: Waiting): void {
    this.#waiting = this.#waiting.filter((waiting) => waiting !== one);
  }
}

/** @returns the status of the answer, or null where there was none */
export function postNotice(address: string, { path, headers, body }: Notice, ca?: string): Promise<number | null> {
  const send = address.startsWith('https:') ? tlsRequest : plainRequest;
  return new Promise((resolve) => {
    const sent = send(`${address}${path}`, {
      method: 'POST',
      headers,
      timeout: 10_000,
      ...(ca === undefined ? {} : { ca }),
    });
    sent.on('response', (response) => {
      response.resume();
      response.on('end', () => resolve(response.statusCode ?? null));
    });
    sent.on('timeout', () => sent.destroy());
    sent.on('error', () => resolve(null));
    sent.end(body);
  });
}
