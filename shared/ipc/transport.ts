import type { ErrorCode, ErrorDetails } from '../kernel/errors.ts';

/**
 * How the renderer reaches the desk. The contract does not know its carrier: Electron's IPC, a WebSocket on the loopback host and
 * an in-memory pair in tests all make one of these.
 */
export interface HostTransport {
  invoke(channel: string, input: unknown): Promise<Reply>;
  /** @returns a function that stops listening */
  on(listener: (event: HostEvent) => void): () => void;
}

/** Errors cross as values, because Electron forwards nothing of an exception but its message. `ref` finds it in the log. */
export type Reply =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly code: ErrorCode; readonly details: ErrorDetails; readonly ref: string };

export interface HostEvent {
  readonly name: string;
  readonly data: unknown;
}

/** The only two names that cross the Electron bridge. */
export const INVOKE_CHANNEL = 'munim:invoke';
export const EVENT_CHANNEL = 'munim:event';

/** Frames of the loopback host's WebSocket, written as canonical text (exact bigint, bytes as base64 strings by contract). */
export type LoopbackFrame =
  | { readonly kind: 'invoke'; readonly id: number; readonly channel: string; readonly input: unknown }
  | { readonly kind: 'reply'; readonly id: number; readonly reply: Reply }
  | { readonly kind: 'event'; readonly event: HostEvent };
