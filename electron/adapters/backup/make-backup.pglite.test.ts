import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { testFolder } from '../../../shared/engine/testing.ts';
import { systemClock } from '../../../shared/ports/clock.ts';
import { systemRandom } from '../../../shared/ports/random.ts';
import { CollegeWorld } from '../../../shared/testing/college-world.ts';
import { blobStore } from '../files/blob-store.ts';
import { openDeskBooks, type TestBooks } from '../pglite/testing.ts';
import { readHeader, unpackBackup } from './backup-file.ts';
import { openKey, passphraseKeyPair, SALT_BYTES } from './backup-keys.ts';
import { type MakeOptions, makeBackup } from './make-backup.ts';

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
