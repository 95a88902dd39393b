import { z } from 'zod';
import { limits } from '../../kernel/limits.ts';
import { zId } from '../../sync/command-args.ts';
import { zDetails } from '../../sync/messages.ts';
import { channel } from '../channel.ts';
import { zJob } from './files.ts';

const zProblem = z.strictObject({ code: z.string(), details: zDetails });

export const zBackups = z.strictObject({
  /** When the passphrase was set, in ms; null before. */
  passphraseSetAt: z.int().nullable(),
  daily: z.boolean(),
  keep: z.int(),
  /** The last part of the name of the chosen folder; null for the desk's own. */
  folderName: z.string().nullable(),
  /** Whether this desk can ask for a folder. */
  canChooseFolder: z.boolean(),
  /** Whether the person may do anything of this. */
  mayKeep: z.boolean(),
  last: z
    .strictObject({
      at: z.int(),
      fileName: z.string(),
      sizeBytes: z.int(),
      colleges: z.array(z.string()),
      vouchers: z.int(),
      expenses: z.int(),
      waiting: z.int(),
    })
    .nullable(),
  failure: z.strictObject({ at: z.int(), ...zProblem.shape }).nullable(),
  /** The last restore on this desk. */
  restored: z
    .strictObject({ at: z.int(), backupAt: z.int(), waiting: z.int(), problem: zProblem.nullable() })
    .nullable(),
});
export interface BackupsView extends Readonly<z.infer<typeof zBackups>> {}

export const zFoundBackup = z.strictObject({
  at: z.int(),
  deskName: z.string(),
  personName: z.string().nullable(),
  /** Whether it is of this desk, under its present enrolment. */
  isOwn: z.boolean(),
  colleges: z.array(
    z.strictObject({ id: zId, code: z.string(), name: z.string(), vouchers: z.int(), expenses: z.int() }),
  ),
  /** Entries in it that the server had not confirmed then. */
  waiting: z.int(),
});
export interface FoundBackupView extends Readonly<z.infer<typeof zFoundBackup>> {}

const zPassphrase = z.string().min(1).max(limits.backup.passphraseMaxLength);

export const backupChannels = {
  'backups.look': channel(z.strictObject({}), zBackups),
  /** From now on backups are encrypted for this passphrase; earlier ones keep theirs. */
  'backups.setPassphrase': channel(z.strictObject({ passphrase: zPassphrase }), zBackups),
  'backups.setSchedule': channel(
    z.strictObject({ daily: z.boolean(), keep: z.int().min(limits.backup.keepMin).max(limits.backup.keepMax) }),
    zBackups,
  ),
  /** `ask` opens the dialog of the system; the screens never learn or name a path. */
  'backups.setFolder': channel(z.strictObject({ to: z.enum(['own', 'ask']) }), zBackups),
  'backups.now': channel(z.strictObject({}), zJob),
  /** Makes the last backup readable by `files.read`. */
  'backups.saveCopy': channel(
    z.strictObject({}),
    z.strictObject({ fileId: zId, fileName: z.string(), mime: z.string(), sizeBytes: z.int() }),
  ),
  /** Opens an uploaded backup into a scratch ledger and checks all of it. The books are not touched. */
  'backups.check': channel(z.strictObject({ fileId: zId, passphrase: zPassphrase }), zJob),
  /** What that check found. */
  'backups.found': channel(z.strictObject({ jobId: zId }), zFoundBackup),
  /** Moves the books aside and takes the checked ones; the books process starts anew for it. */
  'backups.restore': channel(z.strictObject({ jobId: zId }), z.strictObject({})),
} as const;
