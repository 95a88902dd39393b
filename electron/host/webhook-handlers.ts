import type { Role } from '../../shared/domain/rows.ts';
import { MunimError } from '../../shared/kernel/errors.ts';
import type { Id } from '../../shared/kernel/ids.ts';
import type { WebhookLink } from '../../shared/ports/webhook-link.ts';
import type { DeskContext, HandlerMap } from './desk-context.ts';

const replayers: ReadonlySet<Role> = new Set(['college_accounts_admin', 'it_admin', 'superuser']);

/** The dead letters of banks and gateways, which lie on the server. */
export function webhookHandlers(context: DeskContext, link: WebhookLink) {
  const replayer = (collegeId: Id): void => {
    const { role } = context.requireCollege(collegeId);
    if (!replayers.has(role)) throw new MunimError('AUTH_FORBIDDEN', { role });
  };
  return {
    'webhooks.dead': async ({ collegeId }) => {
      context.requireCollege(collegeId);
      const { webhooks } = await link.deadWebhooks(collegeId);
      return { rows: webhooks.map((one) => ({ ...one, details: { ...one.details } })) };
    },
    'webhooks.replay': async ({ collegeId, id }) => {
      replayer(collegeId);
      await link.replayWebhook(collegeId, id);
      return {};
    },
  } satisfies HandlerMap;
}
