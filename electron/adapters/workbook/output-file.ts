import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { MunimError } from '../../../shared/kernel/errors.ts';

/**
 * Writes a file beside its final name and moves it there only when it is whole and on disk, so that nobody finds half a list. Whatever
 * stood at `path` before stays until then. `write` gets the file open and leaves the closing to this function: a stream that opened it by
 * name could make it anew after a stop had removed it. Errors: EXPORT_FAILED when the disk refuses; what `write` throws passes through.
 */
export async function writeWhole(path: string, write: (file: FileHandle) => Promise<void>): Promise<void> {
  const part = `${path}.part`;
  try {
    const file = await open(part, 'w');
    try {
      await write(file);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true });
    throw exportError(error);
  }
}

function exportError(error: unknown): unknown {
  if (error instanceof MunimError || !(error instanceof Error) || !('syscall' in error)) return error;
  const code = 'code' in error ? String(error.code) : error.message;
  return new MunimError('EXPORT_FAILED', { detail: code }, { cause: error });
}

export function throwIfStopped(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new MunimError('CANCELLED');
}
