import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { startDatabase } from '../../../shared/engine/start.ts';
import { testFolder } from '../../../shared/engine/testing.ts';
import { systemClock } from '../../../shared/ports/clock.ts';
import { systemRandom } from '../../../shared/ports/random.ts';
import { CollegeWorld } from '../../../shared/testing/college-world.ts';
import { blobStore } from '../files/blob-store.ts';
import { openDeskBooks, type TestBooks } from '../pglite/testing.ts';
import { readHeader, unpackBackup } from './backup-file.ts';
import { openKey, passphraseKeyPair, SALT_BYTES } from './backup-keys.ts';
import { checkScratch, type MadeBackup, type MakeOptions, makeBackup } from './make-backup.ts';

const { folder, remove } = testFolder();
const into = path.join(folder, 'kept');
const workDir = path.join(folder, 'work');
const salt = systemRandom.bytes(SALT_BYTES);
const passphrase = 'neem tamarind brass lantern';
const SECRET = 'scrypt$32768$8$3$bm90IGEgc2FsdA==$dGhpcyBoYXNoIG11c3Qgc3RheSBhdCBob21l';
let books: TestBooks;
let options: MakeOptions;

beforeAll(async () => {
  books = await openDeskBooks(folder);
  const world = await CollegeWorld.create(1, { supplies: 500_000_00n, travel: 200_000_00n });
  await world.submitted({ description: 'Chalk' });
  await books.reset(world);
  fs.mkdirSync(into);
  const { publicKey } = await passphraseKeyPair(passphrase, salt);
  options = {
    engine: books.engine,
    blobs: blobStore(path.join(folder, 'blobs')),
    migrationsDir: 'shared/db/migrations',
    workDir,
    folder: into,
    key: { publicKey: Buffer.from(publicKey).toString('base64'), salt: Buffer.from(salt).toString('base64') },
    desk: { id: '01980000-0000-7000-8000-0000000000d1', name: 'Accounts PC' },
    person: null,
    keep: 2,
    clock: systemClock,
    random: systemRandom,
    signal: new AbortController().signal,
    onProgress: () => {},
  };
});
afterEach(() => vi.restoreAllMocks());
afterAll(async () => {
  await books?.close();
  remove();
});

async function unpacked(fileName: string, to: string): Promise<string> {
  const file = path.join(into, fileName);
  const read = await readHeader(file);
  const pair = await passphraseKeyPair(passphrase, salt);
  const fileKey = openKey(read.header.forPassphrase, pair);
  const told = { signal: options.signal, onBytes: () => {} };
  await unpackBackup(file, read, fileKey, to, told);
  return to;
}

