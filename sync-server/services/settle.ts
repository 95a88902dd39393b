import { BooksUnit } from '../../shared/db/books.ts';
import { executeCommand } from '../../shared/db/execute.ts';
import type { Db } from '../../shared/db/tables.ts';
import { canonicalText, type Plain, parseCanonical } from '../../shared/kernel/canonical.ts';
import { MunimError, type Refusal, refusal } from '../../shared/kernel/errors.ts';
import type { Id } from '../../shared/kernel/ids.ts';
import { limits } from '../../shared/kernel/limits.ts';
import type { CommandResult } from '../../shared/sync/messages.ts';
import {
  heldBackDocuments,
  type LoggedCommand,
  lockVersion,
  logCommands,
  loggedAs,
  writeVersion,
} from '../stores/command-log.ts';
import { boundPeople, type Device, moveLastSeq } from '../stores/devices.ts';
import type { ServerContext } from './context.ts';
import { faultOf } from './faults.ts';
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
  readonly earlier: ReadonlyMap<Id, LoggedCommand>;
  readonly heldBack: Set<Id>;
  readonly now: number;
  version: number;
  /** Nobody else writes to the college while the batch holds its version, so what one command read serves the next. */
  books: BooksUnit;
}

type Outcome = Pick<LoggedCommand, 'status' | 'version'> & {
  readonly refused: Refusal | null;
  readonly duplicate: boolean;
};

const rejected = (refused: Refusal): Outcome => ({ status: 'rejected', version: null, refused, duplicate: false });

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
  const documents = fresh.map(({ command }) => documentOf(command, knowCommand(command), context.digest));
  const ids = fresh.map(({ command }) => command.id);
  const bench: Bench = {
    context,
    tx,
    device,
    bound: await boundPeople(tx, device.id),
    earlier: new Map((isOwn ? await loggedAs(tx, collegeId, ids) : []).map((row) => [row.commandId, row])),
    heldBack: await heldBackDocuments(tx, device.id, device.ackedSeq, [
      ...new Set(documents.filter((id) => id !== null)),
    ]),
    now: context.clock.now(),
    version: before,
    books: new BooksUnit(tx, collegeId),
  };
  const rows: LoggedCommand[] = [];
  const results: CommandResult[] = [];
  for (const [index, one] of fresh.entries()) {
    const documentId = documents[index] ?? null;
    const outcome = isOwn
      ? await decide(bench, one, documentId, forced)
      : rejected(refusal('NOT_FOUND', { what: 'college' }));
    if (outcome.status !== 'applied' && documentId !== null) bench.heldBack.add(documentId);
    const row = logRow(bench, one, documentId, outcome);
    rows.push(row);
    results.push(resultOf(row, outcome.duplicate));
  }
  await logCommands(tx, rows);
  await moveLastSeq(tx, device.id, fresh.at(-1)?.command.seq ?? device.lastSeq);
  if (bench.version === before) return { results, version: null };
  await writeVersion(tx, collegeId, bench.version);
  return { results, version: bench.version };
}

function logRow(bench: Bench, one: IncomingCommand, documentId: Id | null, outcome: Outcome): LoggedCommand {
  const { command, signed } = one;
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

async function decide(
  bench: Bench,
  one: IncomingCommand,
  documentId: Id | null,
  forced: Refusal | null,
): Promise<Outcome> {
  const { command } = one;
  const before = bench.earlier.get(command.id);
  if (before && before.status !== 'rejected') return sameAgain(one, before);
  const ahead = command.occurredAt - bench.now;
  if (ahead > limits.sync.clockAheadMaxMs) {
    return rejected(refusal('SYNC_CLOCK_AHEAD', { minutes: Math.ceil(ahead / 60_000) }));
  }
  if (!bench.bound.has(command.actorId)) return rejected(refusal('AUTH_ACTOR_NOT_ON_DEVICE'));
  if (documentId !== null && bench.heldBack.has(documentId)) return rejected(refusal('COMMAND_DEPENDS'));
  if (isUnknown(command)) {
    const refused = refusal('COMMAND_UNKNOWN', { name: command.name });
    return { status: 'parked', version: null, refused, duplicate: false };
  }
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
  const { deviceId: _, seq: __, ...meaning } = parseCanonical(text) as { readonly [key: string]: Plain };
  return canonicalText(meaning);
}

/** Thrown to take back a refused command and nothing else. */
class Refused extends Error {
  readonly refused: Refusal;
  constructor(refused: Refusal) {
    super(refused.code);
    this.refused = refused;
  }
}

async function apply(bench: Bench, { command, signed }: IncomingCommand): Promise<Outcome> {
  const known = knowCommand(command);
  if (!known.ok) return rejected(known.error);
  const { context, tx } = bench;
  const version = bench.version + 1;
  try {
    await tx.transaction(async (savepoint) => {
      const done = await executeCommand({
        db: savepoint as unknown as Db,
        command: known.value,
        signed,
        authority: 'server',
        version,
        recordedAt: bench.now,
        digest: context.digest,
        books: bench.books,
      });
      if (!done.ok) throw new Refused(done.error);
    });
  } catch (thrown) {
    if (thrown instanceof Refused) return rejected(thrown.refused);
    const fault = faultOf(thrown);
    if (fault.kind === 'passing') throw thrown;
    // It may have been in the middle of writing; the rows it remembers were rolled back.
    bench.books = new BooksUnit(tx, command.collegeId);
    const { refused } = fault;
    if (!refused) context.log.error('command failed', thrown, { commandId: command.id, name: command.name });
    return rejected(refused instanceof MunimError ? refusal(refused.code, refused.details) : refusal('INTERNAL'));
  }
  bench.version = version;
  return { status: 'applied', version, refused: null, duplicate: false };
}
