import type { LucideIcon } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { useText } from '../i18n/text.ts';
import { useAnnouncements } from '../state/announce.ts';
import { Button } from './button.tsx';
import './states.css';

interface EmptyProps {
  readonly icon: LucideIcon;
  readonly title: string;
  /** The next step in one sentence. */
  readonly hint: string;
  readonly children?: ReactNode;
}

export function EmptyState({ icon: Icon, title, hint, children }: EmptyProps) {
  return (
    <div className="empty">
      <Icon size={28} strokeWidth={1.5} aria-hidden="true" />
      <h2>{title}</h2>
      <p className="muted">{hint}</p>
      {children !== undefined && <div className="line">{children}</div>}
    </div>
  );
}

const SKELETON_AFTER_MS = 150;

/** Grey lines where text will be; nothing at all for what arrives within 150 ms. */
export function Skeleton({ lines = 3 }: { readonly lines?: number }) {
  const text = useText();
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), SKELETON_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  if (!late) return null;
  return (
    <div className="skeleton" role="status" aria-label={text('state.loading')}>
      {Array.from({ length: lines }, (_, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines that never move.
        <span key={line} />
      ))}
    </div>
  );
}

interface ProgressProps {
  readonly label: string;
  readonly done: number;
  /** Null while the end is not known. */
  readonly total: number | null;
  readonly onCancel?: () => void;
}

/** Long work: a line, a figure, and Cancel. */
export function ProgressBar({ label, done, total, onCancel }: ProgressProps) {
  const text = useText();
  const figure =
    total === null
      ? text('progress.count', { count: done })
      : text('progress.of', { done: String(done), total: String(total) });
  return (
    <div className="progress">
      <div className="line">
        <span>{label}</span>
        <span className="muted push">{figure}</span>
        {onCancel !== undefined && <Button onClick={onCancel}>{text('action.cancel')}</Button>}
      </div>
      <progress aria-label={label} {...(total === null ? {} : { value: done, max: Math.max(1, total) })} />
    </div>
  );
}

const SHOWN_MS = 4_000;

/** Says the last announcement to screen readers and shows it for a moment at the foot of the window. */
export function Announcer() {
  const { text, turn, hush } = useAnnouncements();
  // biome-ignore lint/correctness/useExhaustiveDependencies: each turn starts the time again.
  useEffect(() => {
    const timer = setTimeout(hush, SHOWN_MS);
    return () => clearTimeout(timer);
  }, [turn, hush]);
  return (
    <div className="announcer" role="status" aria-live="polite">
      {text !== '' && (
        <p key={turn} className="toast">
          {text}
        </p>
      )}
    </div>
  );
}
