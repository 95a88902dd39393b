import { createHash } from 'node:crypto';
import { cpSync, existsSync, globSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { projectRoot } from './run.ts';

/**
 * `node tools/build.ts` builds everything into `dist/`; `--loopback` only what the desk needs to run from source on the loopback
 * host; `--if-stale` does nothing when no source changed since.
 */
const dist = join(projectRoot, 'dist');
const resources = join(dist, 'resources');
const migrations = join(projectRoot, 'shared', 'db', 'migrations');
const sources = ['renderer', 'electron', 'shared', 'sync-server'].map(
  (folder) => `${folder}/**/*.{ts,tsx,css,html,json,sql,svg}`,
);

export type BuildKind = 'all' | 'loopback';

const stampOf = (kind: BuildKind): string => join(dist, `${kind}.stamp`);

export async function build(kind: BuildKind, ifStale: boolean): Promise<void> {
  const digest = sourceDigest();
  if (ifStale && existsSync(stampOf(kind)) && readFileSync(stampOf(kind), 'utf8') === digest) return;
  // A full build also brings what the loopback host needs.
  const stamps = kind === 'all' ? [stampOf('all'), stampOf('loopback')] : [stampOf('loopback')];
  for (const stamp of stamps) rmSync(stamp, { force: true });
  // Loaded here, so that finding everything up to date costs next to nothing.
  const { createBuilder } = await import('vite');
  const configFile = join(projectRoot, 'vite.config.ts');
  const modes = kind === 'all' ? ['production', 'loopback'] : ['loopback'];
  for (const mode of modes) {
    const builder = await createBuilder({ configFile, mode, logLevel: 'warn' });
    await builder.buildApp();
    console.log(`built for ${mode}`);
  }
  await buildResources();
  for (const stamp of stamps) writeFileSync(stamp, digest);
}

/** What the desk and the server read from disk beside their code: the migrations, and a database to copy on first start. */
async function buildResources(): Promise<void> {
  mkdirSync(resources, { recursive: true });
  rmSync(join(resources, 'migrations'), { recursive: true, force: true });
  cpSync(migrations, join(resources, 'migrations'), { recursive: true });
  const { buildTemplate } = await import('../shared/engine/template.ts');
  const { built } = await buildTemplate({ dir: join(resources, 'template'), migrationsDir: migrations });
  console.log(built ? 'built the database template' : 'the database template is up to date');
}

function sourceDigest(): string {
  const hash = createHash('sha256');
  const files = [
    ...sources.flatMap((pattern) => globSync(pattern, { cwd: projectRoot })),
    'vite.config.ts',
    'package-lock.json',
  ];
  for (const file of files.sort()) {
    const { size, mtimeMs } = statSync(join(projectRoot, file));
    hash.update(`${file}\0${size}\0${mtimeMs}\n`);
  }
  return hash.digest('hex');
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await build(process.argv.includes('--loopback') ? 'loopback' : 'all', process.argv.includes('--if-stale'));
}
