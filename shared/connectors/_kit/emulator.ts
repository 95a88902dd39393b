import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { Paise } from '../../kernel/money.ts';
import { type Clock, systemClock } from '../../ports/clock.ts';
import { type AcceptedInstruction, type EmulatedAccount, EmulatedBank } from './emulator-bank.ts';
import { EmulatedNotices, type Notice } from './emulator-notices.ts';
import { jsonText } from './json-body.ts';

/**
 * What goes wrong with one request. `accepts` tells whether the other side did what it was asked before it went wrong.
 * silence: no answer, ever; reset: the connection breaks; cut: it breaks in the middle of the answer; status: an answer of this status
 * instead, by which it says that it did nothing unless `accepts`; html: a page of some proxy with this status; empty, truncated, oversized,
 * wrong_type: the right status, and a body that is none; unknown_status: an answer as it should be, with a word that nobody knows.
 */
export type Fault = { readonly onToken?: boolean } & (
  | { readonly kind: 'delay'; readonly ms: number }
  | { readonly kind: 'silence' | 'reset' | 'cut'; readonly accepts: boolean }
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly accepts?: boolean;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string;
    }
  | { readonly kind: 'html'; readonly status: number; readonly accepts: boolean }
  | { readonly kind: 'empty' | 'truncated' | 'oversized' | 'wrong_type'; readonly accepts: boolean }
  | { readonly kind: 'unknown_status' }
);

export interface EmulatedRequest {
  readonly method: string;
  /** Without the question behind it. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Their names in small letters. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** The common name in the certificate of the client; null where none was asked for. */
  readonly client: string | null;
  /** The word to give instead of the true status, where this request is to get an unknown one. */
  readonly strangeStatus: string | null;
}

export interface EmulatedAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | string;
}

export interface EmulatorSetup {
  /** The server's own certificate and key, as PEM. */
  readonly tls: { readonly cert: string; readonly key: string };
  /** Whose clients are let in; null asks for no certificate. */
  readonly clientCa: string | null;
  /** What a connection to it is set up with; it checks them. */
  readonly settings: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
  readonly accounts: readonly EmulatedAccount[];
  readonly clock?: Clock;
  readonly stateFile?: string | null;
  readonly latencyMs?: number;
  /** More than these in a minute are answered with 429. */
  readonly requestsPerMinute?: number | null;
  readonly tokenSeconds?: number;
  readonly chargesPaise?: Paise;
  /** Payments are settled by themselves after this time; null leaves it to whoever rehearses. */
  readonly settleAfterMs?: number | null;
}

/** What a connector's `emulator.ts` exports as `emulator`: how to make one, and with what a connection to it can be tried. */
export interface EmulatorKind {
  readonly settings: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
  readonly accounts: readonly EmulatedAccount[];
  create(setup: EmulatorSetup): ConnectorEmulator;
}

const BODY_BYTES_MAX = 4 * 1024 * 1024;
const OVERSIZED_BYTES = 32 * 1024 * 1024;
const MINUTE_MS = 60_000;

/** A server that behaves as the other side of a connector does, over TLS, with money in its books and troubles on order. */
export abstract class ConnectorEmulator {
  readonly bank: EmulatedBank;
  readonly notices: EmulatedNotices;
  /** Taken one by one for the requests that come; those for a token only by requests for a token, and no others. */
  readonly faults: Fault[] = [];
  /** What an answer waits for when its request was carried out: so that whoever asked can fall in between. */
  beforeAnswer: (() => Promise<void>) | null = null;
  /** Everything that came and was let in. */
  readonly requests: EmulatedRequest[] = [];
  protected readonly setup: EmulatorSetup;
  protected readonly clock: Clock;
  readonly #server: Server;
  readonly #tokens = new Map<string, number>();
  readonly #times: number[] = [];
  #tokensIssued = 0;
  #silences = 0;

