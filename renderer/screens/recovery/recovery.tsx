import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Recovery } from '../../../shared/ipc/contract/recovery.ts';
import { type MunimError, toMunimError } from '../../../shared/kernel/errors.ts';
import { Button } from '../../components/button.tsx';
import { ErrorPanel } from '../../components/error-panel.tsx';
import { useDesk } from '../../data/desk.tsx';
import { formatInstant } from '../../format/instant.ts';
import { nowMs } from '../../host/system.ts';
import { useText } from '../../i18n/text.ts';
import { DoorPage } from '../door-page.tsx';

/** The books cannot be read: what is kept of them elsewhere, and the one button that puts it together again. */
export function RecoverBooks({ look }: { readonly look: Recovery }) {
  const text = useText();
  const desk = useDesk();
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<MunimError | null>(null);
  const recover = async (): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      await desk.call('recovery.start', {});
      await queries.invalidateQueries();
    } catch (thrown) {
      setError(toMunimError(thrown));
    } finally {
      setBusy(false);
    }
  };
  const { backupAt, journaled, lastEntryAt, problem } = look;
  const when = (at: number): string => formatInstant(at, nowMs(), text);
  return (
    <DoorPage title={text('recovery.title')} lead={text('recovery.lead')}>
      <div className="stack">
        {problem !== null && error === null && <ErrorPanel error={problem} />}
        <ul className="stack-tight">
          <li>
            {lastEntryAt === null
              ? text('recovery.noJournal')
              : text('recovery.journal', { count: journaled, at: when(lastEntryAt) })}
          </li>
          <li>{backupAt === null ? text('recovery.noBackup') : text('recovery.backup', { at: when(backupAt) })}</li>
          <li>{text(backupAt === null ? 'recovery.serverNeeded' : 'recovery.server')}</li>
        </ul>
        {error !== null && <ErrorPanel error={error} />}
        <Button look="primary" busy={busy} onClick={() => void recover()}>
          {text(busy ? 'recovery.doing' : 'recovery.do')}
        </Button>
        <p className="muted small">{text('recovery.kept')}</p>
      </div>
    </DoorPage>
  );
}
