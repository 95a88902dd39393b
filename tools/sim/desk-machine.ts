import { type LedgerCore, openCore } from '../../electron/composition/ledger-core.ts';
import { openJournal } from '../../electron/composition/ledger-journal.ts';
import type { Db } from '../../shared/db/tables.ts';
import { toMunimError } from '../../shared/kernel/errors.ts';
import type { Id } from '../../shared/kernel/ids.ts';
import { MemoryFiles } from '../../shared/testing/memory-files.ts';
import type { SeededRandom } from '../../shared/testing/seeded-random.ts';
import type { SimDatabase } from './database.ts';
import type { Former } from './former.ts';
import { Life } from './life.ts';
import type { Network } from './network.ts';
import { password, type SimPerson } from './people.ts';
import type { Scheduler } from './scheduler.ts';
import { type KeyRing, SimLink } from './sim-link.ts';
import { Storage, type StorageHooks } from './storage.ts';

export interface DeskOptions {
  readonly name: string;
  readonly pg: SimDatabase;
  readonly scheduler: Scheduler;
  readonly network: Network;
  readonly random: SeededRandom;
  readonly collegeIds: readonly Id[];
  readonly people: readonly SimPerson[];
  /** The time in the world; this desk's clock may be off. */
  readonly wallMs: () => number;
  /** The version before, for a desk that begins with it. */
  readonly former: Former | null;
  readonly hooks: Omit<StorageHooks, 'onCommit'>;
  readonly onCommit: (desk: DeskMachine, pg: SimDatabase) => Promise<void>;
  readonly onFault: (what: string, thrown: unknown) => void;
  readonly say: (line: string) => void;
}

/** What is thrown where the process ends itself; nobody sees it. */
const ended = new Error('the process has ended');

interface Running {
  readonly life: Life;
  readonly core: LedgerCore;
  readonly link: SimLink;
  readonly db: Db;
}

/** An office PC: the core of the desk over its database, started, killed and started again. */
export class DeskMachine {
  readonly options: DeskOptions;
  readonly keys: KeyRing = { byDevice: new Map(), upcoming: null };
  /** How far its clock is ahead. */
  skewMs = 0;
  /** Somebody is in the middle of something. */
  isBusy = false;
  readonly journalFiles = new MemoryFiles();
  #life: Life | null = null;
  #running: Running | null = null;
  #former: Former | null;

  constructor(options: DeskOptions) {
    this.options = options;
    this.#former = options.former;
  }

  get isFormer(): boolean {
    return this.#former !== null;
  }

  /** Its next start is with the present version; there is no way back, since the version before may not read what this one writes. */
  update(): void {
    this.#former = null;
  }

  get name(): string {
    return this.options.name;
  }

  /** Null while it is off or starting. */
  get running(): Running | null {
    return this.#life?.isDead === false ? this.#running : null;
  }

  get life(): Life | null {
    return this.#life?.isDead === false ? this.#life : null;
  }

  get deviceId(): Id | null {
    return this.running?.core.session.device?.id ?? null;
  }

  /** Starts the desk over what its database holds. Ends when it is up; never when it dies on the way. */
  async start(): Promise<void> {
    if (this.life !== null) return;
    const { name, pg, scheduler, network, random, wallMs, hooks, onCommit, onFault, say } = this.options;
    const life = new Life(
      name,
      scheduler,
      random,
      () => wallMs() + this.skewMs,
      () => {
        this.#running = null;
        this.isBusy = false;
        say(`${name} dies`);
      },
    );
    this.#life = life;
    const { db } = new Storage(pg, life, { ...hooks, onCommit: (at) => onCommit(this, at) });
    const link = new SimLink({ deskName: name, life, network, keys: this.keys, random });
    try {
      const { journal } = await openJournal(db, {
        files: this.journalFiles,
        log: () => {},
        expectSilence: () => {},
        onJournalFault: () => {
          life.die();
          throw ended;
        },
      });
      const core = await (this.#former?.openCore ?? openCore)({
        db,
        journal,
        signer: link,
        link,
        clock: life.clock,
        random,
        emit: () => {},
        onPerson: () => {},
        log: ({ what, problem }) => {
          if (problem !== undefined && toMunimError(problem).code === 'INTERNAL') onFault(`${name}: ${what}`, problem);
        },
        expectSilence: () => {},
      });
      await core.session.open(null);
      core.sync.start();
      this.#running = { life, core, link, db };
      say(this.isFormer ? `${name} of the version before is up` : `${name} is up`);
    } catch (thrown) {
      // The disk refused while the books were being opened: the person starts the program again.
      if (toMunimError(thrown).code === 'INTERNAL') onFault(`${name}: start`, thrown);
      life.die();
    }
  }

  /** Who does something next: mostly whoever sits there. */
  someone(chance: SeededRandom): SimPerson | undefined {
    const { people } = this.options;
    const email = chance.below(4) > 0 ? this.running?.core.session.current()?.email : undefined;
    return people.find((person) => person.email === email) ?? people[chance.below(people.length)];
  }

  /** Has somebody at the desk, by the server's word or by the desk's own memory. @returns whether he is in */
  async seat(person: SimPerson): Promise<boolean> {
    const core = this.running?.core;
    if (core === undefined) return false;
    core.session.touch();
    if (core.session.current()?.email === person.email) return true;
    try {
      await core.session.signIn({ email: person.email, password });
      return true;
    } catch (thrown) {
      this.refused(`${person.email} signs in`, thrown);
      return false;
    }
  }

  /** A refusal that a person reads; anything else is a fault of the program. */
  refused(what: string, thrown: unknown): void {
    if (thrown === ended) return;
    const { code } = toMunimError(thrown);
    this.options.say(`${this.name} ${what}: ${code}`);
    if (code === 'INTERNAL') this.options.onFault(`${this.name}: ${what}`, thrown);
  }
}
