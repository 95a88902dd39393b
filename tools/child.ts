import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { projectRoot } from './run.ts';

/** More than the server gives itself to finish what it is doing. */
const STOP_MAX_MS = 30_000;

/** A program that runs beside this one until it is stopped. */
export interface Child {
  /** Resolves with the exit code when it has ended, for whatever reason. */
  readonly ended: Promise<number | null>;
  /** Asks it to end, and after half a minute ends it. */
  stop(): Promise<void>;
}

export function startChild(
  command: string,
  args: readonly string[],
  options: SpawnOptions = {},
): Child & { process: ChildProcess } {
  const child = spawn(command, args, { cwd: projectRoot, stdio: 'inherit', ...options });
  const ended = new Promise<number | null>((resolve) => {
    child.once('exit', (code) => resolve(code));
    child.once('error', () => resolve(null));
  });
  const stop = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGTERM');
    const hard = setTimeout(() => child.kill('SIGKILL'), STOP_MAX_MS);
    await ended;
    clearTimeout(hard);
  };
  return { process: child, ended, stop };
}

/**
 * Starts a program and waits for the line by which it says that it is ready; its other lines go to our output.
 * @returns what the pattern's first group matched
 * @throws Error when it ends before, or stays silent for too long
 */
export async function startUntilReady(
  name: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  ready: { readonly line: RegExp; readonly timeoutMs: number },
): Promise<Child & { readonly matched: string }> {
  const child = startChild(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const output = child.process.stdout;
  if (output === null) throw new Error(`${name} has no output`);
  const matched = await new Promise<string>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`${name} did not get ready`)), ready.timeoutMs);
    createInterface({ input: output }).on('line', (line) => {
      const match = ready.line.exec(line)?.[1];
      if (match === undefined) console.log(`[${name}] ${line}`);
      else {
        clearTimeout(timer);
        resolve(match);
      }
    });
    void child.ended.then((code) => {
      clearTimeout(timer);
      reject(new Error(`${name} ended with code ${code} while it was starting (see above)`));
    });
  }).catch(async (problem: unknown) => {
    await child.stop();
    throw problem;
  });
  return { matched, ended: child.ended, stop: child.stop };
}
