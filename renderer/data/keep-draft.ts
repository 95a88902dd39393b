import { useEffect, useRef } from 'react';
import { useDesk } from './desk.tsx';

const SAVE_AFTER_MS = 300;

/**
 * Keeps the draft of a form at the desk a moment after each change and at once when the form goes away.
 * @param content the form's own text of it; null while nothing differs from what the form began with
 */
export function useKeepDraft(form: string, content: string | null): { flush(): Promise<void>; drop(): Promise<void> } {
  const desk = useDesk();
  const saved = useRef<string | null>(null);
  const latest = useRef<string | null>(null);
  /** Accepted content, which a timer still under way must not bring back. */
  const dropped = useRef<string | null>(null);
  latest.current = content;

  const keep = useRef(async (): Promise<void> => {});
  keep.current = async () => {
    if (latest.current === saved.current || (latest.current !== null && latest.current === dropped.current)) return;
    const text = latest.current;
    saved.current = text;
    await desk.call('drafts.save', { form, content: text });
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: each change starts the time again.
  useEffect(() => {
    const timer = setTimeout(() => void keep.current(), SAVE_AFTER_MS);
    return () => clearTimeout(timer);
  }, [content]);
  useEffect(() => () => void keep.current(), []);
  return {
    flush: () => keep.current(),
    drop: async () => {
      dropped.current = latest.current;
      saved.current = null;
      await desk.call('drafts.save', { form, content: null });
    },
  };
}
