import { generateKeyPairSync, sign } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { drizzle } from 'drizzle-orm/pglite';
import { migrate } from 'drizzle-orm/pglite/migrator';
import { fileTools } from '../electron/adapters/files/file-tools.ts';
import { nodeDigest } from '../electron/adapters/node-digest.ts';
import { CommandStore } from '../electron/adapters/pglite/command-store.ts';
import { journalFiles, openJournal } from '../electron/composition/ledger-journal.ts';
import type { DeskContext, SignedIn } from '../electron/host/desk-context.ts';
import { fileHandlers } from '../electron/host/file-handlers.ts';
import { type Actor, CommandRunner } from '../electron/services/commands.ts';
import { Serial } from '../electron/services/serial.ts';
import type { AnyRow, Db } from '../shared/db/tables.ts';
import { insertRows } from '../shared/db/write-rows.ts';
import { seedChart } from '../shared/domain/college/seed-chart.ts';
import { collegeIds } from '../shared/domain/command/context.ts';
import type { College, Person, TableName } from '../shared/domain/rows.ts';
import type { Engine } from '../shared/engine/engine.ts';
import { openEngine } from '../shared/engine/open.ts';
import { MunimError } from '../shared/kernel/errors.ts';
import { systemClock } from '../shared/ports/clock.ts';
import { systemRandom } from '../shared/ports/random.ts';
import {
  benchCollegeId,
  benchPersonId,
  expenseColumns,
  expenseRow,
  seededRandom,
  vendorCount,
  vendorId,
  vendorName,
} from './data.mjs';

export interface OurBooks {
  readonly engine: Engine;
  readonly db: Db;
  readonly runner: CommandRunner;
  readonly actor: Actor;
  readonly files: ReturnType<typeof fileHandlers>['handlers'];
}

const migrationsFolder = fileURLToPath(new URL('../shared/db/migrations', import.meta.url));

/** The real engine on a directory, as the ledger process opens it, with the services over it and a real signature of every command. */
export async function openOurs(dir: string): Promise<OurBooks> {
  const engine = await openEngine({
    dir: path.join(dir, 'books'),
    onPoison: (reason) => {
      throw new Error(`the database is not sound: ${reason}`);
    },
  });
  const db = drizzle(engine.pg, { casing: 'snake_case' }) as unknown as Db;
  const { privateKey } = generateKeyPairSync('ed25519');
  const store = new CommandStore(db, nodeDigest);
  const { journal } = await openJournal(db, {
    files: journalFiles(dir),
    log: () => {},
    expectSilence: () => {},
    onJournalFault: (problem) => {
      throw problem;
    },
  });
  const runner = new CommandRunner({
    keeper: journal.around(store),
    signer: { sign: async (bytes) => sign(null, bytes, privateKey) },
    clock: systemClock,
    random: systemRandom,
    deviceId: () => '01890000-0000-7000-8000-0000000000dd',
    serial: new Serial(),
    onSaved: () => {},
  });
  const actor = { personId: benchPersonId, name: 'Asha Kulkarni' };
  return {
    engine,
    db,
    runner,
    actor,
    files: fileHandlers(contextOf(dir, db, runner, actor), fileTools(foldersOf(dir))).handlers,
  };
}

function foldersOf(dir: string) {
  const folders = { dataDir: dir, blobs: path.join(dir, 'blobs'), temp: path.join(dir, 'temp') };
  for (const folder of Object.values(folders)) mkdirSync(folder, { recursive: true });
  return folders;
}

function contextOf(dir: string, db: Db, runner: CommandRunner, actor: Actor): DeskContext {
  const person: SignedIn = {
    ...actor,
    email: 'asha@bench.example',
    role: 'college_accounts_admin',
    collegeIds: [benchCollegeId],
  };
  const offline = (): Promise<never> => Promise.reject(new MunimError('SYNC_OFFLINE'));
  return {
    db,
    session: () => person,
    requireSession: () => person,
    requireCollege: () => person,
    device: () => null,
    runCommand: (order) => runner.run(order, actor),
    emit: () => {},
    paths: foldersOf(dir),
    clock: systemClock,
    random: systemRandom,
    digest: nodeDigest,
    link: {
      use: async () => {},
      enrol: offline,
      signIn: offline,
      diagnose: offline,
      push: offline,
      pull: offline,
      missingBlobs: offline,
      putBlob: offline,
      getBlob: offline,
      watch: async () => {},
      onEvent: () => () => {},
    },
    log: () => {},
    expectSilence: () => {},
  };
}

