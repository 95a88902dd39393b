import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { MunimError } from '../../../shared/kernel/errors.ts';
import { limits } from '../../../shared/kernel/limits.ts';
import { readFileIfThere, syncFolder, writeFileAtomically } from '../atomic-file.ts';
import { zSealed } from './seal.ts';

const zVersion = z.int().positive();
/** No `|`, which separates what is bound into a seal. */
const zName = z.string().regex(/^[\w./-]{1,200}$/);
const zEntry = z.strictObject({
  kind: zName,
  /** Version of the key that its own key is wrapped with. */
  kekVersion: zVersion,
  /** Version that stood when it was sealed: bound into the seal of the data, which a rotation leaves as it is. */
  sealedAt: zVersion,
  wrapped: zSealed,
  sealed: zSealed,
});
export type StoredEntry = z.infer<typeof zEntry>;

const zVaultFile = z.strictObject({
  format: z.literal(2),
  installation: z.string().regex(/^[\w-]{1,64}$/),
  backend: z.string().max(60),
  kekVersion: zVersion,
  /** When that key was made, in ms; null where an earlier Munim made it and did not say. */
  kekSince: z.int().nullable(),
  /** A rotation to this version was begun. Its key may be in the keychain already; no entry is wrapped with it. */
  upcoming: zVersion.nullable(),
  /** Versions that no entry needs any more and whose keys are still to be deleted. */
  retired: z.array(zVersion).max(1_000),
  entries: z.record(zName, zEntry),
});
export type VaultFile = z.infer<typeof zVaultFile>;

/** As written before keys were rotated. */
const zFirstFormat = z
  .strictObject({
    format: z.literal(1),
    installation: zVaultFile.shape.installation,
    backend: zVaultFile.shape.backend,
    kekVersion: zVersion,
    entries: z.record(zName, zEntry.omit({ sealedAt: true })),
  })
  .transform((file): VaultFile => {
    const entries = Object.entries(file.entries).map(([name, entry]) => [
      name,
      { ...entry, sealedAt: entry.kekVersion },
    ]);
    return {
      ...file,
      format: 2,
      kekSince: null,
      upcoming: null,
      retired: [],
      entries: Object.fromEntries(entries) as VaultFile['entries'],
    };
  });
const zAnyFormat = z.union([zVaultFile, zFirstFormat]);

/** @returns null where there is none. @throws MunimError VAULT_DAMAGED; the file is left as it is */
export function readVault(file: string): VaultFile | null {
  const size = fs.statSync(file, { throwIfNoEntry: false })?.size;
  if (size === undefined) return null;
  if (size > limits.vault.fileBytesMax) throw new MunimError('VAULT_DAMAGED');
  const text = readFileIfThere(file);
  if (text === null) return null;
  try {
    return zAnyFormat.parse(JSON.parse(text));
  } catch (thrown) {
    // Not the cause itself: what could not be read may repeat what stands in the file.
    throw new MunimError('VAULT_DAMAGED', {}, { cause: thrown instanceof Error ? thrown.name : undefined });
  }
}

/** On the disk when it returns. @throws MunimError VAULT_FULL */
export function writeVault(file: string, vault: VaultFile): void {
  const text = JSON.stringify(vault, null, 1);
  if (text.length > limits.vault.fileBytesMax) {
    throw new MunimError('VAULT_FULL', { sizeKiB: Math.ceil(text.length / 1024) });
  }
  writeFileAtomically(file, text);
}

/** Moves a damaged file beside itself, under a name that no other has. @returns that name */
export function setVaultAside(file: string, stamp: string): string {
  const folder = path.dirname(file);
  for (let count = 0; ; count++) {
    const name = `${path.basename(file)}.damaged-${stamp}${count === 0 ? '' : `-${count}`}`;
    const aside = path.join(folder, name);
    if (fs.existsSync(aside)) continue;
    fs.renameSync(file, aside);
    syncFolder(folder);
    return name;
  }
}
