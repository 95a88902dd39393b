import type { CommandArgs, CommandName } from '../../domain/command/args.ts';
import { commands } from '../../domain/command/registry.ts';
import { parseCanonical } from '../../kernel/canonical.ts';
import type { Id } from '../../kernel/ids.ts';
import { commandArgs, isCommandName } from '../command-args.ts';
import { zCommand } from '../messages.ts';

/** A command of this desk as it was signed, with arguments of the form its name asks for. */
export type SignedText = {
  readonly [N in CommandName]: {
    readonly id: Id;
    readonly collegeId: Id;
    readonly deviceId: Id;
    readonly seq: number;
    readonly knows: number;
    readonly name: N;
    readonly schemaVersion: number;
    readonly args: CommandArgs[N];
    readonly actorId: Id;
    readonly occurredAt: number;
  };
}[CommandName];

/** Reads a command back from its signed text; null when this version of the desk does not know it in this form (it may after an update). */
export function readCommand(text: string): SignedText | null {
  const read = zCommand.safeParse(parseCanonical(text));
  if (!read.success || !isCommandName(read.data.name)) return null;
  const { name } = read.data;
  if (commands[name].schemaVersion !== read.data.schemaVersion) return null;
  const args = commandArgs[name].safeParse(read.data.args);
  return args.success ? ({ ...read.data, name, args: args.data } as SignedText) : null;
}
