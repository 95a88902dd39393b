import { CircleAlert, Copy } from 'lucide-react';
import { DeskError } from '../../shared/ipc/client.ts';
import { type ErrorDetails, toMunimError } from '../../shared/kernel/errors.ts';
import { errorText } from '../format/error-text.ts';
import { useLanguage, useText } from '../i18n/text.ts';
import { announce } from '../state/announce.ts';
import { Button, IconButton } from './button.tsx';
import './error-panel.css';

interface Props {
  /** A thrown thing, or a code with details that came as data. */
  readonly error: unknown;
  /** What stays safe, in a sentence, where the catalogue's next step does not say it. */
  readonly kept?: string;
  readonly onRetry?: () => void;
}

const isCoded = (error: unknown): error is { code: string; details: ErrorDetails } =>
  typeof error === 'object' && error !== null && !(error instanceof Error) && 'code' in error && 'details' in error;

/** What happened, what was kept, what to do, and the reference to quote. */
export function ErrorPanel({ error, kept, onRetry }: Props) {
  const text = useText();
  const language = useLanguage();
  const { code, details } = isCoded(error) ? error : toMunimError(error);
  const shown = errorText(code, details, language);
  const ref = error instanceof DeskError ? error.ref : '';
  const quote = ref === '' ? code : `${code} · ${ref}`;
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(quote);
    announce(text('error.copied'));
  };
  return (
    <div className="error-panel" role="alert">
      <CircleAlert size={18} aria-hidden="true" />
      <div className="stack-tight">
        <p className="error-cause">{shown.cause}</p>
        {kept !== undefined && <p>{kept}</p>}
        <p>{shown.next}</p>
        <p className="error-ref small">
          <code>{quote}</code>
          <IconButton icon={Copy} label={text('error.copy')} onClick={() => void copy()} />
          {onRetry !== undefined && <Button onClick={onRetry}>{text('action.retry')}</Button>}
        </p>
      </div>
    </div>
  );
}
