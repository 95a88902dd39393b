import { readFileSync } from 'node:fs';
import { extractFile, listPackage, statFile } from '@electron/asar';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { LOOPBACK_MARKER } from '../../electron/host/loopback-host.ts';

/** One thing that must hold of a packed desk. `problem` is null where it does. */
export interface Finding {
  readonly name: string;
  readonly problem: string | null;
}

/** What the shipped binary must be set to. `FuseState` of the fuses package is a const enum: 48 is off, 49 on. */
const wantedFuses: readonly (readonly [name: string, fuse: FuseV1Options, on: boolean])[] = [
  ['runAsNode', FuseV1Options.RunAsNode, false],
  ['cookieEncryption', FuseV1Options.EnableCookieEncryption, true],
  ['nodeOptions', FuseV1Options.EnableNodeOptionsEnvironmentVariable, false],
  ['nodeCliInspect', FuseV1Options.EnableNodeCliInspectArguments, false],
  ['embeddedAsarIntegrityValidation', FuseV1Options.EnableEmbeddedAsarIntegrityValidation, true],
  ['onlyLoadAppFromAsar', FuseV1Options.OnlyLoadAppFromAsar, true],
  ['loadBrowserProcessSpecificV8Snapshot', FuseV1Options.LoadBrowserProcessSpecificV8Snapshot, false],
  ['grantFileProtocolExtraPrivileges', FuseV1Options.GrantFileProtocolExtraPrivileges, false],
];
const FUSE_OFF = 48;
const FUSE_ON = 49;

export async function inspectFuses(binary: string): Promise<Finding[]> {
  const wire: Partial<Record<FuseV1Options, number>> = await getCurrentFuseWire(binary);
  return wantedFuses.map(([name, fuse, on]) => {
    const state = wire[fuse];
    const good = state === (on ? FUSE_ON : FUSE_OFF);
    return { name: `fuse ${name} is ${on ? 'on' : 'off'}`, problem: good ? null : `its state is ${state}` };
  });
}

/** Every file of the archive is of one of these kinds; anything else (a test, a map, a source, a stray key) fails the check. */
const allowedFiles: readonly RegExp[] = [
  /^package\.json$/,
  /^dist\/(main|ledger)\/([\w.-]+\/)*[\w.-]+\.js$/,
  /^dist\/preload\/(preload|secret)\.cjs$/,
  /^dist\/renderer\/(index|secret)\.html$/,
  /^dist\/renderer\/assets\/[\w.-]+\.(js|css|woff2|svg|png|json)$/,
  // Decoders and the two fonts that every reader of PDF has to bring.
  /^dist\/renderer\/pdf\/(\w+_nowasm_fallback\.js|Foxit(Dingbats|Symbol)\.pfb)$/,
  /^node_modules\/@electric-sql\/pglite\/(package\.json|LICENSE)$/,
  /^node_modules\/@electric-sql\/pglite\/dist\/([\w-]+\/)*[\w.-]+\.js$/,
  /^node_modules\/@electric-sql\/pglite\/dist\/(pglite\.wasm|initdb\.wasm|pglite\.data)$/,
  /^node_modules\/@electric-sql\/pglite\/dist\/(pg_trgm|amcheck)\.tar\.gz$/,
  /^node_modules\/@fontsource\/noto-sans-devanagari\/(package\.json|LICENSE)$/,
  /^node_modules\/@fontsource\/noto-sans-devanagari\/files\/noto-sans-devanagari-(devanagari|latin|latin-ext)-(400|600)-normal\.woff$/,
  /^node_modules\/@napi-rs\/keyring\/(package\.json|LICENSE|index\.js)$/,
  /^node_modules\/@napi-rs\/keyring-[\w-]+\/(package\.json|[\w.-]+\.node)$/,
  /^node_modules\/keytar\/(package\.json|lib\/[\w-]+\.js|build\/Release\/keytar\.node)$/,
];
const forbiddenNames = /\.(test|fixture|emulator)\.|\.map$|\.tsx?$/;

