import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { finished } from 'node:stream/promises';
import { createPackage } from '@electron/asar';
import { FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses';
import { validateConfiguration } from 'app-builder-lib/out/util/config/config.js';
import { DebugLogger } from 'builder-util';
import { afterAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { LOOPBACK_MARKER } from '../../electron/host/loopback-host.ts';
import { projectRoot } from '../run.ts';
import { inlineCode, inspectArchive, inspectFuses } from './inspect.ts';
import { writeStandInElectron } from './stand-in-electron.ts';

const work = mkdtempSync(join(tmpdir(), 'munim-inspect-'));
afterAll(() => rmSync(work, { recursive: true }));

describe('electron-builder.yml', () => {
  const config = parse(readFileSync(join(projectRoot, 'electron-builder.yml'), 'utf8'));

  it('fits the schema of the builder', async () => {
    await expect(validateConfiguration(config, new DebugLogger(false))).resolves.toBeUndefined();
  });

  it('would be refused with a misspelt setting', async () => {
    const misspelt = { ...config, nsis: { ...config.nsis, perMachin: true } };
    await expect(validateConfiguration(misspelt, new DebugLogger(false))).rejects.toThrow(/configuration\.nsis/);
  });
});

describe('fuses', () => {
  it('as Electron ships them fail, each of the seven we set', async () => {
    writeStandInElectron(join(work, 'shipped'), '45.0.0');
    const failed = (await inspectFuses(join(work, 'shipped', 'electron'))).filter(({ problem }) => problem !== null);
    expect(failed).toHaveLength(7);
  });

  it('pass once they are set', async () => {
    writeStandInElectron(join(work, 'set'), '45.0.0');
    const binary = join(work, 'set', 'electron');
    await flipFuses(binary, {
      version: FuseVersion.V1,
      [FuseV1Options.RunAsNode]: false,
      [FuseV1Options.EnableCookieEncryption]: true,
      [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
      [FuseV1Options.EnableNodeCliInspectArguments]: false,
      [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
      [FuseV1Options.OnlyLoadAppFromAsar]: true,
      [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
    });
    expect((await inspectFuses(binary)).filter(({ problem }) => problem !== null)).toEqual([]);
  });
});

const fonts = ['devanagari', 'latin', 'latin-ext'].flatMap((part) =>
  [400, 600].map((weight) => `files/noto-sans-devanagari-${part}-${weight}-normal.woff`),
);
const goodFiles: Readonly<Record<string, string>> = {
  'package.json': '{"main":"dist/main/main.js"}',
  'dist/main/main.js': '',
  'dist/main/pkcs12-worker.js': '',
  'dist/preload/preload.cjs': 'const electron = require("electron");',
  'dist/preload/secret.cjs': "let e = require('electron')",
  'dist/ledger/ledger.js': '',
  'dist/renderer/index.html': '<script type="module" crossorigin src="/assets/a.js"></script>',
  'dist/renderer/secret.html': '<script type="module" crossorigin src="/assets/b.js"></script>',
  'node_modules/@electric-sql/pglite/package.json': '{}',
  'node_modules/@electric-sql/pglite/dist/index.js': '',
  'node_modules/@electric-sql/pglite/dist/pglite.wasm': '',
  'node_modules/@electric-sql/pglite/dist/pglite.data': '',
  'node_modules/@napi-rs/keyring/index.js': '',
  ...Object.fromEntries(
    ['package.json', ...fonts].map((file) => [`node_modules/@fontsource/noto-sans-devanagari/${file}`, '']),
  ),
};
let archives = 0;

async function problemsOf(files: Readonly<Record<string, string | null>>): Promise<string[]> {
  const folder = join(work, `app-${archives++}`);
  for (const [file, text] of Object.entries({ ...goodFiles, ...files })) {
    if (text === null) continue;
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  // The archive is whole only when the stream that is handed back has ended.
  await finished(await createPackage(folder, `${folder}.asar`));
  return inspectArchive(`${folder}.asar`).flatMap(({ problem }) => (problem === null ? [] : [problem]));
}

describe('the archive', () => {
  it('passes with what belongs into it', async () => {
    expect(await problemsOf({})).toEqual([]);
  });

  it.each([
    ['a test', { 'dist/main/main.test.js': '' }, 'dist/main/main.test.js'],
    ['a source', { 'electron/main/main.ts': '' }, 'electron/main/main.ts'],
    ['a source map', { 'dist/renderer/assets/a.js.map': '' }, 'dist/renderer/assets/a.js.map'],
    ['another package', { 'node_modules/left-pad/index.js': '' }, 'node_modules/left-pad/index.js'],
    ['pgcrypto', { 'node_modules/@electric-sql/pglite/dist/pgcrypto.tar.gz': '' }, 'pgcrypto'],
    ['a key', { '.env': 'KEY=1' }, '.env'],
    ['the loopback host', { 'dist/main/chunks/x.js': `const m = "${LOOPBACK_MARKER}"` }, 'dist/main/chunks/x.js'],
    ['an inline script', { 'dist/renderer/index.html': '<script>alert(1)</script>' }, 'a script without src'],
    ['an inline script for secrets', { 'dist/renderer/secret.html': '<script>x()</script>' }, 'a script without src'],
    ['a preload script in two files', { 'dist/preload/secret.cjs': 'require("./shared.cjs")' }, './shared.cjs'],
    ['npm scripts', { 'package.json': '{"main":"dist/main/main.js","scripts":{"x":"y"}}' }, 'scripts'],
  ])('fails with %s', async (_name, files, word) => {
    const problems = await problemsOf(files);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(word);
  });

  it.each([
    ['the bridge for secrets', 'dist/preload/secret.cjs'],
    ['the page for secrets', 'dist/renderer/secret.html'],
    ['the thread that opens bundles', 'dist/main/pkcs12-worker.js'],
    ['its database', 'node_modules/@electric-sql/pglite/dist/pglite.wasm'],
    ['a typeface', `node_modules/@fontsource/noto-sans-devanagari/${fonts[0]}`],
  ])('fails without %s', async (_name, file) => {
    expect((await problemsOf({ [file]: null }))[0]).toContain(file);
  });
});

it.each(['<style>p{}</style>', '<body onload="x()">', '<a href="javascript:x()">'])(
  'sees the inline code in %s',
  (html) => {
    expect(inlineCode(html)).not.toBeNull();
  },
);
