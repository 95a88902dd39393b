import { BooksUnit } from '../../shared/db/books.ts';
import { executeCommand, type KnownCommand } from '../../shared/db/execute.ts';
import { inScope } from '../../shared/db/scope.ts';
import type { Db } from '../../shared/db/tables.ts';
import type { CommandArgs, CommandName } from '../../shared/domain/command/args.ts';
import { commands } from '../../shared/domain/command/registry.ts';
import type { Person } from '../../shared/domain/rows.ts';
import { canonicalText, type Plain } from '../../shared/kernel/canonical.ts';
import { MunimError } from '../../shared/kernel/errors.ts';
import { type Id, uuidv7 } from '../../shared/kernel/ids.ts';
import { commandArgs } from '../../shared/sync/command-args.ts';
import { publicKeyOf, signText } from '../adapters/device-keys.ts';
import { lockVersion, logSql, writeVersion } from '../stores/command-log.ts';
import { deviceById, insertDeviceOnce, lockDevice, moveLastSeq, setDeviceColleges } from '../stores/devices.ts';
import { read } from './checked.ts';
import type { ServerContext } from './context.ts';

/** All colleges this server keeps, in the order in which they were set up. */
export async function allCollegeIds(context: ServerContext): Promise<readonly Id[]> {
  const device = await inScope(context.database.db, [], (tx) => deviceById(tx, context.keys.deviceId));
  return device?.collegeIds ?? [];
}

/** The server as an actor in a college: it sets up what people cannot, having no desk there yet. */
export const serverActor = (context: ServerContext, collegeId: Id): Person => ({
  collegeId,
  id: context.keys.deviceId,
  name: context.serverName,
  email: '',
  role: 'superuser',
  isActive: true,
});

/**
 * Runs a command in the server's own name, or in that of a person who asked for it over the network, signed by the server's key: it
 * stands in the audit chain like any other. @throws MunimError with the refusal; nothing is written then
 */
export async function runOwnCommand<N extends CommandName>(
  context: ServerContext,
  collegeId: Id,
  name: N,
  args: CommandArgs[N],
  actor: Person = serverActor(context, collegeId),
): Promise<void> {
  const checked = read(commandArgs[name], args);
  const version = await inScope(context.database.db, [collegeId], async (tx) => {
    const { seq, collegeIds } = await takeSequence(context, tx);
    if (!collegeIds.includes(collegeId)) await setDeviceColleges(tx, context.keys.deviceId, [...collegeIds, collegeId]);
    const next = (await lockVersion(tx, collegeId)) + 1;
    const now = context.clock.now();
    const command = {
      id: uuidv7(now, context.random.bytes(10)),
      collegeId,
      deviceId: context.keys.deviceId,
      seq,
      knows: seq - 1,
      name,
      schemaVersion: commands[name].schemaVersion,
      args: checked,
      actorId: actor.id,
      occurredAt: now,
    };
    const text = canonicalText(command as unknown as Plain);
    const signed = { text, signature: signText(context.keys.deviceKey, text) };
    const books = new BooksUnit(tx, collegeId);
    const done = await executeCommand({
      books,
      command: command as unknown as KnownCommand,
      signed,
      authority: 'server',
      version: next,
      recordedAt: now,
      digest: context.digest,
      actor,
    });
    if (!done.ok) throw new MunimError(done.error.code, done.error.details);
    const { documentId } = done.value;
    const settled = { status: 'applied', code: null, details: null, version: next, receivedAt: now } as const;
    const { deviceId, id: commandId } = command;
    await books.flush([logSql([{ deviceId, seq, commandId, collegeId, documentId, ...signed, ...settled }])]);
    await moveLastSeq(tx, deviceId, seq);
    await writeVersion(tx, collegeId, next);
    return next;
  });
  context.bus.publish({ collegeId, version });
}

async function takeSequence(context: ServerContext, tx: Db): Promise<{ seq: number; collegeIds: readonly Id[] }> {
  const { deviceId, deviceKey } = context.keys;
  const found = await lockDevice(tx, deviceId);
  if (found) return { seq: found.lastSeq + 1, collegeIds: found.collegeIds };
  await insertDeviceOnce(tx, {
    id: deviceId,
    name: context.serverName,
    publicKey: publicKeyOf(deviceKey),
    collegeIds: [],
    enrolledAt: context.clock.now(),
  });
  // Somebody else may have been first, in another process over the same books, and have gone on since.
  return takeSequence(context, tx);
}
