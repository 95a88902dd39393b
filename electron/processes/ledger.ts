import path from 'node:path';
import type { Engine } from '../../shared/engine/engine.ts';
import { type Heartbeat, startHeartbeat } from '../../shared/engine/heartbeat.ts';
import { migrateEngine } from '../../shared/engine/migrate.ts';
import { type EngineOptions, openEngine } from '../../shared/engine/open.ts';
import { openSecondLife } from '../../shared/engine/second-life.ts';
import { MunimError, toMunimError } from '../../shared/kernel/errors.ts';
import { redact } from '../../shared/kernel/redact.ts';
import { systemClock } from '../../shared/ports/clock.ts';
import { pacedClock } from '../../shared/ports/paced-clock.ts';
import { systemRandom } from '../../shared/ports/random.ts';
import { type LogFile, openLogFile } from '../adapters/log-file.ts';
import type { Replayed } from '../adapters/pglite/replay.ts';
import { type LedgerDesk, openLedgerDesk } from '../composition/ledger-desk.ts';
import { backupsFolder } from '../composition/ledger-journal.ts';
import { takeStagedBooks } from '../composition/staged-restore.ts';
import { type LedgerOpen, LINK_EVENT, ledgerInputs, SESSION_EVENT, zLedgerOpen } from '../host/inner-contract.ts';
import { remoteMain } from '../host/main-side.ts';
import { createRpc } from '../host/rpc.ts';
import { parentPort } from './parent-port.ts';

/** Exit codes: 70 the database can no longer be trusted, 71 the books could not be opened, 72 a fault nobody caught, 73 other books wait to be taken, 74 the desk was gone and the books could not be closed. */
const EXIT_POISONED = 70;
const EXIT_NOT_OPENED = 71;
const EXIT_FAULT = 72;
const EXIT_STAGED = 73;
const EXIT_ORPHANED = 74;
/** What was acknowledged is on disk; the next start repairs the rest. */
const ORPHAN_GRACE_MS = 8_000;

const port = parentPort();
let log: LogFile = { write: () => {} };
let opened: { readonly engine: Engine; readonly desk: LedgerDesk; readonly heartbeat: Heartbeat } | null = null;
let opening = false;

/** In the bundle everything of this process lies in one folder. */
const besideThis = (name: string): URL => new URL(name, import.meta.url);

const rpc = createRpc({
  post: port.post,
  methods: {
    invoke: async (input) => {
      const { channel, input: asked } = ledgerInputs.invoke.parse(input);
      if (opened === null) throw new MunimError('ENGINE_RESTARTING');
      const reply = await opened.desk.invoke(channel, asked);
      // A damaged page was met. The next start looks at all of them and says what is to be done.
      if (!reply.ok && reply.code === 'ENGINE_CORRUPT') setTimeout(() => process.exit(EXIT_POISONED), 100);
      return reply;
    },
    useBackupFolder: async (input) => {
      const { folder } = ledgerInputs.useBackupFolder.parse(input);
      if (opened === null) throw new MunimError('ENGINE_RESTARTING');
      return await opened.desk.useBackupFolder(folder);
    },
    requireRole: async (input) => {
      const { roles } = ledgerInputs.requireRole.parse(input);
      if (opened === null) throw new MunimError('ENGINE_RESTARTING');
      return opened.desk.requireRole(roles);
    },
    close: async () => {
      await close();
      // After the answer has gone out.
      setImmediate(() => process.exit(0));
      return null;
    },
  },
  onEvent: (name, data) => {
    if (name === LINK_EVENT) main.hear(data);
  },
  onFault: (method, problem) => log.write({ what: 'fault in a call', method, problem }),
});
const main = remoteMain(rpc);

