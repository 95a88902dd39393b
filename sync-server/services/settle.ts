import { BooksUnit } from '../../shared/db/books.ts';
import { executeCommand } from '../../shared/db/execute.ts';
import { preload } from '../../shared/db/preload.ts';
import type { Db } from '../../shared/db/tables.ts';
import { canonicalText, type Plain, parseCanonical } from '../../shared/kernel/canonical.ts';
import { type Refusal, refusal } from '../../shared/kernel/errors.ts';
import type { Id } from '../../shared/kernel/ids.ts';
import { limits } from '../../shared/kernel/limits.ts';
import { type CommandResult, zCommand } from '../../shared/sync/messages.ts';
import {
  type HeldBack,
  heldBackDocuments,
  type LoggedCommand,
  lockVersion,
  loggedAs,
  loggedAt,
  logSql,
  settleLogged,
  writeVersion,
} from '../stores/command-log.ts';
import { boundPeople, type Device, deviceById, moveLastSeq } from '../stores/devices.ts';
import type { ServerContext } from './context.ts';
import { documentOf, type IncomingCommand, isUnknown, knowCommand } from './read-command.ts';
import { resultOf } from './results.ts';

export interface Settled {
  readonly results: readonly CommandResult[];
  /** The version the college has now, or null when nothing was applied. */
  readonly version: number | null;
}

/** What the answers of a batch are worked out from; moves on with every command. */
interface Bench {
  readonly context: ServerContext;
  readonly tx: Db;
  readonly device: Device;
  readonly bound: ReadonlySet<Id>;
  /** What stands under the ids of the batch, from before and from within it. */
  readonly earlier: Map<Id, LoggedCommand>;
  readonly heldBack: Map<Id, HeldBack>;
  readonly now: number;
  /** Nobody else writes to the college while the batch holds its version, so one unit serves all of it. */
  readonly books: BooksUnit;
  version: number;
}

/** A command with what this server makes of its arguments. */
interface ReadCommand extends IncomingCommand {
  readonly known: ReturnType<typeof knowCommand>;
  readonly documentId: Id | null;
}

function readThrough({ digest }: ServerContext, one: IncomingCommand): ReadCommand {
  const known = knowCommand(one.command);
  return { ...one, known, documentId: documentOf(one.command, known, digest) };
}

type Outcome = Pick<LoggedCommand, 'status' | 'version'> & {
  readonly refused: Refusal | null;
  readonly duplicate: boolean;
};

const rejected = (refused: Refusal): Outcome => ({ status: 'rejected', version: null, refused, duplicate: false });
const parked = (refused: Refusal): Outcome => ({ status: 'parked', version: null, refused, duplicate: false });

/**
 * Settles new commands of one device for one college, in order, inside an open transaction that holds the device: each is applied,
 * refused or parked, and all are logged. A refused command leaves nothing behind but its line in the log.
 * @param forced refuses whatever would have been applied, after it turned out that it cannot be
 */
export async function settle(
  context: ServerContext,
  tx: Db,
  device: Device,
  fresh: readonly IncomingCommand[],
  forced: Refusal | null,
): Promise<Settled> {
  const [first] = fresh;
  if (!first) return { results: [], version: null };
  const { collegeId } = first.command;
  const isOwn = device.collegeIds.includes(collegeId);
  const before = isOwn ? await lockVersion(tx, collegeId) : 0;
  const read = fresh.map((one) => readThrough(context, one));
  const documents = read.map(({ documentId }) => documentId);
  const ids = fresh.map(({ command }) => command.id);
  const bench: Bench = {
    context,
    tx,
    device,
    bound: await boundPeople(tx, device.id),
    earlier: new Map((isOwn ? await loggedAs(tx, collegeId, ids) : []).map((row) => [row.commandId, row])),
    heldBack: await heldBackDocuments(tx, device.id, [...new Set(documents.filter((id) => id !== null))]),
    now: context.clock.now(),
    books: new BooksUnit(tx, collegeId),
    version: before,
  };
  if (isOwn)
    await preload(
      bench.books,
      fresh.map(({ command }) => command),
    );
  const results = await decideAll(bench, read, isOwn, forced);
  await moveLastSeq(tx, device.id, fresh.at(-1)?.command.seq ?? device.lastSeq);
  if (bench.version === before) return { results, version: null };
  await writeVersion(tx, collegeId, bench.version);
  return { results, version: bench.version };
}

/**
 * Decides commands in their order and writes what follows from them. While PostgreSQL writes the first ones the next are decided: they
 * are told of what is not written yet as of everything else, and all of it is one transaction. Books in this process write alone.
 */
async function decideAll(
  bench: Bench,
  read: readonly ReadCommand[],
  isOwn: boolean,
  forced: Refusal | null,
): Promise<readonly CommandResult[]> {
  const results: CommandResult[] = [];
  let rows: LoggedCommand[] = [];
  let writing = Promise.resolve();
  const together = bench.context.database.kind === 'postgres' ? WRITE_COMMANDS : read.length;
  try {
    for (const one of read) {
      const outcome = isOwn ? await decide(bench, one, forced) : rejected(refusal('NOT_FOUND', { what: 'college' }));
      noteHeldBack(bench, one.documentId, outcome.status, one.command.seq);
      const row = logRow(bench, one, outcome);
      bench.earlier.set(row.commandId, row);
      rows.push(row);
      results.push(resultOf(row, outcome.duplicate));
      if (rows.length < together && results.length < read.length) continue;
      await writing;
      writing = bench.books.flush([logSql(rows)]);
      // Its failure is heard where it is waited for.
      writing.catch(() => {});
      rows = [];
    }
  } finally {
    // Not even a fault may leave statements behind that would come after the rollback.
    await Promise.allSettled([writing]);
  }
  await writing;
  return results;
}

