import { digestForm, digestRows } from '../../shared/db/digest-rows.ts';
import type { Db } from '../../shared/db/tables.ts';
import { MunimError } from '../../shared/kernel/errors.ts';
import { type Id, toHex } from '../../shared/kernel/ids.ts';
import type { SyncLink } from '../../shared/ports/sync-link.ts';
import { SyncClient } from '../../shared/sync/client/sync-client.ts';
import { nodeDigest } from '../adapters/node-digest.ts';
import { hashPassword, verifyPassword } from '../adapters/password-hash.ts';
import { CommandStore, settle } from '../adapters/pglite/command-store.ts';
import { outboxRow, outboxRows } from '../adapters/pglite/outbox.ts';
import { PeopleStore } from '../adapters/pglite/people-store.ts';
import { replaceSigned, unheardCommands } from '../adapters/pglite/resign.ts';
import { PgliteSyncStore } from '../adapters/pglite/sync-store.ts';
import { stageKnownAtLast } from '../adapters/pglite/unknown-rows.ts';
import type { SnapshotFiles } from '../adapters/snapshot/snapshot-files.ts';
import { coreHandlers } from '../host/core-handlers.ts';
import type { CommandOrder, HandlerMap, SignedIn } from '../host/desk-context.ts';
import { AttentionService } from '../services/attention.ts';
import { CommandRunner } from '../services/commands.ts';
import { compareWithServer } from '../services/compare.ts';
import type { DeskJournal } from '../services/desk-journal.ts';
import { Serial } from '../services/serial.ts';
import { SessionService } from '../services/session.ts';
import { makeResign, syncStatus, throttled } from '../services/sync.ts';
import type { LedgerDeskOptions } from './ledger-options.ts';

/** No engine and no folder: the core needs a database and nothing of where it lies. */
export interface LedgerCoreOptions
  extends Omit<
    LedgerDeskOptions,
    | 'engine'
    | 'bank'
    | 'dataDir'
    | 'migrationsDir'
    | 'resume'
    | 'onJournalFault'
    | 'link'
    | 'canChooseFolder'
    | 'onStaged'
  > {
  readonly db: Db;
  readonly link: SyncLink;
  readonly journal: DeskJournal;
  /** Without it the first pull goes page by page. */
  readonly snapshots?: SnapshotFiles | undefined;
}

export interface LedgerCore {
  readonly session: SessionService;
  readonly sync: SyncClient;
  readonly handlers: HandlerMap;
  readonly attention: AttentionService;
  requireCollege(collegeId: Id): SignedIn;
  runCommand(order: CommandOrder): ReturnType<CommandRunner['run']>;
  /** What else is to be done when the server was met. */
  afterRound: () => Promise<void>;
}

