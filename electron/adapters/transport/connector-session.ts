import type { Manifest } from '../../../shared/connectors/_kit/manifest.ts';
import type {
  AccessToken,
  ConnectorContext,
  ConnectorOperation,
  ConnectorResponse,
} from '../../../shared/connectors/_kit/operation.ts';
import { type ConnectorProblem, problem } from '../../../shared/connectors/_kit/problem.ts';
import type { HttpRequest } from '../../../shared/connectors/operation.ts';
import { MunimError } from '../../../shared/kernel/errors.ts';
import { type Id, uuidv7 } from '../../../shared/kernel/ids.ts';
import { err, ok, type Result } from '../../../shared/kernel/result.ts';
import type { Clock } from '../../../shared/ports/clock.ts';
import type { Random } from '../../../shared/ports/random.ts';
import type { TokenStore } from '../../../shared/ports/token-store.ts';
import { CallFigures, type CallRow, type OperationFigures } from './call-figures.ts';
import type { ConnectorTransport, Sent } from './connector-transport.ts';
import { TokenCache } from './token-cache.ts';
import { toldWithoutSecrets, withoutSecrets } from './without-secrets.ts';

export interface SessionOptions {
  /** Names the connection for the log and the store of tokens. */
  readonly connection: string;
  readonly connector: { readonly manifest: Manifest; readonly token?: ConnectorOperation<null, AccessToken> };
  readonly settings: Readonly<Record<string, string>>;
  /** Read for every call, so that they stay nowhere else. @throws MunimError when they cannot be read now */
  readonly secrets: () => Promise<Readonly<Record<string, string>>>;
  readonly transport: ConnectorTransport;
  readonly tokens: TokenStore;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: (row: CallRow) => void;
}

/** How a call went besides what it gave. */
interface Course {
  status: number | null;
  attempts: number;
}

type Outcome<Output> = Result<Output, ConnectorProblem>;

/** One connection to another system: calls its operations with checked input, and answers with what they mean or why not. */
export class ConnectorSession {
  readonly #options: SessionOptions;
  readonly #tokens: TokenCache | null;
  readonly #figures = new CallFigures();

  constructor(options: SessionOptions) {
    this.#options = options;
    const { token } = options.connector;
    const { connection, tokens, clock } = options;
    const fetchToken = (operation: ConnectorOperation<null, AccessToken>) => () =>
      // Nobody's own signal: others may wait for the same token.
      this.#recorded(operation, null, new AbortController().signal, false);
    this.#tokens = token === undefined ? null : new TokenCache(connection, tokens, clock, fetchToken(token));
  }

  /** @returns `in_doubt` for everything after which a payment may have been taken, whatever went wrong */
  call<Input, Output>(
    operation: ConnectorOperation<Input, Output>,
    input: Input,
    signal: AbortSignal,
  ): Promise<Outcome<Output>> {
    return this.#recorded(operation, input, signal, this.#tokens !== null);
  }

  figures(): readonly OperationFigures[] {
    return this.#figures.read();
  }

