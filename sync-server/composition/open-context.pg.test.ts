import { createHash } from 'node:crypto';
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { freshDatabase } from '../../tools/testing/postgres.ts';
import { readConfig } from '../main/config.ts';
import type { Log } from '../services/log.ts';
import { allColleges, setUpCollege } from '../services/set-up-college.ts';
import { bucketEnvironment, startS3Endpoint } from '../testing/s3-endpoint.ts';
import { testChart } from '../testing/test-server.ts';
import { closeContext, type OpenContext, openContext } from './open-context.ts';

const silent: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
let folder: string;
let url: string;
let drop: () => Promise<void>;
const opened: OpenContext[] = [];

beforeEach(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'munim-context-'));
  ({ url, drop } = await freshDatabase());
});
afterEach(async () => {
  for (const context of opened.splice(0)) await closeContext(context);
  await drop();
  rmSync(folder, { recursive: true, force: true });
});

async function open(
  name: string,
  keys: string,
  receipts: Readonly<Record<string, string>> = { MUNIM_SERVER_RECEIPTS: path.join(folder, 'receipts') },
): Promise<OpenContext> {
  const config = readConfig({
    MUNIM_SERVER_DATA: path.join(folder, name),
    MUNIM_SERVER_KEYS: path.join(folder, keys),
    ...receipts,
    DATABASE_URL: url,
  });
  if (!config.ok) throw new Error(config.error);
  const context = await openContext({ config: config.value, log: silent, onPoison: () => {} });
  opened.push(context);
  return context;
}

test('processes that start together over an empty database agree on schema and keys', async () => {
  const names = ['one', 'two', 'three', 'four'];
  const contexts = await Promise.all(names.map((name) => open(name, 'keys.json')));
  const [first] = contexts;
  if (!first) throw new Error('none');
  expect(contexts.map(({ keys }) => keys)).toEqual(names.map(() => first.keys));
  const made = contexts.map((context, index) =>
    setUpCollege(context, { code: `C${index}`, name: `College ${index}`, stateCode: '27' }, testChart),
  );
  await Promise.all(made);
  for (const context of contexts) {
    expect((await allColleges(context)).map(({ code }) => code).sort()).toEqual(['C0', 'C1', 'C2', 'C3']);
  }
});

test('a process with other keys is refused with words, and one with a copy of the keys is not', async () => {
  await open('one', 'keys.json');
  await expect(open('two', 'others.json')).rejects.toThrow(/others\.json are not those of this database/);
  mkdirSync(path.join(folder, 'copied'));
  copyFileSync(path.join(folder, 'keys.json'), path.join(folder, 'copied', 'keys.json'));
  await open('three', 'copied/keys.json');
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ value: string }>(
    'SELECT "value" FROM "server"."facts" WHERE "name" = \'keys\'',
  );
  await client.end();
  expect(rows).toHaveLength(1);
  const [context] = opened;
  expect(rows[0]?.value).not.toContain(Buffer.from(context?.keys.tokenKey ?? []).toString('base64'));
  expect(rows[0]?.value).not.toContain(context?.keys.deviceKey);
});

test('a process whose folder of receipts is not the shared one is refused, whatever is in it', async () => {
  await open('one', 'keys.json');
  const folderOf = (name: string) => ({ MUNIM_SERVER_RECEIPTS: path.join(folder, name) });
  await expect(open('two', 'keys.json', folderOf('empty'))).rejects.toThrow(/not in the folder .*empty/);
  // Not even where the other process is away, so that nothing but the folder can tell.
  for (const context of opened.splice(0)) await closeContext(context);
  await expect(open('two', 'keys.json', folderOf('empty'))).rejects.toThrow(/not in the folder/);
  cpSync(path.join(folder, 'receipts'), path.join(folder, 'moved'), { recursive: true });
  await open('two', 'keys.json', folderOf('moved'));
});

test('processes that start together over folders that are not shared do not both serve', async () => {
  const names = ['one', 'two', 'three'];
  const tries = names.map((name) => open(name, 'keys.json', { MUNIM_SERVER_RECEIPTS: path.join(folder, name, 'own') }));
  const ends = await Promise.allSettled(tries);
  expect(ends.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected', 'rejected']);
});

test('processes over one bucket hand on what another took; one over another bucket is refused', async () => {
  const s3 = await startS3Endpoint();
  try {
    const bucket = bucketEnvironment(s3.place);
    const contexts = await Promise.all(['one', 'two', 'three'].map((name) => open(name, 'keys.json', bucket)));
    const [first, second] = contexts;
    const college = await setUpCollege(first as OpenContext, { code: 'ABC', name: 'ABC', stateCode: '27' }, testChart);
    const bytes = Buffer.from('%PDF-1.4 a bill');
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    await first?.blobs.put(college.id, sha256, bytes);
    expect(Buffer.from((await second?.blobs.get(college.id, sha256)) ?? [])).toEqual(bytes);
    const other = { ...bucket, MUNIM_SERVER_S3_PREFIX: 'elsewhere' };
    await expect(open('four', 'keys.json', other)).rejects.toThrow(/not in the bucket receipts .* under elsewhere/);
    await expect(open('five', 'keys.json')).rejects.toThrow(/not in the folder/);
    const wrong = { ...bucket, MUNIM_SERVER_S3_SECRET_KEY: 'wrong' };
    await expect(open('six', 'keys.json', wrong)).rejects.toThrow(/cannot be reached.*SignatureDoesNotMatch/);
  } finally {
    await s3.close();
  }
});
