import type { BackupsView } from '../../shared/ipc/contract/backups.ts';
import type { BackupService } from '../services/backups.ts';
import type { HandlerMap } from './desk-context.ts';
import { opened, plainJob } from './file-handlers.ts';

/** Backups and restores as the screens ask for them. `backups.setFolder` comes here only to go back to the desk's own folder. */
export function backupHandlers(service: BackupService, canChooseFolder: boolean) {
  const view = (): BackupsView => backupsView(service, canChooseFolder);
  return {
    'backups.look': async () => view(),
    'backups.setPassphrase': async ({ passphrase }) => {
      await service.setPassphrase(passphrase);
      return view();
    },
    'backups.setSchedule': async (schedule) => {
      service.setSchedule(schedule);
      return view();
    },
    'backups.setFolder': async ({ to }) => {
      if (to === 'own') await service.setFolder(null);
      return view();
    },
    'backups.now': async () => plainJob(service.now()),
    'backups.saveCopy': async () => opened(await service.saveCopy()),
    'backups.check': async ({ fileId, passphrase }) => plainJob(service.check(fileId, passphrase)),
    'backups.found': async ({ jobId }) => {
      const { at, deskName, personName, isOwn, colleges, waiting } = service.found(jobId);
      return { at, deskName, personName, isOwn, colleges: [...colleges], waiting };
    },
    'backups.restore': async ({ jobId }) => {
      await service.restore(jobId);
      return {};
    },
  } satisfies HandlerMap;
}

export function backupsView(service: BackupService, canChooseFolder: boolean): BackupsView {
  const { last, failure, restored, ...rest } = service.look();
  return {
    ...rest,
    canChooseFolder,
    last: last && { ...last, colleges: [...last.colleges] },
    failure: failure && { ...failure, details: { ...failure.details } },
    restored: restored && {
      ...restored,
      problem: restored.problem && { ...restored.problem, details: { ...restored.problem.details } },
    },
  };
}
