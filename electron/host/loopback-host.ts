import { createHash, timingSafeEqual } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import { z } from 'zod';
import type { LoopbackFrame } from '../../shared/ipc/transport.ts';
import { canonicalText, type Plain, parseCanonical } from '../../shared/kernel/canonical.ts';
import { toHex } from '../../shared/kernel/ids.ts';
import { limits } from '../../shared/kernel/limits.ts';
import { systemRandom } from '../../shared/ports/random.ts';
import { answerCall, type FaultLog } from './answer-call.ts';
import { contentHeaders } from './content-policy.ts';
import type { Desk } from './desk.ts';
import { resolveServed } from './served-files.ts';

/** Found by the check of the packaged desk, which must not contain this host. */
export const LOOPBACK_MARKER = 'munim-loopback-host-5f1c';
/** First of the two subprotocols a page offers; the second is the token. A browser lets a page set no other header. */
const SUBPROTOCOL = 'munim';
const SOCKET_PATH = '/socket';
const CONNECTIONS_MAX = 16;

export interface LoopbackOptions {
  readonly desk: Desk;
  /** Absolute folder of the renderer built for the loopback host. */
  readonly rendererDir: string;
  /** 0 or absent: any free port. */
  readonly port?: number;
  readonly log: FaultLog;
}

export interface LoopbackHost {
  /** What to open: it carries the token in the fragment, which a browser sends to nobody. */
  readonly url: string;
  readonly origin: string;
  readonly token: string;
  close(): Promise<void>;
}

/**
 * Serves the desk to a browser of the same machine, where Electron is not to be had: in tests and in trial use. Bound to 127.0.0.1;
 * calls need the token of this run. The Host header is checked, so that a foreign name made to point at 127.0.0.1 reads nothing,
 * and the Origin, so that no other page of the same browser can connect.
 */
export async function startLoopbackHost(options: LoopbackOptions): Promise<LoopbackHost> {
  const token = toHex(systemRandom.bytes(32));
  const server = createServer({ requestTimeout: 10_000 });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const origin = originOf(server);
  const host = new URL(origin).host;
  const headers = { ...contentHeaders([`ws://${host}`]), Server: LOOPBACK_MARKER };

  server.on('request', (request, response) => {
    void answerPage(options.rendererDir, host, headers, request, response);
  });
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: limits.ipc.messageBytesMax,
    perMessageDeflate: false,
    handleProtocols: () => SUBPROTOCOL,
  });
  server.on('upgrade', (request, socket, head) => {
    const status = checkUpgrade(request, { host, origin, token, connections: sockets.clients.size });
    if (status !== null) return refuseUpgrade(socket, status);
    sockets.handleUpgrade(request, socket, head, (opened) => serveSocket(opened, options));
  });
  const stopEvents = options.desk.onEvent((event) => {
    const text = frameText({ kind: 'event', event });
    for (const socket of sockets.clients) socket.send(text);
  });
  return {
    url: `${origin}/#token=${token}`,
    origin,
    token,
    close: async () => {
      stopEvents();
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function originOf(server: Server): string {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The loopback host has no port.');
  return `http://127.0.0.1:${address.port}`;
}

async function answerPage(
  root: string,
  host: string,
  headers: Record<string, string>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const end = (status: number, body: string | Buffer, extra: Record<string, string> = {}): void => {
    response.writeHead(status, { ...headers, 'Content-Type': 'text/plain; charset=utf-8', ...extra });
    response.end(request.method === 'HEAD' ? undefined : body);
  };
  if (request.headers.host !== host) return end(421, 'Wrong host.');
  if (request.method !== 'GET' && request.method !== 'HEAD') return end(405, 'Only GET.', { Allow: 'GET, HEAD' });
  const pathname = (request.url ?? '/').split(/[?#]/, 1)[0] ?? '/';
  const file = resolveServed(root, pathname);
  if (file === null) return end(404, 'Not found.');
  try {
    end(200, await readFile(file.path), { 'Content-Type': file.mime });
  } catch {
    end(404, 'Not found.');
  }
}

interface UpgradeFacts {
  readonly host: string;
  readonly origin: string;
  readonly token: string;
  readonly connections: number;
}

/** @returns the HTTP status to refuse with, or null */
function checkUpgrade(request: IncomingMessage, facts: UpgradeFacts): number | null {
  if (request.headers.host !== facts.host) return 421;
  if (request.headers.origin !== facts.origin) return 403;
  if (request.url !== SOCKET_PATH) return 404;
  const [protocol, offered, ...more] = (request.headers['sec-websocket-protocol'] ?? '').split(/\s*,\s*/);
  if (protocol !== SUBPROTOCOL || offered === undefined || more.length > 0) return 401;
  if (!sameSecret(offered, facts.token)) return 401;
  return facts.connections >= CONNECTIONS_MAX ? 503 : null;
}

/** Compares digests, so that neither length nor time says anything about the token. */
function sameSecret(one: string, other: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}

function refuseUpgrade(socket: Duplex, status: number): void {
  socket.end(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

const invokeFrame = z.strictObject({
  kind: z.literal('invoke'),
  id: z.int().nonnegative(),
  channel: z.string(),
  input: z.unknown(),
});

function serveSocket(socket: WebSocket, options: LoopbackOptions): void {
  // ws reports what a peer did wrong (a frame that is too large, bad UTF-8) here and has closed the connection by then.
  socket.on('error', (problem) => options.log('socket', problem));
  socket.on('message', (data, isBinary) => {
    const frame = isBinary ? null : readFrame(data);
    if (frame === null) return socket.close(1008, 'not a call');
    void answerCall(options.desk, frame, options.log).then((reply) => {
      socket.send(replyText(frame.id, reply, options.log));
    });
  });
}

function readFrame(data: RawData): z.infer<typeof invokeFrame> | null {
  try {
    const read = invokeFrame.safeParse(parseCanonical(String(data)));
    return read.success ? read.data : null;
  } catch {
    return null;
  }
}

const frameText = (frame: LoopbackFrame): string => canonicalText(frame as unknown as Plain);

/** An answer that has no exact text (a float, a function) is a fault of the desk, not a reason to leave the caller waiting. */
function replyText(id: number, reply: Awaited<ReturnType<Desk['invoke']>>, log: FaultLog): string {
  try {
    return frameText({ kind: 'reply', id, reply });
  } catch (problem) {
    const ref = toHex(systemRandom.bytes(6));
    log(ref, problem);
    return frameText({ kind: 'reply', id, reply: { ok: false, code: 'INTERNAL', details: {}, ref } });
  }
}
