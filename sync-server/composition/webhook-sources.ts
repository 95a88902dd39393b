import type { Webhook } from '../../shared/connectors/_kit/webhook.ts';
import { bankConnectors } from '../../shared/connectors/registry.gen.ts';

/** Every connector of which this server takes messages, by its name. */
export const webhookSources: ReadonlyMap<string, Webhook> = new Map(
  [...bankConnectors].flatMap(([id, { webhook }]) => (webhook === undefined ? [] : [[id, webhook] as const])),
);
