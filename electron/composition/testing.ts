import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { testTemplate } from '../../shared/engine/testing.ts';
import type { ChannelName, Input, Output } from '../../shared/ipc/contract.ts';
import type { Plain } from '../../shared/kernel/canonical.ts';
import { MunimError } from '../../shared/kernel/errors.ts';
import { type Id, uuidv7 } from '../../shared/kernel/ids.ts';
import type { ProcessPort } from '../../shared/ports/process-port.ts';
import { systemRandom } from '../../shared/ports/random.ts';
import { vendorFields } from '../../shared/testing/entries.ts';
import { askRunning } from '../../sync-server/composition/control.ts';
import type { Desk } from '../host/desk.ts';
import { startDesk } from './desk.ts';
import { type HeadlessDeskOptions, plainDeskOptions } from './headless.ts';

const root = path.dirname(path.dirname(path.dirname(fileURLToPath(import.meta.url))));
const PASSWORD = 'correct horse battery';

export interface TestServer {
  readonly url: string;
  readonly dataDir: string;
  /** Runs an operator's command in the running server. */
  ask(name: string, input: Plain): Promise<Plain>;
  enrolCode(...colleges: string[]): Promise<string>;
  /** @returns the id of the person, whose password is `password` */
  addPerson(name: string, role: string, ...colleges: string[]): Promise<string>;
  readonly password: string;
  readonly pid: number | undefined;
  isRunning(): boolean;
  /** SIGKILL for the whole server. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

/** A template with the migrations in it. */
export const deskTemplate = (): Promise<string> => testTemplate(path.join(root, 'shared', 'db', 'migrations'));

/** A real sync-server in processes of its own, with the colleges of these codes. A second start on the same folder finds them. */
export async function startTestServer(
  dataDir: string,
  colleges: readonly string[] = [],
  environment: Readonly<Record<string, string>> = {},
  /** Where its log goes; a number is an open file. */
  stderr: 'inherit' | number = 'inherit',
): Promise<TestServer> {
  const child = spawn(process.execPath, [path.join(root, 'sync-server', 'main', 'main.ts')], {
    env: {
      PATH: process.env.PATH,
      NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
      MUNIM_SERVER_PORT: '0',
      MUNIM_SERVER_DATA: dataDir,
      MUNIM_SERVER_TEMPLATE: await deskTemplate(),
      MUNIM_SERVER_LOG: 'error',
      ...environment,
    },
    stdio: ['ignore', 'pipe', stderr],
    detached: true,
  });
  const url = await listening(child);
  const ask = async (name: string, input: Plain): Promise<Plain> => {
    const answer = await askRunning(dataDir, name, input);
    if (answer == null) throw new Error('the server does not run');
    return answer.value as Plain;
  };
  const server: TestServer = {
    url,
    dataDir,
    ask,
    password: PASSWORD,
    enrolCode: async (...codes) => String(((await ask('enrol-code', { colleges: codes })) as { code: string }).code),
    addPerson: async (name, role, ...codes) => {
      const email = `${name.toLowerCase().replace(/\W+/g, '.')}@example.in`;
      const added = await ask('add-person', { name, email, role, colleges: codes, password: PASSWORD });
      return String((added as { id: string }).id);
    },
    pid: child.pid,
    isRunning: () => child.exitCode === null && child.signalCode === null,
    kill: () => end(child, 'SIGKILL'),
    stop: () => end(child, 'SIGTERM'),
  };
  const chart = JSON.parse(readFileSync(path.join(root, 'resources', 'seed', 'chart.json'), 'utf8')) as Plain;
  for (const code of colleges) {
    await ask('add-college', { college: { code, name: `${code} College`, stateCode: '27' }, chart });
  }
  return server;
}

function listening(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let heard = '';
    child.stdout?.on('data', (text) => {
      heard += String(text);
      const [, url] = /listening (\S+)/.exec(heard) ?? [];
      if (url !== undefined) resolve(url);
    });
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}: ${heard}`)));
  });
}

/** The group, since the server has a watching parent and a working child. */
function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return Promise.resolve();
  const { pid } = child;
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    process.kill(signal === 'SIGKILL' ? -pid : pid, signal);
  });
}

export interface TestDesk {
  readonly desk: Desk;
  readonly dataDir: string;
  /** @throws MunimError with the code of the refusal */
  call<N extends ChannelName>(name: N, input: Input<N>): Promise<Output<N>>;
  readonly events: { readonly name: string; readonly data: unknown }[];
  /** SIGKILL for the ledger process, at this very moment. */
  killLedger(): void;
  close(): Promise<void>;
}

/** A real desk in a real ledger process. */
export async function openTestDesk(
  dataDir: string,
  options: Pick<HeadlessDeskOptions, 'caPem' | 'prompt' | 'connectors' | 'pace'> = {},
): Promise<TestDesk> {
  const plain = plainDeskOptions({ dataDir, templateDir: await deskTemplate(), ...options });
  let ledger: ProcessPort | null = null;
  const desk = await startDesk({
    ...plain,
    spawnLedger: () => {
      ledger = plain.spawnLedger();
      return ledger;
    },
  });
  const events: { readonly name: string; readonly data: unknown }[] = [];
  desk.onEvent((event) => events.push(event));
  return {
    desk,
    dataDir,
    events,
    call: async (name, input) => {
      const reply = await desk.invoke(name, input);
      if (!reply.ok) throw new MunimError(reply.code, { ...reply.details, ref: reply.ref });
      return reply.value as Output<typeof name>;
    },
    killLedger: () => ledger?.kill(),
    close: () => desk.close(),
  };
}

/** Enrols a desk, signs a person in and waits until the books have come. */
export async function joinDesk(
  desk: TestDesk,
  server: TestServer,
  email: string,
  ...colleges: string[]
): Promise<void> {
  await desk.call('session.enrol', {
    serverUrl: server.url,
    code: await server.enrolCode(...colleges),
    deviceName: `Desk of ${email}`,
  });
  await desk.call('session.signIn', { email, password: server.password });
  await desk.call('sync.now', {});
}

/** Meets the server until nothing waits any more. */
export async function untilSynced(desk: TestDesk): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    const status = await desk.call('sync.now', {});
    if (status.state === 'synced' && status.pending === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`not synced: ${JSON.stringify(await desk.call('sync.status', {}))}`);
}

/** Enters a vendor of whom no more than the name is known. @returns its id, once the desk has acknowledged it */
export async function enterVendor(
  desk: TestDesk,
  collegeId: Id,
  name: string,
  vendorId: Id = uuidv7(Date.now(), systemRandom.bytes(10)),
): Promise<Id> {
  await desk.call('commands.run', {
    collegeId,
    name: 'vendor.create',
    args: { vendorId, fields: vendorFields(name) },
  });
  return vendorId;
}
