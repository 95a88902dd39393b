import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { testFolder } from '../../shared/engine/testing.ts';
import { systemRandom } from '../../shared/ports/random.ts';
import { vendorFields } from '../../shared/testing/entries.ts';
import { SimClock } from '../../shared/testing/sim-clock.ts';
import { scryptPasswords } from '../adapters/passwords.ts';
import { backUpServer } from '../composition/backup.ts';
import { closeContext, type OpenContext, openContext } from '../composition/open-context.ts';
import { restoreServer } from '../composition/restore.ts';
import { readConfig, type ServerConfig } from '../main/config.ts';
import type { Log } from '../services/log.ts';
import { pull } from '../services/pull.ts';
import { push } from '../services/push.ts';
import { startS3Endpoint } from './s3-endpoint.ts';
import { booksTemplate, enrolDesk, makeCollege, TestDesk, type TestServer, testNow } from './test-server.ts';
import { booksOf, pulledAll, pushed } from './world.ts';

export const silent: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
export const passphrase = 'a passphrase for the backup';

export interface BackupPlace {
  folder: string;
  /** The settings of a server in a folder of its own below, with a database of its own. */
  config(name: string): Promise<ServerConfig>;
  open(config: ServerConfig): Promise<TestServer & { readonly context: OpenContext }>;
}

/** Folders, databases and open servers of one test, put away behind it. */
export function backupPlace(
  newDatabase: () => Promise<{ url: string | null; drop: () => Promise<void> }>,
): BackupPlace {
  let remove: () => void = () => {};
  const drops: (() => Promise<void>)[] = [];
  const open: TestServer[] = [];
  const clock = new SimClock(testNow);
  const place: BackupPlace = {
    folder: '',
    config: async (name) => {
      const { url, drop } = await newDatabase();
      drops.push(drop);
      const config = readConfig({
        MUNIM_SERVER_DATA: path.join(place.folder, name),
        MUNIM_SERVER_TEMPLATE: await booksTemplate(),
        ...(url === null ? {} : { DATABASE_URL: url }),
      });
      if (!config.ok) throw new Error(config.error);
      return config.value;
    },
    open: async (config) => {
      const context = await openContext({
        config,
        log: silent,
        clock,
        passwords: scryptPasswords(systemRandom, { N: 2 ** 10, r: 8, p: 1 }),
        onPoison: () => expect.fail(),
      });
      let isOpen = true;
      const close = async (): Promise<void> => {
        if (isOpen) await closeContext(context);
        isOpen = false;
      };
      const server = { context, clock, lines: [], faults: [], close };
      open.push(server);
      return server;
    },
  };
  beforeEach(() => {
    ({ folder: place.folder, remove } = testFolder());
  });
  afterEach(async () => {
    for (const server of open.splice(0)) await server.close();
    for (const drop of drops.splice(0)) await drop();
    remove();
  });
  return place;
}

const pdf = Buffer.from('%PDF-1.4 a bill');
const pdfName = createHash('sha256').update(pdf).digest('hex');

