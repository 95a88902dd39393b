import { useState } from 'react';
import { type MunimError, toMunimError } from '../../shared/kernel/errors.ts';

export interface CallsRun<Which> {
  /** Which one is under way. */
  readonly busy: Which | null;
  readonly error: MunimError | null;
  /** @returns what the work came to, or null when it failed (see `error`) */
  run<T>(which: Which, work: () => Promise<T>): Promise<T | null>;
  clear(): void;
}

/** Asks the desk for one of several things at a time: a second press while one is under way does nothing. */
export function useCalls<Which extends string>(): CallsRun<Which> {
  const [busy, setBusy] = useState<Which | null>(null);
  const [error, setError] = useState<MunimError | null>(null);
  return {
    busy,
    error,
    clear: () => setError(null),
    run: async (which, work) => {
      if (busy !== null) return null;
      setBusy(which);
      setError(null);
      try {
        return await work();
      } catch (thrown) {
        setError(toMunimError(thrown));
        return null;
      } finally {
        setBusy(null);
      }
    },
  };
}

export interface CallRun {
  readonly busy: boolean;
  readonly error: MunimError | null;
  /** @returns what the work came to, or null when it failed (see `error`) */
  run<T>(work: () => Promise<T>): Promise<T | null>;
  clear(): void;
}

/** The same where there is only one thing to ask for. */
export function useCall(): CallRun {
  const { busy, error, run, clear } = useCalls<'call'>();
  return { busy: busy !== null, error, clear, run: (work) => run('call', work) };
}
