import type { Plain } from '../../shared/kernel/canonical.ts';
import { parseCanonical } from '../../shared/kernel/canonical.ts';
import { isIsoDate } from '../../shared/kernel/dates.ts';
import { type ErrorDetails, MunimError } from '../../shared/kernel/errors.ts';
import type { Id } from '../../shared/kernel/ids.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import { readCommand, type SignedText } from '../../shared/sync/client/read-command.ts';
import { bankFields } from './attention-bank.ts';
import type { Order, Settlement } from './commands.ts';

export type Way = 'resubmit' | 'keep_mine' | 'take_theirs' | 'edit';

export interface AttentionRow {
  readonly seq: number;
  readonly commandId: Id;
  readonly collegeId: Id;
  readonly name: string;
  readonly documentId: Id;
  readonly reference: string | null;
  readonly actorName: string;
  readonly occurredAt: number;
  readonly status: string;
  readonly code: string | null;
  readonly details: ErrorDetails;
  readonly command: string;
}

export interface TypedField {
  readonly field: string;
  readonly kind: 'text' | 'money' | 'date';
  readonly mine: string;
  readonly theirs: string | null;
}

export interface AttentionOptions {
  readonly keeper: {
    list(collegeIds: readonly Id[]): Promise<readonly AttentionRow[]>;
    find(seq: number): Promise<AttentionRow | undefined>;
    settle(way: Settlement): Promise<void>;
  };
  readonly clock: Clock;
  readonly run: (order: Order, settles: Settlement) => Promise<{ readonly commandId: Id }>;
  readonly onSettled: () => void;
}

/** Refused entries and the ways on. Nothing here ever deletes: a settled entry stays in the outbox with how it was settled. */
export class AttentionService {
  readonly #options: AttentionOptions;

  constructor(options: AttentionOptions) {
    this.#options = options;
  }

  async list(collegeIds: readonly Id[]) {
    const rows = await this.#options.keeper.list(collegeIds);
    return rows.map((row) => {
      const { seq, commandId, collegeId, name, documentId, reference, actorName, occurredAt, details } = row;
      const common = { seq, commandId, collegeId, name, documentId, reference, actorName, occurredAt };
      return { ...common, code: codeOf(row), details: { ...details }, typed: typedFields(row), ways: [...waysOf(row)] };
    });
  }

