import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder that holds `shared/db/migrations` and `resources`, above the sources as well as above the bundle. */
export function programRoot(from: string = fileURLToPath(import.meta.url)): string {
  for (let folder = path.dirname(from); ; folder = path.dirname(folder)) {
    if (existsSync(path.join(folder, 'shared/db/migrations/meta/_journal.json'))) return folder;
    if (folder === path.dirname(folder))
      throw new Error('the migrations of the books are missing from this installation');
  }
}

export const migrationsDir = (root: string): string => path.join(root, 'shared/db/migrations');
export const chartFile = (root: string): string => path.join(root, 'resources/seed/chart.json');

/** Of the program, as in its package.json. */
export function programVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(path.join(programRoot(), 'package.json'), 'utf8'));
  const hasVersion = typeof manifest === 'object' && manifest !== null && 'version' in manifest;
  return hasVersion ? String(manifest.version) : 'unknown';
}
