import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

/** One thing the program told the disk, in order. Paths are relative to the recorded folder; a file is known by number. */
export const operationSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('create'), path: z.string(), file: z.number() }),
  z.strictObject({ kind: z.literal('write'), file: z.number(), at: z.number(), bytes: z.instanceof(Uint8Array) }),
  z.strictObject({ kind: z.literal('truncate'), file: z.number(), size: z.number() }),
  z.strictObject({ kind: z.literal('fsync'), file: z.number() }),
  z.strictObject({ kind: z.literal('rename'), from: z.string(), to: z.string() }),
  z.strictObject({ kind: z.literal('unlink'), path: z.string() }),
  z.strictObject({ kind: z.literal('mkdir'), path: z.string() }),
  z.strictObject({ kind: z.literal('rmdir'), path: z.string() }),
  z.strictObject({ kind: z.literal('acknowledge'), line: z.string() }),
]);
export type Operation = z.infer<typeof operationSchema>;

/** The files that were there when the recording began, by path, with their numbers. */
export interface Recording {
  readonly files: Map<string, number>;
  readonly operations: Operation[];
}

type HostFs = Record<string, (...args: unknown[]) => unknown>;

/** The lock belongs to living processes and the reserve holds nothing: neither is part of what a power cut leaves of the books. */
const leftOut = /\.(lock|ballast)(\/|$)/;
export const isRecorded = (name: string): boolean => !leftOut.test(name.replaceAll(path.sep, '/'));

/** Where a path lies after its folder `from` was renamed to `to`; null when it does not lie there. */
export function movedPath(name: string, from: string, to: string): string | null {
  if (name !== from && !name.startsWith(`${from}${path.sep}`)) return null;
  return `${to}${name.slice(from.length)}`;
}

/**
 * Listens to everything this process writes under `root`, by standing in front of the calls of node:fs that the database and
 * the engine use: the synchronous ones, and on the first start the copy of a template and the syncing of whole trees.
 */
