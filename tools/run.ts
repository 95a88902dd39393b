import { type SpawnOptions, spawn } from 'node:child_process';
import { globSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

export const projectRoot = dirname(dirname(fileURLToPath(import.meta.url)));

interface RunOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly timeoutMs?: number;
  readonly quiet?: boolean;
}

/** Runs a program of the tools to its end, its output on ours. @returns whether it ended well */
export async function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<boolean> {
  const settings: SpawnOptions = {
    cwd: projectRoot,
    stdio: options.quiet === true ? 'ignore' : ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32' && command === 'npm',
  };
  if (options.env !== undefined) settings.env = options.env;
  if (options.timeoutMs !== undefined) settings.timeout = options.timeoutMs;
  const child = spawn(command, args, settings);
  return await new Promise((resolve) => {
    child.on('error', () => resolve(false));
    child.on('exit', (code) => resolve(code === 0));
  });
}

/** @returns the files below a folder, relative to it, in a stable order */
export const filesBelow = (folder: string): string[] =>
  globSync('**/*', { cwd: folder, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
