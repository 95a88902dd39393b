import type { Engine } from '../../shared/engine/engine.ts';
import type { Id } from '../../shared/kernel/ids.ts';
import type { BankLink } from '../../shared/ports/bank-link.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import type { Random } from '../../shared/ports/random.ts';
import type { Signer } from '../../shared/ports/signer.ts';
import type { Replayed } from '../adapters/pglite/replay.ts';
import type { Emit } from '../host/dispatch.ts';
import type { ServerLink } from '../host/main-side.ts';

/** What the desk over open books is made from. */
export interface LedgerDeskOptions {
  readonly dataDir: string;
  readonly migrationsDir: string;
  readonly engine: Engine;
  readonly signer: Signer;
  readonly link: ServerLink;
  readonly bank: BankLink;
  readonly clock: Clock;
  readonly random: Random;
  readonly emit: Emit;
  /** Who is signed in, kept by the main side over a restart of this process. */
  readonly onPerson: (person: { readonly personId: Id; readonly lastSeenAt: number } | null) => void;
  readonly resume: { readonly personId: Id; readonly lastSeenAt: number } | null;
  readonly log: (line: Readonly<Record<string, unknown>> & { readonly what: string }) => void;
  readonly expectSilence: (ms: number) => void;
  /** A saved command could not be journaled: the process has to end hard and begin anew. */
  readonly onJournalFault: (problem: unknown) => never;
  /** Told of commands that the books lacked and the journal had. */
  readonly onReplayed?: ((replayed: Replayed) => void) | undefined;
  /** Whether the main side can ask the person for a folder. */
  readonly canChooseFolder: boolean;
  /** Books are staged to take the place of these: the process has to end in order and begin anew. */
  readonly onStaged: () => void;
  /** Where the thread that reads workbooks lies in a bundle. */
  readonly parseWorkerUrl?: URL | undefined;
}
