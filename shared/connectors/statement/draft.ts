import type { Statement, StatementEntry, StatementFormat } from '../../domain/statement/model.ts';
import { balanced } from '../../domain/statement/running-balance.ts';
import type { IsoDate } from '../../kernel/dates.ts';
import { MunimError, type Refusal } from '../../kernel/errors.ts';
import { limits } from '../../kernel/limits.ts';
import { PAISE_MAX, type Paise } from '../../kernel/money.ts';
import { err, ok, type Result } from '../../kernel/result.ts';
import { unreadable } from './statement-text.ts';

/** A line with its place in the file, as a person finds it there. */
export interface DraftLine extends StatementEntry {
  readonly line: number;
}

/** Lines between two balances: a message, a page, or all there is. */
export interface DraftPart {
  readonly openingPaise: Paise | null;
  readonly closingPaise: Paise | null;
  readonly lines: readonly DraftLine[];
  /** Where it begins in the file. */
  readonly line: number;
}

/** What a parser read, before order and balances are checked. */
export interface Draft {
  readonly format: StatementFormat;
  /** Every account that was named; more than one is refused. */
  readonly accounts: ReadonlySet<string>;
  readonly from: IsoDate | null;
  readonly to: IsoDate | null;
  readonly parts: readonly DraftPart[];
}

/** Runs a parser that throws what it refuses. Anything but a refusal of the catalogue is a fault and goes on. */
export function refusing(read: () => Statement): Result<Statement, Refusal> {
  try {
    return ok(read());
  } catch (thrown) {
    if (!(thrown instanceof MunimError) || !thrown.code.startsWith('STATEMENT_')) throw thrown;
    return err({ code: thrown.code, details: thrown.details });
  }
}

/** Refuses before the memory is full of lines. @throws MunimError STATEMENT_TOO_MANY_LINES */
export function checkLineCount(count: number): void {
  const { linesMax } = limits.statement;
  if (count > linesMax) throw new MunimError('STATEMENT_TOO_MANY_LINES', { limit: linesMax });
}

/** @throws MunimError STATEMENT_CURRENCY */
export function checkCurrency(currency: string): void {
  if (currency.toUpperCase() !== 'INR') throw new MunimError('STATEMENT_CURRENCY', { currency: currency.slice(0, 10) });
}

/**
 * The statement that a draft makes when its lines and balances agree.
 * @throws MunimError STATEMENT_SEVERAL_ACCOUNTS, STATEMENT_BALANCE, STATEMENT_EMPTY, STATEMENT_UNREADABLE
 */
export function finishStatement(draft: Draft): Statement {
  if (draft.accounts.size > 1) throw new MunimError('STATEMENT_SEVERAL_ACCOUNTS', { count: draft.accounts.size });
  const parts = chained(inOrder(draft.parts.map(settle)));
  const entries = parts.flatMap(({ lines }) => lines).map(withoutPlace);
  const days = entries.map(({ date }) => date);
  const from = least([draft.from, ...days]);
  const to = most([draft.to, ...days]);
  if (from === null || to === null) throw new MunimError('STATEMENT_EMPTY');
  const openingPaise = parts.at(0)?.openingPaise ?? null;
  const closingPaise = parts.at(-1)?.closingPaise ?? null;
  for (const balance of [openingPaise, closingPaise]) {
    if (balance !== null && (balance > PAISE_MAX || balance < -PAISE_MAX)) throw unreadable(1, 'an amount');
  }
  const [accountNumber = null] = draft.accounts;
  return { format: draft.format, accountNumber, from, to, openingPaise, closingPaise, entries };
}

function settle(part: DraftPart): DraftPart {
  const { openingPaise, closingPaise } = part;
  if (part.lines.length === 0) {
    if (openingPaise !== null && closingPaise !== null && openingPaise !== closingPaise)
      throw misfit(part.line, '', closingPaise, openingPaise);
    return part;
  }
  const result = balanced(part.lines, part);
  if (result.ok) return { ...part, ...result.value };
  const { index, date, statedPaise, madePaise } = result.error;
  throw misfit(part.lines[index]?.line ?? part.line, date, statedPaise, madePaise);
}

const misfit = (line: number, date: string, stated: Paise, made: Paise): MunimError =>
  new MunimError('STATEMENT_BALANCE', { line, date, stated: stated.toString(), made: made.toString() });

/** Each part begins where the one before ended; a file may have its newest part first. */
function inOrder(parts: readonly DraftPart[]): readonly DraftPart[] {
  const gap = firstGap(parts);
  if (gap === null) return parts;
  const turned = parts.toReversed();
  if (firstGap(turned) === null) return turned;
  const [before, after] = gap;
  throw misfit(
    after.line,
    after.lines[0]?.date ?? before.lines.at(-1)?.date ?? '',
    after.openingPaise ?? 0n,
    before.closingPaise ?? 0n,
  );
}

/** Balances that one part does not state follow from those of its neighbours. */
function chained(parts: readonly DraftPart[]): readonly DraftPart[] {
  const known = parts.map(({ openingPaise, closingPaise }) => ({ openingPaise, closingPaise }));
  const moved = parts.map(({ lines }) => lines.reduce((sum, line) => sum + line.creditPaise - line.debitPaise, 0n));
  for (const [index, one] of known.entries()) {
    one.openingPaise ??= known[index - 1]?.closingPaise ?? null;
    if (one.openingPaise !== null) one.closingPaise ??= one.openingPaise + (moved[index] ?? 0n);
  }
  for (const [index, one] of [...known.entries()].toReversed()) {
    one.closingPaise ??= known[index + 1]?.openingPaise ?? null;
    if (one.closingPaise !== null) one.openingPaise ??= one.closingPaise - (moved[index] ?? 0n);
  }
  return parts.map((part, index) => ({ ...part, ...known[index] }));
}

function firstGap(parts: readonly DraftPart[]): readonly [DraftPart, DraftPart] | null {
  let before: DraftPart | undefined;
  for (const part of parts) {
    const ends = [before?.closingPaise ?? null, part.openingPaise] as const;
    if (before !== undefined && ends[0] !== null && ends[1] !== null && ends[0] !== ends[1]) return [before, part];
    before = part;
  }
  return null;
}

const withoutPlace = ({ line: _line, ...entry }: DraftLine): StatementEntry => entry;

function least(days: readonly (IsoDate | null)[]): IsoDate | null {
  let found: IsoDate | null = null;
  for (const day of days) if (day !== null && (found === null || day < found)) found = day;
  return found;
}

function most(days: readonly (IsoDate | null)[]): IsoDate | null {
  let found: IsoDate | null = null;
  for (const day of days) if (day !== null && (found === null || day > found)) found = day;
  return found;
}
