import { ArrowLeft, CircleAlert, CircleCheck, Copy, Download } from 'lucide-react';
import { useState } from 'react';
import { useLocation } from 'wouter';
import type { ImportKind } from '../../../shared/domain/import/sheet-kinds.ts';
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
  readonly kind: ImportKind;
  readonly fileName: string;
  /** Back to the columns of the same file. */
  onColumns(): void;
  onAnother(): void;
}

/** The import under way and what became of it. */
export function RunView({ job, kept, kind, fileName, onColumns, onAnother }: Props) {
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
          {job.job.result !== null && <Figures kind={kind} result={job.job.result} />}
          <p className="muted">{text('import.runningNote')}</p>
        </section>
      </div>
    );
  }
  return <Ended job={job.job} kind={kind} fileName={fileName} onColumns={onColumns} onAnother={onAnother} />;
}

type Result = NonNullable<Job['result']>;

/** Where what went in is seen. */
const places: Partial<Record<ImportKind, string>> = { expenses: '/expenses', budgets: '/budgets' };

function Ended({ job, kind, fileName, onColumns, onAnother }: Omit<Props, 'job' | 'kept'> & { readonly job: Job }) {
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
  const place = places[kind];
  const see = (): void => {
    if (place === undefined) onAnother();
    else goTo(place);
  };
  const seeWords = text(
    place === undefined ? 'import.another' : kind === 'budgets' ? 'import.seeBudgets' : 'import.see',
  );
  const primary = refusedFile === null ? see : (): void => void save();
  useKeys([
    {
      keys: 'Ctrl+Enter',
      label: refusedFile === null ? seeWords : text('import.saveRefused'),
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
        {result !== null && <Figures kind={kind} result={result} />}
        {outcome === 'cancelled' && <p>{text('import.cancelledNote')}</p>}
        {outcome === 'failed' && job.error !== null && (
          <ErrorPanel
            error={job.error}
            kept={text(kind === 'expenses' ? 'import.failedNote' : 'import.failedSheet', { added: result?.added ?? 0 })}
          />
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
              {seeWords}
            </Button>
          ) : (
            place !== undefined && <Button onClick={see}>{seeWords}</Button>
          )}
          <Button icon={ArrowLeft} onClick={onColumns}>
            {text('import.columns')}
          </Button>
          {(place !== undefined || refusedFile !== null) && (
            <Button keys="Alt+O" onClick={onAnother}>
              {text('import.another')}
            </Button>
          )}
        </div>
      </section>
    </div>
  );
}

function Figures({ kind, result }: { readonly kind: ImportKind; readonly result: Result }) {
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
            {text(name === 'added' && kind !== 'expenses' ? 'import.figure.rows' : `import.figure.${name}`)}
          </dt>
          <dd>{count.toLocaleString('en-IN')}</dd>
        </div>
      ))}
    </dl>
  );
}
