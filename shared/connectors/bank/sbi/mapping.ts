import type { StatementEntry } from '../../../domain/statement/model.ts';
import { isIsoDate } from '../../../kernel/dates.ts';
import { type Paise, parseRupees } from '../../../kernel/money.ts';
import type { Balance, StatementPage, StatementQuestion } from '../../_kit/bank.ts';
import type { BalanceResponse, StatementLine, StatementResponse } from './contract.ts';

/** null where the bank's figures cannot be meant: they are then not used at all. */
export function balanceOf(said: BalanceResponse): Balance | null {
  const availablePaise = paiseOf(said.availableBalance);
  const currentPaise = said.ledgerBalance === undefined ? null : paiseOf(said.ledgerBalance);
  const at = instantOf(said.responseDateTime);
  if (availablePaise === undefined || currentPaise === undefined || at === null) return null;
  return { availablePaise, currentPaise, at };
}

/** null where a line is outside of the days that were asked for, moves nothing, or the pages would turn in a circle. */
export function pageOf(said: StatementResponse, asked: StatementQuestion): StatementPage | null {
  const entries: StatementEntry[] = [];
  for (const line of said.line) {
    const entry = entryOf(line);
    if (entry === null || entry.date < asked.from || entry.date > asked.to) return null;
    entries.push(entry);
  }
  const nextPage = said.nextPage ?? null;
  if (nextPage !== null && Number(nextPage) !== Number(asked.page ?? '1') + 1) return null;
  const openingPaise = said.openingBalance === undefined ? null : paiseOf(said.openingBalance);
  const closingPaise = said.closingBalance === undefined ? null : paiseOf(said.closingBalance);
  if (openingPaise === undefined || closingPaise === undefined) return null;
  return { entries: oldestFirst(entries), openingPaise, closingPaise, nextPage };
}

/** A page may come newest first, and is then turned; lines of one day otherwise stay in the order in which they came. */
function oldestFirst(entries: readonly StatementEntry[]): readonly StatementEntry[] {
  const [first, last] = [entries.at(0), entries.at(-1)];
  const isTurned = first !== undefined && last !== undefined && first.date > last.date;
  const order = (one: StatementEntry, other: StatementEntry): number =>
    one.date === other.date ? 0 : one.date < other.date ? -1 : 1;
  return (isTurned ? entries.toReversed() : entries).toSorted(order);
}

function entryOf(line: StatementLine): StatementEntry | null {
  const moved = paiseOf(line.amount);
  const balancePaise = line.balance === undefined ? null : paiseOf(line.balance);
  if (moved === undefined || moved === 0n || balancePaise === undefined) return null;
  return {
    date: line.transactionDate,
    valueDate: line.valueDate ?? null,
    narration: line.description ?? '',
    reference: line.referenceNumber,
    chequeNo: line.chequeNumber,
    debitPaise: line.direction === 'DEBIT' ? moved : 0n,
    creditPaise: line.direction === 'CREDIT' ? moved : 0n,
    balancePaise,
  };
}

function paiseOf(rupees: string): Paise | undefined {
  const read = parseRupees(rupees);
  return read.ok ? read.value : undefined;
}

/** A time without its distance from Greenwich is that of India. */
function instantOf(text: string): number | null {
  if (!isIsoDate(text.slice(0, 10))) return null;
  const at = Date.parse(/(Z|[+-]\d\d:\d\d)$/.test(text) ? text : `${text}+05:30`);
  return Number.isNaN(at) ? null : at;
}
