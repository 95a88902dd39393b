import type { PGlite } from '@electric-sql/pglite';
import { drizzle } from 'drizzle-orm/pglite';
import type { Db } from '../../shared/db/tables.ts';
import { MunimError } from '../../shared/kernel/errors.ts';
import type { Querying, SimDatabase } from './database.ts';
import { type Life, never } from './life.ts';

type QueryArgs = Parameters<Querying['query']>;

export interface StorageHooks {
  /** Every call, for the trace. */
  readonly onCall: (what: string) => void;
  /** After every commit that changed the books, before anybody else reaches the database. */
  readonly onCommit: (pg: SimDatabase) => Promise<void>;
}

/** Statements that change rows of the books, and not only what a desk or the server notes for itself. */
const writes = /\b(?:insert into|update|delete from) "(?!desk"|server")/i;

/**
 * The database as one process sees it: each call is a step of its own in simulated time, at which the process may die or the disk refuse.
 * What was not committed when it dies is rolled back, as after any crash; what was committed stays.
 */
export class Storage {
  readonly #pg: SimDatabase;
  readonly #life: Life;
  readonly #hooks: StorageHooks;
  #tail: Promise<void> = Promise.resolve();

  constructor(pg: SimDatabase, life: Life, hooks: StorageHooks) {
    this.#pg = pg;
    this.#life = life;
    this.#hooks = hooks;
  }

  /** The handle that the program works with. */
  get db(): Db {
    return drizzle(this as unknown as PGlite, { casing: 'snake_case' }) as unknown as Db;
  }

  query(...args: QueryArgs): Promise<unknown> {
    return this.#alone(() =>
      this.#step(args[0], async () => {
        const answer = await this.#pg.query(...args);
        if (writes.test(args[0])) await this.#hooks.onCommit(this.#pg);
        return answer;
      }),
    );
  }

  transaction<T>(run: (tx: Querying) => Promise<T>): Promise<T> {
    return this.#alone(async () => {
      await this.#step('begin', async () => {});
      let wrote = false;
      let diesAfter = false;
      const inside = async (tx: Querying): Promise<T> => {
        const watched = {
          query: (...args: QueryArgs) => {
            wrote ||= writes.test(args[0]);
            return this.#step(args[0], () => tx.query(...args));
          },
        } as Querying;
        const value = await run(watched);
        diesAfter = (await this.#turn('commit')) === 'die-after';
        return value;
      };
      let value: T;
      try {
        value = await this.#pg.transaction((tx) => Promise.race([inside(tx), this.#life.death]));
      } catch (thrown) {
        if (this.#life.isDead) return never<T>();
        throw thrown;
      }
      if (wrote) await this.#hooks.onCommit(this.#pg);
      if (diesAfter) this.#life.die();
      return this.#life.isDead ? never<T>() : value;
    });
  }

  async #step<T>(what: string, work: () => Promise<T>): Promise<T> {
    const fate = await this.#turn(what);
    const value = await work();
    if (fate === 'die-after') this.#life.die();
    return this.#life.isDead ? never<T>() : value;
  }

  /** Waits for the turn of a call. @returns whether the process lives to see its end @throws MunimError ENGINE_DISK_FULL */
  async #turn(what: string): Promise<'die-after' | null> {
    await this.#life.gate();
    this.#hooks.onCall(`${this.#life.name} ${what.slice(0, 60)}`);
    const fate = this.#life.fate(what);
    if (fate === 'disk') throw new MunimError('ENGINE_DISK_FULL', { freeMiB: 0 });
    if (fate === 'die-before') {
      this.#life.die();
      return never();
    }
    return fate;
  }

  /** PGlite has one connection: who comes later waits until the transaction before has ended. */
  async #alone<T>(run: () => Promise<T>): Promise<T> {
    const before = this.#tail;
    let leave = (): void => {};
    this.#tail = new Promise((resolve) => {
      leave = resolve;
    });
    await before;
    try {
      return await run();
    } finally {
      leave();
    }
  }
}
