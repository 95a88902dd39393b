import { MunimError, toMunimError } from '../../shared/kernel/errors.ts';
import type { Id } from '../../shared/kernel/ids.ts';
import type { DeviceFacts } from '../../shared/sync/client/device-facts.ts';
import type { Journal } from '../../shared/sync/client/journal.ts';
import type { JournalRecord } from '../../shared/sync/client/journal-record.ts';
import type { CommandResult } from '../../shared/sync/messages.ts';
import type { CommandKeeper } from './commands.ts';

/** What the books say of what the journal has to hold. */
export interface JournalSource {
  desk(): Promise<{
    readonly device: DeviceFacts;
    readonly resign: { readonly nextSeq: number } | null;
    readonly floor: number;
  } | null>;
  /** Commands that wait, under their present sequence. */
  waiting(): Promise<readonly { readonly id: Id; readonly deviceId: Id; readonly seq: number }[]>;
  commands(ids: readonly Id[]): Promise<readonly JournalRecord[]>;
  /** What became of refused commands. */
  verdicts(): Promise<readonly Verdict[]>;
}

export type Verdict = Extract<JournalRecord, { kind: 'refused' | 'settled' }>;

export interface DeskJournalOptions {
  readonly journal: Journal;
  readonly source: JournalSource;
  /** A saved command could not be journaled: nobody may be told that it is saved, so the process has to end and begin anew. */
  readonly onFault: (problem: unknown) => never;
}

/**
 * Keeps the journal level with the books. A command goes into the books first and into the journal before anybody is told that it is
 * saved or it is sent; what a crash in between leaves out is caught up from the books, at the next start.
 */
export class DeskJournal {
  readonly #options: DeskJournalOptions;
  #isLevel = false;

  constructor(options: DeskJournalOptions) {
    this.#options = options;
  }

  /** Nothing above this sequence may be sent: if the books were lost now, the desk would give the number away again. */
  get sendUpTo(): number {
    return this.#options.journal.topSeq;
  }

  /** Catches up where an earlier attempt failed: until then what waits may not be sent. @throws as `catchUp` */
  async level(): Promise<void> {
    if (!this.#isLevel) await this.catchUp();
  }

  /** Brings into the journal what only the books have. @throws MunimError ENGINE_DISK_FULL, ENGINE_NOT_DURABLE */
  async catchUp(): Promise<void> {
    this.#isLevel = false;
    const { journal, source } = this.#options;
    const desk = await source.desk();
    if (desk !== null) {
      const kept = journal.desk;
      const isKept =
        kept?.device.id === desk.device.id &&
        kept.device.enrolledAt === desk.device.enrolledAt &&
        kept.resign?.nextSeq === desk.resign?.nextSeq;
      const missing = (await source.waiting()).filter((command) => !journal.holds(command)).map(({ id }) => id);
      await this.#write(isKept ? [] : [{ kind: 'desk', ...desk }]);
      await this.#write(await source.commands(missing));
      await this.#write((await source.verdicts()).filter((verdict) => journal.lacks(verdict)));
    }
    this.#isLevel = true;
  }

  /** The keeper of commands, such that what it has saved is in the journal too. */
  around(keeper: CommandKeeper): CommandKeeper {
    return {
      nextPlace: () => keeper.nextPlace(),
      save: async (entry) => {
        // Told before anything is done: a command must not be taken that could not be journaled.
        await this.level();
        const saved = await keeper.save(entry);
        if (!saved.ok) return saved;
        const { settles } = entry;
        const settled = saved.value.settledId;
        try {
          await this.#options.journal.append([
            {
              kind: 'command',
              ...entry.signed,
              actorName: entry.actorName,
              settles: settles && settled !== null ? { commandId: settled, how: settles.how, at: settles.at } : null,
            },
          ]);
        } catch (thrown) {
          this.#options.onFault(thrown);
        }
        return saved;
      },
    };
  }

  /** A refused command was let go. */
  async settled(commandId: Id, how: string, at: number): Promise<void> {
    await this.#write([{ kind: 'settled', commandId, how, at }]);
  }

  /** What the server refused for good. */
  async told(results: readonly CommandResult[]): Promise<void> {
    const refused = results.filter(({ status }) => status === 'rejected');
    await this.#write(refused.map(({ id, code, details }) => ({ kind: 'refused', commandId: id, code, details })));
  }

  async #write(records: readonly JournalRecord[]): Promise<void> {
    try {
      await this.#options.journal.append(records);
    } catch (thrown) {
      this.#isLevel = false;
      const reason = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : toMunimError(thrown).code;
      if (reason === 'ENOSPC' || reason === 'EDQUOT') {
        throw new MunimError('ENGINE_DISK_FULL', { freeMiB: 0 }, { cause: thrown });
      }
      throw new MunimError(
        'ENGINE_NOT_DURABLE',
        { reason: `the journal could not be written (${reason})` },
        { cause: thrown },
      );
    }
  }
}
