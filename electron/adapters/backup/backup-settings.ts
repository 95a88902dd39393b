import { z } from 'zod';
import { limits } from '../../../shared/kernel/limits.ts';
import { zDetails } from '../../../shared/sync/messages.ts';
import { readFileIfThere, writeFileAtomically } from '../atomic-file.ts';

const zProblem = z.strictObject({ at: z.int(), code: z.string(), details: zDetails });

/** What a desk keeps about its backups, beside the books so that a restore does not change it. Nothing in it is secret. */
const zBackupSettings = z.strictObject({
  format: z.literal(1),
  /** The public key that the passphrase leads to, and the salt on the way; in base64. */
  key: z.strictObject({ publicKey: z.base64(), salt: z.base64(), setAt: z.int() }).nullable(),
  daily: z.boolean(),
  keep: z.int().min(limits.backup.keepMin).max(limits.backup.keepMax),
  /** Absolute; null for the desk's own folder. */
  folder: z.string().nullable(),
  last: z
    .strictObject({
      at: z.int(),
      folder: z.string(),
      fileName: z.string(),
      sizeBytes: z.int(),
      colleges: z.array(z.string()),
      vouchers: z.int(),
      expenses: z.int(),
      waiting: z.int(),
    })
    .nullable(),
  failure: zProblem.nullable(),
  restored: z
    .strictObject({
      at: z.int(),
      backupAt: z.int(),
      waiting: z.int(),
      problem: z.strictObject({ code: z.string(), details: zDetails }).nullable(),
    })
    .nullable(),
});
export type BackupSettings = z.infer<typeof zBackupSettings>;

const fresh: BackupSettings = {
  format: 1,
  key: null,
  daily: false,
  keep: limits.backup.keepDefault,
  folder: null,
  last: null,
  failure: null,
  restored: null,
};

export class BackupSettingsFile {
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  read(): BackupSettings {
    const text = readFileIfThere(this.#file);
    return text === null ? fresh : zBackupSettings.parse(JSON.parse(text));
  }

  /** On the disk when it returns. */
  change(change: Partial<Omit<BackupSettings, 'format'>>): BackupSettings {
    const changed = { ...this.read(), ...change };
    writeFileAtomically(this.#file, JSON.stringify(changed, null, 1));
    return changed;
  }
}
