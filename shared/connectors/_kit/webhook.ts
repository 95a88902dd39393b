import type { PaymentNews } from '../../domain/payment-order/news.ts';
import type { Result } from '../../kernel/result.ts';
import type { ConnectorProblem } from './problem.ts';

/** What another system sends to our server unasked. Verifying reads the very bytes that came, before anything is parsed. */
export interface Webhook {
  /** Below the server's own address. */
  readonly path: string;
  /** The headers that `verify` reads, in small letters. Others are not kept: a sender may have put its secret into one. */
  readonly headers: readonly string[];
  /**
   * Compares in constant time, refuses what is older or younger than five minutes, then reads. Several keys stand beside each other while
   * one is being replaced. Problems: `auth` for a wrong signature or time, `contract` for what is signed but unreadable.
   */
  verify(
    raw: Uint8Array,
    headers: Readonly<Record<string, string | undefined>>,
    keys: readonly WebhookKey[],
    nowMs: number,
  ): Promise<Result<VerifiedEvent, ConnectorProblem>>;
}

/** What the sender signs with. */
export interface WebhookKey {
  readonly secret: string;
  /** Whether a message without a signed time is taken, as the contract's own form has none. */
  readonly allowsNoTime: boolean;
}

export interface VerifiedEvent {
  /** Names the event for ever; the same event delivered again has the same. */
  readonly eventId: string;
  /** When the sender says it happened; null where it does not say. */
  readonly occurredAt: number | null;
  readonly news: PaymentNews;
}
