// What `npm start` and `npm test` share: install what is missing, then go on under Node 24.
import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findNode24 } from './node24.mjs';
import { ensurePackages } from './packages.mjs';

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** @param {string} line */
export const say = (line) => process.stdout.write(`munim: ${line}\n`);

/**
 * Runs a script of the project on Node 24, passes signals on, and ends with its exit code.
 * @param {string} script relative to the project
 */
export function launch(script) {
  try {
    process.chdir(root);
    ensurePackages(root, say);
    const node = findNode24(root, say);
    runUnder(node, join(root, script));
  } catch (problem) {
    process.stderr.write(`munim: ${problem instanceof Error ? problem.message : String(problem)}\n`);
    process.exitCode = 1;
  }
}

/**
 * @param {string} node
 * @param {string} script
 */
function runUnder(node, script) {
  const child = spawn(node, [script, ...process.argv.slice(2)], {
    stdio: 'inherit',
    // The Node found here goes first on the path, so that whatever the script starts by name runs on it as well.
    env: {
      ...process.env,
      PATH: `${dirname(node)}${process.platform === 'win32' ? ';' : ':'}${process.env.PATH ?? ''}`,
    },
  });
  /** @type {NodeJS.Signals[]} */
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, () => child.kill(signal));
  child.on('error', (problem) => {
    process.stderr.write(`munim: ${problem.message}\n`);
    process.exitCode = 1;
  });
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 1);
  });
}
