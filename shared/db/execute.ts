import { chainStart } from '../domain/audit/chain.ts';
import type { CommandArgs, CommandName } from '../domain/command/args.ts';
import type { CommandDefinition } from '../domain/command/command.ts';
import { makeContext } from '../domain/command/context.ts';
import { commands } from '../domain/command/registry.ts';
import { runCommand } from '../domain/command/run.ts';
import type { AuditEntry, Person } from '../domain/rows.ts';
import { type Refusal, refusal } from '../kernel/errors.ts';
import type { Id } from '../kernel/ids.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import type { Digest } from '../ports/digest.ts';
import type { BooksUnit, RowImage } from './books.ts';

/** A command whose arguments were checked against their schema when it crossed the boundary. */
export type KnownCommand = {
  readonly [N in CommandName]: {
    readonly id: Id;
    readonly collegeId: Id;
    readonly deviceId: Id;
    readonly seq: number;
    readonly name: N;
    readonly args: CommandArgs[N];
    readonly actorId: Id;
    readonly occurredAt: number;
  };
}[CommandName];

export interface Execution {
  /** The books of the command's college in an open transaction, which may have served commands before. See BooksUnit for when it may not. */
  readonly books: BooksUnit;
  readonly command: KnownCommand;
  /** Canonical text as signed, and the signature in base64. */
  readonly signed: { readonly text: string; readonly signature: string };
  readonly authority: 'desk' | 'server';
  /** The version of the college this change makes; 0 for a desk's prediction. */
  readonly version: number;
  readonly recordedAt: number;
  readonly digest: Digest;
  /** Who acts where the books of the college do not know him: the server itself when it sets a college up. */
  readonly actor?: Person;
}

export interface Executed {
  /** Every row changed, the audit entry last, with what stood there before. */
  readonly images: readonly RowImage[];
  readonly documentId: Id;
  readonly audit: AuditEntry;
}

/**
 * Runs a command against the books and gives them what follows from it, for their `flush` to write. The one way by which books change,
 * on desk and server alike. A refusal or a fault changes nothing.
 */
export async function executeCommand(execution: Execution): Promise<Result<Executed, Refusal>> {
  const { command, books } = execution;
  const actor = execution.actor ?? (await books.get('people', command.actorId));
  if (!actor) return err(refusal('AUTH_FORBIDDEN', { role: '' }));
  const context = makeContext(command, actor, execution.authority, execution.digest);
  const definition = definitionOf(command);
  const done = await runCommand(
    { args: command.args, ...execution.signed },
    definition,
    context,
    books,
    execution.digest,
    { head: (await books.auditHead()) ?? chainStart, recordedAt: execution.recordedAt },
  );
  if (!done.ok) return done;
  const { changes, audit } = done.value;
  const images = books.apply([...changes, { table: 'audit_entries', row: audit }], execution.version);
  return ok({ images, documentId: audit.documentId ?? command.id, audit });
}

/** Name and arguments of a KnownCommand belong together; the compiler cannot follow that through an index. */
const definitionOf = (command: KnownCommand): CommandDefinition<unknown> =>
  commands[command.name] as CommandDefinition<unknown>;
