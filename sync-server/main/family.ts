import { z } from 'zod';
import { forkPort, postToParent } from '../../shared/engine/fork-port.ts';
import { Supervisor } from '../../shared/engine/supervisor.ts';
import { limits } from '../../shared/kernel/limits.ts';

/** Between the process that serves and the small parent that starts it again when its database had to be given up. */
export const childMark = 'MUNIM_SERVER_CHILD';
export const stopMessage = 'stop';
const zFatal = z.strictObject({ munimFatal: z.string() });

/** Child: this start failed for a reason that another start would meet too (wrong setting, books open elsewhere). */
export function tellFatal(words: string): void {
  if (process.connected) postToParent({ munimFatal: words });
  else process.stderr.write(`${words}\n`);
}

/** Parent: runs `modulePath` again and again until it is told to stop. Resolves with the exit status. */
export function watchOver(modulePath: string): Promise<number> {
  return new Promise((resolve) => {
    let status = 0;
    const supervisor = new Supervisor({
      spawn: () => {
        const port = forkPort(modulePath, [], { env: { ...process.env, [childMark]: '1' } });
        post = (message) => port.post(message);
        return port;
      },
      onMessage: (message) => {
        const fatal = zFatal.safeParse(message);
        if (!fatal.success) return;
        process.stderr.write(`${fatal.data.munimFatal}\n`);
        end(1);
      },
      onState: (state) => {
        if (state.kind === 'gaveUp') resolve(1);
      },
    });
    let post: (message: unknown) => void = () => {};
    const end = (with_: number): void => {
      status = Math.max(status, with_);
      post(stopMessage);
      void supervisor.stop(limits.server.stopGraceMs).then(() => resolve(status));
    };
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => end(0));
    supervisor.start();
  });
}
