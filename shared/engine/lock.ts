import { createHash } from 'node:crypto';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { MunimError } from '../kernel/errors.ts';
import type { Random } from '../ports/random.ts';
import { errorCode, randomSuffix, removeTree } from './files.ts';

/** Held until released or until the process is gone, however it goes: the operating system lets go, nobody cleans up. */
export interface DirLock {
  release(): Promise<void>;
}

/**
 * The one spelling of a data directory, so that two ways to it (symbolic link, `..`) meet at one lock. The directory
 * itself need not exist yet; its parent is made.
 */
export function canonicalDir(dir: string): string {
  const absolute = path.resolve(dir);
  fs.mkdirSync(path.dirname(absolute), { recursive: true, mode: 0o700 });
  if (fs.existsSync(absolute)) return fs.realpathSync.native(absolute);
  return path.join(fs.realpathSync.native(path.dirname(absolute)), path.basename(absolute));
}

/**
 * Takes the lock of a data directory (given as `canonicalDir` returned it). The lock stands beside the directory, so
 * containers that share the volume must share its parent.
 *
 * @throws MunimError ENGINE_LOCKED with the holder's pid
 */
export async function lockDir(dir: string, random: Random): Promise<DirLock> {
  if (process.platform === 'win32') return lockByPipe(dir);
  if (process.platform === 'darwin') return lockByOpenFlag(dir);
  return lockBySocket(`${dir}.lock`, random);
}

const locked = (pid: string, cause?: unknown): MunimError => new MunimError('ENGINE_LOCKED', { pid }, { cause });

// --- Linux: a listening socket in a numbered directory ------------------------------------------------------------

/**
 * Each holder has a generation: a directory `g<n>` beside the data, holding a listening socket and the pid, put in
 * place whole by one rename, which fails when the generation is taken. A socket nobody listens on is dead for good, so
 * the holder is always the highest generation, and a newcomer may take the next one only after the highest is dead.
 *
 * Why not simply remove a stale socket and bind again: two newcomers can both see the stale one, and the slower then
 * removes the socket the quicker has just bound. Here nothing alive is ever removed. A newcomer with an old view of the
 * directory can recreate a number that was cleared away, so everyone looks again after the rename and yields to any
 * higher number; the highest is never cleared, not even on release, so numbers never fall.
 */
async function lockBySocket(lockRoot: string, random: Random): Promise<DirLock> {
  fs.mkdirSync(lockRoot, { recursive: true, mode: 0o700 });
  const rootFd = fs.openSync(lockRoot, 'r');
  // Socket addresses hold about 107 bytes; through the open directory the path is short however deep the books lie.
  const shortRoot = `/proc/self/fd/${rootFd}`;
  try {
    for (let tries = 0; tries < 200; tries++) {
      const highest = highestGeneration(lockRoot);
      if (highest > 0 && (await isAlive(`${shortRoot}/g${highest}/s`))) throw locked(holderPid(lockRoot, highest));
      const lock = await tryGeneration(lockRoot, shortRoot, highest + 1, random);
      if (lock !== null) {
        await clear(lockRoot, shortRoot, highest + 1);
        return lock;
      }
    }
    throw locked('?');
  } finally {
    fs.closeSync(rootFd);
  }
}

async function tryGeneration(
  lockRoot: string,
  shortRoot: string,
  generation: number,
  random: Random,
): Promise<DirLock | null> {
  const name = `new-${randomSuffix(random)}`;
  const waiting = path.join(lockRoot, name);
  const target = path.join(lockRoot, `g${generation}`);
  let server: net.Server;
  try {
    fs.mkdirSync(waiting, { mode: 0o700 });
    fs.writeFileSync(path.join(waiting, 'pid'), String(process.pid));
    server = await listen(`${shortRoot}/${name}/s`);
  } catch (thrown) {
    if (!fs.existsSync(waiting)) return null; // a quicker starter took it for a dead one's leftover
    throw thrown;
  }
  const giveUp = async (): Promise<null> => {
    await closeServer(server);
    await removeTree(waiting);
    return null;
  };
  try {
    fs.renameSync(waiting, target);
  } catch (thrown) {
    if (['ENOTEMPTY', 'EEXIST', 'ENOENT'].includes(errorCode(thrown))) return giveUp();
    await giveUp();
    throw thrown;
  }
  // Somebody who took it for a leftover may have begun to remove it before it got its number; without its socket nobody
  // would see that it is held. Under its number nobody touches it any more.
  const whole = fs.existsSync(path.join(target, 's'));
  if (!whole || highestGeneration(lockRoot) > generation) {
    // Or an old view: this number had been used and cleared already. What was just made here is ours alone to remove.
    await closeServer(server);
    await removeTree(target);
    return null;
  }
  return { release: () => closeServer(server) };
}

