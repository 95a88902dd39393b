/** The part of the catalogue of errors about the database under the books, its backups and what brings them back. */
export const engineErrors = {
  ENGINE_LOCKED: {
    cause: 'Another Munim (process {pid}) already has these books open.',
    next: 'Use the window that is open, or close it first.',
  },
  ENGINE_POISONED: {
    cause: 'The books process stopped itself because the database gave an answer it does not trust.',
    next: 'It restarts and checks the books. Repeat the last step if its result is not shown.',
  },
  ENGINE_NOT_DURABLE: {
    cause: 'This disk or build cannot promise that a saved entry survives a power cut: {reason}.',
    next: 'Do not work on this PC. Tell your IT admin.',
  },
  ENGINE_DISK_FULL: {
    cause: 'The disk is full; {freeMiB} MiB are free.',
    next: 'Free some space on the disk. Everything saved so far is safe.',
  },
  ENGINE_MAJOR_MISMATCH: {
    cause: 'These books were written by another generation of Munim (format {found}, this one needs {needed}).',
    next: 'Install the Munim version that matches, or ask your IT admin to upgrade the books.',
  },
  ENGINE_SCHEMA_NEWER: {
    cause: 'These books were last opened by a newer Munim.',
    next: 'Update Munim on this PC. The books were not touched.',
  },
  ENGINE_NESTED_QUERY: {
    cause: 'A step of the program tried to read the books around its own unfinished change.',
    next: 'Nothing was saved. Tell support the reference.',
  },
  ENGINE_CORRUPT: {
    cause: 'The check of the books found damage: {detail}.',
    next: 'Do not enter more. Open Munim again and restore the books there; what you saved is kept.',
  },
  ENGINE_BACKUP_UNVERIFIED: {
    cause: 'A backup was written but could not be opened again: {detail}.',
    next: 'Check the disk of the backup folder and make the backup again.',
  },
  BACKUP_TOOL: {
    cause: '{tool} of PostgreSQL {major} is needed; found on this machine: {found}.',
    next: 'Install the client programs of PostgreSQL {major} or name their folder with MUNIM_SERVER_PG_BIN.',
  },
  RESTORE_NOT_BACKUP: {
    cause: 'There is no whole backup of this kind of server in {folder}.',
    next: 'Name the folder that the backup command printed; DATABASE_URL must be set for a backup of PostgreSQL and only then.',
  },
  RESTORE_KEYS: {
    cause: 'The keys with which these books were signed are not in {file}.',
    next: 'Put that file back, or set MUNIM_BACKUP_PASSPHRASE to the passphrase of the backup when the file is missing.',
  },
  RESTORE_NOT_EMPTY: {
    cause: 'The database to restore into is not empty.',
    next: 'Make a new, empty database and name it with DATABASE_URL; nothing was changed.',
  },
  RESTORE_UNSOUND: {
    cause: 'What came back from the backup is not sound: {detail}.',
    next: 'The books in use were not touched. Take another backup; make a new database for PostgreSQL.',
  },
  ENGINE_MIGRATION_FAILED: {
    cause: 'The books could not be brought to the form this version needs: {detail}.',
    next: 'The books stay as they were. Keep the earlier version and tell support.',
  },
  ENGINE_RESTARTING: { cause: 'The books process is restarting.', next: 'Wait a few seconds; what you saved is safe.' },
} as const;