  /** @throws MunimError NOT_FOUND, INPUT_INVALID for a way that does not fit the case, and the refusal of the command that is run */
  async settle(seq: number, way: Way, collegeIds: readonly Id[]): Promise<{ readonly commandId: Id | null }> {
    const row = await this.#options.keeper.find(seq);
    if (row === undefined || !collegeIds.includes(row.collegeId)) {
      throw new MunimError('NOT_FOUND', { what: 'entry under Needs attention' });
    }
    if (!waysOf(row).includes(way)) throw new MunimError('INPUT_INVALID', { where: 'way' });
    const settlement: Settlement = { seq, how: way, at: this.#options.clock.now() };
    const command = way === 'resubmit' || way === 'keep_mine' ? readCommand(row.command) : null;
    if (command === null) {
      await this.#options.keeper.settle(settlement);
      this.#options.onSettled();
      return { commandId: null };
    }
    // The new command and the settling of the old one are one transaction: neither can be without the other.
    const order = way === 'keep_mine' ? overTheirs(command, row.details) : orderOf(command);
    const { commandId } = await this.#options.run(order, settlement);
    return { commandId };
  }
}

const codeOf = ({ code }: AttentionRow): string => code ?? 'INTERNAL';

/** Codes where the same again may well be accepted: the cause lies outside the entry. */
const mayPass = new Set([
  'AUTH_ACTOR_NOT_ON_DEVICE',
  'AUTH_FORBIDDEN',
  'SYNC_CLOCK_AHEAD',
  'COMMAND_DEPENDS',
  'COMMAND_STALE',
  'BUDGET_INSUFFICIENT',
  'EXPENSE_RECEIPT_REQUIRED',
  'EXPENSE_WRONG_STATE',
  'PAYMENT_HELD_ELSEWHERE',
  'CATEGORY_UNKNOWN',
  'GL_CODE_UNKNOWN',
  'COLLEGE_INACTIVE',
  'PERIOD_CLOSED',
  'RECONCILIATION_LOCKED',
  'NOT_FOUND',
  'INTERNAL',
]);
/** Decisions are about the state that was seen; the same decision about another state has to be taken anew, on the page. */
const aboutAState = new Set(['expense.approve', 'expense.return', 'expense.reject']);
const editable = new Set(['expense.create', 'expense.edit', 'vendor.create', 'vendor.edit', 'budget.set']);

export function waysOf(row: Pick<AttentionRow, 'status' | 'code' | 'name' | 'command'>): readonly Way[] {
  // It no longer fits here, but the server has not spoken: letting it go now could let it go twice.
  if (row.status !== 'rejected') return [];
  const ways: Way[] = [];
  const known = readCommand(row.command) !== null;
  if (row.code === 'COMMAND_CONFLICT') {
    if (known) ways.push('keep_mine');
  } else if (known && !aboutAState.has(row.name) && (row.code === null || mayPass.has(row.code))) {
    ways.push('resubmit');
  }
  ways.push('take_theirs');
  if (editable.has(row.name)) ways.push('edit');
  return ways;
}

const orderOf = ({ collegeId, name, args }: SignedText): Order => ({ collegeId, name, args }) as Order;

/** The same edit as if the present values had been seen: what the other side made of a field becomes what this one starts from. */
function overTheirs(command: SignedText, details: ErrorDetails): Order {
  const theirs = valuesIn(details.theirs);
  const rebased = (edits: Readonly<Record<string, { readonly from: Plain; readonly to: Plain } | undefined>>) =>
    Object.fromEntries(
      Object.entries(edits).flatMap(([field, edit]) =>
        edit === undefined ? [] : [[field, field in theirs ? { from: theirs[field], to: edit.to } : edit]],
      ),
    );
  const { collegeId, name, args } = command;
  if (name === 'budget.set') {
    const from = theirs.allocated;
    const allocated = { from: typeof from === 'bigint' ? from : args.allocated.from, to: args.allocated.to };
    return { collegeId, name, args: { ...args, allocated } };
  }
  if (name === 'bankRule.set' && typeof details.revision === 'number') {
    return { collegeId, name, args: { ...args, revision: details.revision } };
  }
  if (name === 'expense.edit' || name === 'vendor.edit') {
    return { collegeId, name, args: { ...args, edits: rebased(args.edits as Parameters<typeof rebased>[0]) } } as Order;
  }
  return orderOf(command);
}

/** Values by field as a conflict carries them: canonical text of a record. */
function valuesIn(text: ErrorDetails[string] | undefined): Readonly<Record<string, Plain>> {
  if (typeof text !== 'string') return {};
  const values = parseCanonical(text);
  return typeof values === 'object' && values !== null && !Array.isArray(values)
    ? (values as Readonly<Record<string, Plain>>)
    : {};
}

/** What was typed, field by field, with the other side's value where both changed it. */
export function typedFields(row: Pick<AttentionRow, 'command' | 'details'>): TypedField[] {
  const command = readCommand(row.command);
  if (command === null) return [];
  const theirs = valuesIn(row.details.theirs);
  const fields: TypedField[] = [];
  const add = (field: string, value: Plain | undefined): void => {
    if (value === undefined || value === null || typeof value === 'object') return;
    const other = theirs[field];
    fields.push({ field, kind: kindOf(value), mine: String(value), theirs: other == null ? null : String(other) });
  };
  for (const [name, value] of Object.entries(command.args as unknown as Readonly<Record<string, Plain>>)) {
    if (name === 'edits' || name === 'fields') {
      for (const [field, inner] of Object.entries(value as Readonly<Record<string, Plain>>))
        add(field, typedValue(inner));
    } else if (name === 'allocated') {
      add('allocated', typedValue(value));
    } else if (!/Id$|^revision$|^sha256$|^mime$|^sizeBytes$/.test(name)) {
      add(name, value);
    }
  }
  for (const [field, value] of bankFields(command)) add(field, value);
  return fields;
}

/** Of an edit the new value, otherwise the value itself. */
function typedValue(value: Plain): Plain | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return (value as Readonly<Record<string, Plain>>).to;
}

const kindOf = (value: Plain): TypedField['kind'] =>
  typeof value === 'bigint' ? 'money' : typeof value === 'string' && isIsoDate(value) ? 'date' : 'text';
