import type { KeyObject } from 'node:crypto';
import type { KnownCommand } from '../../shared/db/execute.ts';
import type { CommandDefinition } from '../../shared/domain/command/command.ts';
import { collegeIds } from '../../shared/domain/command/context.ts';
import { commands } from '../../shared/domain/command/registry.ts';
import { canonicalText, type Plain, parseCanonical } from '../../shared/kernel/canonical.ts';
import { type Refusal, refusal } from '../../shared/kernel/errors.ts';
import { type Id, isId } from '../../shared/kernel/ids.ts';
import { err, ok, type Result } from '../../shared/kernel/result.ts';
import type { Digest } from '../../shared/ports/digest.ts';
import { commandArgs, isCommandName } from '../../shared/sync/command-args.ts';
import { type Command, type SignedCommand, zCommand } from '../../shared/sync/messages.ts';
import { signatureFitsAside } from '../adapters/device-keys.ts';

/** A command whose form is good. What it asks for is looked at later. */
export interface IncomingCommand {
  readonly command: Command;
  readonly signed: SignedCommand;
}

/** A command of good form whose signature is still being checked: nothing of it may stay before that is known. */
export interface SentCommand extends IncomingCommand {
  readonly isSigned: Promise<boolean>;
}

/**
 * Opens a signed command of a device. Refusals: AUTH_BAD_SIGNATURE (of another device, or not signed by its key), INPUT_INVALID when the
 * text is no command in canonical form.
 */
export async function openCommand(
  signed: SignedCommand,
  deviceId: Id,
  key: KeyObject,
): Promise<Result<SentCommand, Refusal>> {
  const isSigned = signatureFitsAside(key, signed.text, signed.signature);
  // A failure is heard where the answer is waited for.
  isSigned.catch(() => {});
  const command = readCommand(signed.text);
  if (command.ok && command.value.deviceId === deviceId) return ok({ command: command.value, signed, isSigned });
  return err(command.ok || !(await isSigned) ? refusal('AUTH_BAD_SIGNATURE') : command.error);
}

function readCommand(text: string): Result<Command, Refusal> {
  const loose = refusal('INPUT_INVALID', { where: 'command: canonical text' });
  let plain: Plain;
  try {
    plain = parseCanonical(text);
    if (canonicalText(plain) !== text) return err(loose);
  } catch {
    return err(loose);
  }
  const command = zCommand.safeParse(plain);
  if (!command.success) return err(refusal('INPUT_INVALID', { where: `command: ${whereOf(command.error.issues)}` }));
  return ok(command.data);
}

/** Whether the server is too old for this command, which is then kept until it is not. */
export const isUnknown = (command: Command): boolean =>
  !isCommandName(command.name) || commands[command.name].schemaVersion < command.schemaVersion;

/** The command with its arguments checked. Refusal: INPUT_INVALID, also for a form so old that nobody remembers it. */
export function knowCommand(command: Command): Result<KnownCommand, Refusal> {
  if (!isCommandName(command.name)) return err(refusal('COMMAND_UNKNOWN', { name: command.name }));
  if (commands[command.name].schemaVersion !== command.schemaVersion) {
    return err(refusal('INPUT_INVALID', { where: 'command: schemaVersion' }));
  }
  const args = commandArgs[command.name].safeParse(command.args);
  if (!args.success) return err(refusal('INPUT_INVALID', { where: `args: ${whereOf(args.error.issues)}` }));
  return ok({ ...command, args: args.data } as KnownCommand);
}

/** The document a known command is about. Null when its arguments say nothing the server understands. */
export function documentOf(command: Command, known: Result<KnownCommand, Refusal>, digest: Digest): Id | null {
  if (known.ok) {
    const definition = commands[known.value.name] as CommandDefinition<unknown>;
    return definition.documentId(known.value.args, {
      collegeId: command.collegeId,
      namedId: collegeIds(command.collegeId, digest),
    });
  }
  return guessDocument(command.args);
}

/** What a command of any version calls its document. */
const documentNames = ['expenseId', 'vendorId', 'voucherId', 'groupId', 'accountId', 'costCentreId'] as const;

/** Commands of every version so far name their document so; a newer one most likely does too. */
function guessDocument(args: unknown): Id | null {
  if (typeof args !== 'object' || args === null) return null;
  for (const name of documentNames) {
    const value = name in args ? (args as Record<string, unknown>)[name] : undefined;
    if (typeof value === 'string' && isId(value)) return value;
  }
  return null;
}

const whereOf = (issues: readonly { readonly path: readonly PropertyKey[] }[]): string =>
  issues[0]?.path.map(String).join('.') ?? '';
