import { postToParent } from '../../shared/engine/fork-port.ts';
import { startHeartbeat } from '../../shared/engine/heartbeat.ts';
import { limits } from '../../shared/kernel/limits.ts';
import { systemClock } from '../../shared/ports/clock.ts';
import { startServer } from '../composition/start-server.ts';
import { lineLog } from '../services/log.ts';
import type { ServerConfig } from './config.ts';
import { stopMessage, tellFatal } from './family.ts';
import { wordsOf } from './words-of.ts';

/** Ended because the database could not be trusted any more; the parent starts anew. */
const poisonedExit = 70;

/**
 * Serves until told to stop (SIGTERM, SIGINT, the parent's word, or the parent's end). `listening URL` on standard output says that
 * requests are taken.
 */
export async function serve(config: ServerConfig): Promise<void> {
  const log = lineLog(config.logLevel, systemClock.now, (line) => process.stderr.write(line));
  const running = startServer({
    config,
    log,
    onPoison: (reason) => {
      log.error('database poisoned', new Error(reason));
      process.exit(poisonedExit);
    },
  });
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    // A step of the ending that hangs must not keep the process for ever.
    systemClock.after(limits.server.stopGraceMs, () => process.exit(1));
    running
      .then((server) => server.stop())
      .then(
        () => process.exit(0),
        () => process.exit(1),
      );
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, stop);
  process.on('message', (message) => {
    if (message === stopMessage) stop();
  });
  process.on('disconnect', stop);
  try {
    const server = await running;
    log.info('listening', { url: server.url, database: config.databaseUrl === null ? 'embedded' : 'postgres' });
    process.stdout.write(`listening ${server.url}\n`);
    startHeartbeat(postToParent);
  } catch (thrown) {
    log.error('start', thrown);
    tellFatal(wordsOf(thrown));
    process.exit(1);
  }
}
