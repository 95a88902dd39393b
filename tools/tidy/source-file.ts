import { posix } from 'node:path';
import { type Program, parseSync } from 'oxc-parser';

export interface Import {
  /** As written. */
  readonly specifier: string;
  /** The file inside the project, or null for a package. */
  readonly path: string | null;
  /** The package without its sub-path, `node` for Node's own modules, or null for a file. */
  readonly pack: string | null;
  /** Whether it is gone after types are stripped. */
  readonly typeOnly: boolean;
  readonly line: number;
}

export interface SourceFile {
  /** From the root of the project, with `/`. */
  readonly path: string;
  readonly text: string;
  readonly program: Program;
  readonly imports: readonly Import[];
  readonly defaultExportLine: number | null;
  readonly starExportLine: number | null;
  lineAt(offset: number): number;
}

/** @throws Error when the file does not parse */
export function readSource(path: string, text: string): SourceFile {
  const parsed = parseSync(path, text);
  const [problem] = parsed.errors;
  if (problem !== undefined) throw new Error(`${path}: ${problem.message}`);
  const lineAt = (offset: number): number => text.slice(0, offset).split('\n').length;
  const { staticImports, staticExports, dynamicImports } = parsed.module;
  const requests = [
    ...staticImports.map(({ moduleRequest, entries }) => ({
      request: moduleRequest,
      typeOnly: entries.length > 0 && entries.every(({ isType }) => isType),
    })),
    ...staticExports.flatMap(({ entries }) =>
      entries.map(({ moduleRequest, isType }) => ({ request: moduleRequest, typeOnly: isType })),
    ),
    ...dynamicImports.map(({ moduleRequest }) => ({ request: moduleRequest, typeOnly: false })),
  ];
  const imports = requests.flatMap(({ request, typeOnly }) => {
    const specifier = request === null ? null : literalText(text.slice(request.start, request.end));
    if (request === null || specifier === null) return [];
    return [{ specifier, ...resolveImport(path, specifier), typeOnly, line: lineAt(request.start) }];
  });
  const exported = staticExports.flatMap(({ entries }) => entries);
  const byDefault = exported.find(({ exportName }) => exportName.kind === 'Default');
  const byStar = exported.find(({ importName }) => importName.kind === 'AllButDefault' || importName.kind === 'All');
  return {
    path,
    text,
    program: parsed.program,
    imports,
    defaultExportLine: byDefault === undefined ? null : lineAt(byDefault.start),
    starExportLine: byStar === undefined ? null : lineAt(byStar.start),
    lineAt,
  };
}

function literalText(written: string): string | null {
  return /^(['"`])([^'"`$]*)\1$/.exec(written)?.[2] ?? null;
}

function resolveImport(from: string, specifier: string): Pick<Import, 'path' | 'pack'> {
  if (specifier.startsWith('.')) return { path: posix.join(posix.dirname(from), specifier), pack: null };
  if (specifier.startsWith('node:')) return { path: null, pack: 'node' };
  const parts = specifier.split('/');
  return { path: null, pack: parts.slice(0, specifier.startsWith('@') ? 2 : 1).join('/') };
}
