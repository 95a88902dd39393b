import { readFile } from 'node:fs/promises';
import type { FastifyInstance } from 'fastify';
import { limits } from '../../shared/kernel/limits.ts';
import { SYNC_PROTOCOL_VERSION } from '../../shared/sync/messages.ts';
import { type App, buildApp } from '../http/app.ts';
import { buildMetricsApp } from '../http/metrics-app.ts';
import type { ServerConfig } from '../main/config.ts';
import { WebhookWorker } from '../services/apply-webhooks.ts';
import type { Log } from '../services/log.ts';
import { countParked } from '../services/parked-commands.ts';
import { keepReplaying, replayParked } from '../services/replay-parked.ts';
import { offerControl } from './control.ts';
import { type ContextOptions, closeContext, type OpenContext, openContext } from './open-context.ts';
import { programVersion } from './places.ts';

export interface RunningServer {
  /** `http(s)://HOST:PORT` */
  readonly url: string;
  /** `http://HOST:PORT` of the figures; null when they are not served. */
  readonly metricsUrl: string | null;
  /** Takes no more requests, finishes those under way, closes the database in order. */
  stop(): Promise<void>;
}

/** The whole server, listening. @throws MunimError ENGINE_…, or what the network or the TLS files refuse */
export async function startServer(options: ContextOptions): Promise<RunningServer> {
  const { config, log } = options;
  const tls = await readTls(config);
  const context = await openContext(options);
  try {
    await replayParked(context);
    const webhooks = new WebhookWorker(context);
    const onWebhook = (): void => webhooks.kick();
    const app = buildApp(context, { tls, behindProxy: config.behindProxy, vitals: context.upkeep, onWebhook });
    if (config.demo) {
      const { offerDemo } = await import('../demo/offer-demo.ts');
      await offerDemo(app.http, context, config.dataDir);
    }
    const address = await app.http.listen({ port: config.port, host: config.host });
    // Fastify does not know that its server speaks TLS.
    const url = tls ? address.replace(/^http:/, 'https:') : address;
    const figures = config.metrics && (await offerFigures(context, app));
    const metricsUrl = config.metrics && figures ? await figures.listen(config.metrics) : null;
    const control = await offerControl(context, config);
    const endReplaying = keepReplaying(context);
    webhooks.kick();
    return {
      url,
      metricsUrl,
      stop: () =>
        stopInOrder(log, [
          endReplaying,
          () => webhooks.end(),
          control.close,
          () => drain(app.http, context),
          async () => figures?.close(),
          () => closeContext(context),
        ]),
    };
  } catch (thrown) {
    await closeContext(context);
    throw thrown;
  }
}

/** Adds to the figures what is known only here, and makes the listener that tells them. */
async function offerFigures(context: OpenContext, app: App): Promise<FastifyInstance> {
  const { metrics, bus, upkeep, database } = context;
  const { hash } = await upkeep.schema();
  const protocol = String(SYNC_PROTOCOL_VERSION);
  metrics.build({ version: programVersion(), protocol, schema: hash.slice(0, 12), database: database.kind });
  metrics.gauge('munim_sockets', 'Desks that are told of changes over a socket.', () => app.sockets.size);
  metrics.gauge('munim_bus_degraded', '1 while other processes do not hear of what is done here.', () =>
    bus.state() === 'degraded' ? 1 : 0,
  );
  metrics.gauge('munim_commands_parked', 'Commands in the books that wait for a server that knows them.', () =>
    countParked(context),
  );
  metrics.gauge('munim_disk_free_bytes', 'Room in the data folder.', () => upkeep.freeBytes());
  metrics.watchProcess();
  return buildMetricsApp(context);
}

/** Lets what is under way end; a caller who never does is cut off, or he would keep the books open for ever. */
async function drain(http: FastifyInstance, { clock, log }: OpenContext): Promise<void> {
  const cancel = clock.after(limits.server.drainMs, () => {
    log.warn('callers who did not end were cut off');
    http.server.closeAllConnections();
  });
  try {
    await http.close();
  } finally {
    cancel();
  }
}

async function readTls(config: ServerConfig): Promise<{ cert: Buffer; key: Buffer } | undefined> {
  if (!config.tls) return undefined;
  return { cert: await readFile(config.tls.certFile), key: await readFile(config.tls.keyFile) };
}

/** One step that fails must not keep the database from being closed. */
async function stopInOrder(log: Log, steps: readonly (() => Promise<unknown>)[]): Promise<void> {
  for (const step of steps) {
    try {
      await step();
    } catch (thrown) {
      log.error('stopping', thrown);
    }
  }
}
