import { expect } from 'vitest';
import type { TransportCredentials } from '../../../electron/adapters/transport/agents.ts';
import type { CallRow } from '../../../electron/adapters/transport/call-figures.ts';
import type { ConnectorSession } from '../../../electron/adapters/transport/connector-session.ts';
import type { ConnectorTransport } from '../../../electron/adapters/transport/connector-transport.ts';
import { openSession } from '../../../electron/adapters/transport/open-session.ts';
import type { Result } from '../../kernel/result.ts';
import type { Clock } from '../../ports/clock.ts';
import type { StoredToken, TokenStore } from '../../ports/token-store.ts';
import { TestAuthority } from '../../testing/certificates.ts';
import { runSeed } from '../../testing/seed.ts';
import { SeededRandom } from '../../testing/seeded-random.ts';
import { SimClock } from '../../testing/sim-clock.ts';
import type { BankConnector, BulkInstruction, PaymentInstruction, PaymentQuestion } from './bank.ts';
import type { ConnectorEmulator, EmulatorKind, EmulatorSetup } from './emulator.ts';
import type { ConnectorOperation, ConnectorResponse } from './operation.ts';
import type { ConnectorProblem } from './problem.ts';

/** What differs between connectors in the suite; everything may be left out. */
export interface ConformanceSamples {
  /** The ends of a payment of which the other side can tell. */
  readonly ends: readonly ('paid' | 'failed' | 'returned')[];
  /** The secret that webhooks are signed with; no call uses it. */
  readonly webhookSecret: string;
  /** Whether its messages carry a signed time. */
  readonly hasWebhookTime: boolean;
  payment(number: number): PaymentInstruction;
  /** Answers that somebody else wrote down, and what they mean. */
  readonly fixtures: readonly Fixture[];
}

export interface Fixture {
  readonly name: string;
  /** @returns what `response` of the operation made of it */
  read(): unknown;
  readonly meaning: unknown;
}

/** The answer of a fixture as the transport would give it. */
export const answerOf = (
  body: string | Uint8Array,
  status = 200,
  headers: Readonly<Record<string, string>> = { 'content-type': 'application/json' },
): ConnectorResponse => ({
  status,
  headers,
  body: typeof body === 'string' ? new TextEncoder().encode(body) : body,
});

/** Waits that are shorter are over at once; longer ones are time-outs and pauses, for which the test turns the clock itself. */
const LONG_MS = 10_000;

/** The clock of both sides. */
export class HastyClock implements Clock {
  readonly #sim: SimClock;

  constructor(startMs: number) {
    this.#sim = new SimClock(startMs);
  }

  now(): number {
    return this.#sim.now();
  }

  after(ms: number, run: () => void): () => void {
    if (ms >= LONG_MS) return this.#sim.after(ms, run);
    const timer = setImmediate(() => {
      this.#sim.advance(ms);
      run();
    });
    return () => clearImmediate(timer);
  }

  advance(ms: number): void {
    this.#sim.advance(ms);
  }
}

export class MemoryTokens implements TokenStore {
  readonly kept = new Map<string, StoredToken>();

  async get(connection: string): Promise<StoredToken | null> {
    return this.kept.get(connection) ?? null;
  }

  async set(connection: string, token: StoredToken): Promise<void> {
    this.kept.set(connection, token);
  }

  async delete(connection: string): Promise<void> {
    this.kept.delete(connection);
  }
}

export interface RigOptions {
  readonly emulator?: Partial<EmulatorSetup>;
  /** Instead of the right ones. */
  readonly credentials?: TransportCredentials;
  readonly secrets?: Readonly<Record<string, string>>;
}

/** One connector in the suite. */
export interface Conforming {
  readonly connector: BankConnector;
  readonly kind: EmulatorKind;
  readonly samples: ConformanceSamples;
  /** Started, and stopped after the test; then it is looked through for secrets. */
  rig(options?: RigOptions): Promise<Rig>;
}

export const authority = TestAuthority.make();
const serverIdentity = authority.issue({ name: 'emulator', use: 'server' });
export const clientIdentity = authority.issue({ name: 'munim desk', use: 'client' });

/** A connector over the real transport and session against its emulator, with everything kept that a log or a person could see. */
export class Rig {
  readonly clock = new HastyClock(Date.parse('2026-11-20T06:00:00Z'));
  readonly rows: CallRow[] = [];
  readonly problems: ConnectorProblem[] = [];
  readonly emulator: ConnectorEmulator;
  readonly secrets: Readonly<Record<string, string>>;
  readonly tokens = new MemoryTokens();
  readonly connector: BankConnector;
  readonly #options: RigOptions;
  #open: { readonly session: ConnectorSession; readonly transport: ConnectorTransport } | null = null;

