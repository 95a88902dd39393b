import { globSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Manifest } from '../../shared/connectors/_kit/manifest.ts';
import { projectRoot } from '../run.ts';

/** A connector as its folder shows it: whatever has a `manifest.ts` is one. */
export interface ConnectorFolder {
  /** `bank/icici`. */
  readonly path: string;
  /** The name of what it exports: `icici`, and with a dash in the id `someBank`. */
  readonly variable: string;
  /** Whether it exports the operations of a bank in `connector.ts`. */
  readonly isBank: boolean;
  /** Whether its emulator can be started for a rehearsal. */
  readonly hasEmulator: boolean;
}

const folder = 'shared/connectors';

/** @throws Error for a folder that does not export what the registry takes from it */
export function connectorFolders(root = projectRoot): readonly ConnectorFolder[] {
  return globSync('*/*/manifest.ts', { cwd: join(root, folder) })
    .map((path) => path.split(sep).slice(0, 2).join('/'))
    .sort()
    .map((path) => {
      const variable = variableOf(path.split('/')[1] ?? '');
      need(root, `${path}/manifest.ts`, `export const ${variable}Manifest: Manifest`);
      const isBank = globSync('connector.ts', { cwd: join(root, folder, path) }).length > 0;
      if (isBank) need(root, `${path}/connector.ts`, `export const ${variable}: BankConnector`);
      const [emulator] = globSync('emulator.ts', { cwd: join(root, folder, path) });
      const hasEmulator =
        emulator !== undefined && read(root, `${path}/emulator.ts`).includes('export const emulator: EmulatorKind');
      return { path, variable, isBank, hasEmulator };
    });
}

export const variableOf = (id: string): string => id.replace(/-(\w)/g, (_dash, letter: string) => letter.toUpperCase());

/** @throws Error where the id in the manifest or its family is not that of the folder */
export async function manifestOf({ path, variable }: ConnectorFolder, root = projectRoot): Promise<Manifest> {
  const url = pathToFileURL(join(root, folder, path, 'manifest.ts')).href;
  const exported = (await import(url)) as Readonly<Record<string, Manifest>>;
  const manifest = exported[`${variable}Manifest`];
  if (manifest === undefined || `${manifest.family}/${manifest.id}` !== path) {
    throw new Error(`${folder}/${path}/manifest.ts must have the family and the id of its folder`);
  }
  return manifest;
}

const read = (root: string, path: string): string => readFileSync(join(root, folder, path), 'utf8');

function need(root: string, path: string, text: string): void {
  if (!read(root, path).includes(text)) throw new Error(`${folder}/${path} must have "${text}"`);
}
