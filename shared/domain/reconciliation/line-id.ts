import type { Id } from '../../kernel/ids.ts';
import type { CommandContext } from '../command/command.ts';
import { nameOf } from '../command/context.ts';
import { lineNames } from '../statement/line-identity.ts';
import type { StatementEntry } from '../statement/model.ts';

/** The id of a line of the bank, the same on every desk and from every statement that has it. `occurrence` counts equal lines from 1. */
export function bankLineId(
  bankAccountId: Id,
  entry: StatementEntry,
  occurrence: number,
  context: Pick<CommandContext, 'namedId'>,
): Id {
  const [name = []] = lineNames(bankAccountId, [entry]);
  return context.namedId(nameOf('bankLine', ...name.slice(0, -1), String(occurrence)));
}
