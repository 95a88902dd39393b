import { Agent, type Dispatcher, ProxyAgent } from 'undici';
import { limits } from '../../../shared/kernel/limits.ts';

/** What a connection proves itself with and whom it trusts, as PEM. */
export interface TransportCredentials {
  readonly cert: string | null;
  readonly key: string | null;
  /** Whom the other side's certificate must come from; null trusts the public authorities that Node carries, which no bank connection may. */
  readonly ca: string | null;
  readonly passphrase?: string;
}

export interface ProxyOptions {
  /** `http://proxy.office.example:3128`. */
  readonly uri: string;
  /** The value of `Proxy-Authorization`, where the proxy asks for one. */
  readonly authorization?: string;
}

/** The ways out of one connection under one set of credentials. */
export class Agents {
  /** Keeps connections open between questions. */
  readonly reading: Dispatcher;
  /**
   * Takes a new connection for each: one that was kept open may have been closed by the other side just now, and then nobody could tell
   * whether the payment was read.
   */
  readonly changing: Dispatcher;

  constructor(credentials: TransportCredentials | null, concurrency: number, proxy: ProxyOptions | null) {
    this.reading = agent(credentials, proxy, { connections: concurrency, pipelining: 1 });
    this.changing = agent(credentials, proxy, { connections: concurrency, pipelining: 0 });
  }

  /** Lets what is under way end. */
  async drain(): Promise<void> {
    await Promise.all([this.reading.close(), this.changing.close()]);
  }

  async destroy(): Promise<void> {
    await Promise.all([this.reading.destroy(), this.changing.destroy()]);
  }
}

function agent(
  credentials: TransportCredentials | null,
  proxy: ProxyOptions | null,
  pool: { readonly connections: number; readonly pipelining: number },
): Dispatcher {
  const tls = {
    minVersion: 'TLSv1.2' as const,
    timeout: limits.connector.connectTimeoutMs,
    ...(credentials?.ca ? { ca: credentials.ca } : {}),
    ...(credentials?.cert ? { cert: credentials.cert } : {}),
    ...(credentials?.key ? { key: credentials.key } : {}),
    ...(credentials?.passphrase === undefined ? {} : { passphrase: credentials.passphrase }),
  };
  // The transport has its own time-outs, which a simulated clock can turn.
  const options = { ...pool, headersTimeout: 0, bodyTimeout: 0, allowH2: false };
  if (proxy === null) return new Agent({ ...options, connect: tls });
  const token = proxy.authorization === undefined ? {} : { token: proxy.authorization };
  return new ProxyAgent({ ...options, uri: proxy.uri, requestTls: tls, ...token });
}
