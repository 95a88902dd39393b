import { FileSpreadsheet, Upload } from 'lucide-react';
import { type DragEvent, useRef, useState } from 'react';
import type { MunimError } from '../../../shared/kernel/errors.ts';
import { limits } from '../../../shared/kernel/limits.ts';
import { Button } from '../../components/button.tsx';
import { classes } from '../../components/classes.ts';
import { ErrorPanel } from '../../components/error-panel.tsx';
import { useKeys } from '../../components/keys.tsx';
import { ProgressBar } from '../../components/states.tsx';
import { useText } from '../../i18n/text.ts';

interface Props {
  readonly collegeName: string;
  /** The upload under way. */
  readonly sent: { readonly name: string; readonly sentBytes: number; readonly sizeBytes: number } | null;
  readonly reading: boolean;
  readonly refused: { readonly name: string; readonly error: MunimError } | null;
  onFile(file: File): void;
  onStop(): void;
}

const MiB = 1024 * 1024;
const inKiB = (bytes: number): number => Math.ceil(bytes / 1024);

/** Where a file is chosen or dropped, with what it must contain, and why one was not taken. */
export function ChooseFile({ collegeName, sent, reading, refused, onFile, onStop }: Props) {
  const text = useText();
  const field = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const [several, setSeveral] = useState(false);
  const choose = (): void => field.current?.click();
  const busy = sent !== null || reading;
  useKeys([{ keys: 'Alt+O', label: text('import.choose'), run: choose, enabled: !busy }]);

  const take = (files: FileList | null): void => {
    const [file, ...others] = [...(files ?? [])];
    setSeveral(others.length > 0);
    if (file !== undefined && others.length === 0) onFile(file);
  };
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    if (!busy) take(event.dataTransfer.files);
  };
  return (
    <div className="stack import-choose">
      <section
        className={classes('import-drop', over && 'is-over')}
        aria-label={text('import.choose')}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <input
          ref={field}
          type="file"
          hidden
          accept=".xlsx,.csv"
          aria-label={text('import.choose')}
          onChange={(event) => {
            take(event.target.files);
            event.target.value = '';
          }}
        />
        <FileSpreadsheet size={32} strokeWidth={1.5} aria-hidden="true" />
        <h2>{text('import.drop')}</h2>
        <p className="muted">{text('import.kinds', { limit: String(limits.file.importBytesMax / MiB) })}</p>
        {sent !== null ? (
          <div className="import-sending">
            <ProgressBar
              label={text('import.sending', { name: sent.name })}
              done={inKiB(sent.sentBytes)}
              total={inKiB(sent.sizeBytes)}
              onCancel={onStop}
            />
          </div>
        ) : reading ? (
          <p role="status">{text('import.reading')}</p>
        ) : (
          <Button look="primary" icon={Upload} keys="Alt+O" onClick={choose}>
            {text('import.choose')}
          </Button>
        )}
      </section>
      {several && <p role="alert">{text('import.oneOnly')}</p>}
      {refused !== null && <ErrorPanel error={refused.error} kept={text('import.notTaken', { name: refused.name })} />}
      <section className="panel stack-tight" aria-label={text('import.needs')}>
        <h2>{text('import.needs')}</h2>
        <p>{text('import.needsText')}</p>
        <p className="muted">{text('import.safe', { college: collegeName })}</p>
      </section>
    </div>
  );
}
