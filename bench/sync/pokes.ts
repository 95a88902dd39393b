import { get } from 'node:http';
import { performance } from 'node:perf_hooks';
import { WebSocket } from 'ws';
import { parseCanonical } from '../../shared/kernel/canonical.ts';
import { SOCKET_PATH, zPoke } from '../../shared/sync/messages.ts';
import type { BenchServer } from './bench-server.ts';
import { Device } from './device.ts';

/** Many desks that wait for a word of the server. */
export interface Waiting {
  /** Runs `change` and waits until every desk has heard of it. @returns milliseconds from the start of the change, for each desk */
  heard(change: () => Promise<unknown>): Promise<readonly number[]>;
  close(): void;
}

/** Every desk hears each change once; what it hears before a change began is of an earlier one. */
function gather(count: number) {
  let hear: (at: number) => void = () => {};
  return {
    onWord: () => hear(performance.now()),
    heard: async (change: () => Promise<unknown>): Promise<readonly number[]> => {
      const times: number[] = [];
      const begun = performance.now();
      const all = new Promise<void>((resolve) => {
        hear = (at) => {
          times.push(at - begun);
          if (times.length === count) resolve();
        };
      });
      await Promise.all([change(), all]);
      hear = () => {};
      return times;
    },
  };
}

/** The sockets of enrolled desks. */
export async function ourDesks({ url, listeners }: BenchServer): Promise<Waiting> {
  const { onWord, heard } = gather(listeners.length);
  const sockets: WebSocket[] = [];
  for (const device of listeners) {
    const hello = await new Device(url, device).hello();
    const socket = new WebSocket(`${url.replace('http', 'ws')}${SOCKET_PATH}`, { perMessageDeflate: false });
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
    socket.on('message', (data) => {
      if (zPoke.safeParse(parseCanonical(String(data))).success) onWord();
    });
    socket.send(hello);
    sockets.push(socket);
  }
  // The server takes a socket only after it has looked at its token.
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  return { heard, close: () => sockets.forEach((socket) => void socket.terminate()) };
}

/** PouchDB's continuous feeds of changes, which is how its desks wait. */
export async function peerDesks(databaseUrl: string, count: number): Promise<Waiting> {
  const { onWord, heard } = gather(count);
  const requests = await Promise.all(
    Array.from(
      { length: count },
      () =>
        new Promise<{ destroy(): void }>((resolve, reject) => {
          const request = get(`${databaseUrl}/_changes?feed=continuous&since=now&heartbeat=60000`, (answer) => {
            answer.on('data', (piece) => {
              if (String(piece).includes('"seq"')) onWord();
            });
            answer.on('error', () => {});
          });
          request.on('error', reject);
          request.flushHeaders();
          request.on('socket', () => setTimeout(() => resolve(request), 500));
        }),
    ),
  );
  return { heard, close: () => requests.forEach((request) => void request.destroy()) };
}
