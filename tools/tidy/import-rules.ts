import { isBelow, isTestFile, type Layer, layerOf } from './layers.ts';
import type { Import, SourceFile } from './source-file.ts';
import type { Violation } from './violation.ts';

/** What measures and checks the product may use what its tests use. */
const neverShipped = ['tools', 'bench'];

/** Who may import what. */
export function checkImports(file: SourceFile): Violation[] {
  return file.imports.flatMap((found) => {
    const problem = importProblem(file.path, found);
    return problem === null ? [] : [{ rule: 'layers', path: file.path, line: found.line, problem }];
  });
}

function importProblem(from: string, found: Import): string | null {
  const { specifier, path, pack } = found;
  if (pack === 'electron' && !isBelow(from, 'electron/main') && !isBelow(from, 'electron/preload')) {
    return 'only electron/main and electron/preload may import electron';
  }
  if (path !== null && !/\.[a-z0-9]+$/.test(specifier))
    return `${specifier} needs its extension: Node runs these files as they are`;
  const layer = layerOf(from);
  if (layer === undefined || isTestFile(from)) return null;
  if (path !== null && !neverShipped.includes(layer.folder) && isTestFile(path)) return `${path} is for tests only`;
  if (path === null) return packageProblem(layer, pack ?? '');
  return connectorProblem(from, path) ?? folderProblem(layer, path, found.typeOnly);
}

/** `bank/icici` for a file of that connector; the kit and what all share is of none. */
const connectorOf = (path: string): string | undefined => /^shared\/connectors\/([a-z]+\/[a-z0-9-]+)\//.exec(path)?.[1];

/** A connector stands for itself: what two of them need is in the kit, which knows none of them. */
function connectorProblem(from: string, path: string): string | null {
  const other = connectorOf(path);
  if (!isBelow(from, 'shared/connectors') || other === undefined || other === connectorOf(from)) return null;
  return `${path} is of another connector; what both need belongs in shared/connectors/_kit`;
}

function packageProblem(layer: Layer, pack: string): string | null {
  if (layer.packages.includes('all') || layer.packages.includes(pack)) return null;
  return `${layer.folder} may not use ${pack === 'node' ? "Node's modules" : `the package ${pack}`}`;
}

function folderProblem(layer: Layer, path: string, typeOnly: boolean): string | null {
  // Data and tables of the project are there for everybody; only code has layers.
  if (!/\.(tsx?|mjs)$/.test(path)) return null;
  const may = [layer.folder, ...layer.may, ...(typeOnly ? (layer.types ?? []) : [])];
  const shut = layer.not?.some((folder) => isBelow(path, folder)) ?? false;
  if (!shut && may.some((folder) => isBelow(path, folder))) return null;
  return `${layer.folder} may not import ${path}`;
}