port.onMessage((message) => {
  if (rpc.receive(message)) return;
  const order = zLedgerOpen.safeParse(message);
  if (!order.success || opening) return;
  opening = true;
  open(order.data).catch((thrown: unknown) => {
    const problem = toMunimError(thrown);
    log.write({ what: 'the books could not be opened', code: problem.code, problem: thrown });
    port.post({ ledgerFailed: 1, code: problem.code, details: { ...problem.details } });
    // Time for the message to go out; nothing is open that could be harmed.
    setTimeout(() => process.exit(EXIT_NOT_OPENED), 100);
  });
});
// A ledger without its desk has nobody to work for and would only hold the lock. What waits for an answer of the main side would wait for ever.
port.onGone(() => {
  rpc.end();
  setTimeout(() => process.exit(EXIT_ORPHANED), ORPHAN_GRACE_MS);
  void close().finally(() => process.exit(0));
});

for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
  process.on(event, (problem: unknown) => {
    log.write({ what: event, problem });
    process.exit(EXIT_FAULT);
  });
}

async function open(order: LedgerOpen): Promise<void> {
  const clock = order.pace === null ? systemClock : pacedClock(order.pace);
  log = openLogFile(path.join(order.dataDir, 'logs'), 'ledger', clock, redact);
  const engineOptions: EngineOptions = {
    dir: path.join(order.dataDir, 'books'),
    templateDir: order.templateDir ?? undefined,
    onPoison: (reason) => {
      log.write({ what: 'the database is no longer trusted', reason });
      // Hard, without closing: whatever is in memory must not reach the disk. The parent starts this process again.
      process.exit(EXIT_POISONED);
    },
    log: (line) => log.write({ what: 'database', line }),
  };
  const backupsDir = backupsFolder(order.dataDir);
  await takeStagedBooks({
    dataDir: order.dataDir,
    engine: engineOptions,
    signer: main.signer,
    clock,
    log: (line) => log.write(line),
  });
  const secondLife = order.recover ? await openSecondLife(engineOptions, backupsDir) : null;
  const engine = secondLife?.engine ?? (await openEngine(engineOptions));
  let replayed: Replayed = { commands: 0, failed: 0 };
  const migrated = await migrateEngine(engine, {
    migrationsDir: order.migrationsDir,
    backupsDir,
  });
  let heartbeat: Heartbeat | null = null;
  const desk = await openLedgerDesk({
    dataDir: order.dataDir,
    migrationsDir: order.migrationsDir,
    engine,
    bank: main.bank,
    signer: main.signer,
    link: main.link,
    clock,
    random: systemRandom,
    emit: (name, data) => rpc.emit(name, data),
    onPerson: (person) => rpc.emit(SESSION_EVENT, person),
    resume: order.resume,
    log: (line) => log.write(line),
    expectSilence: (ms) => heartbeat?.expectSilence(ms),
    onReplayed: (told) => {
      replayed = told;
    },
    onJournalFault: (problem) => {
      log.write({ what: 'a saved command could not be journaled', problem });
      process.exit(EXIT_POISONED);
    },
    canChooseFolder: order.canChooseFolder,
    // After the answer has gone out; the parent starts this process again.
    onStaged: () => void setTimeout(() => void close().finally(() => process.exit(EXIT_STAGED)), 100),
    parseWorkerUrl: import.meta.url.endsWith('.js') ? besideThis('parse-worker.js') : undefined,
  });
  if (secondLife !== null) {
    const backupAt = secondLife.backup === null ? null : Date.parse(secondLife.backup.stamp.at);
    port.post({ ledgerRecovered: 1, backupAt, ...replayed });
    log.write({ what: 'books got a second life', backupAt, ...replayed });
  }
  heartbeat = startHeartbeat((beat) => port.post(beat));
  opened = { engine, desk, heartbeat };
  log.write({ what: 'open', start: engine.start, migrations: migrated.applied });
}

async function close(): Promise<void> {
  const now = opened;
  opened = null;
  if (now === null) return;
  await now.desk.close();
  await now.engine.close();
  now.heartbeat.stop();
  log.write({ what: 'closed' });
}
