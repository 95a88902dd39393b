import type { SourceFile } from './source-file.ts';
import type { Violation } from './violation.ts';

export const LINES_MAX = 400;

export function checkLength(path: string, text: string): Violation[] {
  const lines = text.trimEnd().split('\n').length;
  if (lines <= LINES_MAX) return [];
  return [{ rule: 'length', path, line: LINES_MAX, problem: `${lines} lines; ${LINES_MAX} are enough` }];
}

const KEBAB_FILE = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+)*\.(ts|tsx|mjs|css|html)$/;
const KEBAB_FOLDER = /^_?[a-z0-9]+(-[a-z0-9]+)*$/;

export function checkName(path: string): Violation[] {
  const folders = path.split('/');
  const file = folders.pop() ?? '';
  if (KEBAB_FILE.test(file) && folders.every((folder) => KEBAB_FOLDER.test(folder))) return [];
  return [{ rule: 'kebab-case', path, line: 1, problem: 'names are small letters, figures and dashes' }];
}

/** Tools look for the default export of their configuration files. */
const CONFIG_FILE = /(^|\/)[\w-]+\.config\.ts$/;

export function checkExports(file: SourceFile): Violation[] {
  const found: Violation[] = [];
  const { path } = file;
  if (file.defaultExportLine !== null && !CONFIG_FILE.test(path)) {
    found.push({ rule: 'named-exports', path, line: file.defaultExportLine, problem: 'exports by name only' });
  }
  if (file.starExportLine !== null) {
    found.push({ rule: 'no-barrels', path, line: file.starExportLine, problem: 'hands on all of another file' });
  } else if (isBarrel(file)) {
    found.push({ rule: 'no-barrels', path, line: 1, problem: 'only hands on what other files export' });
  }
  return found;
}

function isBarrel(file: SourceFile): boolean {
  const { body } = file.program;
  return (
    body.length > 0 &&
    body.every((statement) => statement.type === 'ExportNamedDeclaration' && statement.source !== null)
  );
}

/** A path of somebody's machine in the project works there only. */
const MACHINE_PATHS = /(?<![\w.~/$}-])\/(work|home|Users)\/[\w.-]+/;

export function checkMachinePaths(path: string, text: string): Violation[] {
  const line = text.split('\n').findIndex((content) => MACHINE_PATHS.test(content));
  return line === -1 ? [] : [{ rule: 'machine-paths', path, line: line + 1, problem: 'names a path of one machine' }];
}
