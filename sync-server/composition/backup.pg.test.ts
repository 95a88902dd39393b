import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { freshDatabase } from '../../tools/testing/postgres.ts';
import { backupPlace, passphrase, silent, testBackups } from '../testing/backup-suite.ts';
import { makeCollege } from '../testing/test-server.ts';
import { backUpServer } from './backup.ts';
import { restoreServer } from './restore.ts';

const hasTools = spawnSync('pg_dump', ['--version']).status === 0;

// Where PostgreSQL comes from npm it has no pg_dump.
describe.skipIf(!hasTools)('over PostgreSQL, by pg_dump and pg_restore', () => {
  const place = backupPlace(freshDatabase);
  testBackups(place);

  test('a database with anything in it is left alone, and missing programs are named', async () => {
    const config = await place.config('first');
    const server = await place.open(config);
    await makeCollege(server, 'ABC');
    const to = path.join(place.folder, 'backups');
    const { folder: from } = (await backUpServer(server.context, config, { to, passphrase })) as { folder: string };
    await expect(restoreServer(config, { from, passphrase }, silent)).rejects.toMatchObject({
      code: 'RESTORE_NOT_EMPTY',
    });
    await server.close();
    const bare = { ...config, postgresBinDir: place.folder };
    const withoutTools = await place.open(bare);
    await expect(backUpServer(withoutTools.context, bare, { to, passphrase })).rejects.toMatchObject({
      code: 'BACKUP_TOOL',
      details: { tool: 'pg_dump', found: 'none' },
    });
  });
});
