import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { BooksUnit } from '../../shared/db/books.ts';
import { executeCommand, type KnownCommand } from '../../shared/db/execute.ts';
import { openTestBooks } from '../../shared/db/queries/testing.ts';
import { type AnyRow, type Db, tableNames } from '../../shared/db/tables.ts';
import { insertRows } from '../../shared/db/write-rows.ts';
import type { Person } from '../../shared/domain/rows.ts';
import type { Channel } from '../../shared/ipc/channel.ts';
import { type ChannelName, contract, type Input, type Output } from '../../shared/ipc/contract.ts';
import { canonicalText } from '../../shared/kernel/canonical.ts';
import { MunimError } from '../../shared/kernel/errors.ts';
import { type Id, uuidv7 } from '../../shared/kernel/ids.ts';
import { systemClock } from '../../shared/ports/clock.ts';
import { systemRandom } from '../../shared/ports/random.ts';
import type { SyncLink } from '../../shared/ports/sync-link.ts';
import { CollegeWorld } from '../../shared/testing/college-world.ts';
import { nodeDigest } from '../../shared/testing/node-digest.ts';
import { type FileTools, fileTools } from '../adapters/files/file-tools.ts';
import { statementFiles } from '../adapters/statement/read-statement.ts';
import { tallyTools } from '../adapters/tally/tally-files.ts';
import type { CommandOrder, DeskContext, SignedIn } from './desk-context.ts';
import { exchangeHandlers } from './exchange-handlers.ts';
import { fileHandlers } from './file-handlers.ts';
import { readHandlers, scopeReader } from './read-handlers.ts';
import { reconciliationHandlers } from './reconciliation-handlers.ts';
import { reportHandlers } from './report-handlers.ts';

export interface TestDesk {
  readonly db: Db;
  readonly world: CollegeWorld;
  readonly context: DeskContext;
  readonly tools: FileTools;
  readonly events: { readonly name: string; readonly data: unknown }[];
  /** Blobs that the server was given, and those it can give. */
  readonly server: Map<string, Uint8Array>;
  signIn(person: Person | null): void;
  /** Runs before every command, to refuse it or to watch it. */
  beforeCommand: (order: CommandOrder) => void;
  offline: boolean;
  /** Blobs that the server does not take. */
  readonly refusedBlobs: Set<string>;
  uploadReceipts(): Promise<number>;
  /** A call as the dispatcher makes it: input and answer are checked against the contract. */
  call<N extends ChannelName>(name: N, input: Input<N>): Promise<Output<N>>;
  close(): Promise<void>;
}

/** A desk's handlers over real books in memory and a real folder, where commands run as on a desk; only signature and server are stood in for. */
export async function openTestDesk(folder: string, world?: CollegeWorld): Promise<TestDesk> {
  const { db, pg } = await openTestBooks();
  const books = world ?? (await CollegeWorld.create(1));
  for (const table of tableNames) await insertRows(db, table, books.books.rows(table) as unknown as AnyRow[], 1);
  const paths = { dataDir: folder, blobs: path.join(folder, 'blobs'), temp: path.join(folder, 'temp') };
  for (const dir of Object.values(paths)) mkdirSync(dir, { recursive: true });
  const tools = fileTools(paths);
  let person: SignedIn | null = signedIn(books.accountant);
  const server = new Map<string, Uint8Array>();
  const openedAt = performance.now();
  const context: DeskContext = {
    db,
    session: () => person,
    requireSession: () => required(person),
    requireCollege: (collegeId) => {
      const session = required(person);
      if (!session.collegeIds.includes(collegeId)) throw new MunimError('NOT_FOUND', { what: 'college' });
      return session;
    },
    device: () => null,
    runCommand: (order) => runCommand(desk, order),
    emit: (name, data) => desk.events.push({ name, data }),
    paths,
    clock: {
      now: () => books.now + Math.floor(performance.now() - openedAt),
      after: (ms, run) => systemClock.after(ms, run),
    },
    random: systemRandom,
    digest: nodeDigest,
    link: blobLink(server, () => desk),
    log: () => {},
    expectSilence: () => {},
  };
  const scope = scopeReader(context);
  const files = fileHandlers(context, tools, scope);
  const handlers: Readonly<Record<string, unknown>> = {
    ...readHandlers(context, tools.blobs, scope),
    ...reportHandlers(context, scope),
    ...files.handlers,
    ...exchangeHandlers(context, tallyTools, files),
    ...reconciliationHandlers(context, statementFiles(), files),
  };
  const desk: TestDesk = {
    db,
    world: books,
    context,
    tools,
    events: [],
    server,
    signIn: (who) => {
      person = who && signedIn(who);
    },
    beforeCommand: () => {},
    offline: false,
    refusedBlobs: new Set(),
    uploadReceipts: files.uploadReceipts,
    async call(name, input) {
      const channel: Channel = contract[name];
      const handler = handlers[name] as (input: unknown) => Promise<unknown>;
      return channel.output.parse(await handler(channel.input.parse(input))) as Output<typeof name>;
    },
    close: () => pg.close(),
  };
  return desk;
}

const signedIn = (person: Person): SignedIn => ({
  personId: person.id,
  name: person.name,
  email: person.email,
  role: person.role,
  collegeIds: [person.collegeId],
});

function required(person: SignedIn | null): SignedIn {
  if (person === null) throw new MunimError('AUTH_REQUIRED');
  return person;
}

const deviceId: Id = '018f0000-0000-7000-8000-0000000000dd';
let seq = 0;

async function runCommand(desk: TestDesk, order: CommandOrder) {
  desk.beforeCommand(order);
  seq += 1;
  const occurredAt = desk.world.now;
  const command = {
    ...order,
    id: uuidv7(occurredAt, systemRandom.bytes(10)),
    deviceId,
    seq,
    actorId: desk.context.requireSession().personId,
    occurredAt,
  } as KnownCommand;
  const text = canonicalText(JSON.parse(JSON.stringify({ ...command, args: {} })));
  await desk.db.transaction(async (tx) => {
    const books = new BooksUnit(tx as unknown as Db, order.collegeId);
    const done = await executeCommand({
      books,
      command,
      signed: { text, signature: 'c2lnbmF0dXJl' },
      authority: 'desk',
      version: 0,
      recordedAt: occurredAt,
      digest: nodeDigest,
    });
    if (!done.ok) throw new MunimError(done.error.code, done.error.details);
    await books.flush();
  });
  return { commandId: command.id, seq, reference: null };
}

function blobLink(server: Map<string, Uint8Array>, desk: () => Pick<TestDesk, 'offline' | 'refusedBlobs'>): SyncLink {
  const reachable = (): void => {
    if (desk().offline) throw new MunimError('SYNC_OFFLINE');
  };
  const never = (): Promise<never> => Promise.reject(new MunimError('SYNC_OFFLINE'));
  return {
    use: async () => {},
    enrol: never,
    signIn: never,
    diagnose: never,
    push: never,
    pull: never,
    missingBlobs: async (_collegeId, sha256s) => {
      reachable();
      return sha256s.filter((sha256) => !server.has(sha256));
    },
    putBlob: async (_collegeId, sha256, bytes) => {
      reachable();
      if (desk().refusedBlobs.has(sha256)) throw new MunimError('AUTH_FORBIDDEN', { role: '' });
      server.set(sha256, bytes);
    },
    getBlob: async (_collegeId, sha256) => {
      reachable();
      const bytes = server.get(sha256);
      if (bytes === undefined) throw new MunimError('NOT_FOUND', { what: 'receipt' });
      return bytes;
    },
    watch: async () => {},
    onEvent: () => () => {},
  };
}
