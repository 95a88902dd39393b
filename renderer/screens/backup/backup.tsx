import { useQueryClient } from '@tanstack/react-query';
import { ArchiveRestore, Download, KeyRound } from 'lucide-react';
import { useState } from 'react';
import type { BackupsView } from '../../../shared/ipc/contract/backups.ts';
import { type MunimError, toMunimError } from '../../../shared/kernel/errors.ts';
import { Button } from '../../components/button.tsx';
import { ErrorPanel } from '../../components/error-panel.tsx';
import { useKeys } from '../../components/keys.tsx';
import { ProgressBar, Skeleton } from '../../components/states.tsx';
import { useAsk, useDesk } from '../../data/desk.tsx';
import { downloadFile } from '../../data/files.ts';
import { useJob } from '../../data/use-job.ts';
import { formatInstant } from '../../format/instant.ts';
import { nowMs } from '../../host/system.ts';
import { useText } from '../../i18n/text.ts';
import { announce } from '../../state/announce.ts';
import './backup.css';
import { backupWords } from './backup-words.ts';
import { PassphraseDialog } from './passphrase-dialog.tsx';
import { Restore } from './restore.tsx';
import { Schedule } from './schedule.tsx';

/** Encrypted backups of this desk: how it stands, making one, the schedule, and the way back. */
export function Backup() {
  const text = useText();
  const desk = useDesk();
  const queries = useQueryClient();
  const look = useAsk('backups.look', {});
  const [asking, setAsking] = useState(false);
  const [unsaved, setUnsaved] = useState<MunimError | null>(null);
  const job = useJob((ended) => {
    void look.refetch();
    const fileName = ended.result?.fileName ?? '';
    if (ended.state === 'done') announce(text('backup.done', { fileName }));
  });
  const view = look.data;
  const taken = (changed: BackupsView): void => void queries.setQueryData(['backups.look', {}], changed);
  const hasPassphrase = view !== undefined && view.passphraseSetAt !== null;
  const mayKeep = view?.mayKeep ?? false;
  const backUp = (): void => void job.start(() => desk.call('backups.now', {}));
  const save = async (): Promise<void> => {
    setUnsaved(null);
    try {
      const { fileId } = await desk.call('backups.saveCopy', {});
      announce(text('backup.saved', { fileName: await downloadFile(desk, fileId) }));
      await desk.call('files.discard', { fileId });
    } catch (thrown) {
      setUnsaved(toMunimError(thrown));
    }
  };
  useKeys([
    { keys: 'Ctrl+Enter', label: text('backup.now'), run: backUp, enabled: mayKeep && hasPassphrase && !job.running },
    { keys: 'Alt+P', label: text('backup.passphrase'), run: () => setAsking(true), enabled: mayKeep },
    {
      keys: 'Alt+S',
      label: text('backup.save'),
      run: () => void save(),
      enabled: mayKeep && view !== undefined && view.last !== null,
    },
  ]);
  const failed = job.error ?? job.job?.error ?? unsaved ?? look.error;
  return (
    <div className="screen">
      <header className="screen-head">
        <h1>{text('screen.backup')}</h1>
        <span className="push" />
        {mayKeep && view !== undefined && view.last !== null && (
          <Button icon={Download} keys="Alt+S" onClick={() => void save()}>
            {text('backup.save')}
          </Button>
        )}
        {mayKeep && (
          <Button
            look={hasPassphrase ? 'primary' : 'plain'}
            icon={ArchiveRestore}
            keys="Ctrl+Enter"
            busy={job.running}
            disabled={!hasPassphrase}
            onClick={backUp}
          >
            {text('backup.now')}
          </Button>
        )}
      </header>
      <div className="screen-body">
        <div className="stack backup-page">
          {failed !== null && <ErrorPanel error={failed} />}
          {job.running && (
            <section className="panel stack-tight">
              <ProgressBar
                label={text('backup.running')}
                done={job.job?.done ?? 0}
                total={job.job?.total ?? null}
                onCancel={job.cancel}
              />
              <p className="muted">{text('backup.runningNote')}</p>
            </section>
          )}
          {view === undefined ? <Skeleton /> : <State view={view} shown={failed} />}
          {view !== undefined && !mayKeep && <p className="muted">{text('backup.readOnly')}</p>}
          {view !== undefined && mayKeep && (
            <>
              <Passphrase view={view} onAsk={() => setAsking(true)} />
              <Schedule key={`${view.daily} ${view.keep}`} view={view} onChanged={taken} />
              <Restore disabled={job.running} />
            </>
          )}
        </div>
      </div>
      {asking && view !== undefined && (
        <PassphraseDialog isFirst={!hasPassphrase} onDone={taken} onClose={() => setAsking(false)} />
      )}
    </div>
  );
}

function State({ view, shown }: { readonly view: BackupsView; readonly shown: unknown }) {
  const text = useText();
  const words = backupWords(view, nowMs(), text);
  return (
    <section className={`panel stack-tight backup-state is-${words.tone}`} aria-label={text('backup.state')}>
      <div role="status">
        <h2>{words.headline}</h2>
        {words.facts.map((fact) => (
          <p key={fact}>{fact}</p>
        ))}
      </div>
      {view.failure !== null && shown === null && <ErrorPanel error={view.failure} />}
      {view.restored !== null && view.restored.problem !== null && <ErrorPanel error={view.restored.problem} />}
    </section>
  );
}

function Passphrase({ view, onAsk }: { readonly view: BackupsView; onAsk(): void }) {
  const text = useText();
  const { passphraseSetAt } = view;
  return (
    <section className="panel stack-tight" aria-label={text('backup.passphrase')}>
      <h2>{text('backup.passphrase')}</h2>
      <p className="muted">
        {passphraseSetAt === null
          ? text('backup.passphraseNone')
          : text('backup.passphraseSet', { at: formatInstant(passphraseSetAt, nowMs(), text) })}
      </p>
      <div className="line">
        <Button look={passphraseSetAt === null ? 'primary' : 'plain'} icon={KeyRound} keys="Alt+P" onClick={onAsk}>
          {text(passphraseSetAt === null ? 'backup.passphraseDo' : 'backup.passphraseChange')}
        </Button>
      </div>
    </section>
  );
}
