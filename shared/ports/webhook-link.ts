import type { Id } from '../kernel/ids.ts';
import type { DeadWebhooksAnswer } from '../sync/messages.ts';

/** Messages of banks and gateways that came to nothing on the server. Errors as those of `SyncLink`. */
export interface WebhookLink {
  deadWebhooks(collegeId: Id): Promise<DeadWebhooksAnswer>;
  /** Lets the server try one of them once more; what becomes of it is seen in the list and in the books. */
  replayWebhook(collegeId: Id, id: Id): Promise<void>;
}
