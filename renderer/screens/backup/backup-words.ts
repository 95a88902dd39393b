import type { BackupsView } from '../../../shared/ipc/contract/backups.ts';
import type { EpochMs } from '../../../shared/kernel/dates.ts';
import { formatInstant } from '../../format/instant.ts';
import type { Text } from '../../i18n/text.ts';

export interface BackupWords {
  readonly headline: string;
  readonly facts: readonly string[];
  readonly tone: 'ok' | 'warn' | 'bad';
}

const DAY_MS = 86_400_000;
/** A backup older than this is told to be old. */
const OLD_DAYS = 3;

/** So long a restore is told of. */
const REMINDED_MS = 30 * DAY_MS;

const KiB = 1024;
const MiB = KiB * KiB;

/** A size as people say it: `640 KiB`, `12.3 MiB`. */
export function sizeText(bytes: number): string {
  if (bytes < MiB) return `${Math.max(1, Math.round(bytes / KiB))} KiB`;
  const tenths = Math.round((10 * bytes) / MiB);
  return `${Math.floor(tenths / 10)}.${tenths % 10} MiB`;
}

/** The state of the backups in sentences. That there is a good one is said only of one that was proved. */
export function backupWords(view: BackupsView, now: EpochMs, text: Text): BackupWords {
  const { last, failure, passphraseSetAt, restored } = view;
  const when = (at: EpochMs): string => formatInstant(at, now, text);
  const facts: string[] = [];
  if (failure !== null && last !== null) facts.push(text('backup.before', { at: when(last.at) }));
  if (last !== null) {
    const { colleges, vouchers, expenses, sizeBytes, waiting } = last;
    facts.push(text('backup.holds', { colleges: colleges.join(', '), vouchers, expenses, size: sizeText(sizeBytes) }));
    if (waiting > 0) facts.push(text('backup.holdsWaiting', { count: waiting }));
    facts.push(text('backup.proved'));
  }
  const days = last === null ? 0 : Math.floor((now - last.at) / DAY_MS);
  const isOld = days >= OLD_DAYS;
  if (isOld) facts.push(text('backup.old', { days }));
  if (restored !== null && now - restored.at < REMINDED_MS) {
    const { at, backupAt, waiting, problem } = restored;
    if (problem !== null) facts.push(text('backup.restoreFailed', { at: when(at) }));
    else {
      facts.push(text('backup.restored', { at: when(at), backupAt: when(backupAt) }));
      if (waiting > 0) facts.push(text('backup.restoredWaiting', { count: waiting }));
    }
  }
  const headline = (): string => {
    if (failure !== null) return text('backup.head.failed', { at: when(failure.at) });
    if (last !== null) return text('backup.head.verified', { at: when(last.at) });
    return text(passphraseSetAt === null ? 'backup.head.noPassphrase' : 'backup.head.none');
  };
  const tone =
    failure !== null || (restored !== null && restored.problem !== null)
      ? 'bad'
      : last === null || isOld
        ? 'warn'
        : 'ok';
  return { headline: headline(), facts, tone };
}
