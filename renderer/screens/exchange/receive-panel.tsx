import { FileCode2, FolderInput, Upload } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { ExchangePreview } from '../../../shared/ipc/contract/exchange.ts';
import { formatDate } from '../../../shared/kernel/dates.ts';
import { type MunimError, toMunimError } from '../../../shared/kernel/errors.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import { Button } from '../../components/button.tsx';
import { ErrorPanel } from '../../components/error-panel.tsx';
import { Field } from '../../components/field.tsx';
import { DateInput } from '../../components/inputs.tsx';
import { useKeys } from '../../components/keys.tsx';
import { readDay } from '../../components/read-day.ts';
import { ProgressBar } from '../../components/states.tsx';
import { useDesk } from '../../data/desk.tsx';
import { uploadFile } from '../../data/files.ts';
import { useWork } from '../../data/session.ts';
import { useJob } from '../../data/use-job.ts';
import { useText } from '../../i18n/text.ts';
import { Outcome } from './outcome.tsx';
import { Preview } from './preview.tsx';

interface Props {
  readonly collegeId: Id;
  readonly collegeName: string;
}

const inKiB = (bytes: number): number => Math.ceil(bytes / 1024);

/** Takes a file that Tally exported: what it would do, and then the doing. */
export function ReceivePanel({ collegeId, collegeName }: Props) {
  const text = useText();
  const desk = useDesk();
  const job = useJob();
  const [sent, setSent] = useState<{ readonly file: File; readonly bytes: number } | null>(null);
  const [preview, setPreview] = useState<ExchangePreview | null>(null);
  const [error, setError] = useState<MunimError | null>(null);
  const [reading, setReading] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const stop = useRef<AbortController | null>(null);
  useEffect(() => () => stop.current?.abort(), []);

  const ask = async (fileId: Id, openingDate: string | null): Promise<void> => {
    setReading(true);
    setError(null);
    try {
      setPreview(await desk.call('exchange.plan', { collegeId, fileId, openingDate }));
    } catch (thrown) {
      setError(toMunimError(thrown));
    } finally {
      setReading(false);
    }
  };
  const take = async (file: File): Promise<void> => {
    const abort = new AbortController();
    stop.current = abort;
    job.clear();
    setPreview(null);
    setError(null);
    setSent({ file, bytes: 0 });
    try {
      const onProgress = (bytes: number): void => setSent({ file, bytes });
      const fileId = await uploadFile(desk, file, 'import', { onProgress, signal: abort.signal });
      setSent(null);
      await ask(fileId, null);
    } catch (thrown) {
      setSent(null);
      if (!abort.signal.aborted) setError(toMunimError(thrown));
    }
  };
  const choose = (): void => field.current?.click();
  const busy = sent !== null || reading || job.running;
  const count = preview === null ? 0 : preview.masterCounts.new + preview.voucherCounts.new;
  const isOpening = preview?.opening.state === 'new';
  const ready = preview !== null && !busy && job.job === null && (count > 0 || isOpening);
  const enter = (): void => {
    if (preview === null) return;
    const { fileId, openingDate } = preview;
    void job.start(() => desk.call('exchange.import', { collegeId, fileId, openingDate }));
  };
  useKeys([
    { keys: 'Alt+O', label: text('exchange.choose'), run: choose, enabled: !busy },
    { keys: 'Ctrl+Enter', label: text('exchange.enter'), run: enter, enabled: ready },
  ]);
  return (
    <div className="stack exchange">
      <section className="panel stack" aria-label={text('exchange.receive')}>
        <input
          ref={field}
          type="file"
          hidden
          accept=".xml"
          aria-label={text('exchange.choose')}
          onChange={(event) => {
            const [file] = event.target.files ?? [];
            event.target.value = '';
            if (file !== undefined) void take(file);
          }}
        />
        <p>{text('exchange.receiveHow')}</p>
        <p className="muted">{text('exchange.receiveSafe', { college: collegeName })}</p>
        {sent === null ? (
          <div className="line">
            <Button
              look={preview === null ? 'primary' : 'plain'}
              icon={Upload}
              keys="Alt+O"
              busy={reading}
              disabled={busy}
              onClick={choose}
            >
              {text(preview === null ? 'exchange.choose' : 'exchange.another')}
            </Button>
            {preview !== null && (
              <span className="exchange-file">
                <FileCode2 size={15} aria-hidden="true" />
                {preview.fileName}
              </span>
            )}
          </div>
        ) : (
          <ProgressBar
            label={text('import.sending', { name: sent.file.name })}
            done={inKiB(sent.bytes)}
            total={inKiB(sent.file.size)}
            onCancel={() => stop.current?.abort()}
          />
        )}
      </section>
      {error !== null && <ErrorPanel error={error} kept={text('exchange.nothing')} />}
      <Outcome job={job} running={text('exchange.entering')} figures="entered" />
      {preview !== null && job.job === null && job.error === null && (
        <>
          <section className="panel line exchange-do" aria-label={text('exchange.enter')}>
            <OpeningDay
              key={preview.openingDate}
              preview={preview}
              disabled={busy}
              onDay={(day) => void ask(preview.fileId, day)}
            />
            <Button look="primary" icon={FolderInput} keys="Ctrl+Enter" disabled={!ready} onClick={enter}>
              {text('exchange.enter')}
            </Button>
          </section>
          <Preview preview={preview} />
        </>
      )}
    </div>
  );
}

interface DayProps {
  readonly preview: ExchangePreview;
  readonly disabled: boolean;
  onDay(day: string): void;
}

/** The day with which opening balances stand in the books; another one is read anew when the field is left. */
function OpeningDay({ preview, disabled, onDay }: DayProps) {
  const text = useText();
  const { today } = useWork();
  const [typed, setTyped] = useState(formatDate(preview.openingDate));
  const read = readDay(typed, today);
  const wrong = read.ok && /-03-31$/.test(read.value) ? null : text('exchange.openingDayWrong');
  return (
    <Field label={text('exchange.openingDay')} error={wrong} hint={text('exchange.openingDayHint')}>
      {(field) => (
        <DateInput
          {...field}
          value={typed}
          today={today}
          disabled={disabled}
          onChange={setTyped}
          onBlur={() => {
            if (wrong === null && read.ok && read.value !== preview.openingDate) onDay(read.value);
          }}
        />
      )}
    </Field>
  );
}
