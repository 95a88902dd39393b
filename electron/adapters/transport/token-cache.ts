import type { AccessToken } from '../../../shared/connectors/_kit/operation.ts';
import type { ConnectorProblem } from '../../../shared/connectors/_kit/problem.ts';
import { limits } from '../../../shared/kernel/limits.ts';
import { ok, type Result } from '../../../shared/kernel/result.ts';
import type { Clock } from '../../../shared/ports/clock.ts';
import type { StoredToken, TokenStore } from '../../../shared/ports/token-store.ts';

export type TokenResult = Result<string, ConnectorProblem>;

/** The token of one connection: kept until five minutes before its end, fetched once however many wait for it. */
export class TokenCache {
  readonly #connection: string;
  readonly #store: TokenStore;
  readonly #clock: Clock;
  readonly #fetch: () => Promise<Result<AccessToken, ConnectorProblem>>;
  #fetching: Promise<TokenResult> | null = null;
  /** Tokens that were refused though they looked good. */
  #refused: string | null = null;

  constructor(
    connection: string,
    store: TokenStore,
    clock: Clock,
    fetch: () => Promise<Result<AccessToken, ConnectorProblem>>,
  ) {
    this.#connection = connection;
    this.#store = store;
    this.#clock = clock;
    this.#fetch = fetch;
  }

  async get(): Promise<TokenResult> {
    if (this.#fetching !== null) return this.#fetching;
    const kept = await this.#store.get(this.#connection);
    if (kept !== null && kept.token !== this.#refused && kept.expiresAt > this.#clock.now()) return ok(kept.token);
    // Another one may have begun while the store was read.
    this.#fetching ??= this.#refresh().finally(() => {
      this.#fetching = null;
    });
    return this.#fetching;
  }

  /** The other side said 401 to it. Does nothing when it was replaced already. */
  refuse(token: string): void {
    this.#refused = token;
  }

  async #refresh(): Promise<TokenResult> {
    const fetched = await this.#fetch();
    if (!fetched.ok) return fetched;
    await this.#store.set(this.#connection, this.#stored(fetched.value));
    return ok(fetched.value.token);
  }

  /** One that lives less than ten minutes is kept for half of that. */
  #stored({ token, expiresInSeconds }: AccessToken): StoredToken {
    const lifeMs = Math.max(0, expiresInSeconds) * 1_000;
    const marginMs = Math.min(limits.connector.tokenMarginMs, lifeMs / 2);
    return { token, expiresAt: this.#clock.now() + lifeMs - marginMs };
  }
}
