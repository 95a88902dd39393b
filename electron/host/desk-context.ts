import type { Db } from '../../shared/db/tables.ts';
import type { CommandArgs, CommandName } from '../../shared/domain/command/args.ts';
import type { Role } from '../../shared/domain/rows.ts';
import type { ChannelName, EventData, EventName, Input, Output } from '../../shared/ipc/contract.ts';
import type { Id } from '../../shared/kernel/ids.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import type { Digest } from '../../shared/ports/digest.ts';
import type { Random } from '../../shared/ports/random.ts';
import type { SyncLink } from '../../shared/ports/sync-link.ts';

/** The person at the desk now, and the colleges he may see here: those of the desk in whose books he is an active person. */
export interface SignedIn {
  readonly personId: Id;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly collegeIds: readonly Id[];
}

export interface DeskDevice {
  readonly id: Id;
  readonly name: string;
  readonly serverUrl: string;
  readonly serverName: string;
}

/** A command without what the desk itself puts in: id, sequence, actor, time, signature. */
export type CommandOrder = {
  readonly [N in CommandName]: { readonly collegeId: Id; readonly name: N; readonly args: CommandArgs[N] };
}[CommandName];

export interface CommandReceipt {
  readonly commandId: Id;
  readonly seq: number;
  /** The number or provisional reference of the document, where it has one. */
  readonly reference: string | null;
}

/** What the handlers of the desk work with, in the ledger process. */
export interface DeskContext {
  /** Over the guarded engine. A transaction is exclusive: keep it short and never await anything but the database inside. */
  readonly db: Db;
  session(): SignedIn | null;
  /** @throws MunimError AUTH_REQUIRED */
  requireSession(): SignedIn;
  /** @throws MunimError AUTH_REQUIRED, or NOT_FOUND when the college is not in the person's scope */
  requireCollege(collegeId: Id): SignedIn;
  device(): DeskDevice | null;
  /** Durable when it resolves. @throws MunimError with the code of the refusal */
  runCommand(order: CommandOrder): Promise<CommandReceipt>;
  emit<N extends EventName>(name: N, data: EventData<N>): void;
  /** Absolute folders, which exist. `temp` is emptied at start. */
  readonly paths: { readonly dataDir: string; readonly blobs: string; readonly temp: string };
  readonly clock: Clock;
  readonly random: Random;
  readonly digest: Digest;
  readonly link: SyncLink;
  /** A line for the log of the ledger process, without anything secret. */
  log(message: string, facts?: Readonly<Record<string, string | number | boolean | null>>): void;
  /** Tells the watchdog that the process may be silent for this long. */
  expectSilence(ms: number): void;
}

/** Answers of some channels; refusals are thrown as MunimError. Maps of several services are joined in handlers.ts. */
export type HandlerMap = { readonly [N in ChannelName]?: (input: Input<N>) => Promise<Output<N>> };
