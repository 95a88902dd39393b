import { useRef, useState } from 'react';
import type { ImportPlan } from '../../../shared/ipc/contract/files.ts';
import { MunimError, toMunimError } from '../../../shared/kernel/errors.ts';
import { useDesk } from '../../data/desk.tsx';
import { type Held, openQuestion, type Question, useImportState } from './import-state.ts';

export interface Planning {
  readonly busy: boolean;
  readonly error: MunimError | null;
  /** Reads a file that was just handed over. */
  open(file: Pick<Held, 'personId' | 'kind' | 'collegeId' | 'fileId' | 'fileName'>): Promise<void>;
  /** Reads the same file otherwise. */
  ask(held: Held, question: Question): Promise<void>;
  clear(): void;
}

/** Asks the desk how it would read the file. Of several answers under way only that to the newest question counts. */
export function usePlan(): Planning {
  const desk = useDesk();
  const { hold, change } = useImportState();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<MunimError | null>(null);
  const turn = useRef(0);

  /** The answer, the error, or null when a newer question was asked meanwhile. */
  const plan = async (
    { kind, collegeId, fileId }: Pick<Held, 'kind' | 'collegeId' | 'fileId'>,
    { sheet, headerRow, mapping }: Question,
  ): Promise<ImportPlan | MunimError | null> => {
    turn.current += 1;
    const mine = turn.current;
    setBusy(true);
    setError(null);
    try {
      const choice = mapping === null ? null : [...mapping];
      const answer = await desk.call('imports.plan', { kind, collegeId, fileId, sheet, headerRow, mapping: choice });
      return mine === turn.current ? answer : null;
    } catch (thrown) {
      if (mine !== turn.current) return null;
      const met = toMunimError(thrown);
      setError(met);
      return met;
    } finally {
      if (mine === turn.current) setBusy(false);
    }
  };
  return {
    busy,
    error,
    clear: () => setError(null),
    open: async (file) => {
      const answer = await plan(file, openQuestion);
      if (answer === null) return;
      const failed = answer instanceof MunimError;
      // Without headings the person can still name the row; with any other fault there is nothing to go on with.
      if (failed && answer.code !== 'IMPORT_NO_HEADER') {
        await desk.call('files.discard', { fileId: file.fileId }).catch(() => undefined);
        return;
      }
      const read = failed ? { plan: null, guesses: [] } : { plan: answer, guesses: answer.columns };
      hold({ ...file, ...read, question: openQuestion, jobId: null });
    },
    ask: async (held, question) => {
      change({ question });
      const answer = await plan(held, question);
      if (answer === null || answer instanceof MunimError) return;
      change({ plan: answer, ...(question.mapping === null ? { guesses: answer.columns } : {}) });
    },
  };
}
