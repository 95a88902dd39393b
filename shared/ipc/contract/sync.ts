import { z } from 'zod';
import { zId } from '../../sync/command-args.ts';
import { zDetails } from '../../sync/messages.ts';
import { channel } from '../channel.ts';

export const zSyncStatus = z.strictObject({
  state: z.enum(['offline', 'syncing', 'synced', 'refused']),
  /** Entries that wait to be sent or confirmed. */
  pending: z.int(),
  attention: z.int(),
  parked: z.int(),
  lastSyncedAt: z.int().nullable(),
  /** Why it is offline or refused. */
  error: z.strictObject({ code: z.string(), details: zDetails }).nullable(),
  colleges: z.array(
    z.strictObject({
      id: zId,
      code: z.string(),
      cursor: z.int(),
      /** What this desk sent once more, because the server had been put back from a backup; the last time. */
      sentAgain: z.strictObject({ at: z.int(), commands: z.int() }).nullable(),
    }),
  ),
  /** Progress of a first or long pull: rows so far; null when none runs. */
  receivedRows: z.int().nullable(),
  paused: z.boolean(),
});
export interface SyncStatus extends Readonly<z.infer<typeof zSyncStatus>> {}

const zComparedCollege = z.strictObject({
  id: zId,
  code: z.string(),
  /** equal; waiting: entries are not confirmed yet; moved: others were entering; other-form: another version of Munim; different. */
  outcome: z.enum(['equal', 'waiting', 'moved', 'other-form', 'different']),
  /** Of the server's books, at which both were compared; null where they were not. */
  version: z.int().nullable(),
  rows: z.int().nullable(),
  tables: z.array(z.strictObject({ table: z.string(), here: z.int(), there: z.int() })),
  first: z
    .strictObject({
      version: z.int(),
      table: z.string(),
      id: z.string(),
      kind: z.enum(['only-here', 'only-there', 'other-content']),
    })
    .nullable(),
});
export interface ComparedCollege extends Readonly<z.infer<typeof zComparedCollege>> {}

export const syncChannels = {
  'sync.status': channel(z.strictObject({}), zSyncStatus),
  /** Tries at once and answers with what became of it. */
  'sync.now': channel(z.strictObject({}), zSyncStatus),
  /** Works offline on purpose (training, travel) until switched back. */
  'sync.pause': channel(z.strictObject({ paused: z.boolean() }), zSyncStatus),
  /** Adds up the rows of this desk and of the server and finds the first that differs. */
  'sync.compare': channel(z.strictObject({}), z.strictObject({ colleges: z.array(zComparedCollege) })),
  'sync.pendingList': channel(
    z.strictObject({}),
    z.strictObject({
      rows: z.array(
        z.strictObject({
          seq: z.int(),
          name: z.string(),
          documentId: zId,
          reference: z.string().nullable(),
          actorName: z.string(),
          occurredAt: z.int(),
          status: z.enum(['pending', 'applied', 'parked']),
        }),
      ),
    }),
  ),
} as const;
