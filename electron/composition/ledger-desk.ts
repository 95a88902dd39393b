import fs from 'node:fs';
import path from 'node:path';
import { drizzle } from 'drizzle-orm/pglite';
import type { Db } from '../../shared/db/tables.ts';
import type { Engine } from '../../shared/engine/open.ts';
import type { Reply } from '../../shared/ipc/transport.ts';
import { MunimError } from '../../shared/kernel/errors.ts';
import type { Id } from '../../shared/kernel/ids.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import type { Random } from '../../shared/ports/random.ts';
import type { Signer } from '../../shared/ports/signer.ts';
import type { SyncLink } from '../../shared/ports/sync-link.ts';
import { nodeDigest } from '../adapters/node-digest.ts';
import { hashPassword, verifyPassword } from '../adapters/password-hash.ts';
import { CommandStore } from '../adapters/pglite/command-store.ts';
import { PeopleStore } from '../adapters/pglite/people-store.ts';
import { coreHandlers } from '../host/core-handlers.ts';
import type { CommandOrder, DeskContext, SignedIn } from '../host/desk-context.ts';
import { dispatch, type Emit } from '../host/dispatch.ts';
import { joinHandlers } from '../host/handlers.ts';
import { CommandRunner } from '../services/commands.ts';
import { Serial } from '../services/serial.ts';
import { SessionService } from '../services/session.ts';

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
}

export interface LedgerDesk {
  invoke(channel: string, input: unknown): Promise<Reply>;
  /** Ends the services; the engine is closed by its owner. */
  close(): Promise<void>;
}

/** The desk over open books: everything of the ledger process but the process itself, so that tests run it as it is. */
export async function openLedgerDesk(options: LedgerDeskOptions): Promise<LedgerDesk> {
  const { engine, link, signer, clock, random, log } = options;
  const db = drizzle(engine.pg, { casing: 'snake_case' }) as unknown as Db;
  const paths = makeFolders(options.dataDir);
  const serial = new Serial();
  const session = new SessionService({
    store: new PeopleStore(db),
    link,
    hasher: { hash: hashPassword, verify: verifyPassword },
    clock,
    offlineOnPurpose: () => false,
    onPerson: options.onPerson,
    onConnected: () => {},
  });
  const runner = new CommandRunner({
    keeper: new CommandStore(db, nodeDigest),
    signer,
    clock,
    random,
    deviceId: () => session.device?.id ?? null,
    serial,
    onSaved: (tables) => options.emit('changed', { tables: [...tables, 'outbox'] }),
  });
  const requireCollege = (collegeId: Id): SignedIn => {
    const person = session.require();
    if (!person.collegeIds.includes(collegeId)) throw new MunimError('NOT_FOUND', { what: 'college' });
    return person;
  };
  const runCommand = async (order: CommandOrder) => await runner.run(order, requireCollege(order.collegeId));
  const context: DeskContext = {
    db,
    session: () => session.current(),
    requireSession: () => session.require(),
    requireCollege,
    device: () => session.device,
    runCommand,
    emit: options.emit,
    paths,
    clock,
    random,
    digest: nodeDigest,
    link,
    log: (message, facts) => log({ what: message, ...facts }),
    expectSilence: options.expectSilence,
  };
  void context;
  const handlers = joinHandlers(coreHandlers({ session, runCommand }));
  await session.open(options.resume);
  return {
    invoke: (channel, input) => {
      if (isByPerson(channel)) session.touch();
      return dispatch(handlers, channel, input, (entry) => log({ what: 'refused', ...entry }), random);
    },
    close: async () => {},
  };
}

/** Channels that screens ask by themselves, without anybody at the desk. */
const unattended = new Set(['session.get', 'sync.status', 'sync.pendingList', 'attention.list', 'jobs.get']);
const isByPerson = (channel: string): boolean => !unattended.has(channel);

function makeFolders(dataDir: string): DeskContext['paths'] {
  const paths = { dataDir, blobs: path.join(dataDir, 'blobs'), temp: path.join(dataDir, 'temp') };
  fs.rmSync(paths.temp, { recursive: true, force: true });
  for (const folder of [paths.blobs, paths.temp]) fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
  return paths;
}
