import type { z } from 'zod';
import { inScope } from '../../shared/db/scope.ts';
import { type Refusal, refusal } from '../../shared/kernel/errors.ts';
import { limits } from '../../shared/kernel/limits.ts';
import { err, ok, type Result } from '../../shared/kernel/result.ts';
import type { CommandResult, SignedCommand, zPushAnswer } from '../../shared/sync/messages.ts';
import { readPublicKey } from '../adapters/device-keys.ts';
import { type LoggedCommand, loggedAt } from '../stores/command-log.ts';
import { type Device, lockDevice } from '../stores/devices.ts';
import type { ServerContext } from './context.ts';
import { faultOf } from './faults.ts';
import { openCommand, type SentCommand } from './read-command.ts';
import { resultOf } from './results.ts';
import { settle } from './settle.ts';

type PushAnswer = z.infer<typeof zPushAnswer>;

/**
 * Takes the commands of a device in their order and says what became of each. When one cannot even be taken (its signature or sequence
 * is wrong), those before it stand and are answered; only when it is the first is the push itself refused.
 *
 * Refusals: AUTH_BAD_SIGNATURE, INPUT_INVALID, AUTH_DEVICE_REVOKED, SYNC_SEQUENCE_GAP with the expected sequence,
 * SYNC_SAME_ID_OTHER_CONTENT. Throws what will pass (database gone, disk full): nothing of the failing batch is kept then.
 */
export async function push(
  context: ServerContext,
  device: Device,
  signed: readonly SignedCommand[],
): Promise<Result<PushAnswer, Refusal>> {
  const key = readPublicKey(device.publicKey);
  if (!key) return err(refusal('AUTH_BAD_SIGNATURE'));
  const results: CommandResult[] = [];
  let fault: Refusal | null = null;
  let lastSeq = 0;
  const incoming: SentCommand[] = [];
  for (const opened of await Promise.all(signed.map((one) => openCommand(one, device.id, key)))) {
    if (!opened.ok) {
      fault = opened.error;
      break;
    }
    incoming.push(opened.value);
  }
  for (const batch of batchesOf(incoming)) {
    const taken = await takeBatch(context, device, batch);
    results.push(...taken.results);
    lastSeq = taken.lastSeq ?? lastSeq;
    if (taken.fault) {
      fault = taken.fault;
      break;
    }
  }
  return fault && results.length === 0 ? err(fault) : ok({ results, lastSeq });
}

/** Runs of commands for one college: a transaction holds one college only, so that two devices can never wait for each other. */
function batchesOf(incoming: readonly SentCommand[]): SentCommand[][] {
  const batches: SentCommand[][] = [];
  for (const one of incoming) {
    const last = batches.at(-1);
    const fits =
      last !== undefined &&
      last.length < limits.server.commandsPerTransaction &&
      last[0]?.command.collegeId === one.command.collegeId;
    if (fits) last.push(one);
    else batches.push([one]);
  }
  return batches;
}

interface Taken {
  readonly results: readonly CommandResult[];
  readonly fault: Refusal | null;
  /** The last sequence the device has now; null where nothing was taken. */
  readonly lastSeq: number | null;
}

/**
 * One transaction for the batch: it is acknowledged as a whole or not at all. A signature that does not fit ends the batch before its
 * command. A rule of the database that one command breaks takes the good ones of the batch down with it; then each half is tried by
 * itself, until the bad one stands alone and is refused.
 */
async function takeBatch(context: ServerContext, device: Device, batch: readonly SentCommand[]): Promise<Taken> {
  try {
    return await takeTogether(context, device, batch, null);
  } catch (thrown) {
    const signed = await signedUpTo(batch);
    if (signed < batch.length) {
      const before = signed === 0 ? nothing : await takeBatch(context, device, batch.slice(0, signed));
      return before.fault ? before : { ...before, fault: refusal('AUTH_BAD_SIGNATURE') };
    }
    const fault = faultOf(thrown);
    if (fault.kind === 'passing') throw thrown;
    if (batch.length === 1) {
      const commandId = batch[0]?.command.id ?? '';
      context.log.error('command refused by a fault', thrown, { deviceId: device.id, commandId });
      const { refused } = fault;
      return takeTogether(
        context,
        device,
        batch,
        refused ? refusal(refused.code, refused.details) : refusal('INTERNAL'),
      );
    }
    context.log.error('batch failed, trying its halves', thrown, { deviceId: device.id, commands: batch.length });
  }
  const half = Math.ceil(batch.length / 2);
  const first = await takeBatch(context, device, batch.slice(0, half));
  if (first.fault) return first;
  const second = await takeBatch(context, device, batch.slice(half));
  const results = [...first.results, ...second.results];
  return { results, fault: second.fault, lastSeq: second.lastSeq ?? first.lastSeq };
}

const nothing: Taken = { results: [], fault: null, lastSeq: null };

/** How many commands from the first on are signed by their device. */
async function signedUpTo(batch: readonly SentCommand[]): Promise<number> {
  const at = (await Promise.all(batch.map(({ isSigned }) => isSigned))).indexOf(false);
  return at === -1 ? batch.length : at;
}

/** The signatures are checked on other threads while the batch is decided and written; the commit waits for them. */
async function takeTogether(
  context: ServerContext,
  { id: deviceId, collegeIds }: Device,
  batch: readonly SentCommand[],
  forced: Refusal | null,
): Promise<Taken> {
  const collegeId = batch[0]?.command.collegeId;
  const taken = await inScope(context.database.db, collegeIds, async (tx) => {
    const device = await lockDevice(tx, deviceId);
    if (!device) return { ...nothing, fault: refusal('AUTH_DEVICE_UNKNOWN'), version: null };
    if (device.revokedAt !== null) return { ...nothing, fault: refusal('AUTH_DEVICE_REVOKED'), version: null };
    const known = batch.filter(({ command }) => command.seq <= device.lastSeq).map(({ command }) => command.seq);
    const logged = new Map((await loggedAt(tx, deviceId, known)).map((row) => [row.seq, row]));
    const { repeated, fresh, fault } = sortBySequence(batch, device.lastSeq, logged);
    const settled = await settle(context, tx, device, fresh, forced);
    if ((await signedUpTo(batch)) < batch.length) throw new Error('a command of the batch is not signed by its device');
    const lastSeq = device.lastSeq + fresh.length;
    return { results: [...repeated, ...settled.results], fault, lastSeq, version: settled.version };
  });
  if (taken.version !== null && collegeId !== undefined) {
    context.bus.publish({ collegeId, version: taken.version });
  }
  return taken;
}

/** What was settled before is answered from the log; what continues the sequence is new; anything else stops the push there. */
function sortBySequence(
  batch: readonly SentCommand[],
  lastSeq: number,
  logged: ReadonlyMap<number, LoggedCommand>,
): { repeated: CommandResult[]; fresh: SentCommand[]; fault: Refusal | null } {
  const repeated: CommandResult[] = [];
  const fresh: SentCommand[] = [];
  for (const one of batch) {
    const { seq, id } = one.command;
    const before = logged.get(seq);
    if (before) {
      if (before.text !== one.signed.text) {
        return { repeated, fresh, fault: refusal('SYNC_SAME_ID_OTHER_CONTENT', { id }) };
      }
      repeated.push(resultOf(before, true));
    } else if (seq === lastSeq + fresh.length + 1) fresh.push(one);
    else {
      const expected = lastSeq + fresh.length + 1;
      return { repeated, fresh, fault: refusal('SYNC_SEQUENCE_GAP', { expected }) };
    }
  }
  return { repeated, fresh, fault: null };
}