/** Fills new books with the same rows as the other side has. Indexes are built afterwards, as any bulk load does. */
export async function loadOurs(dir: string, count: number): Promise<void> {
  if (existsSync(path.join(dir, 'books'))) return;
  const { engine, db } = await openOurs(dir);
  await migrate(drizzle(engine.pg), { migrationsFolder });
  await insertMasters(
    db,
    Array.from({ length: vendorCount }, (_, index) => ({ id: vendorId(index), name: vendorName(index) })),
  );
  const random = seededRandom(1);
  await withoutIndexes(engine, 'expenses', async () => {
    for (let from = 0; from < count; from += copiedRows) {
      const rows = Array.from({ length: Math.min(count - from, copiedRows) }, (_, index) =>
        expenseRow(from + index, count, random),
      );
      await copyRows(
        engine,
        'expenses',
        expenseColumns.map(([name]) => name),
        rows,
      );
    }
  });
  await engine.pg.exec('vacuum analyze');
  await engine.close();
}

/** Rows that go in with one statement of a bulk load. */
export const copiedRows = 20_000;

/** Adds rows, their cells in the order of the columns. */
export async function copyRows(
  engine: Engine,
  table: string,
  columns: readonly string[],
  rows: readonly (readonly (string | number | null)[])[],
): Promise<void> {
  const blob = new Blob([`${rows.map((row) => row.map(csvCell).join(',')).join('\n')}\n`]);
  await engine.pg.query(`copy ${table} (${columns.join(', ')}) from '/dev/blob' with (format csv)`, [], { blob });
}

/** Fills a table and builds its indexes afterwards. */
export async function withoutIndexes(engine: Engine, table: string, fill: () => Promise<void>): Promise<void> {
  const { rows: indexes } = await engine.pg.query<{ indexname: string; indexdef: string }>(
    `select indexname, indexdef from pg_indexes where tablename = '${table}' and indexname not like '%_pk'`,
  );
  for (const { indexname } of indexes) await engine.pg.exec(`drop index "${indexname}"`);
  await fill();
  for (const { indexdef } of indexes) await engine.pg.exec(indexdef);
}

const csvCell = (cell: string | number | null): string =>
  cell === null ? '' : typeof cell === 'number' ? String(cell) : `"${cell.replaceAll('"', '""')}"`;

const college: College = {
  collegeId: benchCollegeId,
  id: benchCollegeId,
  code: 'BENCH',
  name: 'College of the benchmarks',
  stateCode: '27',
  gstin: null,
  pan: null,
  address: 'Pune',
  isActive: true,
  approvalAbovePaise: 50_000_00n,
  approvalSlaHours: 48,
  budgetWarningBp: 8_000,
  budgetCriticalBp: 9_500,
};

const accountant: Person = {
  collegeId: benchCollegeId,
  id: benchPersonId,
  name: 'Asha Kulkarni',
  email: 'asha@bench.example',
  role: 'college_accounts_admin',
  isActive: true,
};

/** A college with its chart, one accountant, and the vendors. */
export async function insertMasters(
  db: Db,
  vendors: readonly { readonly id: string; readonly name: string }[],
): Promise<void> {
  const file = new URL('../resources/seed/chart.json', import.meta.url);
  const data: unknown = JSON.parse(readFileSync(file, 'utf8'));
  const chart = seedChart(data, benchCollegeId, collegeIds(benchCollegeId, nodeDigest));
  const { groups, accounts, categories } = chart;
  for (const [table, rows] of Object.entries({ account_groups: groups, accounts, categories })) {
    const copies = rows.map((row) => ({ ...row }) as AnyRow);
    await insertRows(db, table as TableName, copies, 1);
  }
  await insertRows(db, 'colleges', [{ ...college }], 1);
  await insertRows(db, 'people', [{ ...accountant }], 1);
  const rows = vendors.map(({ id, name }) => ({
    collegeId: benchCollegeId,
    id,
    name,
    nameKey: name.toLowerCase(),
    gstin: null,
    pan: null,
    ifsc: null,
    accountNumber: null,
    accountName: null,
    email: null,
    phone: null,
    isActive: true,
    revision: 1,
    createdBy: benchPersonId,
    createdAt: 1,
  }));
  await insertRows(db, 'vendors', rows, 1);
}
