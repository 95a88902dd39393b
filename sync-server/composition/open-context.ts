import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Webhook } from '../../shared/connectors/_kit/webhook.ts';
import { Disk } from '../../shared/engine/disk.ts';
import { type Clock, systemClock } from '../../shared/ports/clock.ts';
import { type Random, systemRandom } from '../../shared/ports/random.ts';
import { fileBlobStore } from '../adapters/blob-files.ts';
import { s3BlobStore } from '../adapters/blob-s3.ts';
import { localBus } from '../adapters/bus-local.ts';
import { NatsBus } from '../adapters/bus-nats.ts';
import { embeddedDatabase } from '../adapters/embedded-database.ts';
import { Metrics } from '../adapters/metrics.ts';
import { nodeDigest } from '../adapters/node-digest.ts';
import { type Passwords, scryptPasswords } from '../adapters/passwords.ts';
import { postgresDatabase } from '../adapters/postgres-database.ts';
import { dumpPostgres } from '../adapters/postgres-tools.ts';
import { serverKeys } from '../adapters/server-keys.ts';
import { WebhookSecretFile } from '../adapters/webhook-secret-file.ts';
import type { ServerConfig } from '../main/config.ts';
import type { ReceiptPlace } from '../ports/blob-store.ts';
import type { Bus } from '../ports/bus.ts';
import type { Database } from '../ports/database.ts';
import type { Upkeep } from '../ports/upkeep.ts';
import { claimReceipts } from '../services/claim-receipts.ts';
import type { ServerContext } from '../services/context.ts';
import { holdToKeysOfBooks } from '../services/keys-of-books.ts';
import type { Log } from '../services/log.ts';
import { TryLimiter } from '../services/try-limiter.ts';
import { schemaStateOf } from '../stores/schema-state.ts';
import { migrationsDir, programRoot } from './places.ts';
import { webhookSources } from './webhook-sources.ts';

export interface ContextOptions {
  readonly config: ServerConfig;
  readonly log: Log;
  readonly onPoison: (reason: string) => void;
  readonly clock?: Clock;
  readonly random?: Random;
  readonly passwords?: Passwords;
  /** Whether the place of the receipts is not asked for its mark, because they come back only after the books. */
  readonly receiptsLater?: boolean;
  /** Those of the connectors when absent. */
  readonly webhookSources?: ReadonlyMap<string, Webhook>;
}

/** The services' context, and what only an operator asks. */
export interface OpenContext extends ServerContext {
  readonly upkeep: Upkeep;
  /** The `blobs`, as their keeper sees them. */
  readonly receipts: ReceiptPlace;
}

/** Joins the services to what they run on: PGlite in this process, or PostgreSQL when DATABASE_URL is set. */
export async function openContext(options: ContextOptions): Promise<OpenContext> {
  const { config, log, clock = systemClock, random = systemRandom } = options;
  await mkdir(config.dataDir, { recursive: true, mode: 0o700 });
  const metrics = new Metrics();
  const opened = await openDatabase(options, clock, random);
  const database = { ...opened, db: metrics.timed(opened.db) };
  try {
    const keys = await serverKeys(config.keysFile, clock, random);
    if (database.kind === 'postgres') await holdToKeysOfBooks(database.db, keys, nodeDigest, config.keysFile);
    const receipts = await receiptPlace(config);
    if (database.kind === 'postgres' && options.receiptsLater !== true)
      await claimReceipts(database.db, receipts, clock, random);
    const bus = openBus(options, metrics, clock, random);
    return {
      database,
      clock,
      random,
      digest: nodeDigest,
      keys,
      passwords: options.passwords ?? scryptPasswords(random),
      blobs: receipts,
      receipts,
      bus,
      signInTries: new TryLimiter(clock, { bus, digest: nodeDigest }),
      log,
      metrics,
      webhookSources: options.webhookSources ?? webhookSources,
      webhookSecrets: new WebhookSecretFile(config.webhookSecretsFile, clock, random),
      serverName: config.name,
      upkeep: {
        freeBytes: () => new Disk(path.join(config.dataDir, 'books')).freeBytes(),
        schema: schemaStateOf(database.db, migrationsDir(programRoot())),
        copyBooks: opened.copyBooks,
      },
    };
  } catch (thrown) {
    await database.close();
    throw thrown;
  }
}

export async function closeContext({ bus, database, receipts }: OpenContext): Promise<void> {
  try {
    await bus.close();
    receipts.close();
  } finally {
    await database.close();
  }
}

export const receiptPlace = async ({ bucket, receiptsDir }: ServerConfig): Promise<ReceiptPlace> =>
  bucket === null ? fileBlobStore(receiptsDir) : s3BlobStore(bucket);

type CopiedDatabase = Database & Pick<Upkeep, 'copyBooks'>;

async function openDatabase(options: ContextOptions, clock: Clock, random: Random): Promise<CopiedDatabase> {
  const { config, log, onPoison } = options;
  const migrations = migrationsDir(programRoot());
  if (config.databaseUrl !== null) {
    const url = config.databaseUrl;
    const database = await postgresDatabase({
      url,
      migrationsDir: migrations,
      onIdleError: (problem) => log.warn('idle connection lost', { problem: problem.message }),
    });
    return { ...database, copyBooks: (into) => dumpPostgres({ url, binDir: config.postgresBinDir }, into) };
  }
  return embeddedDatabase({
    dataDir: config.dataDir,
    migrationsDir: migrations,
    templateDir: config.templateDir,
    clock,
    random,
    onPoison,
    log: (line) => log.debug('engine', { line }),
  });
}

/** The pokes are hints, so a NATS server that does not answer keeps nobody from starting. */
function openBus({ config, log }: ContextOptions, metrics: Metrics, clock: Clock, random: Random): Bus {
  if (config.natsUrl === null) return localBus();
  return new NatsBus({
    url: config.natsUrl,
    clock,
    random,
    onLine: (problem) => {
      (problem === null ? metrics.busConnects : metrics.busFailures).inc();
      if (problem === null) log.info('pokes reach the other processes');
      else log.warn('pokes reach this process only', { problem: String(problem) });
    },
    onMessage: (direction) => metrics.busMessages.inc({ direction }),
  });
}