export function testBackups(place: BackupPlace): void {
  test('a server comes back elsewhere as it was, and a desk that knows more finds it out and sends it again', async () => {
    const first = await place.config('first');
    const server = await place.open(first);
    const college = await makeCollege(server, 'ABC');
    const other = await makeCollege(server, 'XYZ');
    const desk = await enrolDesk(server, [college.id]);
    await desk.signIn(college.accountant);
    const enter = (by: TestDesk, name: string) =>
      by.command(college.id, college.accountantId, 'vendor.create', {
        vendorId: by.newId(),
        fields: vendorFields(name),
      });
    await pushed(server, desk, [enter(desk, 'Kept')]);
    await server.context.blobs.put(college.id, pdfName, pdf);
    const kept = await pulledAll(server, desk, college.id);
    const books = await booksOf(server, college.id);
    const to = path.join(place.folder, 'backups');
    const made = (await backUpServer(server.context, first, { to, passphrase })) as { folder: string };
    expect(readdirSync(to)).toEqual([path.basename(made.folder)]);
    const lost = enter(desk, 'Lost');
    await pushed(server, desk, [lost]);
    const after = await pulledAll(server, desk, college.id);
    expect(after.cursor).toBeGreaterThan(kept.cursor);
    await server.close();

    const second = await place.config('second');
    const wrong = { from: made.folder, passphrase: 'another passphrase' };
    await expect(restoreServer(second, wrong, silent)).rejects.toMatchObject({ code: 'RESTORE_KEYS' });
    const restored = await restoreServer(second, { from: made.folder, passphrase }, silent);
    expect(restored).toMatchObject({
      former: null,
      colleges: [
        { code: 'ABC', version: kept.cursor, brokenAt: null },
        { code: 'XYZ', brokenAt: null },
      ],
      receipts: { copied: 1, damaged: [] },
    });
    const again = await place.open(second);
    expect(again.context.keys).toEqual(server.context.keys);
    expect(await booksOf(again, college.id)).toEqual(books);
    expect(await again.context.blobs.get(college.id, pdfName)).toEqual(pdf);
    const back = new TestDesk(again, desk.deviceId, desk.privateKey);
    back.seq = desk.seq;

    // Meanwhile others write, until the number of changes has passed what the desk had seen.
    const elsewhere = await enrolDesk(again, [college.id], 'Elsewhere');
    await elsewhere.signIn(college.accountant);
    await pushed(again, elsewhere, [enter(elsewhere, 'One'), enter(elsewhere, 'Two'), enter(elsewhere, 'Three')]);
    const ask = async (cursor: number) =>
      pull(again.context, await back.device(), { collegeId: college.id, cursor, ackedSeq: 0, limitRows: 2_000 });
    expect((await ask(after.cursor)).ok).toBe(false);
    const { rows, cursor } = await pulledAll(again, back, college.id, 2_000, kept.cursor);
    expect(rows.filter(({ table }) => table === 'vendors').map(({ row }) => row?.name)).toEqual([
      'One',
      'Two',
      'Three',
    ]);
    expect((await ask(cursor)).ok).toBe(true);
    const next = enter(back, 'Next');
    expect(await push(again.context, await back.device(), [next])).toMatchObject({
      error: { code: 'SYNC_SEQUENCE_GAP', details: { expected: 2 } },
    });
    const { results } = await pushed(again, back, [lost, next]);
    expect(results.map(({ status }) => status)).toEqual(['applied', 'applied']);
    expect(other.code).toBe('XYZ');
  });

  test('a backup without a passphrase has no keys, and is of use only where they are', async () => {
    const config = await place.config('first');
    const server = await place.open(config);
    await makeCollege(server, 'ABC');
    const to = path.join(place.folder, 'backups');
    const made = (await backUpServer(server.context, config, { to, passphrase: null })) as { folder: string };
    expect(readdirSync(made.folder).some((name) => name.includes('keys'))).toBe(false);
    await server.close();
    const elsewhere = await place.config('second');
    const order = { from: made.folder, passphrase };
    await expect(restoreServer(elsewhere, order, silent)).rejects.toMatchObject({ code: 'RESTORE_KEYS' });
    expect(existsSync(elsewhere.keysFile)).toBe(false);
    // Those of another server are no better than none.
    const stranger = await place.open(elsewhere);
    await stranger.close();
    await expect(restoreServer(elsewhere, order, silent)).rejects.toMatchObject({ code: 'RESTORE_KEYS' });
    const third = await place.config('third');
    expect(await restoreServer({ ...third, keysFile: config.keysFile }, order, silent)).toMatchObject({
      colleges: [{ code: 'ABC' }],
    });
  });

  test('receipts in a bucket stay there, and come back with that bucket or into one, never to nowhere', async () => {
    const s3 = await startS3Endpoint();
    try {
      const first = { ...(await place.config('first')), bucket: s3.place };
      const server = await place.open(first);
      const college = await makeCollege(server, 'ABC');
      await server.context.blobs.put(college.id, pdfName, pdf);
      const to = path.join(place.folder, 'backups');
      const made = await backUpServer(server.context, first, { to, passphrase });
      expect(made).toMatchObject({ receipts: 0, receiptsIn: expect.stringContaining('the bucket receipts') });
      const { folder: from } = made as { folder: string };
      expect(existsSync(path.join(from, 'receipts'))).toBe(false);
      await server.close();

      const second = await place.config('second');
      await expect(restoreServer(second, { from, passphrase }, silent)).rejects.toThrow(/MUNIM_SERVER_S3_BUCKET/);
      const inBucket = { ...second, bucket: s3.place };
      await restoreServer(inBucket, { from, passphrase }, silent);
      const again = await place.open(inBucket);
      expect(Buffer.from((await again.context.blobs.get(college.id, pdfName)) ?? [])).toEqual(pdf);
      await again.close();
    } finally {
      await s3.close();
    }
  });

  test('receipts of a folder are brought into the bucket of the server that takes the backup', async () => {
    const s3 = await startS3Endpoint();
    try {
      const first = await place.config('first');
      const server = await place.open(first);
      const college = await makeCollege(server, 'ABC');
      await server.context.blobs.put(college.id, pdfName, pdf);
      const to = path.join(place.folder, 'backups');
      const { folder: from } = (await backUpServer(server.context, first, { to, passphrase })) as { folder: string };
      await server.close();
      const second = { ...(await place.config('second')), bucket: s3.place };
      expect(await restoreServer(second, { from, passphrase }, silent)).toMatchObject({ receipts: { copied: 1 } });
      const again = await place.open(second);
      expect(Buffer.from((await again.context.blobs.get(college.id, pdfName)) ?? [])).toEqual(pdf);
      await again.close();
    } finally {
      await s3.close();
    }
  });

  test('what is no backup, or one of another kind of server, is not taken', async () => {
    const config = await place.config('first');
    const from = path.join(place.folder, 'empty');
    mkdirSync(from);
    await expect(restoreServer(config, { from, passphrase }, silent)).rejects.toMatchObject({
      code: 'RESTORE_NOT_BACKUP',
    });
    rmSync(from, { recursive: true });
    await expect(restoreServer(config, { from, passphrase }, silent)).rejects.toMatchObject({
      code: 'RESTORE_NOT_BACKUP',
    });
  });
}
