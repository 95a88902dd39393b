import type { EpochMs } from '../kernel/dates.ts';
import type { ErrorDetails } from '../kernel/errors.ts';
import type { Id } from '../kernel/ids.ts';

/** A backup that was written, read back and compared with the books. */
export interface VerifiedBackup {
  readonly at: EpochMs;
  readonly fileName: string;
  readonly sizeBytes: number;
  readonly colleges: readonly string[];
  readonly vouchers: number;
  readonly expenses: number;
  /** Entries in it that the server had not confirmed. */
  readonly waiting: number;
}

export interface BackupState {
  readonly passphraseSetAt: EpochMs | null;
  readonly daily: boolean;
  readonly keep: number;
  /** The last part of the folder's name; null for the desk's own. */
  readonly folderName: string | null;
  readonly last: VerifiedBackup | null;
  readonly failure: { readonly at: EpochMs; readonly code: string; readonly details: ErrorDetails } | null;
  readonly restored: {
    readonly at: EpochMs;
    readonly backupAt: EpochMs;
    readonly waiting: number;
    readonly problem: { readonly code: string; readonly details: ErrorDetails } | null;
  } | null;
}

/** What is in a backup that opened and was sound. */
export interface FoundBackup {
  readonly at: EpochMs;
  readonly deskId: Id;
  readonly deskName: string;
  readonly personName: string | null;
  readonly colleges: readonly {
    readonly id: Id;
    readonly code: string;
    readonly name: string;
    readonly vouchers: number;
    readonly expenses: number;
  }[];
  readonly waiting: number;
}

export interface BackupWork {
  readonly signal: AbortSignal;
  /** Told of hundredths of the work. */
  readonly onProgress: (percent: number) => void;
}

interface Named {
  readonly id: Id;
  readonly name: string;
}

/** The encrypted backups of a desk on its disks. */
export interface Backups {
  state(): BackupState;
  setPassphrase(passphrase: string): Promise<void>;
  setSchedule(schedule: { readonly daily: boolean; readonly keep: number }): void;
  /** An absolute folder, or null for the desk's own. @throws MunimError BACKUP_FOLDER when it cannot be written */
  setFolder(folder: string | null): Promise<void>;
  /**
   * Makes and proves a backup, and notes it or why it failed.
   * @throws MunimError BACKUP_NO_PASSPHRASE, BACKUP_FOLDER, BACKUP_UNSOUND, ENGINE_DISK_FULL, CANCELLED
   */
  make(order: BackupWork & { readonly desk: Named; readonly person: Named | null }): Promise<VerifiedBackup>;
  /** Copies the last one to a path. @throws MunimError NOT_FOUND */
  copyLast(to: string): Promise<VerifiedBackup>;
  /**
   * Opens a backup into a scratch ledger of this name and checks all of it.
   * @throws MunimError the BACKUP_… codes, ENGINE_DISK_FULL, CANCELLED
   */
  check(file: string, passphrase: string, name: Id, work: BackupWork): Promise<FoundBackup>;
  /** Lets go of all scratch ledgers but this one. */
  discardChecked(but: Id | null): Promise<void>;
  /** Puts a checked ledger where the next start finds it and takes it for the books. */
  stage(name: Id, found: FoundBackup): Promise<void>;
}
