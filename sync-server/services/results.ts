import { parseCanonical } from '../../shared/kernel/canonical.ts';
import { type ErrorDetails, isErrorCode } from '../../shared/kernel/errors.ts';
import type { CommandResult } from '../../shared/sync/messages.ts';
import type { LoggedCommand } from '../stores/command-log.ts';

/** What became of a command, as the device is told. */
export function resultOf(row: LoggedCommand, duplicate: boolean): CommandResult {
  const code = row.code !== null && isErrorCode(row.code) ? row.code : null;
  const details = row.details === null ? {} : (parseCanonical(row.details) as ErrorDetails);
  return { id: row.commandId, seq: row.seq, status: row.status, duplicate, code, details };
}
