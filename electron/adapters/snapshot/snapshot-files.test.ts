import fs from 'node:fs';
import path from 'node:path';
import { zstdCompressSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { columnsOf } from '../../../shared/db/tables.ts';
import { testFolder } from '../../../shared/engine/testing.ts';
import { canonicalText } from '../../../shared/kernel/canonical.ts';
import { MunimError } from '../../../shared/kernel/errors.ts';
import { uuidv7 } from '../../../shared/kernel/ids.ts';
import type { SnapshotLink } from '../../../shared/ports/snapshot-link.ts';
import type { SnapshotHead } from '../../../shared/sync/messages.ts';
import { SnapshotFiles } from './snapshot-files.ts';

const { folder, remove } = testFolder();
afterAll(remove);
const zstdText = (text: string): Uint8Array => zstdCompressSync(Buffer.from(text));
const id = (number: number) => uuidv7(1_700_000_000_000, new Uint8Array([0, 0, 0, 0, 0, 0, 0, 0, 0, number]));
const collegeId = id(200);
const columns = columnsOf('vendors')
  .map(({ name }) => name)
  .filter((name) => name !== 'college_id');

/** A server with ten vendors, three to a part. */
function world(name: string, change: Partial<SnapshotHead> = {}) {
  const asked: string[] = [];
  const state = { fails: false, answer: (bytes: Uint8Array): Uint8Array => bytes };
  const link: SnapshotLink = {
    snapshot: async () => ({
      collegeId,
      version: 77,
      minReader: 1,
      tables: [
        { name: 'colleges', columns: ['id'], rows: 0 },
        { name: 'vendors', columns, rows: 10 },
      ],
      ...change,
    }),
    snapshotPart: async (_college, table, after) => {
      if (state.fails) throw new MunimError('SYNC_OFFLINE');
      asked.push(after);
      const from = Array.from({ length: 10 }, (_, index) => id(index)).filter((one) => one > after);
      const rows = from.slice(0, 3);
      const next = from.length > 3 ? (rows.at(-1) ?? null) : null;
      const head = canonicalText({ collegeId, table, after, next, rows: rows.length });
      return state.answer(zstdText(`${head}\n${rows.map((one) => `${one},"x\ny"\n`).join('')}`));
    },
  };
  const files = () => new SnapshotFiles(path.join(folder, name), link);
  return { asked, state, files };
}

async function textOf(files: SnapshotFiles): Promise<string> {
  let text = '';
  for await (const { csv } of files.parts(collegeId)) text += new TextDecoder().decode(csv);
  return text;
}
const whole = Array.from({ length: 10 }, (_, index) => `${id(index)},"x\ny"\n`).join('');

describe('a snapshot', () => {
  it('is fetched part by part, tells how far it is, and is whole at the end', async () => {
    const { asked, files } = world('plain');
    const told: number[] = [];
    expect(await files().fetch(collegeId, (rows) => told.push(rows))).toBe(77);
    expect(asked).toHaveLength(4);
    expect(told.at(-1)).toBe(10);
    expect(files().isWhole(collegeId)).toBe(true);
    expect(await textOf(files())).toBe(whole);
    files().forget(collegeId);
    expect(files().isWhole(collegeId)).toBe(false);
  });

  it('goes on behind the last whole part after the network or the desk went away', async () => {
    const { asked, state, files } = world('resumed');
    state.answer = (bytes) => {
      state.fails = asked.length === 2;
      return bytes;
    };
    await expect(files().fetch(collegeId, () => {})).rejects.toMatchObject({ code: 'SYNC_OFFLINE' });
    expect(files().isWhole(collegeId)).toBe(false);
    state.fails = false;
    state.answer = (bytes) => bytes;
    expect(await files().fetch(collegeId, () => {})).toBe(77);
    expect(new Set(asked).size).toBe(asked.length);
    expect(await textOf(files())).toBe(whole);
  });

  it('asks for the part that follows before it writes one, and for no more than that', async () => {
    const { asked, state, files } = world('ahead');
    const kept: number[] = [];
    state.answer = (bytes) => {
      kept.push(fs.readdirSync(path.join(folder, 'ahead', collegeId)).filter((name) => name.endsWith('.zst')).length);
      return bytes;
    };
    await files().fetch(collegeId, () => {});
    expect(asked).toHaveLength(4);
    expect(kept).toEqual([0, 0, 1, 2]);
  });

  it('begins again when what it knew of the snapshot was damaged', async () => {
    const { files } = world('damaged');
    await files().fetch(collegeId, () => {});
    fs.writeFileSync(path.join(folder, 'damaged', collegeId, 'state.json'), '{"head"');
    expect(files().isWhole(collegeId)).toBe(false);
    expect(await files().fetch(collegeId, () => {})).toBe(77);
    expect(await textOf(files())).toBe(whole);
  });

  it.each([
    ['a bomb', () => zstdCompressSync(Buffer.alloc(80 * 1024 * 1024))],
    ['noise', () => new Uint8Array([1, 2, 3])],
    [
      'another table',
      () => zstdText(`${canonicalText({ collegeId, table: 'people', after: id(0), next: null, rows: 0 })}\n`),
    ],
    [
      'another college',
      () => zstdText(`${canonicalText({ collegeId: id(9), table: 'vendors', after: id(0), next: null, rows: 0 })}\n`),
    ],
  ])('refuses %s in the place of a part', async (name, answer) => {
    const { state, files } = world(name.replaceAll(' ', '-'));
    state.answer = answer;
    await expect(files().fetch(collegeId, () => {})).rejects.toMatchObject({ code: 'SYNC_BAD_ANSWER' });
    expect(files().isWhole(collegeId)).toBe(false);
  });

  it('is left to the page by page reading when it has a table or column that this desk does not know', async () => {
    const table = world('table', { tables: [{ name: 'payments', columns: ['id'], rows: 1 }] });
    expect(await table.files().fetch(collegeId, () => {})).toBeNull();
    const column = world('column', { tables: [{ name: 'vendors', columns: [...columns, 'mood'], rows: 1 }] });
    expect(await column.files().fetch(collegeId, () => {})).toBeNull();
    expect(column.asked).toEqual([]);
  });
});
