import { BookOpenText, FileSpreadsheet, ListTree, ReceiptIndianRupee, Scale, Upload, Wallet } from 'lucide-react';
import { type DragEvent, useRef, useState } from 'react';
import type { ImportKind } from '../../../shared/domain/import/sheet-kinds.ts';
import type { MunimError } from '../../../shared/kernel/errors.ts';
import { limits } from '../../../shared/kernel/limits.ts';
import { Button } from '../../components/button.tsx';
import { classes } from '../../components/classes.ts';
import { ErrorPanel } from '../../components/error-panel.tsx';
import { useKeys } from '../../components/keys.tsx';
import { ProgressBar } from '../../components/states.tsx';
import { useText } from '../../i18n/text.ts';

interface Props {
  readonly kinds: readonly ImportKind[];
  readonly kind: ImportKind;
  onKind(kind: ImportKind): void;
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
export function ChooseFile({ kinds, kind, onKind, collegeName, sent, reading, refused, onFile, onStop }: Props) {
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
      <Kinds kinds={kinds} kind={kind} onKind={onKind} disabled={busy} />
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
        <p>{text(`import.needs.${kind}`)}</p>
        <p className="muted">
          {text(kind === 'expenses' ? 'import.safe' : 'import.safeSheet', { college: collegeName })}
        </p>
      </section>
    </div>
  );
}

const icons = {
  expenses: ReceiptIndianRupee,
  vouchers: BookOpenText,
  openings: Scale,
  budgets: Wallet,
  accounts: ListTree,
} as const;

interface KindsProps extends Pick<Props, 'kinds' | 'kind' | 'onKind'> {
  readonly disabled: boolean;
}

/** What is in the file: cards of which one is chosen, by arrows as by the mouse. */
function Kinds({ kinds, kind, onKind, disabled }: KindsProps) {
  const text = useText();
  return (
    <fieldset className="import-kinds" disabled={disabled}>
      <legend>{text('import.kind')}</legend>
      {kinds.map((one) => {
        const Icon = icons[one];
        return (
          <label key={one} className={classes('import-kind', one === kind && 'is-chosen')}>
            <input type="radio" name="import-kind" checked={one === kind} onChange={() => onKind(one)} />
            <Icon className="import-kind-icon" size={18} aria-hidden="true" />
            <span>{text(`import.kind.${one}`)}</span>
          </label>
        );
      })}
    </fieldset>
  );
}
