import { type ConnectorFolder, connectorFolders } from './connector-folders.ts';

const head = '// Made by `npm run generate` from the folders of the connectors; do not edit.\n';

/** `shared/connectors/registry.gen.ts`: every connector there is, without its emulator. */
export function connectorRegistry(folders: readonly ConnectorFolder[] = connectorFolders()): string {
  const banks = folders.filter(({ isBank }) => isBank);
  return [
    head,
    "import type { BankConnector } from './_kit/bank.ts';",
    "import type { Manifest } from './_kit/manifest.ts';",
    ...folders.map(({ path, variable }) => `import { ${variable}Manifest } from './${path}/manifest.ts';`),
    ...banks.map(({ path, variable }) => `import { ${variable} } from './${path}/connector.ts';`),
    '',
    '/** What Munim can be connected to. */',
    'export const manifests: readonly Manifest[] = [',
    ...folders.map(({ variable }) => `  ${variable}Manifest,`),
    '];',
    '',
    '/** The banks and payment gateways among them, by their ids. */',
    'export const bankConnectors: ReadonlyMap<string, BankConnector> = new Map([',
    ...banks.map(({ variable }) => `  [${variable}.manifest.id, ${variable}],`),
    ']);',
    '',
  ].join('\n');
}

/** `tools/sandbox/emulators.gen.ts`: the other side of each, for rehearsals. Nothing that ships may import it. */
export function emulatorRegistry(folders: readonly ConnectorFolder[] = connectorFolders()): string {
  const emulated = folders.filter(({ hasEmulator, isBank }) => hasEmulator && isBank);
  return [
    head,
    "import type { BankConnector } from '../../shared/connectors/_kit/bank.ts';",
    "import type { EmulatorKind } from '../../shared/connectors/_kit/emulator.ts';",
    ...emulated.flatMap(({ path, variable }) => [
      `import { ${variable} } from '../../shared/connectors/${path}/connector.ts';`,
      `import { emulator as ${variable}Emulator } from '../../shared/connectors/${path}/emulator.ts';`,
    ]),
    '',
    'export const emulators: readonly { readonly connector: BankConnector; readonly kind: EmulatorKind }[] = [',
    ...emulated.map(({ variable }) => `  { connector: ${variable}, kind: ${variable}Emulator },`),
    '];',
    '',
  ].join('\n');
}
