/** What the files of one folder may import. `all` stands for every package and `node:*` module. */
export interface Layer {
  /** The longest folder that a path lies in decides. */
  readonly folder: string;
  /** Folders besides its own; a prefix covers what is below it. */
  readonly may: readonly string[];
  /** Folders of which only types may be imported. */
  readonly types?: readonly string[];
  /** Folders below those that are shut nevertheless. */
  readonly not?: readonly string[];
  /** Package names; `node` allows Node's own modules, `all` everything. */
  readonly packages: readonly string[];
}

const sharedPure = ['shared/kernel', 'shared/domain'];
const sharedAll = ['shared'];
/** Everything of the desk but `electron/main` and `electron/preload`, which alone know Electron. */
const deskParts = [
  'electron/host',
  'electron/services',
  'electron/adapters',
  'electron/processes',
  'electron/composition',
];

/** The table of the architecture: dependencies point inwards, to the pure rules, and never from desk to server or back. */
export const layers: readonly Layer[] = [
  { folder: 'shared/kernel', may: [], packages: [] },
  { folder: 'shared/domain', may: ['shared/kernel'], packages: [] },
  { folder: 'shared/ports', may: sharedPure, types: ['shared/sync'], packages: [] },
  // The screens' commands are those of the protocol, checked by the same schemas (docs/adr/0005).
  { folder: 'shared/ipc', may: [...sharedPure, 'shared/sync'], packages: ['zod'] },
  { folder: 'shared/sync', may: sharedPure, packages: ['zod'] },
  // The desk's half of the protocol as a state machine over ports, so that the simulator can turn it.
  { folder: 'shared/sync/client', may: [...sharedPure, 'shared/ports', 'shared/sync'], packages: ['zod'] },
  { folder: 'shared/db', may: [...sharedPure, 'shared/ports'], packages: ['drizzle-orm'] },
  {
    folder: 'shared/db/queries',
    may: [...sharedPure, 'shared/ports', 'shared/db'],
    // A question answers in the shape of its channel (docs/adr/0005).
    types: ['shared/ipc'],
    packages: ['drizzle-orm'],
  },
  {
    folder: 'shared/engine',
    may: ['shared/kernel', 'shared/ports'],
    packages: ['node', '@electric-sql/pglite', 'drizzle-orm', 'zod'],
  },
  // Requests and what their answers mean; sending is the desk's.
  { folder: 'shared/connectors', may: [...sharedPure, 'shared/ports'], packages: ['zod', 'saxes', 'jose', 'soap'] },
  { folder: 'shared/testing', may: sharedAll, packages: ['node', 'fast-check', 'vitest'] },
  {
    folder: 'renderer',
    may: ['shared/ipc', ...sharedPure],
    packages: [
      'react',
      'react-dom',
      'i18next',
      'i18next-icu',
      'intl-messageformat',
      'radix-ui',
      'cmdk',
      'lucide-react',
      'wouter',
      'zustand',
      'zod',
      'chart.js',
      'pdfjs-dist',
      '@tanstack/react-query',
      '@tanstack/react-virtual',
      '@fontsource-variable/inter',
      '@fontsource-variable/noto-sans-devanagari',
    ],
  },
  { folder: 'electron/services', may: [...sharedPure, 'shared/ports', 'shared/sync'], packages: [] },
  {
    folder: 'electron/adapters',
    may: [...sharedPure, 'shared/ports', 'shared/db', 'shared/engine', 'shared/sync', 'shared/connectors'],
    packages: [
      'node',
      'undici',
      'ws',
      'zod',
      'exceljs',
      'pdfkit',
      'csv-parse',
      'yauzl',
      'saxes',
      'drizzle-orm',
      '@electric-sql/pglite',
      '@napi-rs/keyring',
      'keytar',
      'node-forge',
    ],
  },
  {
    folder: 'electron/host',
    // A call goes from here on to the use cases; never to what makes the ports real.
    may: [...sharedPure, 'shared/ports', 'shared/ipc', 'shared/sync', 'shared/db', 'electron/services'],
    packages: ['node', 'ws', 'zod', 'drizzle-orm'],
  },
  { folder: 'electron/processes', may: [...deskParts, ...sharedAll], packages: ['node', 'zod', 'drizzle-orm'] },
  { folder: 'electron/composition', may: [...deskParts, ...sharedAll], packages: ['node', 'zod', 'drizzle-orm'] },
  {
    folder: 'electron/main',
    may: ['electron/host', 'electron/composition', 'shared/ipc', 'shared/ports', 'shared/kernel'],
    packages: ['node', 'electron'],
  },
  { folder: 'electron/preload', may: ['shared/ipc'], packages: ['electron'] },
  {
    folder: 'sync-server',
    may: [
      'shared/kernel',
      'shared/domain',
      'shared/ports',
      'shared/db',
      'shared/sync',
      'shared/engine',
      // What banks and gateways send to the server is verified as their connectors say.
      'shared/connectors',
    ],
    // The desk's questions run on PGlite alone and are tried there alone (docs/adr/0005).
    not: ['shared/db/queries'],
    packages: [
      'node',
      'fastify',
      'pg',
      'ws',
      'zod',
      'drizzle-orm',
      '@aws-sdk/client-s3',
      '@electric-sql/pglite',
      'undici',
      '@nats-io/jetstream',
      '@nats-io/transport-node',
      'prom-client',
    ],
  },
  // What checks, builds and tries the rest may reach all of it.
  { folder: 'tools', may: ['shared', 'electron', 'sync-server', 'renderer', 'e2e', 'bench'], packages: ['all'] },
  { folder: 'e2e', may: ['shared', 'electron', 'sync-server', 'renderer', 'tools'], packages: ['all'] },
  { folder: 'bench', may: ['shared', 'electron', 'sync-server', 'tools'], packages: ['all'] },
];

/**
 * Tests and what only they use: they may reach everything but Electron, and nothing else may reach them. The emulator of a connector
 * stands for the other side and must not be in what ships, nor may the suite that tries every connector against it.
 */
export const isTestFile = (path: string): boolean =>
  /\.(test|fixture|e2e)\.tsx?$/.test(path) ||
  /(^|\/)testing(\/|\.ts$)/.test(path) ||
  /^shared\/connectors\/.*\/emulator(-[a-z]+)*\.ts$/.test(path) ||
  /^shared\/connectors\/_kit\/conformance(-[a-z]+)*\.ts$/.test(path) ||
  path.startsWith('e2e/');

export const layerOf = (path: string): Layer | undefined =>
  layers
    .filter(({ folder }) => isBelow(path, folder))
    .sort((one, other) => other.folder.length - one.folder.length)
    .at(0);

export const isBelow = (path: string, folder: string): boolean => path === folder || path.startsWith(`${folder}/`);
