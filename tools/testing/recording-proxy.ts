import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { WebSocket, WebSocketServer } from 'ws';

const unpack = promisify(gunzip);

/** What went through: `POST /sync/push question`, its headers, and its body as it was before it was packed. */
export type RecordPiece = (place: string, bytes: Uint8Array) => void;

/** Stands between desks and a server, passes everything on, and tells what it was, the messages of sockets included. */
export class RecordingProxy {
  readonly #target: URL;
  readonly #record: RecordPiece;
  readonly #server: Server;
  readonly #sockets = new WebSocketServer({ noServer: true });
  readonly #open = new Set<WebSocket>();

  constructor(target: string, record: RecordPiece) {
    this.#target = new URL(target);
    this.#record = record;
    this.#server = createServer((asked, answer) => void this.#pass(asked, answer));
    this.#server.on('upgrade', (asked, socket, head) => {
      this.#sockets.handleUpgrade(asked, socket, head, (desk) => this.#join(desk, asked.url ?? '/'));
    });
  }

  /** @returns the address desks connect to */
  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('the proxy has no port');
    return `http://127.0.0.1:${address.port}`;
  }

  async close(): Promise<void> {
    for (const socket of this.#open) socket.terminate();
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #pass(asked: IncomingMessage, answer: ServerResponse): Promise<void> {
    const name = `${asked.method} ${asked.url}`;
    try {
      const body = await readAll(asked);
      await this.#tell(`${name} question`, asked.rawHeaders, asked.headers['content-encoding'], body);
      const { hostname, port } = this.#target;
      const { method, url: path, headers } = asked;
      const got = await new Promise<IncomingMessage>((resolve, reject) => {
        const passed = request({ hostname, port, method, path, headers: { ...headers, host: this.#target.host } });
        passed.on('response', resolve).on('error', reject).end(body);
      });
      const said = await readAll(got);
      await this.#tell(`${name} answer`, got.rawHeaders, got.headers['content-encoding'], said);
      answer.writeHead(got.statusCode ?? 502, got.headers).end(said);
    } catch {
      // The server is away: so is what stands before it.
      asked.socket.destroy();
    }
  }

  async #tell(place: string, headers: readonly string[], encoding: string | undefined, body: Buffer): Promise<void> {
    this.#record(`${place} headers`, Buffer.from(headers.join('\n')));
    this.#record(place, encoding === 'gzip' ? await unpack(body) : body);
  }

  #join(desk: WebSocket, path: string): void {
    const server = new WebSocket(`ws://${this.#target.host}${path}`);
    const waiting: string[] = [];
    for (const socket of [desk, server]) {
      this.#open.add(socket);
      socket.on('error', () => undefined);
    }
    desk.on('message', (data) => {
      this.#record(`socket ${path} question`, Buffer.from(String(data)));
      if (server.readyState === WebSocket.OPEN) server.send(String(data));
      else waiting.push(String(data));
    });
    server.on('open', () => {
      for (const text of waiting.splice(0)) server.send(text);
    });
    server.on('message', (data) => {
      this.#record(`socket ${path} answer`, Buffer.from(String(data)));
      desk.send(String(data));
    });
    desk.on('close', () => server.terminate());
    server.on('close', () => desk.terminate());
  }
}

async function readAll(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}
