import { z } from 'zod';
import { zDetails } from '../../sync/messages.ts';
import { channel } from '../channel.ts';

export const zRecovery = z.strictObject({
  /** What became of the books: open, being opened, or not to be opened. */
  books: z.enum(['open', 'opening', 'closed']),
  problem: z.strictObject({ code: z.string(), details: zDetails }).nullable(),
  /** Whether a second life can help. */
  possible: z.boolean(),
  /** When the newest checked backup on this PC was made, in ms. */
  backupAt: z.int().nullable(),
  /** Entries in the journal of this desk, and the time of the last, in ms. */
  journaled: z.int(),
  lastEntryAt: z.int().nullable(),
  /** Of the last recovery since the program was started: the backup it began from, and what came back from the journal. */
  recovered: z.strictObject({ backupAt: z.int().nullable(), commands: z.int(), failed: z.int() }).nullable(),
});
export interface Recovery extends Readonly<z.infer<typeof zRecovery>> {}

/** Answered without the books. */
export const recoveryChannels = {
  'recovery.look': channel(z.strictObject({}), zRecovery),
  /** Moves the books aside and opens others from the newest good backup or none, and the journal. Answers when they are open. */
  'recovery.start': channel(z.strictObject({}), zRecovery),
} as const;
