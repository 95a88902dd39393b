import type { Id } from '../../shared/kernel/ids.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import type { Signer } from '../../shared/ports/signer.ts';
import { readCommand } from '../../shared/sync/client/read-command.ts';
import type { SyncClient } from '../../shared/sync/client/sync-client.ts';
import type { SyncStore } from '../../shared/sync/client/sync-store.ts';
import { signCommand } from './commands.ts';
import type { Serial } from './serial.ts';

export interface ResignOptions {
  readonly keeper: {
    unheard(): Promise<readonly { readonly commandId: Id; readonly text: string }[]>;
    replace(
      resigned: readonly {
        readonly commandId: Id;
        readonly seq: number;
        readonly text: string;
        readonly signature: string;
      }[],
    ): Promise<void>;
  };
  readonly signer: Signer;
  readonly serial: Serial;
  readonly deviceId: () => Id | null;
  /** The outbox was renumbered. */
  readonly onRenumbered: () => void;
  readonly onLost: (commandId: Id) => void;
}

/**
 * After an enrolment over an older one: the waiting commands become commands of the new device, with its name, number and signature.
 * Their ids stay, so that one which had reached the server after all is known again.
 */
export function makeResign(options: ResignOptions): (nextSeq: number) => Promise<void> {
  return (nextSeq) =>
    options.serial.run(async () => {
      const deviceId = options.deviceId();
      if (deviceId === null) return;
      const resigned: { commandId: Id; seq: number; text: string; signature: string }[] = [];
      for (const { commandId, text } of await options.keeper.unheard()) {
        const command = readCommand(text);
        if (command === null) {
          // Of a form this version does not know: it stays in the outbox under its old name, where an update finds it.
          options.onLost(commandId);
          continue;
        }
        // Of the commands of the new device it knew none; those of the old one that were refused are not sent again.
        const renewed = { ...command, deviceId, seq: nextSeq + resigned.length, knows: nextSeq - 1 };
        resigned.push({ commandId, seq: renewed.seq, ...(await signCommand(renewed, options.signer)) });
      }
      await options.keeper.replace(resigned);
      options.onRenumbered();
    });
}

/** What the screens ask of the books besides what the client itself needs. */
type StatusStore = Pick<SyncStore, 'counts' | 'colleges'> & {
  sentAgain(): Promise<readonly { readonly collegeId: Id; readonly at: number; readonly commands: number }[]>;
};

/** The state of sync as the screens show it. */
export async function syncStatus(client: SyncClient, store: StatusStore) {
  const { state, problem, lastSyncedAt, receivedRows, paused } = client.state;
  const { pending, attention, parked } = await store.counts();
  const again = new Map((await store.sentAgain()).map(({ collegeId, ...one }) => [collegeId, one]));
  const colleges = (await store.colleges()).map(({ id, code, cursor }) => {
    return { id, code, cursor, sentAgain: again.get(id) ?? null };
  });
  const error = problem && { code: problem.code, details: { ...problem.details } };
  return { state, pending, attention, parked, lastSyncedAt, error, colleges, receivedRows, paused };
}

/** Tells of changes at most so often; a long pull changes its state with every page. */
const TELL_EVERY_MS = 150;

/** Runs `tell` soon after it was asked for, once for many askings, and never twice at the same time. When it fails, the next one tells. */
export function throttled(clock: Clock, tell: () => Promise<void>, onFailure: (problem: unknown) => void): () => void {
  let waiting = false;
  let telling: Promise<void> = Promise.resolve();
  return () => {
    if (waiting) return;
    waiting = true;
    clock.after(TELL_EVERY_MS, () => {
      waiting = false;
      telling = telling.then(tell).catch(onFailure);
    });
  };
}
