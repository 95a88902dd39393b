import { useQueryClient } from '@tanstack/react-query';
import type { Recovery } from '../../../shared/ipc/contract/recovery.ts';
import { Button } from '../../components/button.tsx';
import { ErrorPanel } from '../../components/error-panel.tsx';
import { useDesk } from '../../data/desk.tsx';
import { useCall } from '../../data/use-call.ts';
import { formatInstant } from '../../format/instant.ts';
import { nowMs } from '../../host/system.ts';
import { useText } from '../../i18n/text.ts';
import { DoorPage } from '../door-page.tsx';

/** The books cannot be read: what is kept of them elsewhere, and the one button that puts it together again. */
export function RecoverBooks({ look }: { readonly look: Recovery }) {
  const text = useText();
  const desk = useDesk();
  const queries = useQueryClient();
  const { busy, error, run } = useCall();
  const recover = async (): Promise<void> => {
    await run(async () => {
      await desk.call('recovery.start', {});
      await queries.invalidateQueries();
    });
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
