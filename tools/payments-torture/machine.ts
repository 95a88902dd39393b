import { type ChildProcess, fork, type Serializable } from 'node:child_process';
import path from 'node:path';

/** A question to a machine, and its answer. */
export interface Asked {
  readonly id: number;
  readonly what: string;
  readonly input: unknown;
}
export type Answer =
  | { readonly id: number; readonly ok: true; readonly value: unknown }
  | { readonly id: number; readonly ok: false; readonly problem: string };

/** What a machine says when it was killed before it answered. */
export class MachineGone extends Error {}

interface Life {
  readonly child: ChildProcess;
  readonly waiting: Map<number, { resolve(value: unknown): void; reject(problem: Error): void }>;
  readonly ended: Promise<void>;
}

/** A process of the torture that can be killed and started again on what it left behind. */
export class Machine {
  readonly name: string;
  readonly #file: string;
  readonly #config: () => unknown;
  #life: Life | null = null;
  #asked = 0;
  #isReady = false;
  starts = 0;

  constructor(name: string, file: string, config: () => unknown) {
    this.name = name;
    this.#file = path.join(import.meta.dirname, file);
    this.#config = config;
  }

  get isUp(): boolean {
    return this.#life !== null;
  }

  /** @returns what the machine says when it is ready. @throws Error when it ends before */
  async start(): Promise<unknown> {
    this.starts += 1;
    // Its own group, so that a machine falls with everything that runs on it.
    const child = fork(this.#file, [], {
      serialization: 'advanced',
      detached: true,
      execArgv: [],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const waiting: Life['waiting'] = new Map();
    const ended = new Promise<void>((resolve) => {
      child.once('exit', () => {
        if (this.#life?.child === child) this.#isReady = false;
        if (this.#life?.child === child) this.#life = null;
        for (const { reject } of waiting.values()) reject(new MachineGone(`${this.name} is gone`));
        resolve();
      });
    });
    child.on('message', (message) => {
      const answer = message as Answer;
      const asker = waiting.get(answer.id);
      waiting.delete(answer.id);
      if (answer.ok) asker?.resolve(answer.value);
      else asker?.reject(new Error(`${this.name}: ${answer.problem}`));
    });
    this.#life = { child, waiting, ended };
    const told = await this.#say(this.#life, 'start', this.#config());
    this.#isReady = true;
    return told;
  }

  /** @throws MachineGone when it is not ready, or dies before it answers */
  ask(what: string, input: unknown): Promise<unknown> {
    const life = this.#life;
    if (life === null || !this.#isReady) return Promise.reject(new MachineGone(`${this.name} is down`));
    return this.#say(life, what, input);
  }

  #say(life: Life, what: string, input: unknown): Promise<unknown> {
    if (!life.child.connected) return Promise.reject(new MachineGone(`${this.name} is going`));
    this.#asked += 1;
    const asked: Asked = { id: this.#asked, what, input };
    return new Promise((resolve, reject) => {
      life.waiting.set(asked.id, { resolve, reject });
      life.child.send(asked as unknown as Serializable, (problem) => {
        if (problem !== null && life.waiting.delete(asked.id)) reject(new MachineGone(`${this.name} is going`));
      });
    });
  }

  /** SIGKILL, for the whole machine or for its first process only. */
  async kill(all = true): Promise<void> {
    const life = this.#life;
    if (life?.child.pid === undefined) return;
    this.#life = null;
    this.#isReady = false;
    process.kill(all ? -life.child.pid : life.child.pid, 'SIGKILL');
    await life.ended;
  }

  /** Ends in order. */
  async stop(): Promise<void> {
    const life = this.#life;
    if (life === null) return;
    await this.ask('stop', null).catch(() => {});
    life.child.disconnect();
    await life.ended;
  }
}

/** The machine's own side: answers what it is asked, until it is told to stop or nobody is left to ask. */
export function serveMachine(methods: Readonly<Record<string, (input: never) => Promise<unknown>>>): void {
  process.on('message', (message) => {
    const { id, what, input } = message as Asked;
    const method = methods[what];
    const said = method === undefined ? Promise.reject(new Error(`no method ${what}`)) : method(input as never);
    said
      .then(
        (value): Answer => ({ id, ok: true, value }),
        (thrown: unknown): Answer => ({ id, ok: false, problem: String(thrown) }),
      )
      .then((answer) => {
        if (process.connected) process.send?.(answer, undefined, {}, () => {});
      });
  });
  process.on('disconnect', () => process.exit(0));
}
