// Finds the Node 24 this project runs on. Plain JavaScript: it has to start on whatever Node the machine has (18 or later).
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runNpm } from './npm.mjs';

/** Electron 45 bundles this line of Node, so tools, tests and server run on the same. */
export const NODE_MAJOR = 24;
/** The same binary as the devDependency `node`, from a package that needs no install script. */
const NODE_PACKAGE_VERSION = '24.21.0';

/**
 * @param {string} version as `process.version` gives it
 * @returns {string | null} one line that says what is wrong and what to do, or null
 */
export function checkNode(version) {
  if (majorOf(version) === NODE_MAJOR) return null;
  return `Munim needs Node ${NODE_MAJOR}, but this is ${version}. Run "npm start" or "npm test" once (they install it), or "npm rebuild node" if packages were installed with --ignore-scripts.`;
}

/** @param {string} version */
const majorOf = (version) => Number.parseInt(version.replace(/^v/, ''), 10);

/**
 * The path of a Node 24, repaired when the install script that fetches it did not run.
 * @param {string} root the project
 * @param {(line: string) => void} say
 * @returns {string}
 */
export function findNode24(root, say) {
  if (majorOf(process.version) === NODE_MAJOR) return process.execPath;
  const own = join(root, 'node_modules', '.bin', 'node');
  if (isNode24(own)) return own;
  say(`Node ${NODE_MAJOR} is missing from node_modules; fetching it`);
  runNpm(['rebuild', 'node', '--ignore-scripts=false', '--foreground-scripts=false'], root);
  if (isNode24(own)) return own;
  const spare = installSpareNode(root);
  if (spare !== null) return spare;
  throw new Error(
    `Node ${NODE_MAJOR} could not be had from the npm registry (this is ${process.version}). Install Node ${NODE_MAJOR} from your system and run the command again.`,
  );
}

/**
 * Where install scripts are forbidden, the platform's own package still carries the binary.
 * @param {string} root
 * @returns {string | null}
 */
function installSpareNode(root) {
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const name = `node-${platform}-${process.arch}`;
  const prefix = join(root, 'node_modules', '.cache', 'node24');
  const binary = join(prefix, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (isNode24(binary)) return binary;
  const args = ['install', '--prefix', prefix, '--no-save', '--ignore-scripts', `${name}@${NODE_PACKAGE_VERSION}`];
  runNpm(args, root);
  return isNode24(binary) ? binary : null;
}

/** @param {string} path */
function isNode24(path) {
  if (!existsSync(path)) return false;
  const asked = spawnSync(path, ['--version'], { encoding: 'utf8' });
  return asked.status === 0 && majorOf(asked.stdout.trim()) === NODE_MAJOR;
}
