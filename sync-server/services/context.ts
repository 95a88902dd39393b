import type { Webhook } from '../../shared/connectors/_kit/webhook.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import type { Digest } from '../../shared/ports/digest.ts';
import type { Random } from '../../shared/ports/random.ts';
import type { Metrics } from '../adapters/metrics.ts';
import type { Passwords } from '../adapters/passwords.ts';
import type { ServerKeys } from '../adapters/server-keys.ts';
import type { BlobStore } from '../ports/blob-store.ts';
import type { Bus } from '../ports/bus.ts';
import type { Database } from '../ports/database.ts';
import type { WebhookSecrets } from '../ports/webhook-secrets.ts';
import type { Log } from './log.ts';
import type { TryLimiter } from './try-limiter.ts';

/** What every service of the server works with. */
export interface ServerContext {
  readonly database: Database;
  readonly clock: Clock;
  readonly random: Random;
  readonly digest: Digest;
  readonly keys: ServerKeys;
  readonly passwords: Passwords;
  readonly bus: Bus;
  readonly blobs: BlobStore;
  readonly signInTries: TryLimiter;
  readonly log: Log;
  readonly metrics: Metrics;
  /** Who sends messages here unasked, by the name of the connector. */
  readonly webhookSources: ReadonlyMap<string, Webhook>;
  readonly webhookSecrets: WebhookSecrets;
  readonly serverName: string;
}
