import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { backupPlace, passphrase, silent, testBackups } from '../testing/backup-suite.ts';
import { makeCollege } from '../testing/test-server.ts';
import { backUpServer } from './backup.ts';
import { manifestFile } from './backup-manifest.ts';
import { restoreServer } from './restore.ts';

const place = backupPlace(async () => ({ url: null, drop: async () => {} }));
testBackups(place);

test('books that are open, and a copy that does not add up, leave everything as it is', async () => {
  const config = await place.config('first');
  const server = await place.open(config);
  await makeCollege(server, 'ABC');
  const to = path.join(place.folder, 'backups');
  const { folder: from } = (await backUpServer(server.context, config, { to, passphrase })) as { folder: string };
  await expect(restoreServer(config, { from, passphrase }, silent)).rejects.toMatchObject({ code: 'ENGINE_LOCKED' });
  await makeCollege(server, 'NEWER');
  await server.close();
  const manifest = readFileSync(manifestFile(from), 'utf8');
  writeFileSync(manifestFile(from), manifest.replace(/"public\.audit_entries":"\d+"/, '"public.audit_entries":"77"'));
  await expect(restoreServer(config, { from, passphrase }, silent)).rejects.toMatchObject({
    code: 'RESTORE_UNSOUND',
    details: { detail: expect.stringContaining('77 were copied') },
  });
  writeFileSync(manifestFile(from), manifest);
  expect(readdirSync(config.dataDir).filter((name) => name.startsWith('restoring-'))).toEqual([]);
  const restored = (await restoreServer(config, { from, passphrase }, silent)) as {
    former: string;
    colleges: object[];
  };
  expect(restored.colleges).toHaveLength(1);
  // The former books are whole beside the restored ones.
  expect(existsSync(path.join(restored.former, 'PG_VERSION'))).toBe(true);
});
