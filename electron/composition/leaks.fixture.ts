import { hash } from 'node:crypto';
import { closeSync, openSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { forkPort } from '../../shared/engine/fork-port.ts';
import type { ChannelName, Input, Output } from '../../shared/ipc/contract.ts';
import { MunimError } from '../../shared/kernel/errors.ts';
import type { ProcessPort } from '../../shared/ports/process-port.ts';
import type { TurnedClock } from '../../tools/testing/turned-clock.ts';
import type { MainMethod } from '../host/inner-contract.ts';
import { startDesk } from './desk.ts';
import { type HeadlessDeskOptions, plainDeskOptions } from './headless.ts';
import { deskTemplate, type TestDesk } from './testing.ts';

const root = path.dirname(path.dirname(path.dirname(fileURLToPath(import.meta.url))));
const turnedClock = path.join(root, 'tools', 'testing', 'turned-clock.ts');

export interface Piece {
  /** `ipc to ledger: call invoke session.signIn`. */
  readonly place: string;
  readonly bytes: Uint8Array;
}

/** Everything that was seen to go from one place to another. */
export class Recorder {
  readonly pieces: Piece[] = [];

  readonly bytes = (place: string, bytes: Uint8Array): void => {
    this.pieces.push({ place, bytes });
  };

  value(place: string, value: unknown): void {
    this.bytes(place, Buffer.concat([...leaves(value)].flatMap((leaf) => [leaf, Buffer.of(0)])));
  }
}

/** All text and bytes of a value that is cloned, names of members too. */
function* leaves(value: unknown): Generator<Buffer> {
  if (value instanceof Uint8Array) yield Buffer.from(value);
  else if (value instanceof Map || value instanceof Set) yield* leaves([...value]);
  else if (Array.isArray(value)) for (const one of value) yield* leaves(one);
  else if (value instanceof Error) yield* leaves([value.message, value.stack, { ...value }]);
  else if (typeof value === 'object' && value !== null) {
    for (const [name, member] of Object.entries(value)) {
      yield Buffer.from(name);
      yield* leaves(member);
    }
  } else yield Buffer.from(String(value));
}

type Message = Readonly<Record<string, unknown>> & { readonly rpc?: string; readonly id?: number };

/** Ids of calls that the test makes in the name of the books process. */
const FIRST_OWN_ID = 1_000_000_000;

/** The port to the books process, with every message told, and a way to ask the main side what that process could ask. */
class RecordedPort implements ProcessPort {
  readonly #inner: ProcessPort;
  readonly #recorder: Recorder;
  readonly #asked = new Map<string, string>();
  readonly #waiting = new Map<number, (message: Message) => void>();
  #listener: (message: unknown) => void = () => undefined;

  constructor(inner: ProcessPort, recorder: Recorder) {
    this.#inner = inner;
    this.#recorder = recorder;
  }

  post(message: unknown): void {
    this.#record('to ledger', message as Message);
    const { id = -1 } = message as Message;
    const own = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (own === undefined) this.#inner.post(message);
    else own(message as Message);
  }

  onMessage(listener: (message: unknown) => void): void {
    this.#listener = (message) => {
      this.#record('to main', message as Message);
      listener(message);
    };
    this.#inner.onMessage(this.#listener);
  }

  onExit(listener: (code: number | null) => void): void {
    this.#inner.onExit(listener);
  }

  kill(): void {
    this.#inner.kill();
  }

  ask(id: number, method: MainMethod, input: unknown): Promise<Message> {
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve);
      this.#listener({ rpc: 'call', id, method, input });
    });
  }

  /** An answer goes under the name of what was asked. */
  #record(way: 'to ledger' | 'to main', message: Message): void {
    const { rpc = 'other', id = -1, method = '' } = message;
    const input = message.input as { readonly channel?: string } | undefined;
    const name = `${method}${method === 'invoke' ? ` ${input?.channel}` : ''}`;
    const back = way === 'to main' ? 'to ledger' : 'to main';
    if (rpc === 'call') this.#asked.set(`${back} ${id}`, name);
    const about = rpc === 'call' ? name : (this.#asked.get(`${way} ${id}`) ?? String(message.name ?? ''));
    this.#recorder.value(`ipc ${way}: ${rpc} ${about}`, message);
  }
}

export interface RecordedDesk extends TestDesk {
  /** Asks the main side what the books process could ask of it. @throws MunimError as it answers */
  ask(method: MainMethod, input: unknown): Promise<unknown>;
  /** Turns the clock of the books process; it notices within a tenth of a second. */
  turn(clock: TurnedClock): void;
}

/** A real desk whose every word between its processes and to its screens is told, with the output of the books process in a file beside its folder. */
export async function openRecordedDesk(
  dataDir: string,
  recorder: Recorder,
  clock: TurnedClock,
  options: Pick<HeadlessDeskOptions, 'prompt' | 'connectors'> = {},
): Promise<RecordedDesk> {
  const clockFile = `${dataDir}.clock.json`;
  const turn = (to: TurnedClock): void => writeFileSync(clockFile, JSON.stringify(to));
  turn(clock);
  const plain = plainDeskOptions({ dataDir, templateDir: await deskTemplate(), ...options });
  const output = openSync(`${dataDir}.output`, 'a', 0o600);
  let port: RecordedPort | null = null;
  const desk = await startDesk({
    ...plain,
    spawnLedger: () => {
      const inner = forkPort(path.join(root, 'electron', 'processes', 'ledger.ts'), [], {
        execArgv: ['--import', turnedClock],
        env: { ...process.env, MUNIM_TURNED_CLOCK: clockFile },
        stdio: ['ignore', output, output, 'ipc'],
      });
      port = new RecordedPort(inner, recorder);
      return port;
    },
  });
  const events: { readonly name: string; readonly data: unknown }[] = [];
  desk.onEvent((event) => {
    events.push(event);
    recorder.value(`screen: event ${event.name}`, event);
  });
  let nextId = FIRST_OWN_ID;
  let isOpen = true;
  return {
    desk,
    dataDir,
    events,
    turn,
    call: async <N extends ChannelName>(name: N, input: Input<N>): Promise<Output<N>> => {
      const reply = await desk.invoke(name, input);
      recorder.value(`screen: reply ${name}`, reply);
      if (!reply.ok) throw new MunimError(reply.code, { ...reply.details, ref: reply.ref });
      return reply.value as Output<N>;
    },
    ask: async (method, input) => {
      nextId += 1;
      const message = await (port as RecordedPort | null)?.ask(nextId, method, input);
      if (message?.rpc === 'done') return message.value;
      throw new MunimError(String(message?.code) as 'INTERNAL');
    },
    killLedger: () => port?.kill(),
    close: async () => {
      if (!isOpen) return;
      isOpen = false;
      await desk.close();
      closeSync(output);
    },
  };
}

/** Every file below a folder, named by its way there. Of the database's own with the same bytes, as fresh books have many, only the first. */
export function filesBelow(folder: string): Piece[] {
  const known = new Set<string>();
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .map((file) => ({ place: `file ${path.relative(folder, file)}`, bytes: readFileSync(file) }))
    .filter(({ place, bytes }) => {
      if (!/\/base\/\d+\//.test(place)) return true;
      const digest = hash('sha1', bytes);
      return !known.has(digest) && known.add(digest);
    });
}
