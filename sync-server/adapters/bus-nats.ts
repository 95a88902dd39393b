import { DeliverPolicy, type JetStreamClient, type JsMsg, jetstream, StorageType } from '@nats-io/jetstream';
import { connect, type Msg, type NatsConnection, nanos } from '@nats-io/transport-node';
import { z } from 'zod';
import { canonicalText, type Plain, parseCanonical } from '../../shared/kernel/canonical.ts';
import { limits } from '../../shared/kernel/limits.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import type { Random } from '../../shared/ports/random.ts';
import { backoffMs } from '../../shared/sync/client/backoff.ts';
import { zId } from '../../shared/sync/command-args.ts';
import type { Bus, BusState, News, Tried } from '../ports/bus.ts';
import { localBus } from './bus-local.ts';
import { readNatsUrl } from './nats-url.ts';

export interface NatsBusOptions {
  /** As `readNatsUrl` has it. */
  readonly url: string;
  readonly clock: Clock;
  readonly random: Random;
  /** Told with the reason when the line is lost or cannot be had, and with null when it stands (again). */
  readonly onLine: (problem: unknown) => void;
  /** Counts what crosses the line; a try to sign in counts like a poke. */
  readonly onMessage?: (direction: 'published' | 'received') => void;
}

interface Line {
  readonly connection: NatsConnection;
  readonly client: JetStreamClient;
}

const stream = 'MUNIM_NEWS';
const subjects = 'munim.news.>';
const subjectOf = (news: News): string =>
  'revoked' in news ? `munim.news.revoked.${news.revoked}` : `munim.news.moved.${news.collegeId}`;

/** Not kept: a try counts when it is made, or not at all. */
const triesSubject = 'munim.tries';
const zTried = z.strictObject({
  from: z.string(),
  tried: z.union([
    z.strictObject({ tried: z.string().max(64), windowMs: z.int().positive() }),
    z.strictObject({ forgiven: z.string().max(64) }),
  ]),
});
const zMessage = z.strictObject({
  from: z.string(),
  news: z.union([z.strictObject({ collegeId: zId, version: z.int().nonnegative() }), z.strictObject({ revoked: zId })]),
});

/**
 * The bus of several processes, over NATS JetStream. The stream keeps the last word about each college and each device for a while, so
 * that a process whose line was cut hears what it missed. While the line is away the listeners of this process are told as ever, and
 * what the others should hear waits: only the newest word about each college.
 */
export class NatsBus implements Bus {
  readonly #options: NatsBusOptions;
  readonly #here = localBus();
  readonly #tryListeners = new Set<(tried: Tried) => void>();
  /** Tells our own words from those of the others. */
  readonly #name: string;
  readonly #waiting = new Map<string, News>();
  /** The version each college was last heard to have, because a new line repeats it. */
  readonly #heard = new Map<string, number>();
  readonly #firstTry = Promise.withResolvers<void>();
  readonly #ended: Promise<void>;
  #line: Line | null = null;
  #sending: Promise<void> | null = null;
  #closing = false;
  #wake: () => void = () => {};

  constructor(options: NatsBusOptions) {
    this.#options = options;
    this.#name = Buffer.from(options.random.bytes(12)).toString('base64url');
    this.#ended = this.#keepLine();
  }

  state(): BusState {
    return this.#line === null ? 'degraded' : 'shared';
  }

  subscribe(listener: (news: News) => void): () => void {
    return this.#here.subscribe(listener);
  }

  publish(news: News): void {
    this.#here.publish(news);
    const subject = subjectOf(news);
    const before = this.#waiting.get(subject);
    // Two requests may tell of their commits in the other order.
    if (before && 'version' in before && 'version' in news && before.version >= news.version) return;
    // At the end of the queue, or a busy college would keep the others waiting.
    this.#waiting.delete(subject);
    this.#waiting.set(subject, news);
    this.#send();
  }

