import { type Pace, pacedClock } from '../../shared/ports/paced-clock.ts';
import { type RunningServer, startServer } from '../../sync-server/composition/start-server.ts';
import { readConfig } from '../../sync-server/main/config.ts';
import { lineLog } from '../../sync-server/services/log.ts';
import { serveMachine } from './machine.ts';

/** The whole sync-server over embedded books, with a clock that goes faster. */
export interface ServerSetup {
  readonly environment: Readonly<Record<string, string>>;
  readonly pace: Pace;
}

let running: RunningServer | null = null;

serveMachine({
  start: async ({ environment, pace }: ServerSetup) => {
    const config = readConfig(environment);
    if (!config.ok) throw new Error(config.error);
    const clock = pacedClock(pace);
    running = await startServer({
      config: config.value,
      clock,
      log: lineLog(config.value.logLevel, clock.now, (line) => process.stderr.write(line)),
      onPoison: (reason) => {
        process.stderr.write(`the server's database is poisoned: ${reason}\n`);
        process.exit(70);
      },
    });
    return running.url;
  },
  stop: async () => {
    await running?.stop();
  },
});
