import { globSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { checkCalls, checkScreenText } from './code-rules.ts';
import { checkExports, checkLength, checkMachinePaths, checkName, longFiles } from './file-rules.ts';
import { checkImports } from './import-rules.ts';
import { readSource } from './source-file.ts';
import type { Violation } from './violation.ts';

const roots = ['shared', 'electron', 'renderer', 'sync-server', 'tools', 'e2e', 'bench', '.'];

/**
 * Every rule of the house over every file of a tree. The build, the packages and generated files are left out.
 * @param root absolute folder that holds `shared`, `electron` and so on
 */
export function checkTree(root: string, allowedLong: Readonly<Record<string, number>> = longFiles): Violation[] {
  const paths = roots
    .flatMap((folder) => globSync(folder === '.' ? '*.ts' : `${folder}/**/*.{ts,tsx,mjs,css,html}`, { cwd: root }))
    .map((path) => path.replaceAll(sep, '/'))
    .filter((path) => !/(^|\/)node_modules\/|\.gen\.ts$|\.d\.ts$/.test(path))
    .sort();
  const gone = Object.keys(allowedLong).filter((path) => !paths.includes(path));
  return [
    ...gone.map((path) => ({ rule: 'length', path, line: 1, problem: 'is on the list of long files but is gone' })),
    ...paths.flatMap((path) => checkFile(path, readFileSync(join(root, path), 'utf8'), allowedLong)),
  ];
}

function checkFile(path: string, text: string, allowedLong: Readonly<Record<string, number>>): Violation[] {
  const plain = [...checkLength(path, text, allowedLong), ...checkName(path), ...checkMachinePaths(path, text)];
  if (!/\.(tsx?|mjs)$/.test(path)) return plain;
  const file = readSource(path, text);
  return [...plain, ...checkExports(file), ...checkImports(file), ...checkCalls(file), ...checkScreenText(file)];
}
