import { connect, createServer, type Server, type Socket } from 'node:net';
import type { SeededRandom } from '../../shared/testing/seeded-random.ts';

/**
 * What stands between desks and several servers: it gives every connection to one of them, to another when that one does not answer,
 * and while `cuts` is set it breaks connections off in both directions after a random number of bytes.
 */
export class CuttingProxy {
  /** Where new connections go. */
  ports: readonly number[];
  readonly #random: SeededRandom;
  readonly #server: Server;
  readonly #open = new Set<Socket>();
  cuts = false;
  /** Connections that were broken off so far. */
  broken = 0;

  constructor(ports: readonly number[], random: SeededRandom) {
    this.ports = ports;
    this.#random = random;
    this.#server = createServer((desk) => void this.#serve(desk));
  }

  /** @returns the address desks connect to */
  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('the proxy has no port');
    return `http://127.0.0.1:${address.port}`;
  }

  /** Ends the connections that are open now, so that what follows goes over new ones. */
  breakAll(): void {
    for (const socket of this.#open) socket.destroy();
  }

  async close(): Promise<void> {
    this.breakAll();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #serve(desk: Socket): Promise<void> {
    this.#keep(desk);
    const server = await this.#reach();
    if (server === null) {
      desk.destroy();
      return;
    }
    this.#keep(server);
    // Of two connections one is cut, anywhere from its first byte to far into a long message; or nothing long would ever get through.
    const isCut = this.cuts && this.#random.below(2) === 0;
    let left = isCut ? this.#random.below(2 ** (4 + this.#random.below(14))) : Number.POSITIVE_INFINITY;
    const pass = (from: Socket, to: Socket): void => {
      from.on('data', (bytes) => {
        if (to.destroyed) return;
        to.write(bytes.subarray(0, Math.min(left, bytes.length)));
        left -= bytes.length;
        if (left > 0) return;
        this.broken += 1;
        // What was passed on so far arrives; what comes after it does not.
        to.end();
        from.destroy();
      });
      from.on('close', () => to.destroy());
    };
    pass(desk, server);
    pass(server, desk);
  }

  async #reach(): Promise<Socket | null> {
    const first = this.#random.below(this.ports.length);
    for (const [index] of this.ports.entries()) {
      const port = this.ports[(first + index) % this.ports.length];
      const socket = port === undefined ? null : await dial(port);
      if (socket !== null) return socket;
    }
    return null;
  }

  #keep(socket: Socket): void {
    this.#open.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => this.#open.delete(socket));
  }
}

const dial = (port: number): Promise<Socket | null> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(socket));
    socket.once('error', () => resolve(null));
  });
