import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { testFolder } from '../../shared/engine/testing.ts';
import type { Output } from '../../shared/ipc/contract.ts';
import { type Id, uuidv7 } from '../../shared/kernel/ids.ts';
import { limits } from '../../shared/kernel/limits.ts';
import { systemRandom } from '../../shared/ports/random.ts';
import { readHeader, unpackBackup } from '../adapters/backup/backup-file.ts';
import { openKey, passphraseKeyPair } from '../adapters/backup/backup-keys.ts';
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
const passphrase = 'neem tamarind brass lantern';
const email = 'asha.kulkarni@example.in';
let server: TestServer;
let first: TestDesk;
let collegeId: Id;
const open: TestDesk[] = [];

async function openDesk(name: string, code = 'NHC', person = email): Promise<TestDesk> {
  const desk = await openTestDesk(path.join(folder, name));
  open.push(desk);
  await joinDesk(desk, server, person, code);
  return desk;
}

beforeAll(async () => {
  server = await startTestServer(path.join(folder, 'server'), ['NHC', 'PUN']);
  await server.addPerson('Asha Kulkarni', 'college_accounts_admin', 'NHC');
  await server.addPerson('Ravi Deshmukh', 'college_accounts_admin', 'NHC');
  await server.addPerson('Meera Iyer', 'college_accounts_admin', 'PUN');
  first = await openDesk('first');
  collegeId = (await first.call('session.get', {})).colleges[0]?.id ?? '';
});
afterAll(async () => {
  await Promise.all(open.map((desk) => desk.close()));
  await server?.stop();
  remove();
});

async function ended(desk: TestDesk, job: Output<'jobs.get'>): Promise<Output<'jobs.get'>> {
  let now = job;
  while (now.state === 'running') {
    await new Promise((resolve) => setTimeout(resolve, 50));
    now = await desk.call('jobs.get', { id: job.id });
  }
  return now;
}

const backUpNow = async (desk: TestDesk) => ended(desk, await desk.call('backups.now', {}));

/** The last backup as the person saves it. */
async function saved(desk: TestDesk): Promise<Buffer> {
  const { fileId } = await desk.call('backups.saveCopy', {});
  const pieces: Buffer[] = [];
  for (let offset = 0; ; ) {
    const { bytes, sizeBytes } = await desk.call('files.read', { fileId, offset });
    const piece = Buffer.from(bytes, 'base64');
    pieces.push(piece);
    offset += piece.length;
    if (offset >= sizeBytes || piece.length === 0) return Buffer.concat(pieces);
  }
}

async function check(desk: TestDesk, bytes: Buffer, words = passphrase): Promise<Output<'jobs.get'>> {
  const { fileId } = await desk.call('files.begin', {
    fileName: 'books.munim-backup',
    sizeBytes: bytes.length,
    purpose: 'restore',
  });
  const step = limits.file.uploadChunkBytes;
  for (let offset = 0; offset < bytes.length; offset += step) {
    const piece = bytes.subarray(offset, offset + step).toString('base64');
    await desk.call('files.write', { fileId, offset, bytes: piece });
  }
  const job = await ended(desk, await desk.call('backups.check', { fileId, passphrase: words }));
  await desk.call('files.discard', { fileId });
  return job;
}

