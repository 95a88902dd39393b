import { useEffect, useState } from 'react';
import type { Job } from '../../shared/ipc/contract/files.ts';
import { type MunimError, toMunimError } from '../../shared/kernel/errors.ts';
import { useDesk } from './desk.tsx';

export interface JobRun {
  /** The job as last heard of; null before one was started. */
  readonly job: Job | null;
  readonly running: boolean;
  /** Why it could not be started. Why it failed later stands in `job.error`. */
  readonly error: MunimError | null;
  start(begin: () => Promise<Job>): Promise<void>;
  cancel(): void;
  clear(): void;
}

/** An answer may be overtaken by the news of the end: what has ended does not run again. */
const laterOf = (known: Job | null, heard: Job): Job =>
  known !== null && known.id === heard.id && known.state !== 'running' ? known : heard;

/** Long work of the desk: started here, followed by its events, stopped at any time. */
export function useJob(onEnd?: (job: Job) => void): JobRun {
  const desk = useDesk();
  const [job, setJob] = useState<Job | null>(null);
  const [starting, setStarting] = useState(false);
  const [error, setError] = useState<MunimError | null>(null);
  const id = job?.id ?? null;
  const running = starting || job?.state === 'running';

  useEffect(() => {
    if (id === null) return;
    const hear = (heard: Job): void => {
      if (heard.id === id) setJob((known) => laterOf(known, heard));
    };
    const stop = desk.on('job', hear);
    // The end may have come before anybody listened.
    desk.call('jobs.get', { id }).then(hear, () => undefined);
    return stop;
  }, [desk, id]);

  const ended = job !== null && job.state !== 'running';
  // biome-ignore lint/correctness/useExhaustiveDependencies: told once, when the job ends.
  useEffect(() => {
    if (ended) onEnd?.(job);
  }, [ended, id]);

  return {
    job,
    running,
    error,
    start: async (begin) => {
      if (running) return;
      setStarting(true);
      setError(null);
      setJob(null);
      try {
        setJob(await begin());
      } catch (thrown) {
        setError(toMunimError(thrown));
      } finally {
        setStarting(false);
      }
    },
    cancel: () => {
      if (id !== null)
        void desk.call('jobs.cancel', { id }).then(
          (told) => setJob((known) => laterOf(known, told)),
          () => undefined,
        );
    },
    clear: () => {
      setJob(null);
      setError(null);
    },
  };
}