function highestGeneration(lockRoot: string): number {
  let highest = 0;
  for (const name of fs.readdirSync(lockRoot)) {
    const number = /^g(\d+)$/.exec(name)?.[1];
    if (number !== undefined) highest = Math.max(highest, Number(number));
  }
  return highest;
}

function holderPid(lockRoot: string, generation: number): string {
  try {
    return fs.readFileSync(path.join(lockRoot, `g${generation}`, 'pid'), 'utf8');
  } catch {
    return '?';
  }
}

/** Only a refused connection or a missing name proves that nobody listens; every doubt counts as alive. */
function isAlive(socketPath: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect({ path: socketPath });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', (error) => resolve(!['ECONNREFUSED', 'ENOENT'].includes(errorCode(error))));
  });
}

/** Clears generations below the holder's, and what starters left that died half way. */
async function clear(lockRoot: string, shortRoot: string, generation: number): Promise<void> {
  for (const name of fs.readdirSync(lockRoot)) {
    const number = /^g(\d+)$/.exec(name)?.[1];
    const isOld = number !== undefined && Number(number) < generation;
    const isLeftover = name.startsWith('new-') && !(await isAlive(`${shortRoot}/${name}/s`));
    if (isOld || isLeftover) await removeTree(path.join(lockRoot, name));
  }
}

function listen(address: string): Promise<net.Server> {
  return new Promise((resolve, reject) => {
    const server = net.createServer((socket) => {
      socket.on('error', () => socket.destroy());
      socket.end(String(process.pid));
    });
    server.once('error', reject);
    server.listen({ path: address }, () => {
      server.unref(); // the lock alone must not keep the process alive
      resolve(server);
    });
  });
}

const closeServer = (server: net.Server): Promise<void> => new Promise((resolve) => server.close(() => resolve()));

// --- Windows: a named pipe ----------------------------------------------------------------------------------------

/** The first instance of a pipe name is exclusive and dies with its process. */
async function lockByPipe(dir: string): Promise<DirLock> {
  const name = createHash('sha256').update(dir.toLowerCase()).digest('hex').slice(0, 32);
  const address = `\\\\.\\pipe\\munim-${name}`;
  try {
    const server = await listen(address);
    return { release: () => closeServer(server) };
  } catch (thrown) {
    if (!['EADDRINUSE', 'EACCES'].includes(errorCode(thrown))) throw thrown;
    throw locked(await pidFromPipe(address), thrown);
  }
}

function pidFromPipe(address: string): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    const socket = net.connect({ path: address });
    socket.setTimeout(2_000, () => socket.destroy());
    socket.on('data', (chunk) => {
      text += String(chunk);
    });
    socket.on('error', () => socket.destroy());
    socket.on('close', () => resolve(text === '' ? '?' : text));
  });
}

// --- macOS: a file opened with an exclusive lock --------------------------------------------------------------------

/** O_EXLOCK of the BSD family: open(2) takes a flock with the file; Node has no name for it but passes it on. */
const bsdExclusiveLock = 0x20;

function lockByOpenFlag(dir: string): DirLock {
  const file = `${dir}.lock`;
  const flags = fs.constants.O_RDWR | fs.constants.O_CREAT | fs.constants.O_NONBLOCK | bsdExclusiveLock;
  let fd: number;
  try {
    fd = fs.openSync(file, flags, 0o600);
  } catch (thrown) {
    if (!['EAGAIN', 'EWOULDBLOCK'].includes(errorCode(thrown))) throw thrown;
    throw locked(fs.readFileSync(file, 'utf8').trim() || '?', thrown);
  }
  fs.ftruncateSync(fd);
  fs.writeSync(fd, String(process.pid), 0);
  return {
    release: () => {
      fs.closeSync(fd);
      return Promise.resolve();
    },
  };
}
