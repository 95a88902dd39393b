import { ArrowLeft, CircleAlert, CircleCheck, Copy, Download } from 'lucide-react';
import { useState } from 'react';
import { useLocation } from 'wouter';
import type { Job } from '../../../shared/ipc/contract/files.ts';
import { type MunimError, toMunimError } from '../../../shared/kernel/errors.ts';
import { Button } from '../../components/button.tsx';
import { ErrorPanel } from '../../components/error-panel.tsx';
import { useKeys } from '../../components/keys.tsx';
import { ProgressBar, Skeleton } from '../../components/states.tsx';
import { useDesk } from '../../data/desk.tsx';
import { downloadFile } from '../../data/files.ts';
import type { JobRun } from '../../data/use-job.ts';
import { useText } from '../../i18n/text.ts';
import { announce } from '../../state/announce.ts';

interface Props {
  readonly job: JobRun;
  /** What is safe should the run not be found or not begin. */
  readonly kept: string;
  readonly fileName: string;
  /** Back to the columns of the same file. */
  onColumns(): void;
  onAnother(): void;
}

/** The import under way and what became of it. */
export function RunView({ job, kept, fileName, onColumns, onAnother }: Props) {
  const text = useText();
  if (job.error !== null) {
    return (
      <div className="screen-body stack">
        <ErrorPanel error={job.error} kept={kept} />
        <div className="line">
          <Button look="primary" icon={ArrowLeft} onClick={onColumns}>
            {text('import.columns')}
          </Button>
          <Button onClick={onAnother}>{text('import.another')}</Button>
        </div>
      </div>
    );
  }
  if (job.job === null) {
    return (
      <div className="screen-body">
        <Skeleton />
      </div>
    );
  }
  if (job.job.state === 'running') {
    return (
      <div className="screen-body stack">
        <section className="panel stack">
          <ProgressBar
            label={text('import.running', { name: fileName })}
            done={job.job.done}
            total={job.job.total}
            onCancel={job.cancel}
          />
          {job.job.result !== null && <Figures result={job.job.result} />}
          <p className="muted">{text('import.runningNote')}</p>
        </section>
      </div>
    );
  }
  return <Ended job={job.job} fileName={fileName} onColumns={onColumns} onAnother={onAnother} />;
}

type Result = NonNullable<Job['result']>;

function Ended({ job, fileName, onColumns, onAnother }: Omit<Props, 'job' | 'kept'> & { readonly job: Job }) {
  const text = useText();
  const desk = useDesk();
  const [, goTo] = useLocation();
  const [error, setError] = useState<MunimError | null>(null);
  const [saving, setSaving] = useState(false);
  const result = job.result;
  const refusedFile = result?.fileId ?? null;
  const save = async (): Promise<void> => {
    if (refusedFile === null || saving) return;
    setSaving(true);
    setError(null);
    try {
      announce(text('export.saved', { fileName: await downloadFile(desk, refusedFile) }));
    } catch (thrown) {
      setError(toMunimError(thrown));
    } finally {
      setSaving(false);
    }
  };
  const see = (): void => goTo('/expenses');
  const primary = refusedFile === null ? see : (): void => void save();
  useKeys([
    {
      keys: 'Ctrl+Enter',
      label: text(refusedFile === null ? 'import.see' : 'import.saveRefused'),
      run: primary,
    },
    { keys: 'Alt+O', label: text('import.another'), run: onAnother },
  ]);
  const outcome = job.state === 'done' ? 'done' : job.state === 'cancelled' ? 'cancelled' : 'failed';
  return (
    <div className="screen-body stack">
      <section className="panel stack" aria-label={text(`import.ended.${outcome}`)}>
        <h2>{text(`import.ended.${outcome}`)}</h2>
        <p className="muted">{fileName}</p>
        {result !== null && <Figures result={result} />}
        {outcome === 'cancelled' && <p>{text('import.cancelledNote')}</p>}
        {outcome === 'failed' && job.error !== null && (
          <ErrorPanel error={job.error} kept={text('import.failedNote', { added: result?.added ?? 0 })} />
        )}
        {result !== null && result.refused > 0 && outcome === 'done' && <p>{text('import.refusedNote')}</p>}
        {error !== null && <ErrorPanel error={error} />}
        <div className="line">
          {refusedFile !== null && (
            <Button look="primary" icon={Download} keys="Ctrl+Enter" busy={saving} onClick={() => void save()}>
              {text('import.saveRefused')}
            </Button>
          )}
          {refusedFile === null ? (
            <Button look="primary" keys="Ctrl+Enter" onClick={see}>
              {text('import.see')}
            </Button>
          ) : (
            <Button onClick={see}>{text('import.see')}</Button>
          )}
          <Button icon={ArrowLeft} onClick={onColumns}>
            {text('import.columns')}
          </Button>
          <Button keys="Alt+O" onClick={onAnother}>
            {text('import.another')}
          </Button>
        </div>
      </section>
    </div>
  );
}

function Figures({ result }: { readonly result: Result }) {
  const text = useText();
  const figures = [
    { name: 'added', icon: CircleCheck, count: result.added },
    { name: 'known', icon: Copy, count: result.known },
    { name: 'refused', icon: CircleAlert, count: result.refused },
  ] as const;
  return (
    <dl className="job-figures">
      {figures.map(({ name, icon: Icon, count }) => (
        <div key={name} className={count > 0 ? `is-${name}` : undefined}>
          <dt>
            <Icon size={14} aria-hidden="true" />
            {text(`import.figure.${name}`)}
          </dt>
          <dd>{count.toLocaleString('en-IN')}</dd>
        </div>
      ))}
    </dl>
  );
}
