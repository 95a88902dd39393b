import type { HostEvent, HostTransport, LoopbackFrame, Reply } from '../../shared/ipc/transport.ts';
import { canonicalText, type Plain, parseCanonical } from '../../shared/kernel/canonical.ts';

const TOKEN_KEY = 'munim-loopback-token';
const RECONNECT_MIN_MS = 250;
const RECONNECT_MAX_MS = 8_000;

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
 * when it broke answer HOST_GONE, since nobody knows whether they were done. Listeners hear of both as `ledger` events, because
 * changes may have been missed meanwhile.
 */
export function loopbackTransport(address: string, token: string): HostTransport {
  const waiting = new Map<number, { settle: (reply: Reply) => void; sent: boolean; text: string }>();
  const listeners = new Set<(event: HostEvent) => void>();
  let nextId = 0;
  let socket: WebSocket | null = null;
  let backoffMs = RECONNECT_MIN_MS;
  let wasOpen = false;

  const tell = (event: HostEvent): void => {
    for (const listener of listeners) listener(event);
  };

  const connect = (): void => {
    const opening = new WebSocket(address, ['munim', token]);
    opening.addEventListener('open', () => {
      socket = opening;
      backoffMs = RECONNECT_MIN_MS;
      for (const call of waiting.values()) {
        call.sent = true;
        opening.send(call.text);
      }
      if (wasOpen) tell({ name: 'ledger', data: { state: 'ready' } });
      wasOpen = true;
    });
    opening.addEventListener('message', (message) => receive(String(message.data)));
    opening.addEventListener('close', () => {
      if (socket === opening) {
        socket = null;
        tell({ name: 'ledger', data: { state: 'restarting' } });
        for (const [id, call] of [...waiting]) {
          if (!call.sent) continue;
          waiting.delete(id);
          call.settle({ ok: false, code: 'HOST_GONE', details: {}, ref: '' });
        }
      }
      setTimeout(connect, backoffMs);
      backoffMs = Math.min(RECONNECT_MAX_MS, backoffMs * 2);
    });
  };

  const receive = (text: string): void => {
    const frame = parseCanonical(text) as unknown as LoopbackFrame;
    if (frame.kind === 'reply') {
      waiting.get(frame.id)?.settle(frame.reply);
      waiting.delete(frame.id);
    } else if (frame.kind === 'event') {
      tell(frame.event);
    }
  };

  connect();
  return {
    invoke: (channel, input) =>
      new Promise((settle) => {
        const id = nextId++;
        const frame: LoopbackFrame = { kind: 'invoke', id, channel, input };
        const text = canonicalText(frame as unknown as Plain);
        waiting.set(id, { settle, sent: socket !== null, text });
        socket?.send(text);
      }),
    on: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
