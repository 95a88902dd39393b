import type { SyncStatus } from '../../../shared/ipc/contract/sync.ts';
import type { EpochMs } from '../../../shared/kernel/dates.ts';
import { formatInstant } from '../../format/instant.ts';
import type { Text } from '../../i18n/text.ts';

export interface SyncWords {
  /** One line that is true of everything this desk holds. */
  readonly headline: string;
  /** What waits, what was refused, when it last met the server; each true by itself. */
  readonly facts: readonly string[];
  readonly tone: 'ok' | 'warn' | 'bad' | 'quiet';
}

/** So long a person is reminded that numbers on papers already printed may be others now. */
const REMINDED_MS = 30 * 86_400_000;

/** The state of sync in sentences. That all is at the server is said only when nothing at all waits, was refused, or is on its way. */
export function syncWords(status: SyncStatus, now: EpochMs, text: Text): SyncWords {
  const { state, pending, attention, parked, lastSyncedAt, receivedRows, paused, colleges } = status;
  const clean = pending === 0 && attention === 0 && parked === 0;
  const headline = (): string => {
    if (state === 'refused') return text('syncPage.refused');
    if (paused) return text('syncPage.paused');
    if (state === 'offline') return text('syncPage.offline');
    if (state === 'syncing') return text('syncPage.syncing');
    return text(clean ? 'syncPage.allThere' : 'syncPage.connected');
  };
  const facts: string[] = [];
  if (receivedRows !== null) facts.push(text('syncPage.receiving', { count: receivedRows }));
  if (pending > 0) facts.push(text(paused ? 'syncPage.pendingPaused' : 'syncPage.pending', { count: pending }));
  else if (state !== 'synced') facts.push(text('syncPage.nothingWaits'));
  if (attention > 0) facts.push(text('syncPage.attentionCount', { count: attention }));
  if (parked > 0) facts.push(text('syncPage.parked', { count: parked }));
  for (const { code, sentAgain } of colleges) {
    if (sentAgain === null || now - sentAgain.at > REMINDED_MS) continue;
    const at = formatInstant(sentAgain.at, now, text);
    facts.push(text('syncPage.sentAgain', { code, count: sentAgain.commands, at }));
  }
  facts.push(
    lastSyncedAt === null
      ? text('syncPage.never')
      : text('syncPage.last', { at: formatInstant(lastSyncedAt, now, text) }),
  );
  const tone =
    state === 'refused' || attention > 0
      ? 'bad'
      : state === 'offline' || paused || parked > 0
        ? 'warn'
        : clean && state === 'synced'
          ? 'ok'
          : 'quiet';
  return { headline: headline(), facts, tone };
}
