import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { type Clock, systemClock } from '../../shared/ports/clock.ts';
import { type Random, systemRandom } from '../../shared/ports/random.ts';
import { fileBlobStore } from '../adapters/blob-files.ts';
import { localBus } from '../adapters/bus-local.ts';
import { embeddedDatabase } from '../adapters/embedded-database.ts';
import { nodeDigest } from '../adapters/node-digest.ts';
import { type Passwords, scryptPasswords } from '../adapters/passwords.ts';
import { postgresDatabase } from '../adapters/postgres-database.ts';
import { serverKeys } from '../adapters/server-keys.ts';
import type { ServerConfig } from '../main/config.ts';
import type { Database } from '../ports/database.ts';
import type { ServerContext } from '../services/context.ts';
import type { Log } from '../services/log.ts';
import { TryLimiter } from '../services/try-limiter.ts';
import { migrationsDir, programRoot } from './places.ts';

export interface ContextOptions {
  readonly config: ServerConfig;
  readonly log: Log;
  readonly onPoison: (reason: string) => void;
  readonly clock?: Clock;
  readonly random?: Random;
  readonly passwords?: Passwords;
}

/** Joins the services to what they run on: PGlite in this process, or PostgreSQL when DATABASE_URL is set. */
export async function openContext(options: ContextOptions): Promise<ServerContext> {
  const { config, log, clock = systemClock, random = systemRandom } = options;
  await mkdir(config.dataDir, { recursive: true, mode: 0o700 });
  const database = await openDatabase(options, clock, random);
  try {
    return {
      database,
      clock,
      random,
      digest: nodeDigest,
      keys: await serverKeys(config.keysFile, clock, random),
      passwords: options.passwords ?? scryptPasswords(random),
      bus: localBus(),
      blobs: await fileBlobStore(path.join(config.dataDir, 'receipts')),
      signInTries: new TryLimiter(clock),
      log,
      serverName: config.name,
    };
  } catch (thrown) {
    await database.close();
    throw thrown;
  }
}

function openDatabase(options: ContextOptions, clock: Clock, random: Random): Promise<Database> {
  const { config, log, onPoison } = options;
  const migrations = migrationsDir(programRoot());
  if (config.databaseUrl !== null) {
    return postgresDatabase({
      url: config.databaseUrl,
      migrationsDir: migrations,
      onIdleError: (problem) => log.warn('idle connection lost', { problem: problem.message }),
    });
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
