import { FolderInput, SearchCheck } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { FoundBackupView } from '../../../shared/ipc/contract/backups.ts';
import { type MunimError, toMunimError } from '../../../shared/kernel/errors.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import { Button } from '../../components/button.tsx';
import { ErrorPanel } from '../../components/error-panel.tsx';
import { Field } from '../../components/field.tsx';
import { TextInput } from '../../components/inputs.tsx';
import { useKeys } from '../../components/keys.tsx';
import { ProgressBar } from '../../components/states.tsx';
import { useDesk } from '../../data/desk.tsx';
import { uploadFile } from '../../data/files.ts';
import { useJob } from '../../data/use-job.ts';
import { useText } from '../../i18n/text.ts';
import { FoundBackup } from './found-backup.tsx';

interface Chosen {
  readonly name: string;
  readonly sentBytes: number;
  readonly sizeBytes: number;
  /** Once all of it is at the desk. */
  readonly fileId: Id | null;
}

const inKiB = (bytes: number): number => Math.ceil(bytes / 1024);

/** The way back: a file, its passphrase, what is in it, and only then the books. */
export function Restore({ disabled }: { readonly disabled: boolean }) {
  const text = useText();
  const desk = useDesk();
  const field = useRef<HTMLInputElement>(null);
  const stop = useRef<AbortController | null>(null);
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [passphrase, setPassphrase] = useState('');
  const [error, setError] = useState<MunimError | null>(null);
  const [found, setFound] = useState<{ readonly jobId: Id; readonly backup: FoundBackupView } | null>(null);
  const job = useJob((ended) => {
    if (ended.state !== 'done') return;
    desk.call('backups.found', { jobId: ended.id }).then(
      (backup) => setFound({ jobId: ended.id, backup }),
      (thrown: unknown) => setError(toMunimError(thrown)),
    );
  });
  useEffect(() => () => stop.current?.abort(), []);
  const choose = (): void => field.current?.click();
  const isSending = chosen !== null && chosen.fileId === null;
  useKeys([
    { keys: 'Alt+O', label: text('restore.choose'), run: choose, enabled: !disabled && !isSending && !job.running },
  ]);

  const letGo = (): void => {
    stop.current?.abort();
    if (chosen !== null && chosen.fileId !== null) {
      void desk.call('files.discard', { fileId: chosen.fileId }).catch(() => undefined);
    }
    setChosen(null);
    setFound(null);
    setPassphrase('');
    setError(null);
    job.clear();
  };
  const take = async (file: File): Promise<void> => {
    letGo();
    const abort = new AbortController();
    stop.current = abort;
    const start = { name: file.name, sentBytes: 0, sizeBytes: file.size, fileId: null };
    setChosen(start);
    try {
      const fileId = await uploadFile(desk, file, 'restore', {
        signal: abort.signal,
        onProgress: (sentBytes) => setChosen({ ...start, sentBytes }),
      });
      setChosen({ ...start, sentBytes: file.size, fileId });
    } catch (thrown) {
      if (abort.signal.aborted) return;
      setChosen(null);
      setError(toMunimError(thrown));
    }
  };
  const check = (): void => {
    const fileId = chosen?.fileId ?? null;
    if (fileId === null || passphrase === '') return;
    setFound(null);
    void job.start(() => desk.call('backups.check', { fileId, passphrase }));
  };
  const failed = error ?? job.error ?? job.job?.error ?? null;
  return (
    <section className="panel stack" aria-label={text('restore.title')}>
      <h2>{text('restore.title')}</h2>
      <p className="muted">{text('restore.lead')}</p>
      <input
        ref={field}
        type="file"
        hidden
        accept=".munim-backup"
        aria-label={text('restore.choose')}
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = '';
          if (file !== undefined) void take(file);
        }}
      />
      {chosen === null && (
        <div className="line">
          <Button icon={FolderInput} keys="Alt+O" disabled={disabled} onClick={choose}>
            {text('restore.choose')}
          </Button>
        </div>
      )}
      {chosen !== null && isSending && (
        <ProgressBar
          label={text('restore.sending', { name: chosen.name })}
          done={inKiB(chosen.sentBytes)}
          total={inKiB(chosen.sizeBytes)}
          onCancel={letGo}
        />
      )}
      {failed !== null && !job.running && <ErrorPanel error={failed} />}
      {job.job?.state === 'cancelled' && <p role="status">{text('restore.stopped')}</p>}
      {job.running ? (
        <div className="stack-tight">
          <ProgressBar
            label={text('restore.checking')}
            done={job.job?.done ?? 0}
            total={job.job?.total ?? null}
            onCancel={job.cancel}
          />
          <p className="muted">{text('restore.untouched')}</p>
        </div>
      ) : found !== null ? (
        <FoundBackup jobId={found.jobId} found={found.backup} onAnother={letGo} />
      ) : (
        chosen !== null &&
        chosen.fileId !== null && (
          <form
            className="stack-tight backup-passphrase"
            noValidate
            onSubmit={(event) => {
              event.preventDefault();
              check();
            }}
          >
            <p>
              <strong>{chosen.name}</strong>
            </p>
            <Field label={text('restore.passphrase')} required>
              {(control) => (
                <TextInput
                  {...control}
                  type="password"
                  autoComplete="current-password"
                  value={passphrase}
                  onChange={setPassphrase}
                />
              )}
            </Field>
            <div className="line">
              <Button type="submit" icon={SearchCheck} disabled={disabled || passphrase === ''}>
                {text('restore.check')}
              </Button>
              <Button look="quiet" onClick={letGo}>
                {text('restore.another')}
              </Button>
            </div>
          </form>
        )
      )}
    </section>
  );
}
