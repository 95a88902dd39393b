import { DeskBackups } from '../adapters/backup/desk-backups.ts';
import type { DeskContext } from '../host/desk-context.ts';
import type { FileHandlers, FileHandlerTools } from '../host/file-handlers.ts';
import { BackupService } from '../services/backups.ts';
import { DailyBackup } from '../services/daily-backup.ts';
import type { SessionService } from '../services/session.ts';
import type { LedgerDeskOptions } from './ledger-options.ts';

export interface LedgerBackups {
  readonly service: BackupService;
  /** Makes encrypted backups in quiet time, where a person wants them. */
  readonly daily: DailyBackup;
}

/** The encrypted backups of an open desk. */
export function openBackups(
  options: LedgerDeskOptions,
  session: SessionService,
  context: DeskContext,
  { files, jobs }: FileHandlers,
  { blobs }: FileHandlerTools,
): LedgerBackups {
  const { dataDir, engine, migrationsDir, clock, random, log } = options;
  const service = new BackupService({
    backups: new DeskBackups({ dataDir, engine, blobs, migrationsDir, clock, random }),
    files,
    jobs,
    person: () => context.requireSession(),
    desk: () => session.device,
    beginAnew: options.onStaged,
  });
  const daily = new DailyBackup({
    clock,
    isOn: () => service.due().isOn,
    newestAt: () => service.due().lastAt,
    backUp: () => service.scheduled(),
    onFault: (problem) => log({ what: 'the encrypted backup failed', problem }),
  });
  return { service, daily };
}
