import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { connectorFolders, manifestOf } from '../generate/connector-folders.ts';
import { connectorRegistry } from '../generate/connector-registry.ts';
import { projectRoot } from '../run.ts';
import { checkTree } from '../tidy/check-tree.ts';
import { makeConnector } from './make-connector.ts';

const roots: string[] = [];
afterEach(() => {
  for (const root of roots.splice(0)) rmSync(root, { recursive: true });
});

/** A tree in which everything is this project's but the connectors, of which there are none. */
function tree(): string {
  const root = mkdtempSync(join(tmpdir(), 'munim-connector-'));
  roots.push(root);
  mkdirSync(join(root, 'shared/connectors'), { recursive: true });
  const there = ['electron', 'node_modules', 'shared/kernel', 'shared/domain', 'shared/ports', 'shared/testing'];
  for (const path of [...there, 'shared/connectors/_kit', 'shared/connectors/operation.ts']) {
    symlinkSync(join(projectRoot, path), join(root, path));
  }
  return root;
}

const run = (root: string, file: string, ...args: string[]): string =>
  execFileSync(process.execPath, [join(projectRoot, 'node_modules', file), ...args], {
    cwd: root,
    encoding: 'utf8',
    // A run of its own, which must not think that it is a part of this one.
    env: { PATH: process.env.PATH, SEED: process.env.SEED, HOME: root },
  });

describe('a new connector', () => {
  it('has right types and stands the suite, keeps the rules of the house, and is in the registry', async () => {
    const root = tree();
    makeConnector(root, 'bank/yes-bank', "Yes Bank's Corporate");
    const folder = join(root, 'shared/connectors/bank/yes-bank');
    const text = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8'));
    expect(text.join('\n')).not.toMatch(/sample/i);
    const project = JSON.parse(readFileSync(join(projectRoot, 'tsconfig.json'), 'utf8'));
    writeFileSync(join(root, 'tsconfig.json'), JSON.stringify({ ...project, include: ['shared/connectors/bank'] }));
    const config = { test: { include: ['shared/connectors/bank/**/*.test.ts'], testTimeout: 60_000 } };
    writeFileSync(join(root, 'vitest.config.mjs'), `export default ${JSON.stringify(config)};\n`);

    expect(run(root, 'typescript/bin/tsc', '-p', '.')).toBe('');
    const { $schema, vcs, ...style } = JSON.parse(readFileSync(join(projectRoot, 'biome.json'), 'utf8'));
    writeFileSync(join(root, 'biome.json'), JSON.stringify(style));
    // As `npm run new:connector` does; what is left over then has to be put right by hand, and must be nothing.
    run(root, '@biomejs/biome/bin/biome', 'check', '--write', 'shared/connectors/bank');
    run(root, 'vitest/vitest.mjs', 'run', '--reporter=json', '--outputFile=report.json', '--root', root);
    const report = JSON.parse(readFileSync(join(root, 'report.json'), 'utf8'));
    expect(report).toMatchObject({ success: true, numFailedTests: 0 });
    expect(report.numPassedTests).toBeGreaterThan(90);

    const own = checkTree(root).filter(({ path }) => path.startsWith('shared/connectors/bank/'));
    expect(own).toEqual([]);
    const [found] = connectorFolders(root);
    expect(found).toEqual({ path: 'bank/yes-bank', variable: 'yesBank', isBank: true, hasEmulator: true });
    expect(connectorRegistry(connectorFolders(root))).toContain('[yesBank.manifest.id, yesBank]');
    if (found !== undefined) expect((await manifestOf(found, root)).name).toBe('Yes Bank’s Corporate');
  });

  it('is made once, and only where it can be', () => {
    const root = tree();
    makeConnector(root, 'gateway/payu');
    expect(existsSync(join(root, 'shared/connectors/gateway/payu/connector.test.ts'))).toBe(true);
    expect(() => makeConnector(root, 'gateway/payu')).toThrow('there already');
    for (const path of ['yesbank', 'bank/', 'bank/YesBank', 'bank/../x', 'shop/x', 'bank/a/b', 'bank/-a']) {
      expect(() => makeConnector(root, path)).toThrow('is no connector');
    }
  });
});

describe('the registry', () => {
  it('does not take a folder that exports something else', async () => {
    const root = tree();
    const folder = makeConnector(root, 'bank/yesbank');
    const manifest = join(folder, 'manifest.ts');
    const text = readFileSync(manifest, 'utf8');
    writeFileSync(manifest, text.replace("id: 'yesbank'", "id: 'other'"));
    const [found] = connectorFolders(root);
    await expect(found === undefined ? null : manifestOf(found, root)).rejects.toThrow('id of its folder');
    writeFileSync(manifest, text.replace('yesbankManifest', 'manifest'));
    expect(() => connectorFolders(root)).toThrow('yesbankManifest');
  });
});