/** Restores what was checked and waits until the desk works with it. */
async function restore(desk: TestDesk, jobId: Id): Promise<void> {
  await desk.call('backups.restore', { jobId });
  for (let tries = 0; tries < 600; tries++) {
    const look = await desk.call('backups.look', {}).catch(() => null);
    if (look !== null && look.restored !== null) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('the desk did not come back');
}

async function namesOf(desk: TestDesk): Promise<string[]> {
  return (await desk.call('vendors.page', { collegeId, text: '', offset: 0, limit: 100 })).rows.map(
    ({ fields }) => fields.name,
  );
}

it('asks for a passphrase that is not easily guessed, and makes no backup before there is one', async () => {
  await expect(first.call('backups.now', {})).rejects.toMatchObject({ code: 'BACKUP_NO_PASSPHRASE' });
  await expect(first.call('backups.setSchedule', { daily: true, keep: 3 })).rejects.toMatchObject({
    code: 'BACKUP_NO_PASSPHRASE',
  });
  for (const weak of ['short', 'aaaaaaaaaaaaaaaaaaaa', '121212121212']) {
    await expect(first.call('backups.setPassphrase', { passphrase: weak })).rejects.toMatchObject({
      code: 'BACKUP_PASSPHRASE_WEAK',
    });
  }
  expect((await first.call('backups.setPassphrase', { passphrase })).passphraseSetAt).not.toBeNull();
});

it('carries what was entered offline to another PC, where each entry is there once', async () => {
  const sent = await enterVendor(first, collegeId, 'Sent before');
  await untilSynced(first);
  await first.call('sync.pause', { paused: true });
  const waiting: Id[] = [];
  for (const name of ['Waits One', 'Waits Two', 'Waits Three']) waiting.push(await enterVendor(first, collegeId, name));
  expect(await backUpNow(first)).toMatchObject({ state: 'done', error: null, done: 100 });
  const look = await first.call('backups.look', {});
  expect(look).toMatchObject({ failure: null, last: { colleges: ['NHC'], waiting: 3 } });
  const bytes = await saved(first);
  expect(bytes.length).toBe(look.last?.sizeBytes);
  expect(fs.readdirSync(path.join(folder, 'first', 'encrypted-backups'))).toEqual([look.last?.fileName]);

  // After the backup one of those reaches the server, so that the other PC sends something that is known there.
  await first.call('sync.pause', { paused: false });
  await untilSynced(first);
  const third = await openDesk('third', 'NHC', 'ravi.deshmukh@example.in');
  const since = await enterVendor(third, collegeId, 'Entered since by another');
  await untilSynced(third);

  const second = await openDesk('second');
  await second.call('sync.pause', { paused: true });
  const own = await enterVendor(second, collegeId, 'Own of the second, not sent');
  const job = await check(second, bytes);
  expect(job).toMatchObject({ state: 'done', error: null });
  expect(await second.call('backups.found', { jobId: job.id })).toMatchObject({
    waiting: 3,
    isOwn: false,
    personName: 'Asha Kulkarni',
    colleges: [{ code: 'NHC' }],
  });
  await restore(second, job.id);
  expect((await second.call('backups.look', {})).restored).toMatchObject({ problem: null, waiting: 3 });
  expect((await second.call('session.get', {})).phase).toBe('signed_in');
  for (const id of [...waiting, own]) expect((await second.call('vendors.get', { id })).pending).toBe(true);
  const later = await enterVendor(second, collegeId, 'Entered after the restore');
  await second.call('sync.pause', { paused: false });
  await untilSynced(second);
  for (const id of [sent, ...waiting, own, later, since]) {
    expect((await second.call('vendors.get', { id })).pending).toBe(false);
  }
  const names = await namesOf(second);
  expect(names.length).toBe(new Set(names).size);
  expect(await second.call('attention.list', {})).toEqual({ rows: [] });
  expect(await second.call('audit.verify', { collegeId })).toMatchObject({ intact: true });
  expect(await server.ask('verify', {})).toMatchObject({ sound: true });
  const kept = fs.readdirSync(path.join(folder, 'second')).filter((name) => name.startsWith('books.before-restore-'));
  expect(kept).toHaveLength(1);
  expect(fs.existsSync(path.join(folder, 'second', 'restore'))).toBe(false);
  // Who signed in here still may without a network.
  await second.call('session.signOut', {});
  await second.call('sync.pause', { paused: true });
  await second.call('session.signIn', { email, password: server.password });
});

it('sends from the other PC what the first one never could', async () => {
  const lost = await openDesk('lost');
  await lost.call('backups.setPassphrase', { passphrase });
  await lost.call('sync.pause', { paused: true });
  const entered = [
    await enterVendor(lost, collegeId, 'Only in the backup'),
    await enterVendor(lost, collegeId, 'This too'),
  ];
  expect(await backUpNow(lost)).toMatchObject({ state: 'done' });
  const bytes = await saved(lost);
  // The PC is stolen here.
  lost.killLedger();
  await lost.close();
  const next = await openDesk('next');
  // Enrolled once more, with an entry that still goes by its earlier name.
  await next.call('sync.pause', { paused: true });
  const renamed = await enterVendor(next, collegeId, 'Entered before the second enrolment');
  await next.call('session.enrol', {
    serverUrl: server.url,
    code: await server.enrolCode('NHC'),
    deviceName: 'Next, again',
  });
  const job = await check(next, bytes);
  await restore(next, job.id);
  expect((await next.call('backups.look', {})).restored).toMatchObject({ problem: null });
  await next.call('sync.pause', { paused: false });
  // The server takes entries of people only who have signed in under the new enrolment.
  await next.call('session.signIn', { email, password: server.password });
  await untilSynced(next);
  for (const id of [...entered, renamed]) expect((await next.call('vendors.get', { id })).pending).toBe(false);
  expect(await next.call('attention.list', {})).toEqual({ rows: [] });
  expect(await server.ask('verify', {})).toMatchObject({ sound: true });
});

it('goes back on the same desk and loses nothing that was entered since', async () => {
  await first.call('sync.pause', { paused: true });
  expect(await backUpNow(first)).toMatchObject({ state: 'done' });
  const bytes = await saved(first);
  const since = await enterVendor(first, collegeId, 'Entered after its own backup');
  const job = await check(first, bytes);
  expect(await first.call('backups.found', { jobId: job.id })).toMatchObject({ isOwn: true });
  await restore(first, job.id);
  expect((await first.call('vendors.get', { id: since })).pending).toBe(true);
  await first.call('sync.pause', { paused: false });
  await untilSynced(first);
  expect((await first.call('vendors.get', { id: since })).pending).toBe(false);
  expect(await server.ask('verify', {})).toMatchObject({ sound: true });
});

it('says of each bad file what is wrong with it, and touches nothing', async () => {
  const bytes = await saved(first);
  const altered = Buffer.from(bytes);
  altered.writeUInt8(altered.readUInt8(bytes.length - 100) ^ 1, bytes.length - 100);
  const newer = Buffer.from(bytes);
  newer.writeUInt32LE(2, 12);
  const bad: readonly (readonly [Buffer, string, string])[] = [
    [bytes, 'another passphrase', 'BACKUP_PASSPHRASE_WRONG'],
    [bytes.subarray(0, bytes.length - 1), passphrase, 'BACKUP_TRUNCATED'],
    [altered, passphrase, 'BACKUP_ALTERED'],
    [newer, passphrase, 'BACKUP_NEWER'],
    [Buffer.from('PK\u0003\u0004 a workbook'), passphrase, 'BACKUP_NOT_A_BACKUP'],
  ];
  for (const [file, words, code] of bad) {
    expect(await check(first, file, words)).toMatchObject({ state: 'failed', error: { code } });
  }
  const other = await openDesk('other', 'PUN', 'meera.iyer@example.in');
  const refused = await check(other, bytes);
  expect(refused).toMatchObject({
    state: 'failed',
    error: { code: 'BACKUP_OTHER_COLLEGES', details: { colleges: 'NHC' } },
  });
  await expect(other.call('backups.restore', { jobId: refused.id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  const never = uuidv7(Date.now(), systemRandom.bytes(10));
  await expect(first.call('backups.restore', { jobId: never })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  for (const name of ['first', 'other']) {
    const left = path.join(folder, name, 'backup-work', 'checked');
    expect(fs.existsSync(left) ? fs.readdirSync(left) : []).toEqual([]);
  }
});

it('holds nothing secret, even for those who have the passphrase', async () => {
  const file = path.join(folder, 'secret.munim-backup');
  fs.writeFileSync(file, await saved(first));
  const read = await readHeader(file);
  const pair = await passphraseKeyPair(passphrase, Buffer.from(read.header.salt, 'base64'));
  const into = path.join(folder, 'secret');
  const told = { signal: new AbortController().signal, onBytes: () => {} };
  await unpackBackup(file, read, openKey(read.header.forPassphrase, pair), into, told);
  const all = [fs.readFileSync(file), ...filesBelow(into).map((name) => fs.readFileSync(name))];
  const secrets = secretsOf(path.join(folder, 'first'));
  expect(secrets.length).toBeGreaterThan(2);
  for (const secret of [
    ...secrets,
    Buffer.from(server.password),
    Buffer.from('scrypt$32768$'),
    Buffer.from(passphrase),
  ]) {
    expect(all.filter((content) => content.includes(secret))).toEqual([]);
  }
  // And the search finds what is there.
  expect(all.some((content) => content.includes('Waits Two'))).toBe(true);
});

function filesBelow(dir: string): string[] {
  const entries = fs.readdirSync(dir, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
}

/** The keys of the desk as its key store holds them, and what the vault made of them, as bytes and as text. */
function secretsOf(dataDir: string): Buffer[] {
  const stored = filesBelow(path.join(dataDir, 'dev-secrets')).map((file) => fs.readFileSync(file));
  const vault = fs.readFileSync(path.join(dataDir, 'vault.json'), 'utf8');
  const sealed = [...vault.matchAll(/"data": "([^"]{20,})"/g)].map(([, data = '']) => data);
  return [
    ...stored.filter((bytes) => bytes.length >= 16),
    ...stored.map((bytes) => Buffer.from(bytes.toString('base64'))).filter((bytes) => bytes.length >= 16),
    ...sealed.flatMap((data) => [Buffer.from(data), Buffer.from(data, 'base64')]),
  ];
}

it('leaves nothing half when it is stopped', async () => {
  const before = fs.readdirSync(path.join(folder, 'first', 'encrypted-backups'));
  const started = await first.call('backups.now', {});
  await expect(first.call('backups.now', {})).rejects.toMatchObject({ code: 'BACKUP_RUNNING' });
  await first.call('jobs.cancel', { id: started.id });
  expect(await ended(first, started)).toMatchObject({ state: 'cancelled' });
  expect(fs.readdirSync(path.join(folder, 'first', 'encrypted-backups'))).toEqual(before);
  expect(fs.existsSync(path.join(folder, 'first', 'backup-work', 'making'))).toBe(false);
  expect((await first.call('backups.look', {})).failure).toBeNull();
});