  constructor(setup: EmulatorSetup, bankCode: string) {
    this.setup = setup;
    this.clock = setup.clock ?? systemClock;
    this.bank = new EmulatedBank({
      accounts: setup.accounts,
      clock: this.clock,
      stateFile: setup.stateFile ?? null,
      bankCode,
      ...(setup.chargesPaise === undefined ? {} : { chargesPaise: setup.chargesPaise }),
    });
    this.notices = new EmulatedNotices((instruction, atMs) => this.notice(instruction, atMs), this.clock);
    this.bank.onChange = (instruction) => this.#changed(instruction);
    // What was accepted before the last stop is settled in its time too.
    for (const instruction of this.bank.instructions())
      if (instruction.state === 'accepted') this.#changed(instruction);
    const { cert, key } = setup.tls;
    const mutual = setup.clientCa === null ? {} : { ca: setup.clientCa, requestCert: true, rejectUnauthorized: true };
    this.#server = createServer({ cert, key, minVersion: 'TLSv1.2', ...mutual }, (request, response) => {
      this.#serve(request, response).catch((thrown: unknown) => response.destroy(thrown as Error));
    });
    this.#server.on('tlsClientError', () => undefined);
  }

  /** @param port 0 for a free one; returns its address */
  async start(port = 0): Promise<string> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(port, '127.0.0.1', resolve);
    });
    return this.address;
  }

  /** Where it is while it runs, without a slash at the end. */
  get address(): string {
    return `https://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    if (this.#server.listening) await this.hangUp();
    this.bank.close();
  }

  /** Goes away as a server does whose machine is switched off: from now on nobody is there. */
  async hangUp(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** Every payment that it took upon itself; each of them moves money once. */
  instructions(): readonly AcceptedInstruction[] {
    return this.bank.instructions();
  }

  /** All tokens are out of date from now on. */
  expireTokens(): void {
    this.#tokens.clear();
  }

  /** How many requests were left without any answer. */
  get silences(): number {
    return this.#silences;
  }

  get tokensIssued(): number {
    return this.#tokensIssued;
  }

  /** What it says to a request that was let in. It checks the credentials itself. */
  protected abstract answer(request: EmulatedRequest): EmulatedAnswer | Promise<EmulatedAnswer>;

  /** Whether a request is for a token, which troubles meant for others leave alone. */
  protected isTokenRequest(_request: EmulatedRequest): boolean {
    return false;
  }

  /** What it sends when a payment changes; null where it sends nothing. Signed anew each time it is delivered. */
  protected notice(_instruction: AcceptedInstruction, _atMs: number): Promise<Notice | null> {
    return Promise.resolve(null);
  }

  /** Its answer to more requests than it allows. */
  protected tooMany(): EmulatedAnswer {
    return { ...json(429, { error: 'too_many_requests' }), headers: { 'retry-after': '1' } };
  }

  protected issueToken(): { readonly token: string; readonly expiresInSeconds: number } {
    this.#tokensIssued += 1;
    const expiresInSeconds = this.setup.tokenSeconds ?? 3_600;
    const token = `tok-${String(this.#tokensIssued).padStart(4, '0')}-${crypto.randomUUID()}`;
    this.#tokens.set(token, this.clock.now() + expiresInSeconds * 1_000);
    return { token, expiresInSeconds };
  }

  /** Reads `Authorization: Bearer …` and tells whether it is good now. */
  protected hasToken(request: EmulatedRequest): boolean {
    const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
    return (this.#tokens.get(token) ?? 0) > this.clock.now();
  }

  #changed(instruction: AcceptedInstruction): void {
    const { settleAfterMs } = this.setup;
    if (instruction.state !== 'accepted') this.notices.add(instruction);
    else if (settleAfterMs !== null && settleAfterMs !== undefined) {
      this.clock.after(settleAfterMs, () => {
        if (this.bank.byId(instruction.id)?.state === 'accepted') this.bank.settle(instruction.id);
      });
    }
  }

  async #serve(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const bare = await readRequest(message);
    const isToken = this.isTokenRequest(bare);
    const at = this.faults.findIndex(({ onToken }) => (onToken ?? false) === isToken);
    const fault = at === -1 ? undefined : this.faults.splice(at, 1)[0];
    const request = fault?.kind === 'unknown_status' ? { ...bare, strangeStatus: 'PARKED_FOR_AUDIT' } : bare;
    this.requests.push(request);
    const { latencyMs = 0 } = this.setup;
    const waitMs = latencyMs + (fault?.kind === 'delay' ? fault.ms : 0);
    if (waitMs > 0) await new Promise<void>((resolve) => void this.clock.after(waitMs, resolve));
    const answer = isUnheard(fault) ? null : this.#isTooMuch(isToken) ? this.tooMany() : await this.answer(request);
    await this.beforeAnswer?.();
    spoil(response, fault, answer);
    if (fault?.kind === 'silence') this.#silences += 1;
  }

  #isTooMuch(isToken: boolean): boolean {
    const { requestsPerMinute } = this.setup;
    if (isToken || requestsPerMinute === null || requestsPerMinute === undefined) return false;
    const now = this.clock.now();
    while ((this.#times[0] ?? now) <= now - MINUTE_MS) this.#times.shift();
    if (this.#times.length >= requestsPerMinute) return true;
    this.#times.push(now);
    return false;
  }
}

/** Amounts that are bigint are written as whole numbers with every figure of them. */
export const json = (status: number, value: unknown): EmulatedAnswer => ({
  status,
  headers: { 'content-type': 'application/json; charset=utf-8' },
  body: jsonText(value),
});

/** Whether it goes wrong before the request is looked at. */
const isUnheard = (fault: Fault | undefined): boolean =>
  fault !== undefined &&
  (fault.kind === 'status' ? fault.accepts !== true : 'accepts' in fault && fault.accepts === false);

async function readRequest(message: IncomingMessage): Promise<EmulatedRequest> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of message as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > BODY_BYTES_MAX) throw new Error('the request is too large');
    chunks.push(chunk);
  }
  const url = new URL(message.url ?? '/', 'https://here');
  const headers = Object.entries(message.headers).map(([name, value]) => [name, String(value)]);
  const subject = (message.socket as TLSSocket).getPeerCertificate().subject as { readonly CN?: string } | undefined;
  return {
    method: message.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    headers: Object.fromEntries(headers),
    body: new Uint8Array(Buffer.concat(chunks)),
    client: subject?.CN ?? null,
    strangeStatus: null,
  };
}

