import { CircleAlert, CircleCheck, Copy, Download } from 'lucide-react';
import { useState } from 'react';
import type { Job } from '../../../shared/ipc/contract/files.ts';
import { type MunimError, toMunimError } from '../../../shared/kernel/errors.ts';
import { Button } from '../../components/button.tsx';
import { ErrorPanel } from '../../components/error-panel.tsx';
import { ProgressBar } from '../../components/states.tsx';
import { useDesk } from '../../data/desk.tsx';
import { downloadFile } from '../../data/files.ts';
import type { JobRun } from '../../data/use-job.ts';
import { errorText } from '../../format/error-text.ts';
import { useLanguage, useText } from '../../i18n/text.ts';
import { announce } from '../../state/announce.ts';

interface Props {
  readonly job: JobRun;
  /** What goes on while it runs. */
  readonly running: string;
  /** How its counts are called. */
  readonly figures: 'written' | 'sent' | 'entered';
}

/** Work under way, and what became of it. */
export function Outcome({ job: { job, error, cancel }, running, figures }: Props) {
  const text = useText();
  if (error !== null) return <ErrorPanel error={error} />;
  if (job === null) return null;
  if (job.state === 'running') {
    return (
      <section className="panel stack" aria-label={running}>
        <ProgressBar label={running} done={job.done} total={job.total} onCancel={cancel} />
      </section>
    );
  }
  const { result } = job;
  const title = text(`exchange.ended.${job.state}`);
  return (
    <section className="panel stack exchange-ended" aria-label={title}>
      <h2>{title}</h2>
      {job.state === 'cancelled' && <p>{text('exchange.cancelledNote')}</p>}
      {job.error !== null && <ErrorPanel error={job.error} />}
      {result !== null && <Counts result={result} figures={figures} />}
      {result?.fileId != null && <SaveButton fileId={result.fileId} />}
      <Refusals refusals={result?.refusals ?? []} />
    </section>
  );
}

type Result = NonNullable<Job['result']>;

function Counts({ result, figures }: { readonly result: Result; readonly figures: Props['figures'] }) {
  const text = useText();
  const counts = [
    { name: 'added', icon: CircleCheck, count: result.added },
    { name: 'known', icon: Copy, count: result.known },
    { name: 'refused', icon: CircleAlert, count: result.refused },
  ] as const;
  return (
    <dl className="job-figures">
      {counts
        .filter(({ name }) => figures !== 'written' || name === 'added')
        .map(({ name, icon: Icon, count }) => (
          <div key={name} className={count > 0 ? `is-${name}` : undefined}>
            <dt>
              <Icon size={14} aria-hidden="true" />
              {text(`exchange.figure.${figures}.${name}`)}
            </dt>
            <dd>{count.toLocaleString('en-IN')}</dd>
          </div>
        ))}
    </dl>
  );
}

function SaveButton({ fileId }: { readonly fileId: NonNullable<Result['fileId']> }) {
  const text = useText();
  const desk = useDesk();
  const [error, setError] = useState<MunimError | null>(null);
  const [saving, setSaving] = useState(false);
  const save = async (): Promise<void> => {
    setSaving(true);
    setError(null);
    try {
      announce(text('export.saved', { fileName: await downloadFile(desk, fileId) }));
    } catch (thrown) {
      setError(toMunimError(thrown));
    } finally {
      setSaving(false);
    }
  };
  return (
    <>
      <div className="line">
        <Button icon={Download} busy={saving} onClick={() => void save()}>
          {text('exchange.save')}
        </Button>
      </div>
      {error !== null && <ErrorPanel error={error} />}
    </>
  );
}

/** Each document that was refused, in the words of who refused it. */
function Refusals({ refusals }: { readonly refusals: NonNullable<Result['refusals']> }) {
  const text = useText();
  const language = useLanguage();
  if (refusals.length === 0) return null;
  return (
    <div className="figure-table">
      <table className="plain-table exchange-notes">
        <caption>{text('exchange.refusals')}</caption>
        <thead>
          <tr>
            <th scope="col">{text('exchange.note.name')}</th>
            <th scope="col">{text('exchange.note.reason')}</th>
          </tr>
        </thead>
        <tbody>
          {refusals.map(({ name, code, details }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two vouchers of another program may have one number.
            <tr key={`${index} ${name}`}>
              <th scope="row">{name}</th>
              <td>{errorText(code, details, language).cause}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
