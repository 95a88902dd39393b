import type { HostEvent, HostTransport, LoopbackFrame, Reply } from '../../shared/ipc/transport.ts';
import { canonicalText, type Plain, parseCanonical } from '../../shared/kernel/canonical.ts';

const TOKEN_KEY = 'munim-loopback-token';
const RECONNECT_MS = 500;

/** The token comes in the fragment of the first address; it is kept for reloads of this tab and taken out of sight. */
export function takeToken(): string | null {
  const given = new URLSearchParams(window.location.hash.slice(1)).get('token');
  if (given !== null) {
    window.sessionStorage.setItem(TOKEN_KEY, given);
    window.history.replaceState(null, '', window.location.pathname + window.location.search);
  }
  return given ?? window.sessionStorage.getItem(TOKEN_KEY);
}

/**
 * The contract over a WebSocket to the loopback host. Calls made while the connection is away wait for it; calls that were under way
 * when it broke answer HOST_GONE, since nobody knows whether they were done.
 */
export function loopbackTransport(address: string, token: string): HostTransport {
  const waiting = new Map<number, (reply: Reply) => void>();
  const queue: string[] = [];
  const listeners = new Set<(event: HostEvent) => void>();
  let nextId = 0;
  let socket: WebSocket | null = null;

  const connect = (): void => {
    const opening = new WebSocket(address, ['munim', token]);
    opening.addEventListener('open', () => {
      socket = opening;
      for (const text of queue.splice(0)) opening.send(text);
    });
    opening.addEventListener('message', (message) => receive(String(message.data)));
    opening.addEventListener('close', () => {
      if (socket === opening) {
        socket = null;
        for (const [id, settle] of [...waiting]) {
          waiting.delete(id);
          settle({ ok: false, code: 'HOST_GONE', details: {}, ref: '' });
        }
      }
      setTimeout(connect, RECONNECT_MS);
    });
  };

  const receive = (text: string): void => {
    const frame = parseCanonical(text) as unknown as LoopbackFrame;
    if (frame.kind === 'reply') {
      waiting.get(frame.id)?.(frame.reply);
      waiting.delete(frame.id);
    } else if (frame.kind === 'event') {
      for (const listener of listeners) listener(frame.event);
    }
  };

  connect();
  return {
    invoke: (channel, input) =>
      new Promise((resolve) => {
        const id = nextId++;
        const frame: LoopbackFrame = { kind: 'invoke', id, channel, input };
        const text = canonicalText(frame as unknown as Plain);
        waiting.set(id, resolve);
        if (socket === null) queue.push(text);
        else socket.send(text);
      }),
    on: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
