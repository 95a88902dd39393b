import { z } from 'zod';
import { zId } from '../../sync/command-args.ts';
import { zDetails } from '../../sync/messages.ts';
import { channel } from '../channel.ts';

const zDeadWebhook = z.strictObject({
  id: zId,
  /** The connector whose bank or gateway sent it. */
  provider: z.string(),
  receivedAt: z.int(),
  attempts: z.int(),
  code: z.string(),
  details: zDetails,
  reference: z.string().nullable(),
  /** What it says of the payment; null when it could not be read. */
  state: z.string().nullable(),
});
export interface DeadWebhookView extends Readonly<z.infer<typeof zDeadWebhook>> {}

/** Messages of banks that the server could not do anything with. Only with a connection to the server. */
export const webhookChannels = {
  'webhooks.dead': channel(z.strictObject({ collegeId: zId }), z.strictObject({ rows: z.array(zDeadWebhook) })),
  'webhooks.replay': channel(z.strictObject({ collegeId: zId, id: zId }), z.strictObject({})),
} as const;