export function startRecording(root: string): Recording {
  const files = new Map<string, number>();
  const recording: Recording = { files, operations: [] };
  const now = new Map<string, number>();
  const open = new Map<number, { readonly file: number; position: number; readonly append: boolean }>();
  let next = 1;
  const inside = (target: unknown): string | null => {
    if (typeof target !== 'string') return null;
    const relative = path.relative(root, path.resolve(target));
    return relative === '' || relative.startsWith('..') || !isRecorded(relative) ? null : relative;
  };
  for (const entry of fs.readdirSync(root, { recursive: true, withFileTypes: true })) {
    const name = path.relative(root, path.join(entry.parentPath, entry.name));
    if (!entry.isFile() || !isRecorded(name)) continue;
    files.set(name, next);
    next += 1;
  }
  for (const [name, file] of files) now.set(name, file);
  const note = (operation: Operation): void => void recording.operations.push(operation);
  const create = (name: string): number => {
    const file = next++;
    now.set(name, file);
    note({ kind: 'create', path: name, file });
    return file;
  };
  const host = fs as unknown as HostFs;
  const before = (name: string, listen: (args: unknown[], run: () => unknown) => unknown): void => {
    const real = host[name];
    if (real === undefined) throw new Error(`node:fs has no ${name}`);
    host[name] = (...args) => listen(args, () => real.apply(fs, args));
  };

  before('openSync', ([target, flags], run) => {
    const name = inside(target);
    const fd = run();
    if (name === null || typeof fd !== 'number' || fs.fstatSync(fd).isDirectory()) return fd;
    const bits = typeof flags === 'number' ? flags : 0;
    const isNew = !now.has(name);
    const file = now.get(name) ?? create(name);
    const truncates = flags === 'w' || (bits & fs.constants.O_TRUNC) !== 0;
    if (!isNew && truncates) note({ kind: 'truncate', file, size: 0 });
    open.set(fd, { file, position: 0, append: (bits & fs.constants.O_APPEND) !== 0 });
    return fd;
  });
  before('closeSync', ([fd], run) => {
    open.delete(Number(fd));
    return run();
  });
  before('writeSync', ([fd, buffer, offset, , position], run) => {
    const written = Number(run());
    const handle = open.get(Number(fd));
    if (handle === undefined) return written;
    if (handle.append) throw new Error('the recorder does not know appending writes');
    const from = Number(offset ?? 0);
    const bytes = new Uint8Array((buffer as Uint8Array).subarray(from, from + written));
    const at = typeof position === 'number' ? position : handle.position;
    if (typeof position !== 'number') handle.position += written;
    note({ kind: 'write', file: handle.file, at, bytes });
    return written;
  });
  before('writeFileSync', ([target, content], run) => {
    const result = run();
    const bytes = new Uint8Array(Buffer.from(content as string));
    if (typeof target === 'number') {
      const handle = open.get(target);
      if (handle !== undefined) note({ kind: 'write', file: handle.file, at: handle.position, bytes });
      return result;
    }
    const name = inside(target);
    if (name === null) return result;
    const known = now.get(name);
    if (known !== undefined) note({ kind: 'truncate', file: known, size: 0 });
    const file = known ?? create(name);
    if (bytes.length > 0) note({ kind: 'write', file, at: 0, bytes });
    return result;
  });
  before('fsyncSync', ([fd], run) => {
    const result = run();
    const handle = open.get(Number(fd));
    if (handle !== undefined) note({ kind: 'fsync', file: handle.file });
    return result;
  });
  before('ftruncateSync', ([fd, size], run) => {
    const result = run();
    const handle = open.get(Number(fd));
    if (handle !== undefined) note({ kind: 'truncate', file: handle.file, size: Number(size ?? 0) });
    return result;
  });
  before('truncateSync', ([target, size], run) => {
    const result = run();
    const file = now.get(inside(target) ?? '');
    if (file !== undefined) note({ kind: 'truncate', file, size: Number(size ?? 0) });
    return result;
  });
  before('renameSync', ([source, target], run) => {
    const result = run();
    const from = inside(source);
    const to = inside(target);
    if (from === null || to === null) return result;
    for (const [name, file] of [...now]) {
      const moved = movedPath(name, from, to);
      if (moved === null) continue;
      now.delete(name);
      now.set(moved, file);
    }
    note({ kind: 'rename', from, to });
    return result;
  });
  const removes = ([target]: unknown[], run: () => unknown): unknown => {
    const result = run();
    const name = inside(target);
    if (name !== null && now.delete(name)) note({ kind: 'unlink', path: name });
    return result;
  };
  before('unlinkSync', removes);
  before('rmSync', removes);
  for (const kind of ['mkdir', 'rmdir'] as const) {
    before(`${kind}Sync`, ([target], run) => {
      const result = run();
      const name = inside(target);
      if (name !== null) note({ kind, path: name });
      return result;
    });
  }
  listenToTrees({ inside, note, create, fileOf: (name) => now.get(name) });
  return recording;
}

interface Listener {
  inside(target: unknown): string | null;
  note(operation: Operation): void;
  create(name: string): number;
  fileOf(name: string): number | undefined;
}

/** A copied tree is noted as new files written one after the other, none of them synced; a sync counts once it has succeeded. */
function listenToTrees({ inside, note, create, fileOf }: Listener): void {
  const { cp, open } = fs.promises;
  fs.promises.cp = async (from, to, options) => {
    await cp(from, to, options);
    const target = inside(to);
    if (target === null) return;
    note({ kind: 'mkdir', path: target });
    for (const entry of fs.readdirSync(String(to), { recursive: true, withFileTypes: true })) {
      const file = path.join(entry.parentPath, entry.name);
      const name = inside(file);
      if (name === null) continue;
      if (entry.isDirectory()) note({ kind: 'mkdir', path: name });
      else note({ kind: 'write', file: create(name), at: 0, bytes: new Uint8Array(fs.readFileSync(file)) });
    }
  };
  fs.promises.open = async (target, ...rest) => {
    const handle = await open(target, ...rest);
    const file = fileOf(inside(target) ?? '');
    if (file === undefined) return handle;
    const sync = handle.sync.bind(handle);
    handle.sync = async () => {
      await sync();
      note({ kind: 'fsync', file });
    };
    return handle;
  };
}
