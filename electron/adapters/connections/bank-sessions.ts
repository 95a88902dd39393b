import type { BankConnector } from '../../../shared/connectors/_kit/bank.ts';
import { MunimError } from '../../../shared/kernel/errors.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import { err, ok } from '../../../shared/kernel/result.ts';
import type { BankHealth } from '../../../shared/ports/bank-link.ts';
import type { Clock } from '../../../shared/ports/clock.ts';
import type { CallSummary, ConnectionTester, OpenConnection } from '../../../shared/ports/connections.ts';
import type { Random } from '../../../shared/ports/random.ts';
import type { TokenStore } from '../../../shared/ports/token-store.ts';
import type { CallRow } from '../transport/call-figures.ts';
import { type OpenSession, openSession } from '../transport/open-session.ts';

export interface BankSessionsOptions {
  readonly connectors: ReadonlyMap<string, BankConnector>;
  readonly tokens: TokenStore;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: (row: CallRow) => void;
}

/** The sessions of this desk with banks, one a connection; made when first needed. */
export class BankSessions implements ConnectionTester {
  readonly #options: BankSessionsOptions;
  readonly #open = new Map<Id, OpenSession>();

  constructor(options: BankSessionsOptions) {
    this.#options = options;
  }

  /** @throws MunimError CONNECTION_UNKNOWN_KIND */
  of(connection: OpenConnection): OpenSession & { readonly connector: BankConnector } {
    const connector = this.#options.connectors.get(connection.connectorId);
    if (connector === undefined) {
      throw new MunimError('CONNECTION_UNKNOWN_KIND', { connector: connection.connectorId });
    }
    const { id, baseUrl, settings, secrets, credentials } = connection;
    const { tokens, clock, random, log } = this.#options;
    const session =
      this.#open.get(id) ??
      openSession({ connection: id, connector, baseUrl, settings, secrets, credentials, tokens, clock, random, log });
    this.#open.set(id, session);
    return { ...session, connector };
  }

  /**
   * The connection, its secrets or its certificate are no longer what they were: what is under way ends as it began, and calls from now on
   * open another session. A token of before is not used any more.
   */
  async changed(id: Id): Promise<void> {
    const session = this.#open.get(id);
    this.#open.delete(id);
    session?.transport.replaceCredentials();
    await this.#options.tokens.delete(id);
  }

  /** How the other side did of late; well where this desk has not called it yet. */
  health(id: Id): BankHealth {
    const state = this.#open.get(id)?.transport.breaker;
    if (state === 'open') return 'paused';
    return state === 'half_open' ? 'probing' : 'well';
  }

  figures(id: Id): readonly CallSummary[] {
    return (this.#open.get(id)?.session.figures() ?? []).map(
      ({ operation, calls, successBasisPoints, p50Ms, p95Ms, p99Ms }) => {
        const [p50, p95, p99] = [p50Ms, p95Ms, p99Ms].map(Math.round);
        return { operation, calls, successBasisPoints, p50Ms: p50 ?? 0, p95Ms: p95 ?? 0, p99Ms: p99 ?? 0 };
      },
    );
  }

  canTest(connectorId: string): boolean {
    return this.#options.connectors.get(connectorId)?.balance !== undefined;
  }

  async test(connection: OpenConnection, signal: AbortSignal): ReturnType<ConnectionTester['test']> {
    const { session, connector } = this.of(connection);
    const { balance } = connector;
    if (balance === undefined) throw new MunimError('CONNECTION_CANNOT_TEST', { connector: connector.manifest.name });
    const answer = await session.call(balance, { accountNumber: connection.accountNumber }, signal);
    if (!answer.ok) return err({ code: answer.error.code, details: answer.error.details });
    return ok({ availablePaise: answer.value.availablePaise, at: answer.value.at });
  }

  async close(): Promise<void> {
    const sessions = [...this.#open.values()];
    this.#open.clear();
    await Promise.all(sessions.map(({ transport }) => transport.close()));
  }
}
