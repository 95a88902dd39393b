// Installs the packages of the lockfile when they are not there. Plain JavaScript for any Node from 18 on.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runNpm } from './npm.mjs';

/**
 * Brings node_modules in line with package-lock.json; does nothing when it is.
 * @param {string} root
 * @param {(line: string) => void} say
 */
export function ensurePackages(root, say) {
  const missing = firstMismatch(root);
  if (missing === null) return;
  say(`installing packages (${missing})`);
  if (!runNpm(['ci'], root)) {
    throw new Error(
      'The packages could not be installed (npm ci failed, see above). Check the route to the npm registry.',
    );
  }
}

/**
 * npm keeps a copy of the lockfile of what it really installed inside node_modules and writes it last, so comparing the two tells
 * an interrupted or outdated install from a whole one within milliseconds. Optional packages may be absent (keytar without its
 * libraries, binaries of other platforms).
 * @param {string} root
 * @returns {string | null} the first thing that differs
 */
export function firstMismatch(root) {
  const installedFile = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(installedFile)) return 'none are installed yet';
  const wanted = readPackages(join(root, 'package-lock.json'));
  const installed = readPackages(installedFile);
  for (const [path, entry] of Object.entries(wanted)) {
    if (path === '') continue;
    const found = installed[path];
    if (found === undefined) {
      if (entry.optional !== true && entry.devOptional !== true) return `${path} is missing`;
      continue;
    }
    if (found.version !== entry.version) return `${path} is ${found.version}, wanted ${entry.version}`;
  }
  return null;
}

/**
 * @param {string} file
 * @returns {Record<string, { version?: string, optional?: boolean, devOptional?: boolean }>}
 */
const readPackages = (file) => JSON.parse(readFileSync(file, 'utf8')).packages ?? {};
