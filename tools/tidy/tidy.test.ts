import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectRoot } from '../run.ts';
import { checkTree } from './check-tree.ts';
import { LINES_MAX } from './file-rules.ts';
import { violationText } from './violation.ts';

/** @returns the rules and places that a tree with only these files breaks */
function check(files: Readonly<Record<string, string>>): string[] {
  const root = mkdtempSync(join(tmpdir(), 'munim-tidy-'));
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    return checkTree(root).map(({ rule, path, line }) => `${rule} ${path}:${line}`);
  } finally {
    rmSync(root, { recursive: true });
  }
}

it('this project keeps its own rules', () => {
  expect(checkTree(projectRoot).map(violationText)).toEqual([]);
});

describe('a planted import is found', () => {
  it.each([
    ['the kernel from the domain', 'shared/kernel/a.ts', '../domain/x.ts'],
    ['a package in the domain', 'shared/domain/vendor/a.ts', 'zod'],
    ['Node in the domain', 'shared/domain/vendor/a.ts', 'node:fs'],
    ['a database in a port', 'shared/ports/a.ts', 'drizzle-orm'],
    ['the wire in a port', 'shared/ports/a.ts', '../sync/messages.ts'],
    ['a question of the desk in the server', 'sync-server/services/a.ts', '../../shared/db/queries/budgets.ts'],
    ['the database in the contract of the screens', 'shared/ipc/a.ts', '../db/schema.ts'],
    ['the screens’ contract in the protocol', 'shared/sync/a.ts', '../ipc/contract.ts'],
    ['a value of the contract in a query', 'shared/db/queries/a.ts', '../../ipc/contract.ts'],
    ['Node in the schema', 'shared/db/a.ts', 'node:path'],
    ['the domain in the engine', 'shared/engine/a.ts', '../domain/rows.ts'],
    ['the desk in what is shared', 'shared/engine/a.ts', '../../electron/adapters/x.ts'],
    ['the desk in a screen', 'renderer/screens/a.tsx', '../../electron/host/desk.ts'],
    ['the database in a screen', 'renderer/screens/a.tsx', '../../shared/db/schema.ts'],
    ['Node in a screen', 'renderer/screens/a.tsx', 'node:fs'],
    ['an adapter in a service', 'electron/services/a.ts', '../adapters/x.ts'],
    ['a package in a service', 'electron/services/a.ts', 'undici'],
    ['a service in an adapter', 'electron/adapters/a.ts', '../services/x.ts'],
    ['an adapter in the host', 'electron/host/a.ts', '../adapters/x.ts'],
    ['main in the composition', 'electron/composition/a.ts', '../main/main.ts'],
    ['an adapter in main', 'electron/main/a.ts', '../adapters/x.ts'],
    ['Node in the preload script', 'electron/preload/a.ts', 'node:fs'],
    ['Electron outside of main', 'electron/composition/a.ts', 'electron'],
    ['Electron in a test', 'shared/kernel/a.test.ts', 'electron'],
    ['the desk in the server', 'sync-server/http/a.ts', '../../electron/services/x.ts'],
    ['the server in the desk', 'electron/composition/a.ts', '../../sync-server/main/main.ts'],
    ['the screens’ contract in the server', 'sync-server/http/a.ts', '../../shared/ipc/contract.ts'],
    ['a test helper in the program', 'electron/host/a.ts', '../../shared/testing/fakes.ts'],
    ['a test in the program', 'electron/host/a.ts', './b.test.ts'],
    ['Node in a connector', 'shared/connectors/bank/a.ts', 'node:http'],
    ['an emulator in the desk', 'electron/adapters/a.ts', '../../shared/connectors/bank/b/emulator.ts'],
    ['another connector in a connector', 'shared/connectors/bank/b/a.ts', '../c/mapping.ts'],
    ['one of another family in a connector', 'shared/connectors/bank/b/a.ts', '../../gateway/b/mapping.ts'],
    ['a connector in the kit', 'shared/connectors/_kit/a.ts', '../bank/b/mapping.ts'],
    ['the transport in a connector', 'shared/connectors/bank/b/a.ts', '../../../../electron/adapters/a.ts'],
    ['an emulator in the composition', 'electron/composition/a.ts', '../../shared/connectors/bank/b/emulator.ts'],
    ['an emulator in the server', 'sync-server/http/a.ts', '../../shared/connectors/_kit/emulator.ts'],
    ['the suite of all connectors in one', 'shared/connectors/bank/b/a.ts', '../../_kit/conformance.ts'],
    ['a part of an emulator in its connector', 'shared/connectors/bank/b/a.ts', './emulator-books.ts'],
    ['a file without its extension', 'electron/host/a.ts', './desk'],
  ])('%s', (_name, path, specifier) => {
    expect(check({ [path]: `import { x } from '${specifier}';\n\nexport const y = x;\n` })).toEqual([
      `layers ${path}:1`,
    ]);
  });

  it('also as a type, a re-export or a later import', () => {
    const path = 'shared/domain/a.ts';
    expect(check({ [path]: "import type { x } from 'zod';\nexport type Y = x;\n" })).toEqual([`layers ${path}:1`]);
    expect(check({ [path]: "export const z = 1;\nexport { x } from 'zod';\n" })).toEqual([`layers ${path}:2`]);
    expect(check({ [path]: "export const z = () => import('node:fs');\n" })).toEqual([`layers ${path}:1`]);
  });
});

