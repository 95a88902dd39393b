import { canonicalText } from '../../kernel/canonical.ts';
import { type Id, namedId } from '../../kernel/ids.ts';
import type { Person } from '../rows.ts';
import type { CommandContext } from './command.ts';
import type { Hashing } from './hashing.ts';

/** What of a signed command the domain reads besides its arguments. */
export interface CommandHeader {
  readonly id: Id;
  readonly collegeId: Id;
  readonly deviceId: Id;
  readonly seq: number;
  readonly occurredAt: number;
}

/** The surroundings a command is decided in. `actor` is the person's row in the college of the command. */
export function makeContext(
  header: CommandHeader,
  actor: Person,
  authority: 'desk' | 'server',
  hashing: Hashing,
): CommandContext {
  return {
    commandId: header.id,
    collegeId: header.collegeId,
    actor,
    deviceId: header.deviceId,
    seq: header.seq,
    occurredAt: header.occurredAt,
    authority,
    derivedId: (name) => namedId(hashing.sha256(canonicalText(['command', header.id, name]))),
    namedId: collegeIds(header.collegeId, hashing),
  };
}

/** Ids that follow from a college and a name, the same on every machine. */
export const collegeIds =
  (collegeId: Id, hashing: Hashing) =>
  (name: string): Id =>
    namedId(hashing.sha256(canonicalText(['college', collegeId, name])));

/** One name of several parts, such that different parts never give the same name. */
export const nameOf = (...parts: readonly string[]): string => canonicalText(parts);
