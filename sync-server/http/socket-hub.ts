import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import { canonicalText, parseCanonical } from '../../shared/kernel/canonical.ts';
import type { Id } from '../../shared/kernel/ids.ts';
import { limits } from '../../shared/kernel/limits.ts';
import { minReader, SOCKET_PATH, zSocketHello } from '../../shared/sync/messages.ts';
import type { CollegeMoved, News } from '../ports/bus.ts';
import { deviceOfRequest, usableDevice } from '../services/authenticate.ts';
import type { ServerContext } from '../services/context.ts';

/** Close codes: 4401 no good token in time, 4403 device taken out of use, 1001 server stops (RFC 6455 section 7.4.1). */
const closeCode = { unauthorised: 4401, revoked: 4403, goingAway: 1001 } as const;

interface Listener {
  readonly socket: WebSocket;
  readonly deviceId: Id;
  readonly collegeIds: ReadonlySet<Id>;
  alive: boolean;
}

/**
 * The sockets over which desks are told that a college moved. A socket says nothing but pokes; a desk that misses one finds out with
 * its next pull.
 */
export class SocketHub {
  readonly #context: ServerContext;
  readonly #server: WebSocketServer;
  readonly #listeners = new Set<Listener>();
  readonly #unsubscribe: () => void;
  #cancelPing: () => void = () => {};

  constructor(context: ServerContext, http: Server) {
    this.#context = context;
    this.#server = new WebSocketServer({
      noServer: true,
      maxPayload: limits.server.socketMessageBytesMax,
      perMessageDeflate: false,
    });
    http.on('upgrade', (request, socket, head) => this.#upgrade(request, socket, head));
    this.#unsubscribe = context.bus.subscribe((news) => this.#hear(news));
    this.#pingLater();
  }

  get size(): number {
    return this.#listeners.size;
  }

  #hear(news: News): void {
    if ('revoked' in news) this.#dropDevice(news.revoked);
    else this.#poke(news);
  }

  #dropDevice(deviceId: Id): void {
    for (const listener of this.#listeners) {
      if (listener.deviceId === deviceId) listener.socket.close(closeCode.revoked);
    }
  }

  close(): void {
    this.#unsubscribe();
    this.#cancelPing();
    for (const socket of this.#server.clients) socket.close(closeCode.goingAway);
    this.#context.clock.after(1_000, () => {
      for (const socket of this.#server.clients) socket.terminate();
    });
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    if (request.url !== SOCKET_PATH) {
      socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    this.#server.handleUpgrade(request, socket, head, (opened) => this.#greet(opened));
  }

  #greet(socket: WebSocket): void {
    const cancel = this.#context.clock.after(limits.server.helloMs, () => socket.close(closeCode.unauthorised));
    socket.on('error', () => socket.terminate());
    socket.on('close', cancel);
    socket.once('message', (data, isBinary) => {
      cancel();
      void this.#admit(socket, isBinary ? '' : textOf(data)).catch((thrown: unknown) => {
        this.#context.log.error('socket failed', thrown);
        socket.close(1011);
      });
    });
  }

  async #admit(socket: WebSocket, text: string): Promise<void> {
    const { token, signature } = helloOf(text);
    const proven = { method: 'GET', path: SOCKET_PATH, body: '', token, signature };
    const device = await deviceOfRequest(this.#context, proven);
    if (!device.ok) {
      const code = device.error.code === 'AUTH_DEVICE_REVOKED' ? closeCode.revoked : closeCode.unauthorised;
      socket.close(code, device.error.code);
      return;
    }
    const { id, collegeIds } = device.value;
    const open = [...this.#listeners].filter((one) => one.deviceId === id);
    for (const oldest of open.slice(0, Math.max(0, open.length + 1 - limits.server.socketsPerDeviceMax))) {
      oldest.socket.close(closeCode.goingAway);
    }
    const listener: Listener = { socket, deviceId: id, collegeIds: new Set(collegeIds), alive: true };
    this.#listeners.add(listener);
    socket.on('close', () => this.#listeners.delete(listener));
    socket.on('pong', () => {
      listener.alive = true;
    });
    if (socket.readyState !== socket.OPEN) this.#listeners.delete(listener);
  }

  #poke({ collegeId, version }: CollegeMoved): void {
    const text = canonicalText({ kind: 'poke', collegeId, minReader: minReader.poke, version });
    for (const { socket, collegeIds } of this.#listeners) if (collegeIds.has(collegeId)) socket.send(text);
  }

  #pingLater(): void {
    this.#cancelPing = this.#context.clock.after(limits.server.pingMs, () => {
      for (const listener of this.#listeners) this.#ping(listener);
      this.#pingLater();
    });
  }

  /** A line that is dead shows itself by a pong that does not come; a device revoked elsewhere is found here. */
  #ping(listener: Listener): void {
    if (!listener.alive) {
      listener.socket.terminate();
      return;
    }
    listener.alive = false;
    listener.socket.ping();
    usableDevice(this.#context, listener.deviceId).then(
      (device) => {
        if (!device.ok) listener.socket.close(closeCode.revoked);
      },
      (thrown: unknown) => this.#context.log.error('device of a socket could not be checked', thrown),
    );
  }
}

const textOf = (data: RawData): string =>
  (Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data as Buffer)).toString('utf8');

function helloOf(text: string): { readonly token?: string; readonly signature?: string } {
  try {
    return zSocketHello.safeParse(parseCanonical(text)).data ?? {};
  } catch {
    return {};
  }
}
