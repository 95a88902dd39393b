import type { DeskClient } from '../../shared/ipc/client.ts';
import type { Id } from '../../shared/kernel/ids.ts';
import { limits } from '../../shared/kernel/limits.ts';
import { fromBase64, toBase64 } from '../host/base64.ts';

const CHUNK = limits.file.uploadChunkBytes;

/**
 * Hands a chosen file to the desk in chunks. The desk refuses what is too large or of a wrong kind (DeskError).
 * @returns the file's id at the desk; discard it by `files.discard` if it is not used
 */
export async function uploadFile(
  desk: DeskClient,
  file: File,
  purpose: 'import' | 'receipt' | 'restore',
  options: { readonly onProgress?: (sentBytes: number) => void; readonly signal?: AbortSignal } = {},
): Promise<Id> {
  const { fileId } = await desk.call('files.begin', { fileName: file.name, sizeBytes: file.size, purpose });
  try {
    for (let offset = 0; offset < file.size; offset += CHUNK) {
      options.signal?.throwIfAborted();
      const bytes = new Uint8Array(await file.slice(offset, offset + CHUNK).arrayBuffer());
      await desk.call('files.write', { fileId, offset, bytes: toBase64(bytes) });
      options.onProgress?.(Math.min(file.size, offset + CHUNK));
    }
    return fileId;
  } catch (thrown) {
    await desk.call('files.discard', { fileId }).catch(() => undefined);
    throw thrown;
  }
}

export interface ReadFile {
  readonly blob: Blob;
  readonly fileName: string;
}

/** Reads a file of the desk (a receipt, an export) whole. The browser keeps the parts, on the disk when they are many. */
export async function readFile(desk: DeskClient, fileId: Id): Promise<ReadFile> {
  const parts: Blob[] = [];
  let offset = 0;
  for (;;) {
    const answer = await desk.call('files.read', { fileId, offset });
    const bytes = fromBase64(answer.bytes);
    parts.push(new Blob([bytes]));
    offset += bytes.length;
    if (bytes.length === 0 || offset >= answer.sizeBytes) {
      return { blob: new Blob(parts, { type: answer.mime }), fileName: answer.fileName };
    }
  }
}

const REVOKE_AFTER_MS = 60_000;

/** Saves a file of the desk where the person's downloads go. */
export async function downloadFile(desk: DeskClient, fileId: Id): Promise<string> {
  const { blob, fileName } = await readFile(desk, fileId);
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), REVOKE_AFTER_MS);
  return fileName;
}
