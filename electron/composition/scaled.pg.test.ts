import path from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { readRecord } from '../../shared/db/read-rows.ts';
import { sqlName, tableNames } from '../../shared/db/tables.ts';
import type { AuditEntry, Change, TableName } from '../../shared/domain/rows.ts';
import { testFolder } from '../../shared/engine/testing.ts';
import type { Input } from '../../shared/ipc/contract.ts';
import { istDate } from '../../shared/kernel/dates.ts';
import { type Id, uuidv7 } from '../../shared/kernel/ids.ts';
import { systemRandom } from '../../shared/ports/random.ts';
import { faultsOf } from '../../shared/testing/books-invariants.ts';
import { billFields, vendorFields } from '../../shared/testing/entries.ts';
import { MemoryBooks } from '../../shared/testing/memory-books.ts';
import { runSeed } from '../../shared/testing/seed.ts';
import { SeededRandom } from '../../shared/testing/seeded-random.ts';
import { CuttingProxy } from '../../tools/testing/cutting-proxy.ts';
import { freePort } from '../../tools/testing/free-port.ts';
import { startNats, type TestNats } from '../../tools/testing/nats.ts';
import { startPostgres, type TestPostgres } from '../../tools/testing/postgres.ts';
import { joinDesk, openTestDesk, startTestServer, type TestDesk, type TestServer } from './testing.ts';

const program = process.env.MUNIM_NATS_SERVER ?? '';
const { folder, remove } = testFolder();
const random = new SeededRandom(runSeed());
const newId = (): Id => uuidv7(Date.now(), systemRandom.bytes(10));
/** Nobody here attaches a receipt, pays, has an account at a bank, divides a college into departments or closes a month. */
const notEntered: readonly TableName[] = [
  ...(['receipts', 'payment_leases', 'cost_centres', 'periods'] as const),
  ...(['bank_accounts', 'beneficiaries', 'payment_orders', 'bank_statements', 'bank_lines'] as const),
  ...(['bank_matches', 'cleared_entries', 'bank_rules', 'fee_reconciliations'] as const),
];
const until = (check: () => Promise<void> | void) => vi.waitFor(check, { timeout: 60_000, interval: 100 });

/** Somebody who enters bills as fast as the desk takes them, and remembers which the desk acknowledged. */
class Clerk {
  readonly desk: TestDesk;
  readonly collegeIds: readonly Id[];
  readonly entered: Id[] = [];
  #commands = 0;
  #running: Promise<void> = Promise.resolve();
  #stopped = false;
  #problem: unknown = null;
  readonly #vendors = new Map<Id, Id>();

  constructor(desk: TestDesk, collegeIds: readonly Id[]) {
    this.desk = desk;
    this.collegeIds = collegeIds;
  }

  start(): void {
    this.#running = this.#enterBills();
    this.#running.catch((problem) => {
      this.#problem = problem;
    });
  }

  /** @throws what ended the entering */
  check(): void {
    if (this.#problem !== null) throw this.#problem;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#running;
  }

  /** How many commands of this desk the server has confirmed. */
  async confirmed(): Promise<number> {
    const { pending } = await this.desk.call('sync.status', {});
    return this.#commands - pending;
  }

  async enterBill(collegeId: Id): Promise<void> {
    const vendorId = this.#vendors.get(collegeId) ?? (await this.#enterVendor(collegeId));
    const expenseId = newId();
    const gst = { cgstPaise: 9_000n, sgstPaise: 9_000n };
    const fields = billFields(vendorId, istDate(Date.now()), { billNo: `B-${expenseId}`, ...gst });
    await this.#run({ collegeId, name: 'expense.create', args: { expenseId, fields } });
    await this.#run({ collegeId, name: 'expense.submit', args: { expenseId, overBudgetReason: null } });
    this.entered.push(expenseId);
  }

  async #enterVendor(collegeId: Id): Promise<Id> {
    const vendorId = newId();
    const fields = vendorFields(`Vendor ${vendorId}`);
    await this.#run({ collegeId, name: 'vendor.create', args: { vendorId, fields } });
    this.#vendors.set(collegeId, vendorId);
    return vendorId;
  }

  async #run(command: Input<'commands.run'>): Promise<void> {
    await this.desk.call('commands.run', command);
    this.#commands += 1;
  }

  async #enterBills(): Promise<void> {
    while (!this.#stopped) {
      await this.enterBill(this.collegeIds[random.below(this.collegeIds.length)] ?? '');
      // Somebody who types leaves the desk time for its other work.
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
  }
}

