import { readFile } from 'node:fs/promises';
import { buildApp } from '../http/app.ts';
import type { ServerConfig } from '../main/config.ts';
import type { Log } from '../services/log.ts';
import { offerControl } from './control.ts';
import { type ContextOptions, openContext } from './open-context.ts';

export interface RunningServer {
  /** `http(s)://HOST:PORT` */
  readonly url: string;
  /** Takes no more requests, finishes those under way, closes the database in order. */
  stop(): Promise<void>;
}

/** The whole server, listening. @throws MunimError ENGINE_…, or what the network or the TLS files refuse */
export async function startServer(options: ContextOptions): Promise<RunningServer> {
  const { config, log } = options;
  const tls = await readTls(config);
  const context = await openContext(options);
  try {
    const app = buildApp(context, { tls, behindProxy: config.behindProxy });
    if (config.demo) {
      const { offerDemo } = await import('../demo/offer-demo.ts');
      await offerDemo(app.http, context, config.dataDir);
    }
    const url = await app.http.listen({ port: config.port, host: config.host });
    const control = await offerControl(context, app.sockets, config.dataDir);
    return {
      url,
      stop: () => stopInOrder(log, [control.close, () => app.http.close(), () => context.database.close()]),
    };
  } catch (thrown) {
    await context.database.close();
    throw thrown;
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
