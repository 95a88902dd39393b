import { WebSocket } from 'ws';
import { createClient, type DeskClient } from '../../shared/ipc/client.ts';
import type { LoopbackFrame, Reply } from '../../shared/ipc/transport.ts';
import { canonicalText, type Plain, parseCanonical } from '../../shared/kernel/canonical.ts';

/** A second pair of eyes on a desk: asks it through the same typed contract as its window, for figures exact to the paisa. */
export async function askDesk<T>(address: string, ask: (client: DeskClient) => Promise<T>): Promise<T> {
  const { origin, hash } = new URL(address);
  const token = new URLSearchParams(hash.slice(1)).get('token') ?? '';
  const socket = new WebSocket(`${origin.replace('http', 'ws')}/socket`, ['munim', token], { origin });
  const waiting = new Map<number, (reply: Reply) => void>();
  let last = 0;
  socket.on('message', (bytes) => {
    const frame = parseCanonical(String(bytes)) as unknown as LoopbackFrame;
    if (frame.kind === 'reply') waiting.get(frame.id)?.(frame.reply);
  });
  await new Promise((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  const client = createClient({
    invoke: (channel, input) =>
      new Promise((resolve) => {
        last += 1;
        waiting.set(last, resolve);
        socket.send(canonicalText({ kind: 'invoke', id: last, channel, input: input as Plain }));
      }),
    on: () => () => undefined,
  });
  try {
    return await ask(client);
  } finally {
    socket.terminate();
  }
}