// What the servers log of the database going away under them is meant to be there.
describe('two server processes over one PostgreSQL', () => {
  let postgres: TestPostgres;
  let nats: TestNats | null = null;
  const proxies: CuttingProxy[] = [];
  const ports: number[] = [];
  const servers: TestServer[] = [];
  const desks: TestDesk[] = [];
  const clerks: Clerk[] = [];
  let colleges: readonly { readonly id: Id; readonly code: string }[] = [];

  const startServer = async (index: number, codes: readonly string[] = []): Promise<void> => {
    servers[index] = await startTestServer(path.join(folder, `server-${index}`), codes, {
      DATABASE_URL: postgres.url,
      MUNIM_SERVER_KEYS: path.join(folder, 'shared', 'keys.json'),
      MUNIM_SERVER_RECEIPTS: path.join(folder, 'shared', 'receipts'),
      MUNIM_SERVER_PORT: String(ports[index]),
      ...(nats === null ? {} : { NATS_URL: nats.url }),
    });
  };
  const server = (index: number): TestServer => {
    const found = servers[index];
    if (found === undefined) throw new Error('no such server');
    return found;
  };
  const pokes = async (index: number): Promise<string | undefined> =>
    /"pokes":"(\w+)"/.exec(await (await fetch(`${server(index).url}/readyz`)).text())?.[1];
  /** Waits until the desks had so many more commands confirmed, over whichever server. Their own pauses are cut short. */
  const flow = async (commands = 12): Promise<void> => {
    const wanted = (await Promise.all(clerks.map((clerk) => clerk.confirmed()))).map((count) => count + commands);
    await until(async () => {
      // Not waited for: under load one round follows the other.
      for (const desk of desks) desk.call('sync.now', {}).catch(() => {});
      for (const clerk of clerks) clerk.check();
      const states = await Promise.all(clerks.map(({ desk }) => desk.call('sync.status', {})));
      const now = await Promise.all(clerks.map((clerk) => clerk.confirmed()));
      const missing = now.map((count, index) => Math.max(0, (wanted[index] ?? 0) - count));
      expect(missing, JSON.stringify(states)).toEqual([0, 0]);
    });
  };

  beforeAll(async () => {
    if (program === '') console.warn('no nats-server here: the pokes between the processes are not tried');
    postgres = await startPostgres({ durable: true, own: true });
    nats = program === '' ? null : await startNats(program);
    ports.push(await freePort(), await freePort());
    await startServer(0, ['NHC', 'PUN']);
    await startServer(1);
    const urls: string[] = [];
    for (const port of ports) {
      const proxy = new CuttingProxy([port], random);
      proxies.push(proxy);
      urls.push(await proxy.listen());
    }
    await server(0).addPerson('Asha Kulkarni', 'college_accounts_admin', 'NHC');
    await server(1).addPerson('Meera Joshi', 'college_accounts_admin', 'NHC', 'PUN');
    await server(1).addPerson('Ravi Deshmukh', 'principal', 'NHC', 'PUN');
    desks.push(...(await Promise.all(['one', 'two'].map((name) => openTestDesk(path.join(folder, name))))));
    const [one, two] = desks;
    if (!one || !two) throw new Error('no desks');
    await joinDesk(one, { ...server(0), url: urls[0] ?? '' }, 'asha.kulkarni@example.in', 'NHC');
    await joinDesk(two, { ...server(1), url: urls[1] ?? '' }, 'ravi.deshmukh@example.in', 'NHC', 'PUN');
    const session = await two.call('session.get', {});
    colleges = session.colleges;
    for (const { id } of colleges) {
      const args = {
        financialYear: session.financialYear,
        category: 'supplies',
        allocated: { from: 0n, to: 10n ** 12n },
      };
      await two.call('commands.run', { collegeId: id, name: 'budget.set', args });
    }
    await two.call('session.signOut', {});
    await two.call('session.signIn', { email: 'meera.joshi@example.in', password: server(1).password });
    for (const desk of desks) await desk.call('sync.now', {});
    for (const desk of desks) await desk.call('sync.now', {});
    const [nhc, pun] = ['NHC', 'PUN'].map((code) => colleges.find((college) => college.code === code)?.id ?? '');
    if (!nhc || !pun) throw new Error('no colleges');
    clerks.push(new Clerk(one, [nhc]), new Clerk(two, [nhc, pun]));
  });

  afterAll(async () => {
    await Promise.all(clerks.map((clerk) => clerk.stop()));
    await Promise.all(desks.map((desk) => desk.close()));
    await Promise.all(proxies.map((proxy) => proxy.close()));
    await Promise.all(servers.map((one) => one.stop()));
    await nats?.stop();
    await postgres?.stop();
    remove();
  });

  it.skipIf(program === '')('tells a desk of one process what came to the other, without being asked', async () => {
    await until(async () => expect(await Promise.all([0, 1].map(pokes))).toEqual(['shared', 'shared']));
    const [writer, reader] = clerks;
    await writer?.enterBill(writer.collegeIds[0] ?? '');
    const id = writer?.entered.at(-1) ?? '';
    await until(async () => expect(await reader?.desk.call('expenses.get', { id })).toMatchObject({ id }));
  });

  it('loses no command and takes none twice while servers, network, database and pokes fail under load', async () => {
    for (const proxy of proxies) {
      proxy.ports = ports;
      proxy.breakAll();
    }
    for (const clerk of clerks) clerk.start();
    await flow();
    for (const index of [0, 1]) {
      await server(index).kill();
      await flow();
      await startServer(index);
    }
    for (const proxy of proxies) proxy.cuts = true;
    const broken = (): number => proxies.reduce((sum, proxy) => sum + proxy.broken, 0);
    while (broken() < 8) {
      for (const proxy of proxies) proxy.breakAll();
      await flow();
    }
    for (const proxy of proxies) proxy.cuts = false;
    const pids = servers.map(({ pid }) => pid);
    for (let crashes = 0; crashes < 2; crashes++) {
      await postgres.crash();
      await flow();
    }
    // They outlived it: nobody started them again.
    expect(servers.map(({ pid, isRunning }) => [pid, isRunning()])).toEqual(pids.map((pid) => [pid, true]));
    for (const index of [0, 1]) {
      await server(index).stop();
      await flow();
      await startServer(index);
    }
    if (nats !== null) {
      await nats.kill();
      await until(async () => expect(await Promise.all([0, 1].map(pokes))).toEqual(['degraded', 'degraded']));
      await flow();
      await nats.start();
      await until(async () => expect(await Promise.all([0, 1].map(pokes))).toEqual(['shared', 'shared']));
    }
    await Promise.all(clerks.map((clerk) => clerk.stop()));
    await settle();
    await checkServerBooks();
    await checkDesks();
  });

  /** Both desks to the end: everything sent, and everything there is fetched. */
  async function settle(): Promise<void> {
    for (let rounds = 0; rounds < 2; rounds++) {
      for (const desk of desks) {
        await until(async () => {
          const status = await desk.call('sync.now', {});
          expect(status).toMatchObject({ state: 'synced', pending: 0, attention: 0, parked: 0 });
        });
      }
    }
  }

  async function checkServerBooks(): Promise<void> {
    for (const index of [0, 1]) expect(await server(index).ask('verify', {})).toMatchObject({ sound: true });
    const { rows: sequences } = await onServer<{ device: string }>(
      `SELECT "device_id" AS "device" FROM "server"."command_log" GROUP BY 1 HAVING count(*) <> max("seq") OR min("seq") <> 1`,
    );
    expect(sequences).toEqual([]);
    const { rows: doubles } = await onServer(
      `SELECT "command_id" FROM "server"."command_log" GROUP BY 1 HAVING count(*) > 1`,
    );
    expect(doubles).toEqual([]);
    const { rows: refused } = await onServer(
      `SELECT "code", "details", "text" FROM "server"."command_log" WHERE "status" <> 'applied'`,
    );
    expect(refused).toEqual([]);
    const { rows: expenses } = await onServer<{ id: string }>('SELECT "id" FROM "expenses"');
    expect(expenses.map(({ id }) => id).sort()).toEqual(clerks.flatMap(({ entered }) => entered).sort());
    for (const { id } of colleges) expect(await faultsOf(await booksOf(id))).toEqual([]);
  }

  /** S2: the desks hold the rows of the server byte for byte, and S8: no row of a college that is not theirs. */
  async function checkDesks(): Promise<void> {
    await Promise.all(desks.map((desk) => desk.close()));
    for (const [index, { desk, collegeIds }] of clerks.entries()) {
      const here = await PGlite.create(path.join(desk.dataDir, 'books'));
      for (const table of tableNames) {
        const all = `SELECT row_to_json("t")::text AS "record" FROM "${sqlName(table)}" AS "t"`;
        const { rows: own } = await here.query<{ record: string }>(`${all} ORDER BY "id"`);
        const scope = collegeIds.map((id) => `'${id}'`).join();
        const { rows: theirs } = await onServer<{ record: string }>(
          `${all} WHERE "college_id" IN (${scope}) ORDER BY "id"`,
        );
        expect(own, `${table} of desk ${index}`).toEqual(theirs);
        if (!notEntered.includes(table)) expect(own.length).toBeGreaterThan(0);
      }
      await here.close();
    }
  }

  async function onServer<R extends pg.QueryResultRow>(text: string): Promise<pg.QueryResult<R>> {
    const client = new pg.Client({ connectionString: postgres.url });
    await client.connect();
    try {
      return await client.query<R>(text);
    } finally {
      await client.end();
    }
  }

  /** The books of a college as the server has them, for the invariants of the domain. */
  async function booksOf(collegeId: Id): Promise<MemoryBooks> {
    const memory = new MemoryBooks(collegeId);
    for (const table of tableNames) {
      const order = table === 'audit_entries' ? 'position' : 'id';
      const { rows } = await onServer<{ record: string }>(
        `SELECT row_to_json("t")::text AS "record" FROM "${sqlName(table)}" AS "t" WHERE "college_id" = '${collegeId}' ORDER BY "${order}"`,
      );
      for (const { record } of rows) {
        const { version: _, ...row } = readRecord(table, record);
        if (table === 'audit_entries') memory.apply([], row as unknown as AuditEntry);
        else memory.apply([{ table, row } as unknown as Change]);
      }
    }
    return memory;
  }
});
