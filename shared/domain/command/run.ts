import { type Refusal, refusal } from '../../kernel/errors.ts';
import { err, ok, type Result } from '../../kernel/result.ts';
import { type AuditHead, link } from '../audit/chain.ts';
import { auditChange, auditText, idOf, isAudited, namedChange } from '../audit/diff.ts';
import { totalsAfter } from '../consolidation/totals.ts';
import { balanceRefusal, linesOf } from '../ledger/balance.ts';
import { forbidden } from '../person/may.ts';
import type { AuditEntry, Change } from '../rows.ts';
import type { BooksReader, CommandContext, CommandDefinition } from './command.ts';
import type { Hashing } from './hashing.ts';

/** A command with checked arguments and the signed text it came in. */
export interface IncomingCommand<Args> {
  readonly args: Args;
  /** Canonical text that the device signed, and its Ed25519 signature in base64; both go into the audit entry as they are. */
  readonly text: string;
  readonly signature: string;
}

/** Where and when the audit entry is written. */
export interface AuditPlace {
  /** The end of the college's chain; `chainStart` for a college without entries. */
  readonly head: AuditHead;
  readonly recordedAt: number;
}

export interface Applied {
  /** Everything to write but the audit entry, derived totals included; each row at most once. */
  readonly changes: readonly Change[];
  readonly audit: AuditEntry;
}

/**
 * Decides a command against the books: who may, what changes, what follows from it, and the next link of the audit chain. Reads only;
 * the caller writes all of it in one transaction, or nothing. Refusals: AUTH_FORBIDDEN, COLLEGE_INACTIVE, LEDGER_UNBALANCED and those of
 * the command. Throws when a command breaks a rule of the program (a posted line changed, a row of another college).
 */
export async function runCommand<Args>(
  command: IncomingCommand<Args>,
  definition: CommandDefinition<Args>,
  context: CommandContext,
  books: BooksReader,
  hashing: Hashing,
  place: AuditPlace,
): Promise<Result<Applied, Refusal>> {
  const notAllowed = forbidden(context.actor, context.collegeId, definition.roles);
  if (notAllowed !== undefined) return err(notAllowed);
  // A college that is configured for the first time has no row yet.
  if ((await books.get('colleges', context.collegeId))?.isActive === false && definition.name !== 'college.configure') {
    return err(refusal('COLLEGE_INACTIVE'));
  }
  const decided = await definition.decide(command.args, context, books);
  if (!decided.ok) return decided;
  const unbalanced = balanceRefusal(decided.value);
  if (unbalanced !== undefined) return err(unbalanced);
  const totals = await totalsAfter(linesOf(decided.value), context, books);
  const changes = [...decided.value, ...totals];
  assertSound(changes, context);
  await assertAppendOnly(changes, books);
  const audit = link(
    {
      collegeId: context.collegeId,
      id: context.commandId,
      commandName: definition.name,
      actorId: context.actor.id,
      actorName: context.actor.name,
      deviceId: context.deviceId,
      occurredAt: context.occurredAt,
      recordedAt: place.recordedAt,
      command: command.text,
      signature: command.signature,
      changes: await trail(definition.audit, decided.value, books),
      documentId: definition.documentId(command.args, context),
    },
    place.head,
    hashing,
  );
  return ok({ changes, audit });
}

async function trail(form: 'rows' | 'ids', changes: readonly Change[], books: BooksReader): Promise<string> {
  const audited = changes.filter(isAudited);
  if (form === 'ids') return auditText(audited.map(namedChange));
  const entries = [];
  for (const change of audited) {
    // They belong to a new voucher, so nothing stood there before.
    const isOfNew = change.table === 'voucher_lines' || change.table === 'bill_allocations';
    const before = isOfNew ? undefined : await books.get(change.table, idOf(change));
    entries.push(auditChange(change, before));
  }
  return auditText(entries);
}

/** A row twice would make the outcome depend on the order of writing; a row of another college must not even be tried. */
function assertSound(changes: readonly Change[], context: CommandContext): void {
  const seen = new Set<string>();
  for (const change of changes) {
    const key = `${change.table} ${idOf(change)}`;
    if (seen.has(key)) throw new Error(`a command changes ${key} twice`);
    seen.add(key);
    if ('row' in change && change.row.collegeId !== context.collegeId) {
      throw new Error(`a command writes ${key} of another college`);
    }
  }
}

/** Vouchers, their lines and what these belong to are only ever added, and the latter only to a voucher of the same command. */
async function assertAppendOnly(changes: readonly Change[], books: BooksReader): Promise<void> {
  const added = new Set<string>();
  for (const change of changes) {
    if (change.table !== 'vouchers') continue;
    const posted = !('row' in change) || (await books.get('vouchers', change.row.id)) !== undefined;
    if (posted) throw new Error(`a command changes voucher ${idOf(change)}, which is posted`);
    added.add(change.row.id);
  }
  for (const change of changes) {
    if (change.table !== 'voucher_lines' && change.table !== 'bill_allocations') continue;
    const posted = !('row' in change) || !added.has(change.row.voucherId);
    if (posted) throw new Error(`a command changes ${change.table} ${idOf(change)} of a voucher that is posted`);
  }
}