/** Without one of these the desk would not start. */
const neededFiles = [
  'package.json',
  'dist/main/main.js',
  'dist/main/pkcs12-worker.js',
  'dist/preload/preload.cjs',
  'dist/preload/secret.cjs',
  'dist/ledger/ledger.js',
  'dist/renderer/index.html',
  'dist/renderer/secret.html',
  'node_modules/@electric-sql/pglite/package.json',
  'node_modules/@electric-sql/pglite/dist/index.js',
  'node_modules/@electric-sql/pglite/dist/pglite.wasm',
  'node_modules/@electric-sql/pglite/dist/pglite.data',
  'node_modules/@fontsource/noto-sans-devanagari/package.json',
  ...['devanagari', 'latin', 'latin-ext'].flatMap((part) =>
    [400, 600].map(
      (weight) =>
        `node_modules/@fontsource/noto-sans-devanagari/files/noto-sans-devanagari-${part}-${weight}-normal.woff`,
    ),
  ),
  'node_modules/@napi-rs/keyring/index.js',
];

export function inspectArchive(archive: string): Finding[] {
  const files = archiveFiles(archive);
  const stray = files.filter((file) => forbiddenNames.test(file) || !allowedFiles.some((kind) => kind.test(file)));
  const missing = neededFiles.filter((file) => !files.includes(file));
  const marked = files.filter((file) => textOf(archive, file).includes(LOOPBACK_MARKER));
  return [
    { name: 'the archive holds nothing but what is listed', problem: listOrNull(stray) },
    { name: 'the archive holds all that is needed', problem: listOrNull(missing) },
    { name: 'the loopback host is not in it', problem: listOrNull(marked) },
    ...['index', 'secret'].map((page) => ({
      name: `the page ${page}.html has no inline code`,
      problem: inlineCode(textIfThere(archive, files, `dist/renderer/${page}.html`)),
    })),
    ...['preload', 'secret'].map((script) => ({
      name: `the preload script ${script}.cjs loads nothing but Electron`,
      problem: otherLoads(textIfThere(archive, files, `dist/preload/${script}.cjs`)),
    })),
    { name: 'package.json names the entry and no scripts', problem: manifestProblem(textOf(archive, 'package.json')) },
  ];
}

function archiveFiles(archive: string): string[] {
  return listPackage(archive, { isPack: false })
    .map((path) => path.replaceAll('\\', '/').replace(/^\//, ''))
    .filter((path) => !('files' in statFile(archive, path)));
}

function textOf(archive: string, file: string): string {
  const entry = statFile(archive, file);
  const unpacked = 'unpacked' in entry && entry.unpacked === true;
  return unpacked
    ? readFileSync(`${archive}.unpacked/${file}`, 'latin1')
    : extractFile(archive, file).toString('latin1');
}

const listOrNull = (files: readonly string[]): string | null =>
  files.length === 0
    ? null
    : `${files.slice(0, 10).join(', ')}${files.length > 10 ? ` and ${files.length - 10} more` : ''}`;

const textIfThere = (archive: string, files: readonly string[], file: string): string =>
  files.includes(file) ? textOf(archive, file) : '';

/** A sandboxed preload script cannot load a file: its window would open without a bridge. */
export function otherLoads(script: string): string | null {
  const loads = [...script.matchAll(/\brequire\(([^)]*)\)/g)].map(([, what = '']) => what);
  const other = loads.find((what) => !/^["'`]electron["'`]$/.test(what));
  return other === undefined ? null : `it loads ${other}`;
}

/** The content policy would refuse it, so the desk would open empty. */
export function inlineCode(html: string): string | null {
  if (/<script(?![^>]*\ssrc=)[^>]*>/i.test(html)) return 'a script without src';
  if (/<style[\s>]/i.test(html)) return 'a style element';
  if (/\son\w+\s*=|javascript:/i.test(html)) return 'a handler in an attribute';
  return null;
}

function manifestProblem(text: string): string | null {
  const manifest: unknown = JSON.parse(text);
  if (typeof manifest !== 'object' || manifest === null) return 'it is no object';
  if (!('main' in manifest) || manifest.main !== 'dist/main/main.js') return 'main is not dist/main/main.js';
  return 'scripts' in manifest || 'devDependencies' in manifest ? 'scripts or devDependencies are in it' : null;
}
