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
  colleges: z.array(z.strictObject({ id: zId, code: z.string(), cursor: z.int() })),
  /** Progress of a first or long pull: rows so far; null when none runs. */
  receivedRows: z.int().nullable(),
  paused: z.boolean(),
});
export interface SyncStatus extends Readonly<z.infer<typeof zSyncStatus>> {}

export const syncChannels = {
  'sync.status': channel(z.strictObject({}), zSyncStatus),
  /** Tries at once and answers with what became of it. */
  'sync.now': channel(z.strictObject({}), zSyncStatus),
  /** Works offline on purpose (training, travel) until switched back. */
  'sync.pause': channel(z.strictObject({ paused: z.boolean() }), zSyncStatus),
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
