import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, globSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { projectRoot, run } from './run.ts';

/** The package that carries a Chromium inside the npm registry; the version that was tried with the pinned playwright-core. */
const CARRIER = '@sparticuz/chromium@153.0.0';
const cacheDir = join(projectRoot, 'node_modules', '.cache', 'chromium');

const systemNames = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
  'microsoft-edge',
];
const systemPaths = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

/** Chromium refuses its own sandbox as root and in most containers; the pages shown here are our own. */
export const chromiumArgs = (): string[] => [
  '--disable-dev-shm-usage',
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];

/**
 * A Chromium that starts: the one named by MUNIM_CHROMIUM, one of the system, Playwright's, or one fetched now.
 * @throws Error that names every way that was tried
 */
export async function chromiumPath(): Promise<string> {
  const found = await findChromium();
  if (found !== null) return found;
  return await fetchChromium();
}

/** @returns a Chromium that is on this machine already, or null */
export async function findChromium(): Promise<string | null> {
  const named = process.env.MUNIM_CHROMIUM;
  if (named !== undefined && named !== '') {
    if (!starts(named)) throw new Error(`MUNIM_CHROMIUM names ${named}, which does not start.`);
    return named;
  }
  for (const candidate of [...onPath(systemNames), ...systemPaths, ...(await playwrightPaths())]) {
    if (starts(candidate)) return candidate;
  }
  return carriedPath();
}

async function fetchChromium(): Promise<string> {
  const tried: string[] = [];
  for (const way of [playwrightDownload, debianPackage, npmCarrier]) {
    const fetched = await way();
    if (typeof fetched === 'string') {
      process.stderr.write(`munim: Chromium for the tests: ${fetched} (${way.name})\n`);
      return fetched;
    }
    tried.push(`${way.name}: ${fetched.reason}`);
  }
  throw new Error(
    `No Chromium could be found or fetched. Install one, or set MUNIM_CHROMIUM to its path. Tried ${tried.join('; ')}.`,
  );
}

type Fetched = string | { readonly reason: string };

async function playwrightDownload(): Promise<Fetched> {
  const cli = join(projectRoot, 'node_modules', 'playwright-core', 'cli.js');
  if (!(await run(process.execPath, [cli, 'install', 'chromium-headless-shell'], { timeoutMs: 240_000 }))) {
    return { reason: 'the download did not succeed' };
  }
  const candidate = (await playwrightPaths()).find(starts);
  return candidate ?? { reason: 'what was downloaded does not start (system libraries missing)' };
}

async function debianPackage(): Promise<Fetched> {
  if (process.getuid?.() !== 0) return { reason: 'needs root' };
  if (onPath(['apt-get']).length === 0) return { reason: 'not a Debian' };
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update', '-q'], { timeoutMs: 180_000, env });
  const args = ['install', '-y', '-q', '--no-install-recommends', 'chromium'];
  if (!(await run('apt-get', args, { timeoutMs: 420_000, env }))) return { reason: 'apt-get install failed' };
  return onPath(['chromium']).find(starts) ?? { reason: 'the installed chromium does not start' };
}

async function npmCarrier(): Promise<Fetched> {
  if (process.platform !== 'linux') return { reason: 'only for Linux' };
  mkdirSync(cacheDir, { recursive: true });
  const args = ['install', '--prefix', cacheDir, '--no-save', '--ignore-scripts', '--no-audit', '--no-fund', CARRIER];
  if (!(await run('npm', args, { timeoutMs: 240_000 }))) return { reason: 'npm install failed' };
  return carriedPath() ?? { reason: 'the carried Chromium does not start' };
}

/**
 * The package unpacks its compressed browser, and the libraries a bare system lacks, into the temporary folder it is given; here
 * that is our cache. The libraries are put before the system's for this one program by a small wrapper.
 */
function carriedPath(): string | null {
  const entry = join(cacheDir, 'node_modules', '@sparticuz', 'chromium', 'build', 'index.js');
  if (!existsSync(entry)) return null;
  const wrapper = join(cacheDir, 'chromium.sh');
  if (!existsSync(wrapper)) {
    const unpack = `const { default: carrier } = await import(${JSON.stringify(pathToFileURL(entry).href)}); process.stdout.write(await carrier.executablePath());`;
    const unpacked = spawnSync(process.execPath, ['--input-type=module', '-e', unpack], {
      encoding: 'utf8',
      // The name of the runtime is how the package is told to unpack its libraries too.
      env: { ...process.env, TMPDIR: cacheDir, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x' },
      timeout: 120_000,
    });
    if (unpacked.status !== 0) return null;
    const libraries = `"${join(cacheDir, 'al2023', 'lib')}"\${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}`;
    const lines = ['#!/bin/sh', `LD_LIBRARY_PATH=${libraries} exec "${unpacked.stdout}" "$@"`, ''];
    writeFileSync(wrapper, lines.join('\n'), { mode: 0o755 });
  }
  return starts(wrapper) ? wrapper : null;
}

/** Every Chromium in Playwright's cache, newest revision first; the folder names differ from platform to platform. */
async function playwrightPaths(): Promise<string[]> {
  const { chromium } = await import('playwright-core');
  const revision = /^(.*[/\\])chromium-\d+[/\\]/.exec(chromium.executablePath());
  const cache = revision?.[1];
  if (cache === undefined || !existsSync(cache)) return [];
  const names = 'chrome,chrome.exe,headless_shell,chrome-headless-shell,chrome-headless-shell.exe';
  const patterns = [`chromium*/*/{${names}}`, 'chromium*/*/*.app/Contents/MacOS/*'];
  return globSync(patterns, { cwd: cache })
    .sort((one, other) => revisionOf(other) - revisionOf(one))
    .map((path) => join(cache, path));
}

const revisionOf = (path: string): number => Number.parseInt(/-(\d+)/.exec(path)?.[1] ?? '0', 10);

function onPath(names: readonly string[]): string[] {
  const folders = (process.env.PATH ?? '').split(process.platform === 'win32' ? ';' : ':');
  return names.flatMap((name) => folders.map((folder) => join(folder, name)).filter((path) => existsSync(path)));
}

/** Whether the file is a browser that runs here: an installed one may still miss a library. */
function starts(path: string): boolean {
  if (!existsSync(path)) return false;
  if (process.platform === 'win32') return true;
  const asked = spawnSync(path, [...chromiumArgs(), '--version'], { encoding: 'utf8', timeout: 30_000 });
  return asked.status === 0 && /\d+\.\d+/.test(asked.stdout);
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const path = await chromiumPath();
  console.log(path, execFileSync(path, [...chromiumArgs(), '--version'], { encoding: 'utf8' }).trim());
}
