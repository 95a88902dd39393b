import { createHash } from 'node:crypto';
import { zstdDecompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { columnsOf, tableNames } from '../../shared/db/tables.ts';
import { SNAPSHOT_SHA256_HEADER, zSnapshotHead, zSnapshotPart } from '../../shared/sync/messages.ts';
import { type HttpWorld, openHttpWorld } from '../testing/http-world.ts';
import { enrolDesk } from '../testing/test-server.ts';

const FIRST = '00000000-0000-0000-0000-000000000000';
let world: HttpWorld;
beforeAll(async () => {
  world = await openHttpWorld();
});
afterAll(() => world?.close());

const ask = (path: string, token = world.deviceToken) => world.ask(path, { token });

describe('a snapshot', () => {
  test('names its version and every table with its columns, but not the college', async () => {
    const head = zSnapshotHead.parse((await ask(`/sync/snapshot/${world.mine.id}`)).body());
    expect(head.tables.map(({ name }) => name)).toEqual(tableNames);
    expect(head.version).toBeGreaterThan(0);
    const vendors = head.tables.find(({ name }) => name === 'accounts');
    expect(vendors?.columns).toEqual(
      columnsOf('accounts')
        .map(({ name }) => name)
        .filter((name) => name !== 'college_id'),
    );
    expect(vendors?.rows).toBeGreaterThan(10);
  });

  test('gives each table in parts of zstd, in the order of ids, with the digest of each', async () => {
    const path = `/sync/snapshot/${world.mine.id}/accounts/${FIRST}`;
    const answer = await fetchBytes(path);
    expect(answer.digest).toBe(createHash('sha256').update(answer.bytes).digest('hex'));
    const [line = '', ...rows] = zstdDecompressSync(answer.bytes).toString().trimEnd().split('\n');
    const part = zSnapshotPart.parse(JSON.parse(line));
    expect(part).toMatchObject({ collegeId: world.mine.id, table: 'accounts', after: FIRST, next: null });
    expect(rows).toHaveLength(part.rows);
    const ids = rows.map((row) => row.slice(0, 36));
    expect(ids).toEqual([...ids].sort());
    const [middle = ''] = ids.slice(4, 5);
    const rest = zstdDecompressSync(
      (await fetchBytes(`/sync/snapshot/${world.mine.id}/accounts/${middle}`)).bytes,
    ).toString();
    expect(rest.trimEnd().split('\n').slice(1)).toEqual(rows.slice(5));
  });

  test('is given to no desk of another college, and to nobody without a token', async () => {
    const stranger = await enrolDesk(world.server, [world.theirs.id], 'Stranger');
    const token = await world.tokenOf(stranger);
    for (const path of [`/sync/snapshot/${world.mine.id}`, `/sync/snapshot/${world.mine.id}/accounts/${FIRST}`]) {
      expect((await ask(path, token)).status).toBe(404);
      expect(await world.refused(path, {})).toBe('401 AUTH_REQUIRED');
    }
    expect(await world.refused(`/sync/snapshot/${world.mine.id}/devices/${FIRST}`, { token: world.deviceToken })).toBe(
      '400 INPUT_INVALID',
    );
  });
});

async function fetchBytes(path: string): Promise<{ readonly bytes: Buffer; readonly digest: string | null }> {
  const answer = await ask(path);
  return { bytes: answer.bytes, digest: answer.headers.get(SNAPSHOT_SHA256_HEADER) };
}
