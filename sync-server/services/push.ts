import type { z } from 'zod';
import { inScope } from '../../shared/db/scope.ts';
import { type Refusal, refusal } from '../../shared/kernel/errors.ts';
import { limits } from '../../shared/kernel/limits.ts';
import { err, ok, type Result } from '../../shared/kernel/result.ts';
import type { CommandResult, SignedCommand, zPushAnswer } from '../../shared/sync/messages.ts';
import { readPublicKey } from '../adapters/device-keys.ts';
import { type LoggedCommand, loggedAt } from '../stores/command-log.ts';
import { type Device, deviceById, lockDevice } from '../stores/devices.ts';
import type { ServerContext } from './context.ts';
import { faultOf } from './faults.ts';
import { type IncomingCommand, openCommand } from './read-command.ts';
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
  const incoming: IncomingCommand[] = [];
  for (const one of signed) {
    const opened = openCommand(one, device.id, key);
    if (!opened.ok) {
      fault = opened.error;
      break;
    }
    incoming.push(opened.value);
  }
  for (const batch of batchesOf(incoming)) {
    const taken = await takeBatch(context, device, batch);
    results.push(...taken.results);
    if (taken.fault) {
      fault = taken.fault;
      break;
    }
  }
  if (fault && results.length === 0) return err(fault);
  const { db } = context.database;
  const lastSeq = (await inScope(db, [], (tx) => deviceById(tx, device.id)))?.lastSeq ?? 0;
  return ok({ results, lastSeq });
}

/** Runs of commands for one college: a transaction holds one college only, so that two devices can never wait for each other. */
function batchesOf(incoming: readonly IncomingCommand[]): IncomingCommand[][] {
  const batches: IncomingCommand[][] = [];
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
}

/**
 * One transaction for the batch: it is acknowledged as a whole or not at all. A rule that the database checks only at the commit would
 * take good commands down with a bad one; then each is tried alone, and the bad one is refused.
 */
async function takeBatch(context: ServerContext, device: Device, batch: readonly IncomingCommand[]): Promise<Taken> {
  try {
    return await takeTogether(context, device, batch, null);
  } catch (thrown) {
    if (faultOf(thrown).kind === 'passing') throw thrown;
    context.log.error('batch failed, trying one by one', thrown, { deviceId: device.id, commands: batch.length });
  }
  const results: CommandResult[] = [];
  for (const one of batch) {
    const taken = await takeAlone(context, device, one);
    results.push(...taken.results);
    if (taken.fault) return { results, fault: taken.fault };
  }
  return { results, fault: null };
}

async function takeAlone(context: ServerContext, device: Device, one: IncomingCommand): Promise<Taken> {
  try {
    return await takeTogether(context, device, [one], null);
  } catch (thrown) {
    if (faultOf(thrown).kind === 'passing') throw thrown;
    context.log.error('command refused by a fault', thrown, { deviceId: device.id, commandId: one.command.id });
    return takeTogether(context, device, [one], refusal('INTERNAL'));
  }
}

async function takeTogether(
  context: ServerContext,
  { id: deviceId, collegeIds }: Device,
  batch: readonly IncomingCommand[],
  forced: Refusal | null,
): Promise<Taken> {
  const collegeId = batch[0]?.command.collegeId;
  const taken = await inScope(context.database.db, collegeIds, async (tx) => {
    const device = await lockDevice(tx, deviceId);
    if (!device) return { results: [], fault: refusal('AUTH_DEVICE_UNKNOWN'), version: null };
    if (device.revokedAt !== null) return { results: [], fault: refusal('AUTH_DEVICE_REVOKED'), version: null };
    const known = batch.filter(({ command }) => command.seq <= device.lastSeq).map(({ command }) => command.seq);
    const logged = new Map((await loggedAt(tx, deviceId, known)).map((row) => [row.seq, row]));
    const { repeated, fresh, fault } = sortBySequence(batch, device.lastSeq, logged);
    const settled = await settle(context, tx, device, fresh, forced);
    return { results: [...repeated, ...settled.results], fault, version: settled.version };
  });
  if (taken.version !== null && collegeId !== undefined) {
    context.bus.publish({ collegeId, version: taken.version });
  }
  return taken;
}

/** What was settled before is answered from the log; what continues the sequence is new; anything else stops the push there. */
function sortBySequence(
  batch: readonly IncomingCommand[],
  lastSeq: number,
  logged: ReadonlyMap<number, LoggedCommand>,
): { repeated: CommandResult[]; fresh: IncomingCommand[]; fault: Refusal | null } {
  const repeated: CommandResult[] = [];
  const fresh: IncomingCommand[] = [];
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