it('a type passes where only types may', () => {
  const path = 'shared/db/queries/a.ts';
  const asType = "import type { x } from '../../ipc/contract.ts';\nexport type Y = x;\n";
  expect(check({ [path]: asType })).toEqual([]);
  const inline = "import { type x } from '../../ipc/contract.ts';\nexport type Y = x;\n";
  expect(check({ [path]: inline })).toEqual([]);
  expect(check({ 'shared/db/a.ts': asType.replace('../../', '../') })).toEqual(['layers shared/db/a.ts:1']);
});

describe('files in a circle', () => {
  const file = (specifier: string, type = ''): string =>
    `import ${type}{ x } from '${specifier}';\nexport const y = x;\n`;

  it.each(['', 'type '])('are found, also over a third and by %stypes only', (type) => {
    const three = {
      'tools/a.ts': file('./b.ts'),
      'tools/b.ts': file('./deep/c.ts'),
      'tools/deep/c.ts': `\n${file('../b.ts', type)}`,
    };
    expect(check(three)).toEqual(['circle tools/deep/c.ts:2']);
    expect(check({ 'tools/a.ts': file('./a.ts', type) })).toEqual(['circle tools/a.ts:1']);
  });

  it('are none when two ways lead to the same file', () => {
    const diamond = { 'tools/a.ts': `${file('./b.ts')}${file('./c.ts')}`, 'tools/b.ts': file('./c.ts') };
    expect(check({ ...diamond, 'tools/c.ts': 'export const x = 1;\n' })).toEqual([]);
  });
});

describe('an import that is allowed passes', () => {
  it.each([
    ['shared/domain/a.ts', '../kernel/money.ts'],
    ['shared/ipc/a.ts', 'zod'],
    ['shared/db/a.ts', 'drizzle-orm/pg-core'],
    ['shared/engine/a.ts', '@electric-sql/pglite/nodefs'],
    ['renderer/screens/a.tsx', '../../shared/ipc/client.ts'],
    ['renderer/styles/a.ts', './tokens.css'],
    ['electron/main/a.ts', 'electron'],
    ['electron/processes/a.ts', '../adapters/x.ts'],
    ['sync-server/http/a.ts', '../services/x.ts'],
    ['shared/domain/a.test.ts', '../../electron/adapters/x.ts'],
    ['shared/connectors/bank/b/emulator.ts', 'node:http'],
    ['shared/connectors/bank/b/a.ts', './mapping.ts'],
    ['shared/connectors/bank/b/a.ts', '../../_kit/problem.ts'],
    ['shared/connectors/bank/b/a.ts', '../../operation.ts'],
    ['shared/connectors/bank/b/a.ts', '../../../kernel/money.ts'],
    ['electron/adapters/a.ts', '../../shared/connectors/bank/b/connector.ts'],
    ['tools/sandbox/a.ts', '../../shared/connectors/bank/b/emulator.ts'],
    ['electron/adapters/a.ts', '../../shared/connectors/bank/b/operations.ts'],
  ])('%s: %s', (path, specifier) => {
    expect(check({ [path]: `import { x } from '${specifier}';\n\nexport const y = x;\n` })).toEqual([]);
  });
});