  tellOthers(tried: Tried): void {
    const connection = this.#line?.connection;
    if (connection === undefined || connection.isClosed()) return;
    connection.publish(triesSubject, canonicalText({ from: this.#name, tried: { ...tried } } satisfies Plain));
    this.#options.onMessage?.('published');
  }

  hearOthers(listener: (tried: Tried) => void): () => void {
    this.#tryListeners.add(listener);
    return () => this.#tryListeners.delete(listener);
  }

  async close(): Promise<void> {
    this.#closing = true;
    this.#wake();
    if (this.#waiting.size > 0) await this.#firstTry.promise;
    await this.#sending;
    await this.#line?.connection.close();
    await this.#ended;
  }

  /** Takes the line up again and again, until the bus is closed. */
  async #keepLine(): Promise<void> {
    let failures = 0;
    do {
      try {
        await this.#holdLine(() => {
          failures = 0;
        });
      } catch (thrown) {
        failures += 1;
        if (!this.#closing) this.#options.onLine(thrown);
        this.#firstTry.resolve();
      }
      if (!this.#closing) await this.#pause(backoffMs(failures, this.#options.random));
    } while (!this.#closing);
  }

  /** Never ends well: it throws when the line is lost, or was not to be had. */
  async #holdLine(onStands: () => void): Promise<never> {
    const connection = await this.#connect();
    try {
      const client = jetstream(connection, { timeout: limits.server.natsTimeoutMs });
      await haveStream(client);
      const consumer = await client.consumers.get(stream, {
        deliver_policy: DeliverPolicy.LastPerSubject,
        filter_subjects: subjects,
      });
      connection.subscribe(triesSubject, { callback: (_problem, message) => this.#hearTry(message) });
      const messages = await consumer.consume({ abort_on_missing_resource: true });
      this.#line = { connection, client };
      onStands();
      this.#options.onLine(null);
      this.#send();
      this.#firstTry.resolve();
      for await (const message of messages) this.#hear(message);
      throw new Error('the line to NATS was cut');
    } finally {
      this.#line = null;
      await connection.close();
    }
  }

  #connect(): Promise<NatsConnection> {
    const read = readNatsUrl(this.#options.url);
    if (!read) throw new Error('not the address of a NATS server');
    return connect({
      servers: read.servers,
      ...read.login,
      ...(read.tls ? { tls: {} } : {}),
      name: 'munim sync-server',
      timeout: limits.server.natsTimeoutMs,
      pingInterval: limits.server.natsPingMs,
      // One place takes the line up again, and it makes sure of the stream too.
      reconnect: false,
    });
  }

  #send(): void {
    if (this.#sending === null && this.#line !== null && this.#waiting.size > 0)
      this.#sending = this.#sendAll(this.#line);
  }

  async #sendAll({ connection, client }: Line): Promise<void> {
    try {
      for (let [first] = this.#waiting; first !== undefined; [first] = this.#waiting) {
        const [subject, news] = first;
        await client.publish(subject, canonicalText({ from: this.#name, news: { ...news } } satisfies Plain));
        this.#options.onMessage?.('published');
        if (this.#waiting.get(subject) === news) this.#waiting.delete(subject);
      }
    } catch {
      // It stays in the queue; the new line sends it.
      await connection.close();
    } finally {
      this.#sending = null;
    }
  }

  #hear(message: JsMsg): void {
    const read = readAs(zMessage, message);
    if (!read || read.from === this.#name) return;
    this.#options.onMessage?.('received');
    const { news } = read;
    if ('version' in news) {
      if (this.#heard.get(news.collegeId) === news.version) return;
      this.#heard.set(news.collegeId, news.version);
    }
    this.#here.publish(news);
  }

  #hearTry(message: Msg): void {
    const read = readAs(zTried, message);
    if (!read || read.from === this.#name) return;
    this.#options.onMessage?.('received');
    for (const listener of this.#tryListeners) listener(read.tried);
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.#options.clock.after(ms, resolve);
      this.#wake = () => {
        cancel();
        resolve();
      };
    });
  }
}

/** A stream that stands already is taken as it is: whoever runs NATS may have given it replicas. */
async function haveStream(client: JetStreamClient): Promise<void> {
  const manager = await client.jetstreamManager();
  try {
    await manager.streams.info(stream);
  } catch {
    await manager.streams.add({
      name: stream,
      subjects: [subjects],
      storage: StorageType.Memory,
      max_msgs_per_subject: 1,
      max_age: nanos(limits.server.newsKeptMs),
    });
  }
}

/** Anybody with a login for the NATS server may write there; what is not ours is no news. */
function readAs<T>(schema: z.ZodType<T>, message: Pick<Msg, 'string'>): T | null {
  try {
    return schema.parse(parseCanonical(message.string()));
  } catch {
    return null;
  }
}