/** So many commands are written together: fewer make more statements, more keep the database waiting longer for the first. */
const WRITE_COMMANDS = 125;

/**
 * Decides a parked command anew, inside an open transaction of its college, and logs what became of it: as far as this server knows it
 * now, and as if it came now. @returns the version the college has then, or null when nothing was applied
 */
export async function settleParked(
  context: ServerContext,
  tx: Db,
  place: Pick<LoggedCommand, 'deviceId' | 'seq' | 'collegeId'>,
  forced: Refusal | null,
): Promise<number | null> {
  const { collegeId } = place;
  const before = await lockVersion(tx, collegeId);
  const [row] = await loggedAt(tx, place.deviceId, [place.seq]);
  const device = await deviceById(tx, place.deviceId);
  if (row?.status !== 'parked' || !device) return null;
  const command = zCommand.parse(parseCanonical(row.text));
  const one = readThrough(context, { command, signed: { text: row.text, signature: row.signature } });
  const { documentId } = one;
  // Sent again by the same desk under a new name it stands here more than once, and may have been settled there.
  const settled = (await loggedAs(tx, collegeId, [command.id])).filter(({ status }) => status === 'applied');
  const bench: Bench = {
    context,
    tx,
    device,
    bound: await boundPeople(tx, device.id),
    earlier: new Map(settled.map((same) => [same.commandId, same])),
    heldBack: await heldBackDocuments(tx, device.id, documentId === null ? [] : [documentId], row.seq),
    now: context.clock.now(),
    books: new BooksUnit(tx, collegeId),
    version: before,
  };
  const outcome = await decide(bench, one, forced);
  await bench.books.flush();
  await settleLogged(tx, { ...logRow(bench, one, outcome), collegeId });
  if (bench.version === before) return null;
  await writeVersion(tx, collegeId, bench.version);
  return bench.version;
}

function noteHeldBack({ heldBack }: Bench, documentId: Id | null, status: Outcome['status'], seq: number): void {
  if (documentId === null || status === 'applied') return;
  const held = heldBack.get(documentId) ?? { rejected: 0, parked: 0 };
  heldBack.set(documentId, { ...held, [status]: seq });
}

function logRow(bench: Bench, one: ReadCommand, outcome: Outcome): LoggedCommand {
  const { command, signed, documentId } = one;
  return {
    deviceId: bench.device.id,
    seq: command.seq,
    commandId: command.id,
    // A command for a college that is none of the device's stays with the device's own; its text says what it wanted.
    collegeId: bench.device.collegeIds.includes(command.collegeId)
      ? command.collegeId
      : (bench.device.collegeIds[0] ?? command.collegeId),
    documentId,
    text: signed.text,
    signature: signed.signature,
    status: outcome.status,
    code: outcome.refused?.code ?? null,
    details: outcome.refused === null ? null : canonicalText(outcome.refused.details),
    version: outcome.version,
    receivedAt: bench.now,
  };
}

async function decide(bench: Bench, one: ReadCommand, forced: Refusal | null): Promise<Outcome> {
  const { command, documentId } = one;
  const before = bench.earlier.get(command.id);
  if (before && before.status !== 'rejected') return sameAgain(one, before);
  if (one.signed.withdrawn) return rejected(refusal('COMMAND_WITHDRAWN'));
  const ahead = command.occurredAt - bench.now;
  if (ahead > limits.sync.clockAheadMaxMs) {
    return rejected(refusal('SYNC_CLOCK_AHEAD', { minutes: Math.ceil(ahead / 60_000) }));
  }
  if (!bench.bound.has(command.actorId)) return rejected(refusal('AUTH_ACTOR_NOT_ON_DEVICE'));
  const held = documentId === null ? undefined : bench.heldBack.get(documentId);
  if (held && held.rejected > command.knows) return rejected(refusal('COMMAND_DEPENDS'));
  if (isUnknown(command)) return parked(refusal('COMMAND_UNKNOWN', { name: command.name }));
  if (held && held.parked > command.knows) return parked(refusal('COMMAND_DEPENDS'));
  return forced ? rejected(forced) : apply(bench, one);
}

/** A desk that was enrolled again sends what it kept, under a new device and sequence. The books take it once. */
function sameAgain(one: IncomingCommand, before: LoggedCommand): Outcome {
  if (meaningOf(one.signed.text) !== meaningOf(before.text)) {
    return rejected(refusal('SYNC_SAME_ID_OTHER_CONTENT', { id: one.command.id }));
  }
  const refused = before.status === 'parked' ? refusal('COMMAND_UNKNOWN', { name: one.command.name }) : null;
  return { status: before.status, version: before.version, refused, duplicate: true };
}

function meaningOf(text: string): string {
  const { deviceId: _, seq: __, knows: ___, ...meaning } = parseCanonical(text) as { readonly [key: string]: Plain };
  return canonicalText(meaning);
}

async function apply(bench: Bench, { known, signed }: ReadCommand): Promise<Outcome> {
  if (!known.ok) return rejected(known.error);
  const version = bench.version + 1;
  const done = await executeCommand({
    books: bench.books,
    command: known.value,
    signed,
    authority: 'server',
    version,
    recordedAt: bench.now,
    digest: bench.context.digest,
  });
  if (!done.ok) return rejected(done.error);
  bench.version = version;
  return { status: 'applied', version, refused: null, duplicate: false };
}
