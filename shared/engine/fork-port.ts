import { type ForkOptions, fork, type Serializable } from 'node:child_process';
import type { ProcessPort } from '../ports/process-port.ts';

/**
 * A Node child process as a ProcessPort; messages are structured clones, so bigint and bytes survive. `kill` is SIGKILL:
 * a process that spins inside WebAssembly hears nothing softer.
 */
export function forkPort(modulePath: string, args: readonly string[] = [], options: ForkOptions = {}): ProcessPort {
  const child = fork(modulePath, args, { ...options, serialization: 'advanced' });
  return {
    post: (message) => {
      // A child that has just died cannot take it; its exit is reported by onExit, so the failure is not an event here.
      if (child.connected) child.send(message as Serializable, () => {});
    },
    onMessage: (listener) => {
      child.on('message', listener);
    },
    onExit: (listener) => {
      let told = false;
      const tell = (code: number | null): void => {
        if (!told) listener(code);
        told = true;
      };
      child.on('exit', tell);
      child.on('error', () => {
        if (child.pid === undefined) tell(null); // it could not even be started
      });
    },
    kill: () => {
      child.kill('SIGKILL');
    },
  };
}

/** The parent as seen by a forked child: the other end of `forkPort`. */
export function postToParent(message: unknown): void {
  process.send?.(message);
}
