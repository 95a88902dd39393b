import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

/** The files of receipts below a folder. What is half written has another form of name and is left out. */
export async function receiptFiles(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && /^[0-9a-f]{64}$/.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name));
}

/** Those whose bytes are no longer what their name says. */
export async function damagedReceipts(files: readonly string[]): Promise<readonly string[]> {
  const damaged: string[] = [];
  for (const file of files) {
    const digest = createHash('sha256')
      .update(await readFile(file))
      .digest('hex');
    if (digest !== path.basename(file)) damaged.push(file);
  }
  return damaged;
}
