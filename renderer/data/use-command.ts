import type { CommandInput } from '../../shared/ipc/contract/commands.ts';
import type { Output } from '../../shared/ipc/contract.ts';
import type { MunimError } from '../../shared/kernel/errors.ts';
import { useDesk } from './desk.tsx';
import { useCall } from './use-call.ts';

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
  const call = useCall();
  return { ...call, run: (command) => call.run(() => desk.call('commands.run', command)) };
}
