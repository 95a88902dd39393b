import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startDesk } from '../../electron/composition/desk.ts';
import { plainDeskOptions } from '../../electron/composition/headless.ts';
import { startLoopbackHost } from '../../electron/host/loopback-host.ts';
import type { EpochMs } from '../../shared/kernel/dates.ts';
import type { Pace } from '../../shared/ports/paced-clock.ts';
import type { SecretPrompt } from '../../shared/ports/secret-prompt.ts';
import { Machine } from '../../tools/payments-torture/machine.ts';
import { projectRoot } from '../../tools/run.ts';
import type { Sandbox, SandboxBank } from '../../tools/sandbox/sandbox.ts';
import type { RunningProcess } from './processes.ts';
import type { StartDesk, StartServer } from './system.ts';

/**
 * So many times as fast goes the time of this office, in which desks ask a bank again after a minute. Faster, and a busy machine would not do in time
 * what has to be done in time: a payment that was taken goes out within two minutes or not at all.
 */
const FACTOR = 6;

/** The time of the office, by a clock that shows this moment now. */
export const timeFrom = (at: EpochMs): Pace => {
  const now = Date.now();
  return { from: Math.round(now + (now - at) / (FACTOR - 1)), factor: FACTOR };
};

/** The person at a desk who is asked for secrets and files outside its window; here he has them all in a folder of the sandbox. */
export class Keeper implements SecretPrompt {
  readonly #sandbox: Sandbox;
  /** The bank whose certificate he chooses next. */
  bank = '';

  constructor(sandbox: Sandbox) {
    this.#sandbox = sandbox;
  }

  async chooseFiles(kind: 'certificate' | 'authority') {
    const { files } = this.of(this.bank).entry;
    const name = kind === 'authority' ? files.ca : files.pkcs12;
    return [{ name, bytes: new Uint8Array(readFileSync(name)) }];
  }

  async ask({ purpose }: Parameters<SecretPrompt['ask']>[0]) {
    const { secrets, passphrase } = this.of(this.bank).entry;
    return purpose === 'passphrase' ? { passphrase } : { ...secrets };
  }

  of(id: string): SandboxBank {
    const found = this.#sandbox.banks.find((bank) => bank.id === id);
    if (found === undefined) throw new Error(`no bank ${id} in the sandbox`);
    return found;
  }
}

/**
 * A desk in this process, with its books in a process of their own as ever, so that somebody can answer what it asks outside its window, and its clock may
 * be another one: both are options of this composition and of no other.
 */
export function deskHere(options: { readonly prompt?: SecretPrompt; readonly pace: () => Pace }): StartDesk {
  return async (folder, name): Promise<RunningProcess> => {
    const dataDir = join(folder, name);
    const desk = await startDesk(plainDeskOptions({ dataDir, prompt: options.prompt, pace: options.pace() }));
    const host = await startLoopbackHost({
      ...{ desk, rendererDir: join(projectRoot, 'dist', 'loopback') },
      log: (ref, problem) => process.stderr.write(`[${ref}] ${String(problem)}\n`),
    });
    const stop = async (): Promise<number | null> => {
      await host.close();
      await desk.close();
      return 0;
    };
    return { address: host.url, stop, kill: async () => void (await stop()) };
  };
}

/** A server in a process of its own, by the same clock as the desks: it takes nothing from those whose clocks differ from its own. */
export const serverWith =
  (pace: Pace): StartServer =>
  async (environment): Promise<RunningProcess> => {
    const setup = { environment: { ...environment, MUNIM_SERVER_LOG: 'error' }, pace };
    const machine = new Machine('server', 'server-machine.ts', () => setup);
    const address = String(await machine.start());
    const stop = async (): Promise<number | null> => {
      await machine.stop();
      return 0;
    };
    return { address, stop, kill: () => machine.kill() };
  };
