import { useState } from 'react';
import type { Input } from '../../../shared/ipc/contract.ts';
import { type MunimError, toMunimError } from '../../../shared/kernel/errors.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import type { Paise } from '../../../shared/kernel/money.ts';
import { useDesk } from '../../data/desk.tsx';

type PostCommand = Extract<Input<'commands.run'>, { name: 'voucher.post' }>;

export interface Posted {
  readonly voucherId: Id;
  readonly amountPaise: Paise;
  /** The voucher is posted, but a paper could not be tied to it. */
  readonly problem: MunimError | null;
}

export interface PostRun {
  /** Set only when nothing was posted. */
  readonly error: MunimError | null;
  clear(): void;
  run(command: PostCommand, attach: () => Promise<MunimError | null>): Promise<Posted | MunimError>;
}

/** Posts the voucher and ties its papers, in this order. */
export function usePost(): PostRun {
  const desk = useDesk();
  const [error, setError] = useState<MunimError | null>(null);
  return {
    error,
    clear: () => setError(null),
    run: async (command, attach) => {
      setError(null);
      try {
        await desk.call('commands.run', command);
      } catch (thrown) {
        const refused = toMunimError(thrown);
        setError(refused);
        return refused;
      }
      const { voucherId, lines } = command.args;
      const amountPaise = lines.reduce((sum, line) => sum + line.debitPaise, 0n);
      return { voucherId, amountPaise, problem: await attach() };
    },
  };
}
