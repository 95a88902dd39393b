import { request as httpsRequest } from 'node:https';
import { uuidv7 } from '../../../kernel/ids.ts';
import { err, ok, type Result } from '../../../kernel/result.ts';
import { TestAuthority } from '../../../testing/certificates.ts';
import { SimClock } from '../../../testing/sim-clock.ts';
import type { HttpRequest } from '../../operation.ts';
import type { BankConnector } from '../bank.ts';
import type { ConnectorEmulator, EmulatorKind, EmulatorSetup } from '../emulator.ts';
import type { ConnectorContext, ConnectorOperation, ConnectorResponse } from '../operation.ts';
import type { ConnectorProblem } from '../problem.ts';

/** Noon of a working day in India. */
export const CALLER_START = Date.parse('2026-06-15T06:30:00Z');

/** A connector and its emulator, joined over TLS by the plainest way there is: for tests of what the two say, not of how it is sent. */
export class EmulatorCaller<Emulator extends ConnectorEmulator> {
  readonly emulator: Emulator;
  readonly clock: SimClock;
  readonly #connector: BankConnector;
  readonly #kind: EmulatorKind;
  readonly #tls: { readonly ca: string; readonly cert?: string; readonly key?: string };
  #address = '';
  #requests = 0;
  #token: string | null = null;
  /** Instead of those of the emulator. */
  secrets: Readonly<Record<string, string>>;

  private constructor(
    connector: BankConnector,
    kind: EmulatorKind,
    setup: Partial<EmulatorSetup>,
    hasCertificate: boolean,
  ) {
    const authority = TestAuthority.make();
    const server = authority.issue({ name: 'localhost', use: 'server' });
    const client = authority.issue({ name: 'munim desk', use: 'client' });
    this.clock = new SimClock(CALLER_START);
    this.#connector = connector;
    this.#kind = kind;
    this.secrets = kind.secrets;
    this.#tls = { ca: authority.cert, ...(hasCertificate ? { cert: client.cert, key: client.key } : {}) };
    const { settings, secrets, accounts } = kind;
    const given = { tls: server, clientCa: authority.cert, settings, secrets, accounts, clock: this.clock, ...setup };
    this.emulator = kind.create(given) as Emulator;
  }

  static async start<Emulator extends ConnectorEmulator>(
    connector: BankConnector,
    kind: EmulatorKind,
    setup: Partial<EmulatorSetup> = {},
    hasCertificate = true,
  ): Promise<EmulatorCaller<Emulator>> {
    const caller = new EmulatorCaller<Emulator>(connector, kind, setup, hasCertificate);
    const basePath = new URL(connector.manifest.baseUrls.production).pathname.replace(/\/$/, '');
    caller.#address = `${await caller.emulator.start()}${basePath}`;
    return caller;
  }

  stop(): Promise<void> {
    return this.emulator.stop();
  }

  /** An id that sorts and never comes again. */
  id(): string {
    this.#requests += 1;
    return uuidv7(
      this.clock.now(),
      Uint8Array.from({ length: 10 }, (_, at) => (this.#requests >> (at * 8)) & 0xff),
    );
  }

  /** One request and what its answer means; a broken connection is thrown. */
  async call<Input, Output>(
    operation: ConnectorOperation<Input, Output> | undefined,
    input: Input,
  ): Promise<Result<Output, ConnectorProblem>> {
    if (operation === undefined) throw new Error('the connector does not offer this');
    if (this.#connector.token !== undefined && this.#token === null) {
      const token = await this.#send(this.#connector.token, null);
      if (!token.ok) return err(token.error);
      this.#token = token.value.token;
    }
    return this.#send(operation, input);
  }

  forgetToken(): void {
    this.#token = null;
  }

  async #send<Input, Output>(
    operation: ConnectorOperation<Input, Output>,
    input: Input,
  ): Promise<Result<Output, ConnectorProblem>> {
    const { settings } = this.#kind;
    const context: ConnectorContext = {
      ...{ settings, secrets: this.secrets, accessToken: this.#token, requestId: this.id(), now: this.clock.now() },
    };
    const checked = operation.input.parse(input);
    const response = await this.exchange(await operation.request(checked, context));
    const read = await operation.response(response, checked, context);
    return read.ok ? ok(read.value) : read;
  }

  exchange({ method, path, headers, body }: HttpRequest): Promise<ConnectorResponse> {
    return new Promise((resolve, reject) => {
      const sent = httpsRequest(`${this.#address}${path}`, { method, headers, ...this.#tls, agent: false });
      sent.on('error', reject);
      sent.on('response', (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('error', reject);
        answer.on('end', () => {
          const said = Object.entries(answer.headers).map(([name, value]) => [name, String(value)]);
          const bytes = new Uint8Array(Buffer.concat(chunks));
          resolve({ status: answer.statusCode ?? 0, headers: Object.fromEntries(said), body: bytes });
        });
      });
      sent.end(body);
    });
  }
}
