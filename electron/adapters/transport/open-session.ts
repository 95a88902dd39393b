import type { Manifest } from '../../../shared/connectors/_kit/manifest.ts';
import type { ProxyOptions, TransportCredentials } from './agents.ts';
import { ConnectorSession, type SessionOptions } from './connector-session.ts';
import { ConnectorTransport } from './connector-transport.ts';

export interface OpenOptions extends Omit<SessionOptions, 'transport'> {
  /** Where the other side is: of the manifest, or where the office was told. */
  readonly baseUrl: string;
  readonly credentials: () => Promise<TransportCredentials | null>;
  readonly proxy?: ProxyOptions | null;
}

export interface OpenSession {
  readonly session: ConnectorSession;
  readonly transport: ConnectorTransport;
}

/** A session over a transport that keeps to what the manifest says. */
export function openSession(options: OpenOptions): OpenSession {
  const { manifest } = options.connector;
  const transport = new ConnectorTransport({ ...transportRules(manifest), ...options });
  return { transport, session: new ConnectorSession({ ...options, transport }) };
}

const transportRules = ({ name, family, mutualTls, limits }: Manifest) => ({
  name,
  mutualTls,
  pinnedCa: family === 'bank',
  requestsPerMinute: limits.requestsPerMinute,
  concurrency: limits.concurrency,
});
