import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BankConnector } from '../../shared/connectors/_kit/bank.ts';
import { forkPort } from '../../shared/engine/fork-port.ts';
import type { Pace } from '../../shared/ports/paced-clock.ts';
import type { SecretPrompt } from '../../shared/ports/secret-prompt.ts';
import { devFileStore } from '../adapters/keychain/dev-file-store.ts';
import { terminalPrompt } from '../adapters/prompt/terminal-prompt.ts';
import type { Desk } from '../host/desk.ts';
import { startLoopbackHost } from '../host/loopback-host.ts';
import { type DeskOptions, startDesk } from './desk.ts';

/** The desk runs from its sources here, beside what the build made. */
const root = path.dirname(path.dirname(path.dirname(fileURLToPath(import.meta.url))));
const builtTemplate = path.join(root, 'dist', 'resources', 'template');

export interface HeadlessDeskOptions {
  readonly dataDir: string;
  readonly caPem?: string | undefined;
  /** A template of the books; the one of the build when absent, none when that is missing too. */
  readonly templateDir?: string | undefined;
  /** Asks for secrets; the terminal when absent. */
  readonly prompt?: SecretPrompt | undefined;
  /** The banks and gateways that can be set up; those of the registry when absent. */
  readonly connectors?: ReadonlyMap<string, BankConnector> | undefined;
  /** Rehearsals only: time that goes faster. */
  readonly pace?: Pace | undefined;
  /** Begin with other books in the place of damaged ones. */
  readonly recover?: boolean | undefined;
}

/**
 * The desk in plain Node, for development and tests on machines without Electron or a key store: its secrets lie in files below the data
 * folder, and it says so.
 */
export function startPlainDesk(options: HeadlessDeskOptions): Promise<Desk> {
  console.warn(`Munim keeps the key of this desk in a plain file below ${options.dataDir}: for development only.`);
  return startDesk(plainDeskOptions(options));
}

export function plainDeskOptions(options: HeadlessDeskOptions): DeskOptions {
  return {
    dataDir: path.resolve(options.dataDir),
    migrationsDir: path.join(root, 'shared', 'db', 'migrations'),
    templateDir: options.templateDir ?? (fs.existsSync(builtTemplate) ? builtTemplate : null),
    spawnLedger: () => forkPort(path.join(root, 'electron', 'processes', 'ledger.ts'), [], { execArgv: [] }),
    keychain: async () => devFileStore(path.join(options.dataDir, 'dev-secrets')),
    // Asks only when a screen wants something, and refuses where there is no terminal.
    prompt: options.prompt ?? terminalPrompt({ input: process.stdin, output: process.stdout }),
    connectors: options.connectors,
    caPem: options.caPem,
    pace: options.pace,
    recover: options.recover,
  };
}

export interface HeadlessOptions extends HeadlessDeskOptions {
  /** Absolute folder of the renderer built for the loopback host. */
  readonly rendererDir: string;
  /** 0 or absent: any free port. */
  readonly port?: number | undefined;
}

export interface HeadlessDesk {
  readonly desk: Desk;
  /** What to open, with the token of this run. */
  readonly url: string;
  readonly origin: string;
  readonly token: string;
  close(): Promise<void>;
}

/** The desk, served to a browser of this machine. @throws MunimError when the books cannot be opened */
export async function startHeadlessDesk(options: HeadlessOptions): Promise<HeadlessDesk> {
  const desk = await startPlainDesk(options);
  const host = await startLoopbackHost({
    desk,
    rendererDir: options.rendererDir,
    ...(options.port === undefined ? {} : { port: options.port }),
    log: (ref, problem) => console.error(`[${ref}]`, problem),
  });
  return {
    desk,
    url: host.url,
    origin: host.origin,
    token: host.token,
    close: async () => {
      await host.close();
      await desk.close();
    },
  };
}
