import { execFile } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { backUp } from '../../shared/engine/backup.ts';
import { openTestEngine, testFolder } from '../../shared/engine/testing.ts';
import type { Id } from '../../shared/kernel/ids.ts';
import { runSeed } from '../../shared/testing/seed.ts';
import { SeededRandom } from '../../shared/testing/seeded-random.ts';
import { backupsFolder } from './ledger-journal.ts';
import {
  enterVendor,
  joinDesk,
  openTestDesk,
  startTestServer,
  type TestDesk,
  type TestServer,
  untilSynced,
} from './testing.ts';

const { folder, remove } = testFolder();
const random = new SeededRandom(runSeed());
let server: TestServer;
let desk: TestDesk;
let collegeId: Id;
const email = 'asha.kulkarni@example.in';
const dataDir = path.join(folder, 'desk');
const books = path.join(dataDir, 'books');

beforeAll(async () => {
  server = await startTestServer(path.join(folder, 'server'), ['NHC']);
  await server.addPerson('Asha Kulkarni', 'college_accounts_admin', 'NHC');
  await server.addPerson('Ravi Deshmukh', 'college_accounts_admin', 'NHC');
  desk = await openTestDesk(dataDir);
  await joinDesk(desk, server, email, 'NHC');
  collegeId = (await desk.call('session.get', {})).colleges[0]?.id ?? '';
});
afterAll(async () => {
  await desk?.close();
  await server?.stop();
  remove();
});

const enter = (): Promise<Id> => enterVendor(desk, collegeId, `Vendor ${++entered}`);
let entered = 0;

async function enterSome(count: number): Promise<Id[]> {
  const ids: Id[] = [];
  for (let index = 0; index < count; index++) ids.push(await enter());
  return ids;
}

/** Every file of the books, from the largest down. */
function filesOf(dir: string): string[] {
  const entries = fs.readdirSync(dir, { recursive: true, withFileTypes: true });
  const names = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
  return names.sort((one, other) => fs.statSync(other).size - fs.statSync(one).size);
}

const page = 8192;
const damages: Readonly<Record<string, () => void>> = {
  'is deleted': () => fs.rmSync(books, { recursive: true }),
  'has every file cut in half': () => {
    for (const file of filesOf(books)) fs.truncateSync(file, Math.floor(fs.statSync(file).size / 2));
  },
  'has a page of every file overwritten': () => {
    for (const file of filesOf(path.join(books, 'base'))) {
      const pages = Math.floor(fs.statSync(file).size / page);
      if (pages === 0) continue;
      const fd = fs.openSync(file, 'r+');
      fs.writeSync(fd, random.bytes(page), 0, page, page * random.below(pages));
      fs.closeSync(fd);
    }
  },
  'has a control file of noise': () => fs.writeFileSync(path.join(books, 'global', 'pg_control'), random.bytes(8192)),
  'is a folder of something else': () => {
    fs.rmSync(books, { recursive: true });
    fs.mkdirSync(books);
    fs.writeFileSync(path.join(books, 'PG_VERSION'), 'eighteen');
  },
};

/** Ends the desk hard: the ledger is killed, and what is left of the desk closed. */
async function killDesk(): Promise<void> {
  desk.killLedger();
  await desk.close();
}

async function signIn(): Promise<void> {
  if ((await desk.call('session.get', {})).phase === 'signed_in') return;
  await desk.call('session.signIn', { email, password: server.password });
}

/** One button: the screens ask what became of the books and give the order. */
async function recoverByButton(): Promise<void> {
  desk = await openTestDesk(dataDir);
  const look = await desk.call('recovery.look', {});
  if (look.books === 'open') return;
  expect(look).toMatchObject({ books: 'closed', possible: true });
  await expect(desk.call('session.get', {})).rejects.toMatchObject({ code: look.problem?.code });
  expect(await desk.call('recovery.start', {})).toMatchObject({ books: 'open', problem: null, possible: false });
}

