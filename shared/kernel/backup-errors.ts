/** The part of the catalogue of errors about the encrypted backups of a desk. */
export const backupErrors = {
  BACKUP_NO_PASSPHRASE: {
    cause: 'No passphrase for backups has been set on this desk.',
    next: 'Set one first; without it nobody could ever read the backup.',
  },
  BACKUP_PASSPHRASE_WEAK: {
    cause: 'This passphrase is easy to guess.',
    next: 'Take {length} characters or more with at least {kinds} different ones among them; four or five unrelated words are good.',
  },
  BACKUP_PASSPHRASE_WRONG: {
    cause: 'This passphrase does not open the backup.',
    next: 'Type the passphrase that was set when the backup was made; capital letters and spaces count.',
  },
  BACKUP_NOT_A_BACKUP: {
    cause: 'This file is not a backup of Munim.',
    next: 'Choose a file that ends in .munim-backup.',
  },
  BACKUP_NEWER: {
    cause: 'This backup was made by a newer Munim.',
    next: 'Update Munim on this PC and restore again. Nothing was changed.',
  },
  BACKUP_TRUNCATED: {
    cause: 'The end of this backup is missing.',
    next: 'Copy the file again from where it was kept, or take another backup. Nothing was changed.',
  },
  BACKUP_ALTERED: {
    cause: 'This backup is damaged or somebody changed it.',
    next: 'Copy the file again from where it was kept, or take another backup. Nothing was changed.',
  },
  BACKUP_TOO_LARGE: {
    cause: 'The file has {sizeMiB} MiB; {limitMiB} MiB are possible.',
    next: 'Choose a file that ends in .munim-backup.',
  },
  BACKUP_UNSOUND: {
    cause: 'The books in the backup are not those that were backed up: {detail}.',
    next: 'This backup is not kept. Check the disk and make it again.',
  },
  BACKUP_OTHER_COLLEGES: {
    cause: 'The backup holds the books of {colleges}, which this desk is not enrolled for.',
    next: 'Enrol this desk for these colleges first, then restore.',
  },
  BACKUP_RUNNING: {
    cause: 'A backup is being made or checked already.',
    next: 'Wait until it has ended, or stop it.',
  },
  BACKUP_FOLDER: {
    cause: 'The folder for backups cannot be written ({reason}).',
    next: 'Connect the disk it lies on, or choose another folder.',
  },
} as const;
