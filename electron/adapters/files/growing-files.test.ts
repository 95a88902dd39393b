import fs from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { testFolder } from '../../../shared/engine/testing.ts';
import { growingFiles } from './growing-files.ts';

const { folder, remove } = testFolder();
afterAll(remove);
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('growing files', () => {
  it('grow at their end, over a new opening too, and are read and listed whole', async () => {
    const dir = path.join(folder, 'grow', 'deep');
    const files = growingFiles(dir);
    expect(await files.names()).toEqual([]);
    await files.append('b', bytes('one '));
    await files.append('b', bytes('two '));
    await files.append('a', bytes('other'));
    await growingFiles(dir).append('b', bytes('three'));
    expect(await files.names()).toEqual(['a', 'b']);
    expect(new TextDecoder().decode(await files.read('b'))).toBe('one two three');
    await files.cut('b', 7);
    await files.append('b', bytes('!'));
    expect(fs.readFileSync(path.join(dir, 'b'), 'utf8')).toBe('one two!');
    await files.remove('b');
    expect(await files.names()).toEqual(['a']);
  });

  it('are for this person alone', async () => {
    const dir = path.join(folder, 'modes');
    await growingFiles(dir).append('a', bytes('x'));
    if (process.platform === 'win32') return;
    expect(fs.statSync(dir).mode & 0o777).toBe(0o700);
    expect(fs.statSync(path.join(dir, 'a')).mode & 0o777).toBe(0o600);
  });

  it('are on the disk when an append resolves, and a new name with them', async () => {
    const dir = path.join(folder, 'synced');
    const done: string[] = [];
    const write = vi.spyOn(fs, 'writeSync');
    const sync = vi.spyOn(fs, 'fsyncSync');
    write.mockImplementationOnce(() => {
      done.push('half');
      return 2;
    });
    sync.mockImplementation(() => void done.push('sync'));
    try {
      await growingFiles(dir).append('a', bytes('1234'));
      // The folder, the folder around it, and after the last byte the file.
      expect(done).toEqual(['sync', 'sync', 'half', 'sync']);
      expect(write.mock.calls.map((call: readonly unknown[]) => call.slice(2))).toEqual([
        [0, 4, 0],
        [2, 2, 2],
      ]);
    } finally {
      vi.restoreAllMocks();
    }
  });

  it('pass on what the disk says', async () => {
    const files = growingFiles(path.join(folder, 'failing'));
    await files.append('a', bytes('1'));
    vi.spyOn(fs, 'fsyncSync').mockImplementationOnce(() => {
      throw Object.assign(new Error('EIO'), { code: 'EIO' });
    });
    await expect(files.append('a', bytes('2'))).rejects.toMatchObject({ code: 'EIO' });
    vi.restoreAllMocks();
  });
});
