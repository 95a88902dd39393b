import type { StatementEntry } from '../../domain/statement/model.ts';
import { isIsoDate } from '../../kernel/dates.ts';
import { decimalText, type Paise, parseRupees } from '../../kernel/money.ts';
import { type EmulatedAnswer, type EmulatedRequest, json } from './emulator.ts';
import type { AcceptedInstruction, EmulatedBank } from './emulator-bank.ts';
import { rawNumber } from './json-body.ts';

/** A number of rupees with every paisa, for the JSON that `json` makes. */
export const rupees = (paise: Paise): unknown => rawNumber(decimalText(paise));

const NUMBER = Symbol('digits');
interface Digits {
  readonly [NUMBER]: string;
}

/** The JSON of a request, its numbers still as their digits; undefined for what is none. It reads them apart from the connector. */
export function bodyOf(request: EmulatedRequest): Readonly<Record<string, unknown>> | undefined {
  try {
    const read: unknown = JSON.parse(new TextDecoder().decode(request.body), keepDigits);
    return typeof read === 'object' && read !== null ? (read as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function keepDigits(_name: string, value: unknown, context?: { readonly source?: string }): unknown {
  return typeof value === 'number' ? { [NUMBER]: context?.source ?? '' } : value;
}

export const textOfMember = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');

/** The paise of a number above zero; undefined for a text, for nothing, for parts of a paisa. */
export function paiseOfMember(value: unknown): Paise | undefined {
  if (typeof value !== 'object' || value === null || !(NUMBER in value)) return undefined;
  const read = parseRupees((value as Digits)[NUMBER]);
  return read.ok && read.value > 0n ? read.value : undefined;
}

export const isIfsc = (text: string): boolean => /^[A-Z]{4}0[A-Z0-9]{6}$/.test(text);
export const isAccountNumber = (text: string): boolean => /^\d{9,18}$/.test(text);

/** A line of a statement with the bank's name of it and, where it is of a payment of ours, that payment. */
export interface NumberedLine {
  readonly id: string;
  readonly line: StatementEntry & { readonly balancePaise: Paise };
  readonly instruction: AcceptedInstruction | undefined;
}

export interface LinesPage {
  readonly openingPaise: Paise;
  readonly closingPaise: Paise;
  readonly page: number;
  readonly totalPages: number;
  readonly totalRecords: number;
  readonly lines: readonly NumberedLine[];
}

/** The part of a statement that is asked for by `fromDate`, `toDate`, `pageSize` and `page`; undefined for a question that is none. */
export function pageOfLines(bank: EmulatedBank, account: string, query: URLSearchParams): LinesPage | undefined {
  const [from, to] = [query.get('fromDate') ?? '', query.get('toDate') ?? ''];
  const size = wholeNumber(query.get('pageSize'), 100);
  const page = wholeNumber(query.get('page'), 1);
  if (!isIsoDate(from) || !isIsoDate(to) || from > to || size > 100) return undefined;
  const statement = bank.statement(account, from, to);
  const before = bank.statement(account, '0001-01-01', to).entries.length - statement.entries.length;
  const totalPages = Math.max(1, Math.ceil(statement.entries.length / size));
  if (size < 1 || page < 1 || page > totalPages) return undefined;
  const lines = statement.entries.map((line, index) => ({
    id: `TXN${account.slice(-4)}${String(before + index + 1).padStart(8, '0')}`,
    line: { ...line, balancePaise: line.balancePaise ?? 0n },
    instruction: isTransfer(line) ? bank.instructions().find(({ utr }) => utr === line.reference) : undefined,
  }));
  return {
    ...{ openingPaise: statement.openingPaise, closingPaise: statement.closingPaise },
    ...{ page, totalPages, totalRecords: lines.length },
    lines: lines.slice((page - 1) * size, page * size),
  };
}

/** Charges have the same reference. */
const isTransfer = ({ narration, reference }: StatementEntry): boolean =>
  reference !== null && /^(?:RETURN )?(?:NEFT|RTGS)-/.test(narration);

const wholeNumber = (text: string | null, otherwise: number): number =>
  text === null ? otherwise : /^\d{1,6}$/.test(text) ? Number.parseInt(text, 10) : 0;

/** An answer with a code, as these two banks give it. */
export const refusal = (status: number, code: string, textName: string, text: string): EmulatedAnswer =>
  json(status, { errorCode: code, [textName]: text });
