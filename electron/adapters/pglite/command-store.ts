import { sql } from 'drizzle-orm';
import { BooksUnit } from '../../../shared/db/books.ts';
import { type Executed, executeCommand, type KnownCommand } from '../../../shared/db/execute.ts';
import type { Db } from '../../../shared/db/tables.ts';
import { MunimError, type Refusal } from '../../../shared/kernel/errors.ts';
import { ok, type Result } from '../../../shared/kernel/result.ts';
import type { Digest } from '../../../shared/ports/digest.ts';
import { nextPlace } from './outbox.ts';
import { inTransaction, rowsOf } from './rows-of.ts';
import { imagesSql } from './undo.ts';

export interface CommandEntry {
  readonly command: KnownCommand;
  readonly signed: { readonly text: string; readonly signature: string };
  readonly actorName: string;
  /** The entry under Needs attention that this command takes the place of. */
  readonly settles: { readonly seq: number; readonly how: string; readonly at: number } | null;
}

export interface SavedCommand {
  readonly documentId: string;
  /** Number or provisional reference of the one expense the command is about. */
  readonly reference: string | null;
  readonly tables: readonly string[];
  readonly settledId: string | null;
}

/** Carries a transaction back that must not be kept although nothing failed. */
class Refused extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(refusal.code);
    this.refusal = refusal;
  }
}

/** After so many commands what a unit remembers is dropped, so that it cannot grow for ever. */
const UNIT_COMMANDS = 200;

/**
 * Where the commands of this desk are kept. Between commands it remembers the rows they read (the person, the college, the end of the
 * audit chain …): on a desk only commands and rebases write to the books, and a rebase says so.
 */
export class CommandStore {
  readonly #db: Db;
  readonly #digest: Digest;
  #remembered: { readonly collegeId: string; readonly books: BooksUnit; commands: number } | null = null;
  /** The transaction the remembered rows are read and written in now. */
  #tx: Db | null = null;

  constructor(db: Db, digest: Digest) {
    this.#db = db;
    this.#digest = digest;
  }

  nextPlace() {
    return nextPlace(this.#db);
  }

  /** What was remembered may be different now. To be called inside the transaction that changes the books. */
  forget(): void {
    this.#remembered = null;
  }

  /** One transaction: the change of the books, the audit entry, the outbox row and the undo images. Durable when it resolves. */
  async save(entry: CommandEntry): Promise<Result<SavedCommand, Refusal>> {
    try {
      return ok(await inTransaction(this.#db, (tx) => this.#saveIn(tx, entry)));
    } catch (thrown) {
      if (thrown instanceof Refused) return { ok: false, error: thrown.refusal };
      // The rows it remembers may have been rolled back.
      this.forget();
      throw thrown;
    }
  }

  #booksOf(tx: Db, collegeId: string): BooksUnit {
    this.#tx = tx;
    const known = this.#remembered;
    if (known?.collegeId === collegeId && known.commands < UNIT_COMMANDS) {
      known.commands++;
      return known.books;
    }
    const books = new BooksUnit(this.#presentTx, collegeId);
    this.#remembered = { collegeId, books, commands: 1 };
    return books;
  }

  /** A database that is always the transaction of the command at hand. */
  readonly #presentTx: Db = new Proxy({} as Db, {
    get: (_target, name) => {
      const tx = this.#tx;
      if (tx === null) throw new Error('a command reads outside its transaction');
      const member: unknown = Reflect.get(tx, name);
      return typeof member === 'function' ? member.bind(tx) : member;
    },
  });

  async #saveIn(tx: Db, entry: CommandEntry): Promise<SavedCommand> {
    const { command, signed } = entry;
    const books = this.#booksOf(tx, command.collegeId);
    const executed = await executeCommand({
      command,
      signed,
      authority: 'desk',
      version: 0,
      recordedAt: command.occurredAt,
      digest: this.#digest,
      books,
    });
    if (!executed.ok) throw new Refused(executed.error);
    const { images, documentId } = executed.value;
    const outbox = sql`INSERT INTO "desk"."outbox" ("seq", "command_id", "college_id", "name", "document_id", "command", "signature", "actor_name", "occurred_at", "status")
      VALUES (${command.seq}, ${command.id}, ${command.collegeId}, ${command.name}, ${documentId}, ${signed.text}, ${signed.signature},
        ${entry.actorName}, ${command.occurredAt}, 'pending')`;
    await books.flush([outbox, imagesSql(command.collegeId, [{ seq: command.seq, images }])]);
    const settledId = entry.settles === null ? null : await settle(tx, entry.settles);
    return {
      settledId,
      documentId,
      reference: referenceOf(executed.value),
      tables: [...new Set(images.map(({ table }) => table))],
    };
  }
}

/** Marks an entry under Needs attention as settled; it stays in the outbox for ever. @returns its command. @throws MunimError NOT_FOUND */
export async function settle(
  tx: Db,
  way: { readonly seq: number; readonly how: string; readonly at: number },
): Promise<string> {
  const [settled] = await rowsOf<{ command_id: string }>(
    tx,
    sql`UPDATE "desk"."outbox" SET "settled_at" = ${way.at}, "settled_how" = ${way.how}
        WHERE "seq" = ${way.seq} AND "status" = 'rejected' AND "settled_at" IS NULL RETURNING "command_id"`,
  );
  if (settled === undefined) throw new MunimError('NOT_FOUND', { what: 'entry under Needs attention' });
  return settled.command_id;
}

function referenceOf({ images }: Executed): string | null {
  const expenses = images.filter(({ table, after }) => table === 'expenses' && after !== null);
  const [only, ...more] = expenses;
  if (only?.after == null || more.length > 0) return null;
  return String(only.after.number ?? only.after.provisionalRef);
}
