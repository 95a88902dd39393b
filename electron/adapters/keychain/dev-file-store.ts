import fs from 'node:fs';
import path from 'node:path';
import type { SecretStore } from '../../../shared/ports/secret-store.ts';
import { readFileIfThere, writeFileAtomically } from '../atomic-file.ts';
import { secretStoreOver } from './text-store.ts';

/**
 * Secrets in plain files, for development and tests on machines without a key store. Anybody who can read this person's files can read
 * them; only the headless composition makes one, and says so in the log.
 */
export function devFileStore(folder: string): SecretStore {
  const fileOf = (name: string): string => path.join(folder, `${Buffer.from(name).toString('base64url')}.secret`);
  return secretStoreOver({
    backend: 'dev-file',
    get: async (name) => readFileIfThere(fileOf(name)),
    set: async (name, text) => writeFileAtomically(fileOf(name), text),
    delete: async (name) => fs.rmSync(fileOf(name), { force: true }),
  });
}
