import { type PGlite, protocol, type QueryOptions, type Results } from '@electric-sql/pglite';

type Row = Readonly<Record<string, unknown>>;
type Messages = Awaited<ReturnType<PGlite['execProtocolStream']>>;

/** A statement as the database described it. */
interface Statement {
  /** Empty for one that was asked once. */
  readonly name: string;
  /** Type numbers (pg_type.oid). */
  readonly parameters: readonly number[];
  readonly fields: readonly { readonly name: string; readonly dataTypeID: number }[];
}

export interface Querying {
  query<T = Row>(text: string, params?: unknown[], options?: QueryOptions): Promise<Results<T>>;
}

const { serialize, messages: kinds } = protocol;
/** Every plan that is kept takes memory of the database. */
const STATEMENTS_MAX = 2_000;

/**
 * A PGlite that keeps the plan of every statement it has seen twice, and hands over everything in one call. PGlite by itself has each
 * statement planned anew and calls the database six times for it, which took most of a run. Who comes later waits until the transaction
 * before has ended.
 */
export class SimDatabase implements Querying {
  readonly #pg: PGlite;
  readonly #seen = new Map<string, Statement>();
  #named = 0;
  #tail: Promise<unknown> = Promise.resolve();

  constructor(pg: PGlite) {
    this.#pg = pg;
  }

  query<T = Row>(text: string, params: unknown[] = [], options?: QueryOptions): Promise<Results<T>> {
    return this.#alone(() => this.#run<T>(text, params, options));
  }

  transaction<T>(run: (tx: Querying) => Promise<T>): Promise<T> {
    return this.#alone(async () => {
      await this.#run('BEGIN', []);
      let value: T;
      try {
        value = await run({ query: (text, params = [], options) => this.#run(text, params, options) });
      } catch (thrown) {
        await this.#run('ROLLBACK', []);
        throw thrown;
      }
      const { command } = await this.#run('COMMIT', []);
      if (command !== 'COMMIT') throw new Error(`the database answered a commit with ${command}`);
      return value;
    });
  }

  exec(text: string): Promise<unknown> {
    return this.#alone(() => this.#pg.exec(text));
  }

  close(): Promise<void> {
    return this.#pg.close();
  }

  #alone<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.#tail.then(work);
    this.#tail = mine.catch(() => {});
    return mine;
  }

  async #run<T = Row>(text: string, params: readonly unknown[], options?: QueryOptions): Promise<Results<T>> {
    // What is copied in or out goes through a file of PGlite's own.
    if (options?.blob !== undefined) return await this.#pg.query<T>(text, [...params], options);
    const { name, parameters, fields } = await this.#statement(text);
    const values = params.map((value, index) => {
      if (value === null || value === undefined) return null;
      const write = this.#pg.serializers[parameters[index] ?? 0];
      return write === undefined ? String(value) : write(value);
    });
    const messages = await this.#ask(
      serialize.bind({ statement: name, values }),
      serialize.execute({}),
      serialize.sync(),
    );
    const parsers = fields.map(({ dataTypeID }) => options?.parsers?.[dataTypeID] ?? this.#pg.parsers[dataTypeID]);
    const rows: unknown[] = [];
    let tag = '';
    for (const message of messages) {
      if (message instanceof kinds.DataRowMessage) {
        const cells = message.fields.map((cell, index) => (cell === null ? null : (parsers[index]?.(cell) ?? cell)));
        const named = (): Row => Object.fromEntries(fields.map((field, index) => [field.name, cells[index]]));
        rows.push(options?.rowMode === 'array' ? cells : named());
      } else if (message instanceof kinds.CommandCompleteMessage) tag = message.text;
    }
    const words = tag.split(' ');
    const [command = ''] = words;
    const affectedRows = command === 'SELECT' ? 0 : Number(words.at(-1)) || 0;
    return { rows: rows as T[], fields: [...fields], affectedRows, command };
  }

  /** The second time a statement is asked it gets a name, under which its plan is kept. */
  async #statement(text: string): Promise<Statement> {
    const before = this.#seen.get(text);
    if (before !== undefined && before.name !== '') return before;
    if (this.#seen.size >= STATEMENTS_MAX) {
      await this.#ask(serialize.query('DEALLOCATE ALL'));
      this.#seen.clear();
    }
    if (before !== undefined) this.#named += 1;
    const name = before === undefined ? '' : `sim_${this.#named}`;
    const messages = await this.#ask(
      serialize.parse({ name, text }),
      serialize.describe({ type: 'S', name }),
      serialize.sync(),
    );
    const statement: Statement = {
      name,
      parameters: messages.find((one) => one instanceof kinds.ParameterDescriptionMessage)?.dataTypeIDs ?? [],
      fields: messages.find((one) => one instanceof kinds.RowDescriptionMessage)?.fields ?? [],
    };
    this.#seen.set(text, statement);
    return statement;
  }

  async #ask(...parts: readonly Uint8Array[]): Promise<Messages> {
    return await this.#pg.execProtocolStream(Buffer.concat(parts), { syncToFs: false });
  }
}