const PAGE = '<!doctype html><html><body><h1>Gateway</h1><p>The page cannot be shown.</p></body></html>';

/** Sends the answer as the trouble leaves it; without one, where nothing was done, something of the same kind. */
function spoil(response: ServerResponse, fault: Fault | undefined, made: EmulatedAnswer | null): void {
  const answer = made ?? json(200, { data: [] });
  const bytes = Buffer.from(answer.body);
  const send = (status: number, headers: Readonly<Record<string, string>>, body: string | Uint8Array): void => {
    response.writeHead(status, headers).end(body);
  };
  switch (fault?.kind) {
    case 'silence':
      return;
    case 'reset':
      response.socket?.destroy();
      return;
    case 'cut':
      response.writeHead(answer.status, { ...answer.headers, 'content-length': String(bytes.length + 10) });
      response.write(bytes.subarray(0, Math.ceil(bytes.length / 2)), () => response.socket?.destroy());
      return;
    case 'status':
      send(fault.status, { 'content-type': 'application/json', ...fault.headers }, fault.body ?? '{"error":"planned"}');
      return;
    case 'html':
      send(fault.status, { 'content-type': 'text/html' }, PAGE);
      return;
    case 'empty':
      send(answer.status, answer.headers, '');
      return;
    case 'truncated':
      send(answer.status, answer.headers, bytes.subarray(0, Math.floor(bytes.length / 2)));
      return;
    case 'oversized':
      send(answer.status, answer.headers, Buffer.alloc(OVERSIZED_BYTES, ' '));
      return;
    case 'wrong_type':
      send(answer.status, { ...answer.headers, 'content-type': 'text/html' }, PAGE);
      return;
    default:
      send(answer.status, answer.headers, bytes);
  }
}
