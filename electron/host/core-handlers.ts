import type { Input, Output } from '../../shared/ipc/contract.ts';
import type { CommandOrder, CommandReceipt, HandlerMap } from './desk-context.ts';

/** What the core of the desk answers: who is here, commands, what needs attention, and sync. */
export interface CoreServices {
  readonly session: {
    get(): Promise<Output<'session.get'>>;
    enrol(input: Input<'session.enrol'>): Promise<void>;
    signIn(input: Input<'session.signIn'>): Promise<void>;
    signOut(): void;
  };
  runCommand(order: CommandOrder): Promise<CommandReceipt>;
}

export function coreHandlers({ session, runCommand }: CoreServices): HandlerMap {
  return {
    'session.get': () => session.get(),
    'session.enrol': async (input) => {
      await session.enrol(input);
      return await session.get();
    },
    'session.signIn': async (input) => {
      await session.signIn(input);
      return await session.get();
    },
    'session.signOut': async () => {
      session.signOut();
      return await session.get();
    },
    'commands.run': (input) => runCommand(input),
  };
}
