import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { backupPlace, passphrase, silent } from '../testing/backup-suite.ts';
import { makeCollege } from '../testing/test-server.ts';
import { backUpServer } from './backup.ts';
import { manifestFile } from './backup-manifest.ts';
import { restoreServer } from './restore.ts';

describe('a backup of an older version', () => {
  const place = backupPlace(async () => ({ url: null, drop: async () => {} }));

  test('that still kept up what only desks read is taken', async () => {
    const config = await place.config('first');
    const server = await place.open(config);
    await makeCollege(server, 'ABC');
    const to = path.join(place.folder, 'backups');
    const made = (await backUpServer(server.context, config, { to, passphrase })) as { folder: string };
    const manifest = JSON.parse(readFileSync(manifestFile(made.folder), 'utf8')) as { rows: Record<string, string> };
    expect(manifest.rows).toHaveProperty(['public.expenses']);
    expect(manifest.rows).not.toHaveProperty(['public.expense_totals']);
    manifest.rows['public.expense_totals'] = '12';
    writeFileSync(manifestFile(made.folder), JSON.stringify(manifest));
    const second = await place.config('second');
    expect(await restoreServer(second, { from: made.folder, passphrase }, silent)).toMatchObject({
      colleges: [{ code: 'ABC' }],
    });
  });
});