  async #recorded<Input, Output>(
    operation: ConnectorOperation<Input, Output>,
    input: Input,
    signal: AbortSignal,
    needsToken: boolean,
  ): Promise<Outcome<Output>> {
    const { clock, random, connection, log } = this.#options;
    const startedAt = clock.now();
    const requestId = uuidv7(startedAt, random.bytes(10));
    const course: Course = { status: null, attempts: 0 };
    const outcome = await this.#call(operation, input, { signal, needsToken, requestId, course });
    const row: CallRow = {
      connection,
      operation: operation.name,
      outcome: outcome.ok ? 'ok' : outcome.error.kind,
      code: outcome.ok ? null : outcome.error.code,
      status: course.status,
      ms: Math.max(0, clock.now() - startedAt),
      attempts: course.attempts,
      requestId,
    };
    this.#figures.add(row);
    log(row);
    return outcome;
  }

  async #call<Input, Output>(
    operation: ConnectorOperation<Input, Output>,
    input: Input,
    call: { signal: AbortSignal; needsToken: boolean; requestId: Id; course: Course },
  ): Promise<Outcome<Output>> {
    const checked = operation.input.safeParse(input);
    if (!checked.success) {
      const where = checked.error.issues.map(({ path }) => path.join('.')).join(', ') || 'input';
      return err(problem('validation', 'CONNECTOR_INPUT', { name: this.#name, where }));
    }
    const first = await this.#send(operation, checked.data, call);
    if (!first.ok) return first;
    const { sent, context } = first.value;
    if (!call.needsToken || sent.response?.status !== 401 || context.accessToken === null) {
      return this.#meaning(operation, checked.data, first.value);
    }
    // 401 is an answer: nothing was done, so once more with a new token is no second payment. What an earlier attempt did stays open.
    this.#tokens?.refuse(context.accessToken);
    const again = await this.#send(operation, checked.data, call);
    if (!again.ok) return sent.isOpen ? err(this.#doubt(again.error.code)) : again;
    const isOpen = sent.isOpen || again.value.sent.isOpen;
    return this.#meaning(operation, checked.data, { ...again.value, sent: { ...again.value.sent, isOpen } });
  }

  async #send<Input, Output>(
    operation: ConnectorOperation<Input, Output>,
    input: Input,
    call: { signal: AbortSignal; needsToken: boolean; requestId: Id; course: Course },
  ): Promise<Outcome<Spoken>> {
    let built: { request: HttpRequest; context: ConnectorContext };
    try {
      const context = await this.#context(call.requestId, call.needsToken);
      if (!context.ok) return context;
      built = { context: context.value, request: await operation.request(input, context.value) };
    } catch (thrown) {
      // Nothing was sent.
      if (thrown instanceof MunimError) return err(problem('auth', thrown.code, thrown.details));
      return err(problem('validation', 'CONNECTOR_INPUT', { name: this.#name, where: operation.name }));
    }
    try {
      const { effect, name: lane } = operation;
      const sent = await this.#options.transport.send(built.request, { effect, lane, signal: call.signal });
      call.course.attempts += sent.attempts;
      call.course.status = sent.response?.status ?? null;
      return ok({ sent, context: built.context });
    } catch (thrown) {
      // The credentials could not be read, which comes before all sending.
      if (thrown instanceof MunimError) return err(problem('auth', thrown.code, thrown.details));
      return err(this.#unexpected(operation.effect));
    }
  }

  async #context(requestId: Id, needsToken: boolean): Promise<Outcome<ConnectorContext>> {
    const { settings, secrets, clock } = this.#options;
    const token = needsToken && this.#tokens !== null ? await this.#tokens.get() : ok(null);
    if (!token.ok) return token;
    return ok({ settings, secrets: await secrets(), accessToken: token.value, requestId, now: clock.now() });
  }

  async #meaning<Input, Output>(
    operation: ConnectorOperation<Input, Output>,
    input: Input,
    { sent, context }: Spoken,
  ): Promise<Outcome<Output>> {
    const { effect } = operation;
    if (sent.response === null) return err(this.#withDoubt(sent.problem, effect, sent.isOpen));
    const outcome = await this.#read(operation, input, sent.response, context);
    const secrets = [...Object.values(context.secrets), context.accessToken ?? ''];
    if (outcome.ok) {
      // Words of the other side go into the books and on to the server. A token is a secret itself, and goes into the vault.
      const isToken = (operation as unknown) === this.#options.connector.token;
      return isToken ? outcome : ok(toldWithoutSecrets(outcome.value, secrets));
    }
    return err(withoutSecrets(this.#withDoubt(outcome.error, effect, sent.isOpen), secrets));
  }

  async #read<Input, Output>(
    operation: ConnectorOperation<Input, Output>,
    input: Input,
    response: ConnectorResponse,
    context: ConnectorContext,
  ): Promise<Outcome<Output>> {
    try {
      return await operation.response(response, input, context);
    } catch {
      return err(this.#unexpected(operation.effect));
    }
  }

  /**
   * A doubt that an earlier attempt left is not taken away by a later one that was not heard, and an answer that is not what was promised says nothing
   * of a payment.
   */
  #withDoubt(found: ConnectorProblem, effect: ConnectorOperation<never, never>['effect'], isOpen: boolean) {
    if (effect === 'read' || found.kind === 'in_doubt') return found;
    if (found.kind === 'contract') return this.#doubt(found.code);
    const isVerdict = found.kind === 'business' || found.kind === 'validation';
    return isOpen && !isVerdict ? this.#doubt(found.code) : found;
  }

  #unexpected(effect: ConnectorOperation<never, never>['effect']): ConnectorProblem {
    if (effect !== 'read') return this.#doubt('unexpected answer');
    return problem('contract', 'CONNECTOR_BAD_ANSWER', { name: this.#name, detail: 'unexpected answer' });
  }

  #doubt(detail: string): ConnectorProblem {
    return problem('in_doubt', 'CONNECTOR_IN_DOUBT', { name: this.#name, detail });
  }

  get #name(): string {
    return this.#options.connector.manifest.name;
  }
}

interface Spoken {
  readonly sent: Sent;
  readonly context: ConnectorContext;
}