  constructor(connector: BankConnector, kind: EmulatorKind, options: RigOptions) {
    this.connector = connector;
    this.#options = options;
    this.secrets = options.secrets ?? kind.secrets;
    const { settings, secrets, accounts } = kind;
    this.emulator = kind.create({
      tls: serverIdentity,
      clientCa: authority.cert,
      settings,
      secrets,
      accounts,
      clock: this.clock,
      ...options.emulator,
    });
  }

  async start(settings: Readonly<Record<string, string>>): Promise<this> {
    const baseUrl = await this.emulator.start();
    this.#open = openSession({
      connection: `test-${this.connector.manifest.id}`,
      connector: this.connector,
      settings,
      secrets: async () => this.secrets,
      tokens: this.tokens,
      clock: this.clock,
      random: new SeededRandom(runSeed()),
      log: (row) => this.rows.push(row),
      baseUrl: `${baseUrl}${this.basePath}`,
      credentials: async () => this.#options.credentials ?? clientIdentity,
    });
    return this;
  }

  /** What stands behind the host in the address of the manifest. */
  get basePath(): string {
    return new URL(this.connector.manifest.baseUrls.production).pathname.replace(/\/$/, '');
  }

  get session(): ConnectorSession {
    return this.#opened.session;
  }

  get transport(): ConnectorTransport {
    return this.#opened.transport;
  }

  async call<Input, Output>(
    operation: ConnectorOperation<Input, Output>,
    input: Input,
    signal: AbortSignal = new AbortController().signal,
  ): Promise<Result<Output, ConnectorProblem>> {
    const result = await this.session.call(operation, input, signal);
    if (!result.ok) this.problems.push(result.error);
    return result;
  }

  /** Calls, and turns the clock by so much each time the other side has got another request and is silent. */
  async callIntoSilence<Input, Output>(operation: ConnectorOperation<Input, Output>, input: Input, waits: number[]) {
    let silences = this.emulator.silences;
    const calling = this.call(operation, input);
    for (const ms of waits) {
      await waitUntil(() => this.emulator.silences > silences);
      silences = this.emulator.silences;
      this.clock.advance(ms);
    }
    return calling;
  }

  async stop(): Promise<void> {
    await this.#open?.transport.close();
    await this.emulator.stop();
  }

  /** Nothing that a person or a log sees may hold a secret, a token or whose money it is. */
  expectNothingTold(): void {
    const accounts = this.emulator.bank.accounts().map(({ number }) => number);
    const paid = this.emulator.instructions().map(({ beneficiaryAccount }) => beneficiaryAccount);
    const tokens = [...this.tokens.kept.values()].map(({ token }) => token);
    const hidden = [...Object.values(this.secrets), ...tokens, ...accounts, ...paid].filter((text) => text !== '');
    const said = JSON.stringify([this.rows, this.problems]);
    for (const secret of hidden) expect(said).not.toContain(secret);
    expect(said).not.toMatch(/BEGIN|Bearer|PRIVATE/);
  }

  get #opened() {
    if (this.#open === null) throw new Error('the rig was not started');
    return this.#open;
  }
}

export async function waitUntil(isSo: () => boolean): Promise<void> {
  const end = Date.now() + 20_000;
  while (!isSo()) {
    if (Date.now() > end) throw new Error('what was waited for did not come');
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

export function samplePayment(kind: EmulatorKind, number: number): PaymentInstruction {
  const [account] = kind.accounts;
  if (account === undefined) throw new Error('the emulator has no account');
  return {
    orderId: `0197a000-0000-7000-8000-${String(number).padStart(12, '0')}`,
    reference: `MN26${String(number).padStart(8, '0')}`,
    debitAccount: account.number,
    debitIfsc: account.ifsc,
    beneficiaryName: 'Godavari Lab Supplies',
    beneficiaryAccount: '50200012345678',
    beneficiaryIfsc: 'HDFC0001234',
    amountPaise: 1_234_567n + BigInt(number),
    mode: 'neft',
    purpose: 'Bill 114 of November',
  };
}

export const sampleBulk = (payments: readonly PaymentInstruction[]): BulkInstruction => {
  const [first] = payments;
  if (first === undefined) throw new Error('a batch of nothing');
  const { debitAccount, debitIfsc } = first;
  return {
    batchId: '0197b000-0000-7000-8000-000000000001',
    debitAccount,
    debitIfsc,
    paymentDate: '2026-11-20',
    payments,
  };
};

export const questionOf = (
  { orderId, reference, debitAccount }: PaymentInstruction,
  providerId: string | null = null,
  batchId: string | null = null,
): PaymentQuestion => ({ orderId, reference, providerId, batchId, debitAccount });

export function expectValue<Output>(result: Result<Output, ConnectorProblem>): Output {
  expect(result).toMatchObject({ ok: true });
  if (!result.ok) throw new Error('unreachable');
  return result.value;
}
