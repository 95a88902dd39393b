import { globSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { checkCalls, checkScreenText } from './code-rules.ts';
import { checkExports, checkLength, checkMachinePaths, checkName } from './file-rules.ts';
import { checkCircles } from './import-circles.ts';
import { checkImports } from './import-rules.ts';
import { readSource } from './source-file.ts';
import type { Violation } from './violation.ts';

const roots = ['shared', 'electron', 'renderer', 'sync-server', 'tools', 'e2e', 'bench', '.'];

/**
 * Every rule of the house over every file of a tree. The build, the packages and generated files are left out.
 * @param root absolute folder that holds `shared`, `electron` and so on
 */
export function checkTree(root: string): Violation[] {
  const paths = roots
    .flatMap((folder) => globSync(folder === '.' ? '*.ts' : `${folder}/**/*.{ts,tsx,mjs,css,html}`, { cwd: root }))
    .map((path) => path.replaceAll(sep, '/'))
    .filter((path) => !/(^|\/)node_modules\/|\.gen\.ts$|\.d\.ts$/.test(path))
    .sort();
  const texts = paths.map((path): [string, string] => [path, readFileSync(join(root, path), 'utf8')]);
  const sources = texts.filter(([path]) => /\.(tsx?|mjs)$/.test(path)).map(([path, text]) => readSource(path, text));
  return [
    ...texts.flatMap(([path, text]) => [
      ...checkLength(path, text),
      ...checkName(path),
      ...checkMachinePaths(path, text),
    ]),
    ...sources.flatMap((file) => [
      ...checkExports(file),
      ...checkImports(file),
      ...checkCalls(file),
      ...checkScreenText(file),
    ]),
    ...checkCircles(sources),
  ];
}
