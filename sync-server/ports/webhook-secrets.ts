import type { Id } from '../../shared/kernel/ids.ts';

/** A secret that a bank or gateway signs its messages with. */
export interface WebhookSecret {
  readonly id: Id;
  readonly provider: string;
  readonly secret: string;
  /** The codes of the colleges it speaks for; empty for all. A message signed with it can move the payments of no other college. */
  readonly colleges: readonly string[];
  /** Whether messages without a signed time are taken: some senders know none. A copy of such a message is then known only by its words. */
  readonly allowsNoTime: boolean;
}

/** The provider keys of tier 1. They stand in a file of their own and never in the database, so that no backup of the books has them. */
export interface WebhookSecrets {
  of(provider: string): Promise<readonly WebhookSecret[]>;
  all(): Promise<readonly WebhookSecret[]>;
  /** Stands beside the earlier ones until they are removed, so that the sender can be moved over without a message lost. @throws MunimError INPUT_INVALID */
  add(given: Omit<WebhookSecret, 'id'>): Promise<Id>;
  /** @returns whether it was there */
  remove(id: Id): Promise<boolean>;
}