/** Session, commands, sync and Needs attention, joined over the books. */
export async function openCore(options: LedgerCoreOptions): Promise<LedgerCore> {
  const { db, journal, link, clock, random, emit, signer, log } = options;
  const serial = new Serial();
  const commandStore = new CommandStore(db, nodeDigest);
  const forget = (): void => commandStore.forget();
  await stageKnownAtLast(db);
  const syncStore = new PgliteSyncStore({
    db,
    digest: nodeDigest,
    clock,
    resign: (nextSeq) => resign(nextSeq),
    forget,
    onFailed: (collegeId, count) => log({ what: 'entries no longer fit the rows of the server', collegeId, count }),
    onLost: async (collegeId, count) => {
      log({ what: 'entries that the server lost are sent again', collegeId, count });
      await journal.catchUp();
    },
    sendUpTo: async () => {
      await journal.level();
      return journal.sendUpTo;
    },
    onTold: (results) => journal.told(results),
    expectSilence: options.expectSilence,
    snapshots: options.snapshots,
  });
  const session: SessionService = new SessionService({
    store: new PeopleStore(db),
    link,
    hasher: { hash: hashPassword, verify: verifyPassword },
    clock,
    offlineOnPurpose: () => sync.state.paused,
    onPerson: options.onPerson,
    onEnrolled: () => journal.catchUp(),
    onFault: (problem) => log({ what: 'the journal does not know of the enrolment yet', problem }),
    onConnected: () => sync.anew(),
  });
  const sync: SyncClient = new SyncClient({
    store: syncStore,
    link,
    clock,
    random,
    ...(await syncStore.settings()),
    isEnrolled: () => session.device !== null,
    onState: throttled(
      clock,
      async () => emit('sync.status', await syncStatus(sync, syncStore)),
      (problem) => log({ what: 'the state of sync could not be told', problem }),
    ),
    onChanged: (tables) => {
      if (tables.includes('people'))
        void session.refresh().catch((problem: unknown) => log({ what: 'session', problem }));
      emit('changed', { tables: [...tables] });
    },
    afterRound: () => core.afterRound(),
    onFault: (problem) => log({ what: 'fault in sync', problem }),
  });
  const runner = new CommandRunner({
    keeper: journal.around(commandStore),
    signer,
    clock,
    random,
    deviceId: () => session.device?.id ?? null,
    serial,
    onSaved: (tables) => {
      emit('changed', { tables: [...tables, 'outbox'] });
      sync.saved();
    },
  });
  const resign = makeResign({
    keeper: {
      unheard: () => unheardCommands(db),
      replace: async (resigned) => {
        await replaceSigned(db, resigned, nodeDigest, forget);
        await journal.catchUp();
      },
    },
    signer,
    serial,
    deviceId: () => session.device?.id ?? null,
    onRenumbered: () => emit('changed', { tables: ['outbox', 'expenses', 'audit_entries'] }),
    onLost: (commandId) => log({ what: 'an entry of an unknown form could not be signed again', commandId }),
  });
  const requireCollege = (collegeId: Id): SignedIn => {
    const person = session.require();
    if (!person.collegeIds.includes(collegeId)) throw new MunimError('NOT_FOUND', { what: 'college' });
    return person;
  };
  const attention = new AttentionService({
    keeper: {
      list: (collegeIds) => outboxRows(db, 'attention', collegeIds),
      find: (seq) => outboxRow(db, seq),
      settle: async (way) => journal.settled(await settle(db, way), way.how, way.at),
    },
    clock,
    run: (order, settles) => runner.run(order, requireCollege(order.collegeId), settles),
    onSettled: () => emit('changed', { tables: ['outbox'] }),
  });
  const runCommand: LedgerCore['runCommand'] = async (order) =>
    await runner.run(order, requireCollege(order.collegeId));
  const handlers = coreHandlers({
    session,
    runCommand,
    scope: () => session.require().collegeIds,
    attention,
    sync: {
      status: () => syncStatus(sync, syncStore),
      now: () => sync.now(),
      pause: async (paused) => {
        await syncStore.setPaused(paused);
        await sync.pause(paused);
      },
      pending: (collegeIds) => pendingRows(db, collegeIds),
      compare: (collegeIds) =>
        compareWithServer(
          { store: syncStore, link, sync: () => sync.now(), digest: digestOf(db, options) },
          collegeIds,
        ),
    },
  });
  const core: LedgerCore = {
    session,
    sync,
    handlers,
    attention,
    requireCollege,
    runCommand,
    afterRound: async () => {},
  };
  return core;
}

/** Adding up all rows is one long statement. */
const DIGEST_SILENCE_MS = 120_000;

const digestOf =
  (db: Db, { expectSilence }: LedgerCoreOptions) =>
  async (collegeId: Id, from: number, to: number) => {
    expectSilence(DIGEST_SILENCE_MS);
    const { tables, ranges, rows } = await digestRows(db, collegeId, from, to);
    const form = toHex(nodeDigest.sha256(digestForm()));
    return { form, tables: [...tables], ranges: [...ranges], rows: [...rows] };
  };

async function pendingRows(db: Db, collegeIds: readonly Id[]) {
  const rows = await outboxRows(db, 'waiting', collegeIds);
  return rows.flatMap(({ seq, name, documentId, reference, actorName, occurredAt, status }) =>
    status === 'pending' || status === 'applied' || status === 'parked'
      ? [{ seq, name, documentId, reference, actorName, occurredAt, status }]
      : [],
  );
}
