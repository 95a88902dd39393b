import type { Input, Output } from '../../shared/ipc/contract.ts';
import type { Id } from '../../shared/kernel/ids.ts';
import type { DeskComparison } from '../services/compare.ts';
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
  /** The colleges of the signed-in person. @throws MunimError AUTH_REQUIRED */
  scope(): readonly Id[];
  readonly attention: {
    list(collegeIds: readonly Id[]): Promise<Output<'attention.list'>['rows']>;
    settle(
      seq: number,
      way: Input<'attention.settle'>['way'],
      collegeIds: readonly Id[],
    ): Promise<{ commandId: Id | null }>;
  };
  readonly sync: {
    status(): Promise<Output<'sync.status'>>;
    now(): Promise<void>;
    pause(paused: boolean): Promise<void>;
    pending(collegeIds: readonly Id[]): Promise<Output<'sync.pendingList'>['rows']>;
    compare(collegeIds: readonly Id[]): Promise<readonly DeskComparison[]>;
  };
}

export function coreHandlers({ session, runCommand, scope, attention, sync }: CoreServices) {
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
    'attention.list': async () => ({ rows: await attention.list(scope()) }),
    'attention.settle': ({ seq, way }) => attention.settle(seq, way, scope()),
    'sync.status': () => sync.status(),
    'sync.now': async () => {
      await sync.now();
      return await sync.status();
    },
    'sync.pause': async ({ paused }) => {
      await sync.pause(paused);
      return await sync.status();
    },
    'sync.compare': async () => ({ colleges: (await sync.compare(scope())).map(compared) }),
    'sync.pendingList': async () => ({ rows: await sync.pending(scope()) }),
  } satisfies HandlerMap;
}

function compared(comparison: DeskComparison): Output<'sync.compare'>['colleges'][number] {
  const { id, code, outcome } = comparison;
  const nothing = { id, code, outcome, version: null, rows: null, tables: [], first: null };
  if (outcome === 'equal') return { ...nothing, version: comparison.version, rows: comparison.rows };
  if (outcome !== 'different') return nothing;
  return { ...nothing, version: comparison.version, tables: [...comparison.tables], first: comparison.first };
}
