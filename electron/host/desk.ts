import type { HostEvent, Reply } from '../../shared/ipc/transport.ts';

/**
 * The desk as its carriers see it: Electron's IPC and the loopback host hand every call to one of these. It checks the input against
 * the contract itself and answers refusals as values; only a fault of its own throws.
 */
export interface Desk {
  invoke(channel: string, input: unknown): Promise<Reply>;
  /** @returns a function that stops listening */
  onEvent(listener: (event: HostEvent) => void): () => void;
  /** Ends the books process in order. What was acknowledged is on disk before this is called. */
  close(): Promise<void>;
}
