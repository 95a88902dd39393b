import type { CommandArgs, CommandName } from '../../shared/domain/command/args.ts';
import { commands } from '../../shared/domain/command/registry.ts';
import { canonicalText, type Plain } from '../../shared/kernel/canonical.ts';
import { MunimError, type Refusal } from '../../shared/kernel/errors.ts';
import { type Id, uuidv7 } from '../../shared/kernel/ids.ts';
import { limits } from '../../shared/kernel/limits.ts';
import type { Result } from '../../shared/kernel/result.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import type { Random } from '../../shared/ports/random.ts';
import type { Signer } from '../../shared/ports/signer.ts';
import type { SignedText } from '../../shared/sync/client/read-command.ts';
import type { Serial } from './serial.ts';

/** A command without what the desk itself puts in: id, sequence, actor, time, signature. */
export type Order = {
  readonly [N in CommandName]: { readonly collegeId: Id; readonly name: N; readonly args: CommandArgs[N] };
}[CommandName];

export interface Settlement {
  readonly seq: number;
  readonly how: string;
  readonly at: number;
}

export interface CommandKeeper {
  /** The sequence the next command gets, and the one up to which this desk knows what became of its commands. */
  nextPlace(): Promise<{ readonly seq: number; readonly knows: number }>;
  save(entry: {
    readonly command: SignedText;
    readonly signed: { readonly text: string; readonly signature: string };
    readonly actorName: string;
    readonly settles: Settlement | null;
  }): Promise<
    Result<
      {
        readonly documentId: Id;
        readonly reference: string | null;
        readonly tables: readonly string[];
        /** The command that `settles` named by its sequence. */
        readonly settledId: Id | null;
      },
      Refusal
    >
  >;
}

export interface CommandOptions {
  readonly keeper: CommandKeeper;
  readonly signer: Signer;
  readonly clock: Clock;
  readonly random: Random;
  readonly deviceId: () => Id | null;
  /** Shared with whatever else must not run while a sequence is being taken. */
  readonly serial: Serial;
  readonly onSaved: (tables: readonly string[]) => void;
}

export interface Actor {
  readonly personId: Id;
  readonly name: string;
}

/** Room that the push around a command needs in one message. */
const PUSH_MARGIN_BYTES = 4 * 1024;

const encoder = new TextEncoder();
export const base64 = (bytes: Uint8Array): string => {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
};

/**
 * Runs the commands of this desk, one after the other, so that their sequence has no gaps: a refused one takes none. The signature comes
 * from the process with the keychain and is fetched before the transaction, which nothing else may pass while it is open.
 */
export class CommandRunner {
  readonly #options: CommandOptions;
  #lastAt = 0;

  constructor(options: CommandOptions) {
    this.#options = options;
  }

  /**
   * Durable when it resolves, and from then on never lost.
   * @throws MunimError with the code of the refusal; SYNC_TOO_LARGE when the command would not fit into one message to the server;
   *   KEYCHAIN_KEY_LOST or KEYCHAIN_UNAVAILABLE when it cannot be signed
   */
  run(order: Order, actor: Actor, settles: Settlement | null = null) {
    return this.#options.serial.run(async () => {
      const { keeper, clock, random, onSaved } = this.#options;
      const deviceId = this.#options.deviceId();
      if (deviceId === null) throw new MunimError('AUTH_DEVICE_UNKNOWN');
      const { seq, knows } = await keeper.nextPlace();
      this.#lastAt = laterOf(clock.now(), this.#lastAt);
      const command = {
        ...order,
        id: uuidv7(this.#lastAt, random.bytes(10)),
        deviceId,
        seq,
        knows,
        schemaVersion: commands[order.name].schemaVersion,
        actorId: actor.personId,
        occurredAt: this.#lastAt,
      } as SignedText;
      const signed = await signCommand(command, this.#options.signer);
      const saved = await keeper.save({ command, signed, actorName: actor.name, settles });
      if (!saved.ok) throw new MunimError(saved.error.code, saved.error.details);
      onSaved(saved.value.tables);
      return { commandId: command.id, seq, reference: saved.value.reference };
    });
  }
}

/** Never backwards, unless the clock was so far ahead that the server would refuse what bears that time: then a clock set right counts. */
const laterOf = (now: number, lastAt: number): number =>
  lastAt - now > limits.sync.clockAheadMaxMs ? now : Math.max(now, lastAt);

/** @throws MunimError SYNC_TOO_LARGE, and what the signer throws */
export async function signCommand(
  command: SignedText,
  signer: Signer,
): Promise<{ readonly text: string; readonly signature: string }> {
  const text = canonicalText(command as unknown as Plain);
  const bytes = encoder.encode(text);
  // In a push the text is a string inside JSON, where quotes take two bytes each.
  const quoted = encoder.encode(JSON.stringify(text)).byteLength;
  if (quoted > limits.sync.pushBytesMax - PUSH_MARGIN_BYTES) throw new MunimError('SYNC_TOO_LARGE');
  return { text, signature: base64(await signer.sign(bytes)) };
}
