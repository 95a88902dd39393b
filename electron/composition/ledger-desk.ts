import fs from 'node:fs';
import path from 'node:path';
import { drizzle } from 'drizzle-orm/pglite';
import type { Db } from '../../shared/db/tables.ts';
import { backUp } from '../../shared/engine/backup.ts';
import type { Reply } from '../../shared/ipc/transport.ts';
import { MunimError, toMunimError } from '../../shared/kernel/errors.ts';
import type { Id } from '../../shared/kernel/ids.ts';
import { fileTools } from '../adapters/files/file-tools.ts';
import { nodeDigest } from '../adapters/node-digest.ts';
import { SnapshotFiles } from '../adapters/snapshot/snapshot-files.ts';
import { statementFiles } from '../adapters/statement/read-statement.ts';
import { tallyTools } from '../adapters/tally/tally-files.ts';
import { askBankHandlers } from '../host/ask-bank-handlers.ts';
import { backupHandlers, backupsView } from '../host/backup-handlers.ts';
import type { DeskContext } from '../host/desk-context.ts';
import { type DispatchLog, dispatch, type Emit, failedReply } from '../host/dispatch.ts';
import { exchangeHandlers } from '../host/exchange-handlers.ts';
import { fetchHandlers } from '../host/fetch-handlers.ts';
import { fileHandlers } from '../host/file-handlers.ts';
import { joinHandlers } from '../host/handlers.ts';
import { paymentFileHandlers } from '../host/payment-file.ts';
import { paymentHandlers } from '../host/payment-handlers.ts';
import { readHandlers, scopeReader } from '../host/read-handlers.ts';
import { reconciliationHandlers } from '../host/reconciliation-handlers.ts';
import { reportHandlers } from '../host/report-handlers.ts';
import { webhookHandlers } from '../host/webhook-handlers.ts';
import { DailyBackup } from '../services/daily-backup.ts';
import { QuietTime } from '../services/quiet-time.ts';
import { openBackups } from './ledger-backups.ts';
import { openCore } from './ledger-core.ts';
import { backupsFolder, journalFiles, newestBackup, openJournal } from './ledger-journal.ts';
import type { LedgerDeskOptions } from './ledger-options.ts';
import { paymentRunner } from './payment-runner.ts';
import { statementFetch } from './statement-fetch.ts';

export interface LedgerDesk {
  invoke(channel: string, input: unknown): Promise<Reply>;
  /** The folder for backups that the person chose in a dialog. */
  useBackupFolder(folder: string | null): Promise<Reply>;
  /** Confirms that somebody of one of these roles is signed in, as a sign of whom it also counts. @throws MunimError AUTH_REQUIRED, AUTH_FORBIDDEN */
  requireRole(roles: readonly string[]): { readonly collegeIds: Id[] };
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
  const { journal, prune } = await openJournal(db, { ...options, files: journalFiles(options.dataDir) });
  const backups = new DailyBackup({
    clock,
    newestAt: () => newestBackup(backupsFolder(options.dataDir)),
    backUp: () => prune(() => backUpBooks(options)),
    onFault: (problem) => log({ what: 'the daily backup failed', problem }),
  });
  const snapshots = new SnapshotFiles(path.join(options.dataDir, 'snapshot'), link);
  const core = await openCore({ ...options, db, journal, snapshots, emit });
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
  const statements = statementFetch(core, context, options);
  const payments = paymentRunner(core, context, options);
  const encrypted = openBackups(options, session, context, files, tools);
  const reading = joinHandlers(readHandlers(context, tools.blobs, scope), reportHandlers(context, scope));
  const handlers = joinHandlers(
    core.handlers,
    reading,
    files.handlers,
    exchangeHandlers(context, tallyTools, files),
    webhookHandlers(context, link),
    reconciliationHandlers(context, statementFiles({ parseWorkerUrl: options.parseWorkerUrl }), files),
    fetchHandlers(context, statements, files.jobs),
    paymentHandlers(context),
    askBankHandlers(context, payments),
    paymentFileHandlers(context, files.files),
    backupHandlers(encrypted.service, options.canChooseFolder),
  );
  core.afterRound = () => uploadReceipts(files.uploadReceipts, context);
  const logRefused: DispatchLog = (entry) => log({ what: 'refused', ...entry });
  await session.open(options.resume);
  sync.start();
  backups.start();
  encrypted.daily.start();
  payments.start();
  statements.start();
  return {
    invoke: (channel, input) => {
      if (quiet.isByPerson(channel)) {
        session.touch();
        backups.worked();
        encrypted.daily.worked();
      }
      return dispatch(handlers, channel, input, logRefused, random);
    },
    useBackupFolder: async (folder) => {
      try {
        await encrypted.service.setFolder(folder);
        return { ok: true, value: backupsView(encrypted.service, options.canChooseFolder) };
      } catch (thrown) {
        return failedReply('backups.setFolder', thrown, logRefused, random);
      }
    },
    requireRole: (roles) => {
      const { role, collegeIds } = session.require();
      if (!roles.includes(role)) throw new MunimError('AUTH_FORBIDDEN', { role });
      return { collegeIds: [...collegeIds] };
    },
    close: async () => {
      await Promise.all([
        payments.stop(),
        statements.stop(),
        backups.stop(),
        encrypted.service.close(),
        encrypted.daily.stop(),
      ]);
      await sync.stop();
    },
  };
}

/** The check opens the copy in this process and looks at every page of it. */
const BACKUP_SILENCE_MS = 120_000;

async function backUpBooks({ engine, dataDir, clock, random, expectSilence, log }: LedgerDeskOptions): Promise<void> {
  expectSilence(BACKUP_SILENCE_MS);
  const { stamp } = await backUp(engine, { into: backupsFolder(dataDir), reason: 'daily', clock, random });
  log({ what: 'the books were backed up', at: stamp.at });
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