/** One command, in a process of its own. */
async function recoverByCommand(): Promise<string> {
  const main = path.join(import.meta.dirname, 'headless-main.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [main, 'recover', '--data', dataDir]);
  return stdout;
}

async function expectWhole(all: readonly Id[]): Promise<void> {
  await untilSynced(desk);
  for (const id of all) expect((await desk.call('vendors.get', { id })).pending).toBe(false);
  expect(await desk.call('attention.list', {})).toEqual({ rows: [] });
  expect(await desk.call('audit.verify', { collegeId })).toMatchObject({ intact: true });
  expect(await server.ask('verify', {})).toMatchObject({ sound: true });
}

const all: Id[] = [];

describe.each(Object.keys(damages))('a desk whose data directory %s', (name) => {
  it('comes back by one button from the server and the journal, with nothing acknowledged missing', async () => {
    await signIn();
    all.push(...(await enterSome(3)));
    await untilSynced(desk);
    await desk.call('sync.pause', { paused: true });
    const offline = await enterSome(4);
    all.push(...offline);
    await killDesk();
    damages[name]?.();
    await recoverByButton();
    await signIn();
    await expectWhole(all);
    if (fs.readdirSync(dataDir).some((entry) => entry.startsWith('books.damaged-'))) return;
    expect(name).toBe('is deleted');
  });
});

it('comes back by one command, and keeps everything from the journal until a server is there', async () => {
  await signIn();
  all.push(...(await enterSome(2)));
  await untilSynced(desk);
  await desk.call('sync.pause', { paused: true });
  const offline = await enterSome(3);
  all.push(...offline);
  await killDesk();
  damages['has every file cut in half']?.();
  const port = new URL(server.url).port;
  await server.stop();
  const said = await recoverByCommand();
  expect(said).toMatch(/The books are new; entries put back from the journal: \d+; the server could not be met/);
  server = await startTestServer(path.join(folder, 'server'), [], { MUNIM_SERVER_PORT: port });
  expect(await recoverByCommand()).toContain('the server has been met');
  desk = await openTestDesk(dataDir);
  await signIn();
  await expectWhole(all);
});

/** As the desk makes one every day. @returns its folder */
async function makeDailyBackup(): Promise<string> {
  const { engine } = await openTestEngine(books);
  const { dir } = await backUp(engine, { into: backupsFolder(dataDir), reason: 'daily' });
  await engine.close();
  return dir;
}

it('comes back by one command from the newest daily backup that is sound, with what others entered, while no server is there', async () => {
  await signIn();
  const other = await openTestDesk(path.join(folder, 'other'));
  await joinDesk(other, server, 'ravi.deshmukh@example.in', 'NHC');
  // In no journal of this desk: without a server only the backup has it.
  const theirs = await enterVendor(other, collegeId, 'Vendor of another desk');
  await untilSynced(other);
  await other.close();
  await untilSynced(desk);
  await desk.close();
  const sound = path.basename(await makeDailyBackup());
  for (const file of filesOf(await makeDailyBackup())) fs.truncateSync(file, Math.floor(fs.statSync(file).size / 2));
  desk = await openTestDesk(dataDir);
  await signIn();
  await desk.call('sync.pause', { paused: true });
  const offline = await enterSome(3);
  all.push(...offline, theirs);
  await killDesk();
  damages['is deleted']?.();
  const { port } = new URL(server.url);
  await server.stop();
  const said = await recoverByCommand();
  expect(said).toMatch(
    /The books are those of the backup of .*; entries put back from the journal: \d+; the server could not be met/,
  );
  expect(fs.readdirSync(backupsFolder(dataDir))).toContain(sound);
  desk = await openTestDesk(dataDir);
  await signIn();
  expect((await desk.call('vendors.get', { id: theirs })).pending).toBe(false);
  for (const id of offline) expect((await desk.call('vendors.get', { id })).pending).toBe(true);
  server = await startTestServer(path.join(folder, 'server'), [], { MUNIM_SERVER_PORT: port });
  await desk.call('sync.pause', { paused: false });
  await expectWhole(all);
});
