import { useState } from 'react';
import type { CommandInput } from '../../shared/ipc/contract/commands.ts';
import type { Output } from '../../shared/ipc/contract.ts';
import { type MunimError, toMunimError } from '../../shared/kernel/errors.ts';
import { useDesk } from './desk.tsx';

export interface CommandRun {
  readonly busy: boolean;
  readonly error: MunimError | null;
  /** @returns the answer once the command is durable on this desk, or null when it was refused (see `error`) */
  run(command: CommandInput): Promise<Output<'commands.run'> | null>;
  clear(): void;
}

/** Runs commands one at a time: a second press while one is under way does nothing. */
export function useCommand(): CommandRun {
  const desk = useDesk();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<MunimError | null>(null);
  return {
    busy,
    error,
    clear: () => setError(null),
    run: async (command) => {
      if (busy) return null;
      setBusy(true);
      setError(null);
      try {
        return await desk.call('commands.run', command);
      } catch (thrown) {
        setError(toMunimError(thrown));
        return null;
      } finally {
        setBusy(false);
      }
    },
  };
}