/** Names of files below a folder whose bytes hold the text. */
function holding(dir: string, text: string): string[] {
  const entries = fs.readdirSync(dir, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
  return files.filter((file) => fs.readFileSync(file).includes(text)).map((file) => path.relative(dir, file));
}

it('leaves the hashes of passwords behind: in the pages, the statistics and the log', async () => {
  const { pg } = books.engine;
  for (let round = 0; round < 30; round++) {
    await pg.query(
      'insert into desk.known_people (person_id, email, password_hash, confirmed_at) values (gen_random_uuid(), $1, $2, 1)',
      [`p${round}@example.in`, SECRET],
    );
  }
  await pg.exec('analyze desk.known_people; checkpoint');
  expect(holding(books.engine.dir, SECRET).some((name) => name.startsWith('pg_wal'))).toBe(true);
  const { rows } = await pg.query('select 1 from pg_stats where most_common_vals::text like $1', [`%${SECRET}%`]);
  expect(rows).toHaveLength(1);

  const seen: number[] = [];
  const made = await makeBackup({ ...options, onProgress: (percent) => seen.push(percent) });
  expect(seen.at(-1)).toBe(99);
  expect(seen).toEqual(seen.toSorted((one, other) => one - other));
  expect(fs.readdirSync(into)).toEqual([made.fileName]);
  expect(fs.existsSync(workDir)).toBe(false);
  const back = await unpacked(made.fileName, path.join(folder, 'back'));
  expect(fs.existsSync(path.join(back, 'pgdata', 'PG_VERSION'))).toBe(true);
  expect(holding(back, SECRET)).toEqual([]);
  expect(holding(back, 'password_hash')).not.toEqual([]);
  // The desk itself keeps them.
  expect((await pg.query('select 1 from desk.known_people')).rows).toHaveLength(30);
});

it('keeps as many as it is to, of this desk only', async () => {
  fs.writeFileSync(path.join(into, 'munim-NHC-20200101T000000000Z-ffffffff.munim-backup'), 'of another desk');
  const first = fs.readdirSync(into).filter((name) => !name.includes('ffffffff'));
  const second = await makeBackup(options);
  const third = await makeBackup(options);
  expect(fs.readdirSync(into).filter((name) => !name.includes('ffffffff'))).toEqual(
    [second.fileName, third.fileName].toSorted(),
  );
  expect(first).not.toContain(third.fileName);
  expect(fs.readdirSync(into)).toHaveLength(3);
});

it('takes along the receipts that the server does not have, and no others', async () => {
  const bytes = Buffer.from('%PDF-1.7 a receipt that waits');
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const other = Buffer.from('%PDF-1.7 a receipt that the server has');
  await options.blobs.put(sha256, bytes);
  await options.blobs.put(createHash('sha256').update(other).digest('hex'), other);
  await books.engine.pg.query(
    'insert into desk.blob_uploads (sha256, college_id, size_bytes) values ($1, gen_random_uuid(), $2)',
    [sha256, bytes.length],
  );
  const made = await makeBackup(options);
  const back = await unpacked(made.fileName, path.join(folder, 'with-receipt'));
  expect(fs.readdirSync(path.join(back, 'receipts'))).toEqual([sha256]);
  expect(fs.readFileSync(path.join(back, 'receipts', sha256))).toEqual(bytes);
});

it('leaves nothing half wherever it is stopped', async () => {
  const before = fs.readdirSync(into);
  for (const at of [10, 35, 60]) {
    const stop = new AbortController();
    const onProgress = (percent: number): void => {
      if (percent >= at) stop.abort();
    };
    await expect(makeBackup({ ...options, signal: stop.signal, onProgress })).rejects.toMatchObject({
      code: 'CANCELLED',
    });
    expect(fs.readdirSync(into)).toEqual(before);
    expect(fs.existsSync(workDir)).toBe(false);
  }
});

it('leaves nothing half on a disk that is full, and says so', async () => {
  const before = fs.readdirSync(into);
  const openFile = fs.promises.open;
  vi.spyOn(fs.promises, 'open').mockImplementation(async (name, ...rest) => {
    const handle = await openFile(name, ...rest);
    if (!String(name).endsWith('.part')) return handle;
    let room = 100_000;
    vi.spyOn(handle, 'write').mockImplementation((async (piece: Uint8Array) => {
      room -= piece.length;
      if (room < 0) throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
      return { bytesWritten: piece.length, buffer: piece };
    }) as never);
    return handle;
  });
  await expect(makeBackup(options)).rejects.toMatchObject({ code: 'ENGINE_DISK_FULL' });
  expect(fs.readdirSync(into)).toEqual(before);
  expect(fs.existsSync(workDir)).toBe(false);
});

it('says that the folder is not there', async () => {
  const missing = path.join(folder, 'a-disk-that-was-taken-away');
  await expect(makeBackup({ ...options, folder: missing })).rejects.toMatchObject({
    code: 'BACKUP_FOLDER',
    details: { reason: 'ENOENT' },
  });
  expect(fs.existsSync(missing)).toBe(false);
});

const changes: Readonly<Record<string, readonly [change: string, detail: RegExp]>> = {
  'an amount': [
    `update voucher_lines set debit_paise = debit_paise + 100 where debit_paise > 0;
      update ledger_days d set debit_paise = l.debit from (
        select college_id, account_code, date, sum(debit_paise) as debit from voucher_lines group by 1, 2, 3
      ) l where (l.college_id, l.account_code, l.date) = (d.college_id, d.account_code, d.date)`,
    /^the trial balance of \w+ differs$/,
  ],
  'the sum of a day': ['update ledger_days set debit_paise = debit_paise + 100', /sums of days/],
  'the end of the audit trail': [
    "update audit_entries set hash = repeat('0', 64) where position = (select max(position) from audit_entries)",
    /^the audit trail of \w+ ends elsewhere$/,
  ],
  'rows that went': ['delete from people', /^public.people has 0 rows instead of \d+$/],
};

let whole: MadeBackup | null = null;

/** A copy out of a backup, changed behind its back, as the check sees it. */
async function checkChanged(name: string, change: string): Promise<void> {
  whole ??= await makeBackup(options);
  const back = await unpacked(whole.fileName, path.join(folder, `changed ${name}`));
  const dir = path.join(back, 'pgdata');
  const { pg } = await startDatabase({ dir, onPoison: () => {}, log: () => {} });
  await pg.exec(`set session_replication_role = replica; ${change}`);
  await pg.close();
  await checkScratch(dir, whole.header.facts, options.migrationsDir, options.signal);
}

it.each(Object.keys(changes))('does not take for the books a copy in which differs %s', async (name) => {
  const [change = '', detail = ''] = changes[name] ?? [];
  await expect(checkChanged(name, change)).rejects.toMatchObject({
    code: 'BACKUP_UNSOUND',
    details: { detail: expect.stringMatching(detail) },
  });
});

it('refuses books of a newer Munim before it looks for what it does not know', async () => {
  const change = `insert into drizzle.__drizzle_migrations (hash, created_at) values ('of tomorrow', 4000000000000);
    alter table vouchers rename to vouchers_of_tomorrow`;
  await expect(checkChanged('newer', change)).rejects.toMatchObject({ code: 'ENGINE_SCHEMA_NEWER' });
});
