import type { Statement } from '../../domain/statement/model.ts';
import { addDays, type IsoDate, isIsoDate } from '../../kernel/dates.ts';
import { MunimError, type Refusal } from '../../kernel/errors.ts';
import type { Paise } from '../../kernel/money.ts';
import type { Result } from '../../kernel/result.ts';
import { checkCurrency, checkLineCount, type DraftLine, type DraftPart, finishStatement, refusing } from './draft.ts';
import { narrationOf, type SwiftField, swiftFields } from './mt940-fields.ts';
import {
  bestReference,
  joinWords,
  plainAmount,
  shortDate,
  statementText,
  unreadable,
  wordsOf,
} from './statement-text.ts';

interface Balance {
  readonly paise: Paise;
  readonly date: IsoDate;
}

/** A message while it is read. */
interface OpenMessage {
  readonly line: number;
  account: string | null;
  opening: Balance | null;
  closing: Balance | null;
  readonly lines: DraftLine[];
}

/**
 * Reads SWIFT MT940. Messages of one account, of a day or a page each, become one statement. An entry date has no year: it gets the one
 * that lies nearest to the value date. Refusals: STATEMENT_…
 */
export const readMt940 = (bytes: Uint8Array): Result<Statement, Refusal> =>
  refusing(() => {
    const messages: OpenMessage[] = [];
    let entries = 0;
    let before = '';
    for (const field of swiftFields(statementText(bytes))) {
      if (field.tag === '20') messages.push(newMessage(field.line));
      const message = messages.at(-1);
      if (message === undefined) throw unreadable(field.line, `field ${field.tag} before field 20`);
      if (field.tag === '61') {
        entries += 1;
        checkLineCount(entries);
      }
      takeField(message, field, before);
      before = field.tag;
    }
    if (messages.length === 0) throw new MunimError('STATEMENT_UNKNOWN');
    const parts = messages.map(partOf);
    return finishStatement({
      format: 'mt940',
      accounts: new Set(messages.flatMap(({ account }) => account ?? [])),
      from: messages.map(({ opening }) => opening?.date ?? null).reduce(earlier),
      to: messages.map(({ closing }) => closing?.date ?? null).reduce(later),
      parts,
    });
  });

const newMessage = (line: number): OpenMessage => ({ line, account: null, opening: null, closing: null, lines: [] });

const earlier = (one: IsoDate | null, other: IsoDate | null): IsoDate | null =>
  one === null || (other !== null && other < one) ? other : one;
const later = (one: IsoDate | null, other: IsoDate | null): IsoDate | null =>
  one === null || (other !== null && other > one) ? other : one;

function takeField(message: OpenMessage, field: SwiftField, before: string): void {
  switch (field.tag) {
    case '25':
    case '25P':
      message.account = accountOf(field);
      return;
    case '60F':
    case '60M':
      message.opening = balanceOf(field);
      return;
    case '61':
      if (message.opening === null) throw unreadable(field.line, 'field 61 before field 60');
      if (message.closing !== null) throw unreadable(field.line, 'field 61 behind field 62');
      message.lines.push(entryOf(field));
      return;
    case '86': {
      // Behind field 62 it is about the whole statement.
      const last = before === '61' || before === '86' ? message.lines.pop() : undefined;
      if (last === undefined || message.closing !== null) return;
      message.lines.push({
        ...last,
        narration: joinWords([last.narration || null, wordsOf(narrationOf(field.lines))]),
      });
      return;
    }
    case '62F':
    case '62M':
      message.closing = balanceOf(field);
      return;
    case '64':
      balanceOf(field);
      return;
    default:
  }
}

function partOf(message: OpenMessage): DraftPart {
  const { line, account, opening, closing, lines } = message;
  if (account === null) throw unreadable(line, 'field 25 is missing');
  if (opening === null) throw unreadable(line, 'field 60 is missing');
  if (closing === null) throw unreadable(line, 'field 62 is missing');
  return { line, openingPaise: opening.paise, closingPaise: closing.paise, lines };
}

/** `BANK/account`, perhaps with the currency behind it. */
function accountOf({ lines, line }: SwiftField): string {
  const given = wordsOf(lines[0]?.split('/').at(-1));
  const account = given?.replace(/\s+/g, '').replace(/(?<=\d)INR$/, '') ?? '';
  if (!/^[A-Z0-9*]{4,34}$/i.test(account)) throw unreadable(line, 'field 25');
  return account;
}

const BALANCE = /^([CD])(\d{6})([A-Z]{3})(\d{1,15}(?:[.,]\d{0,2})?)\s*$/;

function balanceOf({ tag, lines, line }: SwiftField): Balance {
  const match = BALANCE.exec(lines[0] ?? '');
  if (!match) throw unreadable(line, `field ${tag}`);
  const [, mark, date = '', currency = '', amount = ''] = match;
  checkCurrency(currency);
  const paise = plainAmount(amount, line);
  return { paise: mark === 'D' ? -paise : paise, date: shortDate(date, line) };
}

const ENTRY = /^(\d{6})(\d{4})?(R?[CD])([A-Z])?(\d{1,15}(?:[.,]\d{0,2})?)([A-Z][A-Z0-9]{3})(.*)$/;

function entryOf({ lines, line }: SwiftField): DraftLine {
  const match = ENTRY.exec(lines[0] ?? '');
  if (!match) throw unreadable(line, 'field 61');
  const [, value = '', booked, mark = '', , amount = '', type = '', references = ''] = match;
  const valueDate = shortDate(value, line);
  const paise = plainAmount(amount, line);
  if (paise === 0n) throw unreadable(line, 'an amount of zero');
  // The reversal of a credit takes money, that of a debit brings it.
  const isCredit = mark === 'C' || mark === 'RD';
  const cut = references.indexOf('//');
  const ours = wordsOf(cut === -1 ? references : references.slice(0, cut));
  const banks = cut === -1 ? null : wordsOf(references.slice(cut + 2));
  const isCheque = type.slice(1) === 'CHK' && ours !== null && /^\d{3,16}$/.test(ours);
  return {
    line,
    date: booked === undefined ? valueDate : nearestYear(booked, valueDate, line),
    valueDate,
    narration: joinWords(lines.slice(1).map(wordsOf)),
    reference: bestReference(isCheque ? [banks] : [banks, ours]),
    chequeNo: isCheque ? ours : null,
    debitPaise: isCredit ? 0n : paise,
    creditPaise: isCredit ? paise : 0n,
    balancePaise: null,
  };
}

/** An entry of 31 December may have a value date in January, and the other way round. */
function nearestYear(monthDay: string, near: IsoDate, line: number): IsoDate {
  const year = Number(near.slice(0, 4));
  const candidates = [year, year - 1, year + 1]
    .map((candidate) => `${candidate}-${monthDay.slice(0, 2)}-${monthDay.slice(2)}`)
    .filter(isIsoDate);
  const [low, high] = [addDays(near, -183), addDays(near, 183)];
  const found = candidates.find((date) => date >= low && date <= high) ?? candidates[0];
  if (found === undefined) throw unreadable(line, 'a date');
  return found;
}
