import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Db } from '../../shared/db/tables.ts';

/** Bounds of the histograms in seconds: a pull of nothing takes a few milliseconds, a first import of an office tens of seconds. */
const secondsBuckets = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** The figures of one server process for Prometheus. Names and labels hold ids of nobody: routes, codes of the catalogue, versions. */
export class Metrics {
  readonly #registry = new Registry();
  readonly requestSeconds = new Histogram({
    name: 'munim_http_request_seconds',
    help: 'Time from the head of a request to the end of its answer; /sync/push and /sync/pull are the two directions of sync.',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: secondsBuckets,
    registers: [this.#registry],
  });
  readonly requestsOpen = new Gauge({
    name: 'munim_http_requests_open',
    help: 'Requests being answered now.',
    registers: [this.#registry],
  });
  readonly commands = new Counter({
    name: 'munim_commands_total',
    help: 'Commands of desks by what became of them; code is that of the refusal.',
    labelNames: ['outcome', 'code'] as const,
    registers: [this.#registry],
  });
  readonly webhooks = new Counter({
    name: 'munim_webhooks_total',
    help: 'Messages of banks and gateways by what became of them: received, duplicate, applied, or the code of why not.',
    labelNames: ['provider', 'outcome'] as const,
    registers: [this.#registry],
  });
  readonly rowsSent = new Counter({
    name: 'munim_rows_sent_total',
    help: 'Rows and tombstones sent to desks.',
    registers: [this.#registry],
  });
  readonly busMessages = new Counter({
    name: 'munim_bus_messages_total',
    help: 'Hints told to other server processes and heard from them; 0 for ever where there is one process.',
    labelNames: ['direction'] as const,
    registers: [this.#registry],
  });
  readonly busConnects = new Counter({
    name: 'munim_bus_connects_total',
    help: 'Times the line to the other processes was taken up; more than one are reconnects.',
    registers: [this.#registry],
  });
  readonly busFailures = new Counter({
    name: 'munim_bus_failures_total',
    help: 'Times the line to the other processes was lost or could not be had.',
    registers: [this.#registry],
  });
  readonly transactionSeconds = new Histogram({
    name: 'munim_database_transaction_seconds',
    help: 'Time of a transaction, with the waiting for its turn or for a connection.',
    buckets: secondsBuckets,
    registers: [this.#registry],
  });
  readonly transactionsOpen = new Gauge({
    name: 'munim_database_transactions_open',
    help: 'Transactions under way or waiting for their turn; what lasts above the number of connections is a queue.',
    registers: [this.#registry],
  });

  /** A figure that is read when somebody asks; one that cannot be had is no number, and takes no other away. */
  gauge(name: string, help: string, read: () => number | Promise<number>): void {
    new Gauge({
      name,
      help,
      registers: [this.#registry],
      async collect() {
        try {
          this.set(await read());
        } catch {
          this.set(Number.NaN);
        }
      },
    });
  }

  /** Which versions run here, as labels of a figure that is always 1. */
  build(versions: Readonly<Record<string, string>>): void {
    const labelNames = Object.keys(versions);
    const info = new Gauge({
      name: 'munim_build_info',
      help: 'Versions of this process.',
      labelNames,
      registers: [this.#registry],
    });
    info.set(versions, 1);
  }

  /** From now on the process itself is watched too: memory, processor, lag of the event loop, collections of garbage. */
  watchProcess(): void {
    collectDefaultMetrics({ register: this.#registry });
  }

  /** The database with the time of each transaction taken. */
  timed(db: Db): Db {
    const transaction: Db['transaction'] = async (work, config) => {
      const end = this.transactionSeconds.startTimer();
      this.transactionsOpen.inc();
      try {
        return await db.transaction(work, config);
      } finally {
        this.transactionsOpen.dec();
        end();
      }
    };
    return new Proxy(db, {
      get: (target, name) => (name === 'transaction' ? transaction : Reflect.get(target, name)),
    });
  }

  /** Everything in the text format of Prometheus, with its content type. */
  async exposition(): Promise<{ readonly type: string; readonly text: string }> {
    return { type: this.#registry.contentType, text: await this.#registry.metrics() };
  }
}