describe('a planted file is found', () => {
  const long = Array.from({ length: LINES_MAX + 1 }, (_, at) => `export const x${at} = ${at};\n`).join('');

  it('that is too long', () => {
    expect(check({ 'shared/kernel/a.ts': long })).toEqual([`length shared/kernel/a.ts:${LINES_MAX}`]);
    expect(check({ 'renderer/styles/a.css': 'p {}\n'.repeat(LINES_MAX + 1) })).toHaveLength(1);
  });

  it.each(['shared/kernel/Money.ts', 'shared/kernel/money_entry.ts', 'renderer/Screens/a.tsx'])('named %s', (path) => {
    expect(check({ [path]: 'export const x = 1;\n' })).toEqual([`kebab-case ${path}:1`]);
  });

  it('that is a barrel', () => {
    expect(check({ 'shared/kernel/a.ts': "export * from './b.ts';\n" })).toEqual(['no-barrels shared/kernel/a.ts:1']);
    const named = "export { x } from './b.ts';\nexport type { Y } from './c.ts';\n";
    expect(check({ 'shared/kernel/a.ts': named })).toEqual(['no-barrels shared/kernel/a.ts:1']);
  });

  it('with a default export, but not a configuration', () => {
    expect(check({ 'tools/a.ts': 'export default 1;\n' })).toEqual(['named-exports tools/a.ts:1']);
    expect(check({ 'vite.config.ts': 'export default 1;\n' })).toEqual([]);
  });

  it('with a path of one machine', () => {
    const path = `/${'home'}/asha/books`;
    expect(check({ 'tools/a.ts': `export const dir = '${path}';\n` })).toEqual(['machine-paths tools/a.ts:1']);
  });
});

describe('a planted call is found', () => {
  it.each([
    ['Date.now()', 'ambient'],
    ['new Date()', 'ambient'],
    ['Math.random()', 'ambient'],
    ['globalThis.crypto.getRandomValues(new Uint8Array(1))', 'ambient'],
    ['parseFloat("1.5")', 'exact-money'],
    ['(1.5).toFixed(2)', 'exact-money'],
    ['Number(row.totalPaise)', 'exact-money'],
  ])('%s', (call, rule) => {
    const path = 'shared/domain/a.ts';
    expect(check({ [path]: `export const x = () => ${call};\n` })).toEqual([`${rule} ${path}:1`]);
  });

  it('but not where it belongs', () => {
    const asks = 'export const x = () => [Date.now(), Math.random(), new Date()];\n';
    expect(
      check({ 'shared/ports/a.ts': asks, 'electron/adapters/a.ts': asks, 'shared/domain/a.test.ts': asks }),
    ).toEqual([]);
    const dates = 'export const x = (at: number, year: string) => [new Date(at), Number(year)];\n';
    expect(check({ 'shared/domain/a.ts': dates })).toEqual([]);
  });
});

describe('planted text on a screen is found', () => {
  const screen = (jsx: string) => ({ 'renderer/screens/a.tsx': `export const A = () => ${jsx};\n` });

  it.each([
    '<p>Save</p>',
    '<p>{"Save"}</p>',
    '<p>सहेजें</p>',
    '<input placeholder="Amount" />',
    '<b aria-label={"Close"} />',
  ])('%s', (jsx) => {
    expect(check(screen(jsx))).toEqual(['screen-text renderer/screens/a.tsx:1']);
  });

  it.each(['<p>{text}</p>', '<p className="row">₹ · 1</p>', '<kbd>Ctrl</kbd>', '<input placeholder="₹" />'])(
    'but not %s',
    (jsx) => {
      expect(check(screen(jsx))).toEqual([]);
    },
  );
});
