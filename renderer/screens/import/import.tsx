import { Building2, FolderInput } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { fieldsOf } from '../../../shared/domain/import/columns.ts';
import { mappingOf } from '../../../shared/domain/import/guess-mapping.ts';
import type { ImportKind } from '../../../shared/domain/import/sheet-kinds.ts';
import { type MunimError, toMunimError } from '../../../shared/kernel/errors.ts';
import { Button } from '../../components/button.tsx';
import { EmptyState } from '../../components/states.tsx';
import { useDesk } from '../../data/desk.tsx';
import { uploadFile } from '../../data/files.ts';
import { useWork } from '../../data/session.ts';
import { useJob } from '../../data/use-job.ts';
import { useLanguage, useText } from '../../i18n/text.ts';
import { ChooseFile } from './choose-file.tsx';
import { kindsFor } from './import-kinds.ts';
import './import.css';
import { type Held, useImportState } from './import-state.ts';
import { PlanView } from './plan-view.tsx';
import { RunView } from './run-view.tsx';
import { usePlan } from './use-plan.ts';

/** A workbook or CSV of bills into the books: the file, how it is read, the run, and what became of it. */
export function Import() {
  const text = useText();
  const language = useLanguage();
  const desk = useDesk();
  const { person, session } = useWork();
  const { held: found, hold, change } = useImportState();
  const held = found?.personId === person.id ? found : null;
  const planning = usePlan();
  const job = useJob();
  const resumed = useRef(false);

  const jobId = held?.jobId ?? null;
  // The run goes on in the desk while one looks at another screen; coming back finds it, or reads the file anew.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the screen opens.
  useEffect(() => {
    if (held === null || resumed.current) return;
    resumed.current = true;
    if (jobId === null) void planning.ask(held, held.question);
    else void job.start(() => desk.call('jobs.get', { id: jobId }));
  }, []);

  const run = (): void => {
    const plan = held?.plan ?? null;
    if (held === null || plan === null) return;
    const chosen = mappingOf(plan.columns);
    const mapping = fieldsOf(held.kind).flatMap((field) => {
      const index = chosen[field];
      return index === undefined ? [] : [{ index, field }];
    });
    const { kind, collegeId, fileId } = held;
    const { sheet, headerRow } = plan;
    void job.start(async () => {
      const started = await desk.call('imports.run', { kind, collegeId, fileId, sheet, headerRow, mapping, language });
      change({ jobId: started.id });
      return started;
    });
  };
  const toColumns = (): void => {
    job.clear();
    change({ jobId: null });
    if (held !== null) void planning.ask(held, held.question);
  };
  const another = (): void => {
    if (held !== null) void desk.call('files.discard', { fileId: held.fileId }).catch(() => undefined);
    job.clear();
    planning.clear();
    hold(null);
  };
  const college = session.colleges.find(({ id }) => id === held?.collegeId);
  const started = jobId !== null || job.running || job.job !== null || job.error !== null;
  return (
    <div className="screen">
      <header className="screen-head">
        <h1>{text('screen.import')}</h1>
        {held !== null && (
          <span className="muted">{text('import.into', { name: held.fileName, college: college?.name ?? '' })}</span>
        )}
        <span className="push" />
        {held !== null && !started && (
          <Button icon={FolderInput} onClick={another}>
            {text('import.another')}
          </Button>
        )}
      </header>
      {held === null ? (
        <Chooser planning={planning} />
      ) : started ? (
        <RunView
          job={job}
          kept={text(jobId === null ? 'import.nothingYet' : 'import.jobLost')}
          kind={held.kind}
          fileName={held.fileName}
          onColumns={toColumns}
          onAnother={another}
        />
      ) : (
        <PlanView held={held} planning={planning} onRun={run} />
      )}
    </div>
  );
}

type Sent = { readonly name: string; readonly sentBytes: number; readonly sizeBytes: number };

/** Takes a file, hands it over in pieces, and has it read; a file that cannot be read leaves one here with the reason. */
function Chooser({ planning }: { readonly planning: ReturnType<typeof usePlan> }) {
  const text = useText();
  const desk = useDesk();
  const { college, person, role } = useWork();
  const kinds = kindsFor(role);
  const [kind, setKind] = useState<ImportKind>(kinds[0] ?? 'expenses');
  const [sent, setSent] = useState<Sent | null>(null);
  const [refused, setRefused] = useState<{ readonly name: string; readonly error: MunimError } | null>(null);
  const [lastName, setLastName] = useState('');
  const stop = useRef<AbortController | null>(null);
  useEffect(() => () => stop.current?.abort(), []);

  if (college === null) {
    return (
      <div className="screen-body">
        <EmptyState icon={Building2} title={text('import.noCollege')} hint={text('import.noCollegeHint')} />
      </div>
    );
  }
  const take = async (file: File): Promise<void> => {
    const abort = new AbortController();
    stop.current = abort;
    planning.clear();
    setRefused(null);
    setLastName(file.name);
    setSent({ name: file.name, sentBytes: 0, sizeBytes: file.size });
    let fileId: Held['fileId'];
    try {
      fileId = await uploadFile(desk, file, 'import', {
        onProgress: (sentBytes) => setSent({ name: file.name, sentBytes, sizeBytes: file.size }),
        signal: abort.signal,
      });
    } catch (thrown) {
      if (!abort.signal.aborted) setRefused({ name: file.name, error: toMunimError(thrown) });
      return;
    } finally {
      setSent(null);
    }
    await planning.open({ personId: person.id, kind, collegeId: college.id, fileId, fileName: file.name });
  };
  const shown = refused ?? (planning.error === null ? null : { name: lastName, error: planning.error });
  return (
    <div className="screen-body">
      <ChooseFile
        kinds={kinds}
        kind={kind}
        onKind={(chosen) => {
          planning.clear();
          setRefused(null);
          setKind(chosen);
        }}
        collegeName={college.name}
        sent={sent}
        reading={planning.busy}
        refused={shown}
        onFile={(file) => void take(file)}
        onStop={() => stop.current?.abort()}
      />
    </div>
  );
}
