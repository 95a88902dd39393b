import fs from 'node:fs';
import { NodeFS } from '@electric-sql/pglite/nodefs';

/** POSIX numbers of the C library inside the database; they are not those of the host. */
const wasmErrno = { EBADF: 8, EDQUOT: 19, EINVAL: 28, EIO: 29, ENOSPC: 51 } as const;

interface HostStream {
  readonly nfd?: number;
  readonly node?: { readonly mode: number };
}
interface StreamOps {
  fsync?: (stream: HostStream) => number;
}
/** The corner of the Emscripten module this file reaches into; checked at run time before use. */
interface ModuleWithNodeFs {
  readonly NODEFS?: { readonly stream_ops?: StreamOps };
}

const directoryMode = 0o040000;
const fileTypeMask = 0o170000;

/**
 * The host file system with a real fsync. The stock class leaves `stream_ops.fsync` undefined, so PostgreSQL believes
 * its data is on the disk when it is only in memory. Works together with `fsync=on` and `wal_sync_method=fsync`; the
 * other sync methods end in calls the database build answers without doing anything.
 *
 * A failed fsync reaches PostgreSQL as an errno, and PostgreSQL panics on it, as it must: what the kernel dropped once
 * cannot be synced by asking again.
 */
export class DurableNodeFS extends NodeFS {
  #fsyncs = 0;

  /** How many host fsyncs have completed since this object was made. */
  get fsyncCount(): number {
    return this.#fsyncs;
  }

  override async init(
    ...args: Parameters<NodeFS['init']>
  ): Promise<{ emscriptenOpts: Awaited<ReturnType<NodeFS['init']>>['emscriptenOpts'] }> {
    const ready = await super.init(...args);
    const preRun = ready.emscriptenOpts.preRun;
    const hook = (module: ModuleWithNodeFs): void => {
      const ops = module.NODEFS?.stream_ops;
      // Without this table the engine cannot be made durable; the self-test then refuses to run it.
      if (ops !== undefined) ops.fsync = (stream) => this.#fsync(stream);
    };
    if (Array.isArray(preRun)) preRun.push(hook as (typeof preRun)[number]);
    return ready;
  }

  #fsync(stream: HostStream): number {
    const fd = stream.nfd;
    if (fd === undefined) return wasmErrno.EBADF;
    try {
      fs.fsyncSync(fd);
      this.#fsyncs += 1;
      return 0;
    } catch (thrown) {
      const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : 'EIO';
      const isDirectory = stream.node !== undefined && (stream.node.mode & fileTypeMask) === directoryMode;
      // Some systems (Windows, some network drives) cannot sync a directory handle; PostgreSQL itself lets that pass.
      if (isDirectory && directoryRefusals.has(code)) return 0;
      return code === 'ENOSPC' || code === 'EDQUOT' || code === 'EBADF' ? wasmErrno[code] : wasmErrno.EIO;
    }
  }
}

const directoryRefusals = new Set(['EPERM', 'EACCES', 'EISDIR', 'EBADF', 'EINVAL', 'ENOTSUP']);
