import fs from 'node:fs';
import path from 'node:path';
import { drizzle } from 'drizzle-orm/pglite';
import type { Db } from '../../shared/db/tables.ts';
import type { Engine } from '../../shared/engine/open.ts';
import type { Reply } from '../../shared/ipc/transport.ts';
import { toMunimError } from '../../shared/kernel/errors.ts';
import type { Id } from '../../shared/kernel/ids.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import type { Random } from '../../shared/ports/random.ts';
import type { Signer } from '../../shared/ports/signer.ts';
import type { SyncLink } from '../../shared/ports/sync-link.ts';
import { fileTools } from '../adapters/files/file-tools.ts';
import { nodeDigest } from '../adapters/node-digest.ts';
import type { DeskContext } from '../host/desk-context.ts';
import { dispatch, type Emit } from '../host/dispatch.ts';
import { fileHandlers } from '../host/file-handlers.ts';
import { joinHandlers } from '../host/handlers.ts';
import { readHandlers, scopeReader } from '../host/read-handlers.ts';
import { QuietTime } from '../services/quiet-time.ts';
import { openCore } from './ledger-core.ts';

export interface LedgerDeskOptions {
  readonly dataDir: string;
  readonly engine: Engine;
  readonly signer: Signer;
  readonly link: SyncLink;
  readonly clock: Clock;
  readonly random: Random;
  readonly emit: Emit;
  /** Who is signed in, kept by the main side over a restart of this process. */
  readonly onPerson: (person: { readonly personId: Id; readonly lastSeenAt: number } | null) => void;
  readonly resume: { readonly personId: Id; readonly lastSeenAt: number } | null;
  readonly log: (line: Readonly<Record<string, unknown>> & { readonly what: string }) => void;
  readonly expectSilence: (ms: number) => void;
  /** Where the thread that reads workbooks lies in a bundle. */
  readonly parseWorkerUrl?: URL | undefined;
}

export interface LedgerDesk {
  invoke(channel: string, input: unknown): Promise<Reply>;
  /** Ends the services; the engine is closed by its owner. */
  close(): Promise<void>;
}

/** The desk over open books: everything of the ledger process but the process itself, so that tests run it as it is. */
export async function openLedgerDesk(options: LedgerDeskOptions): Promise<LedgerDesk> {
  const { link, clock, random, log } = options;
  const db = drizzle(options.engine.pg, { casing: 'snake_case' }) as unknown as Db;
  const paths = makeFolders(options.dataDir);
  const quiet = new QuietTime(clock);
  const emit: Emit = (name, data) => {
    quiet.told();
    options.emit(name, data);
  };
  const core = await openCore({ ...options, db, emit });
  const { session, sync } = core;
  const context: DeskContext = {
    db,
    session: () => session.current(),
    requireSession: () => session.require(),
    requireCollege: core.requireCollege,
    device: () => session.device,
    runCommand: core.runCommand,
    emit,
    paths,
    clock,
    random,
    digest: nodeDigest,
    link,
    log: (message, facts) => log({ what: message, ...facts }),
    expectSilence: options.expectSilence,
  };
  const tools = fileTools(paths, options.parseWorkerUrl);
  const scope = scopeReader(context);
  const files = fileHandlers(context, tools, scope);
  const handlers = joinHandlers(core.handlers, readHandlers(context, tools.blobs, scope), files.handlers);
  core.afterRound = () => uploadReceipts(files.uploadReceipts, context);
  await session.open(options.resume);
  sync.start();
  return {
    invoke: (channel, input) => {
      if (quiet.isByPerson(channel)) session.touch();
      return dispatch(handlers, channel, input, (entry) => log({ what: 'refused', ...entry }), random);
    },
    close: () => sync.stop(),
  };
}

/** The connection failing ends the round; one receipt that the server does not take must not. */
async function uploadReceipts(upload: () => Promise<number>, context: DeskContext): Promise<void> {
  try {
    await upload();
  } catch (thrown) {
    const { code } = toMunimError(thrown);
    if (code === 'SYNC_OFFLINE' || code === 'SYNC_BAD_ANSWER') throw thrown;
    context.log('a receipt waits for the server', { code });
  }
}

function makeFolders(dataDir: string): DeskContext['paths'] {
  const paths = { dataDir, blobs: path.join(dataDir, 'blobs'), temp: path.join(dataDir, 'temp') };
  fs.rmSync(paths.temp, { recursive: true, force: true });
  for (const folder of [paths.blobs, paths.temp]) fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
  return paths;
}
