import type { Statement } from '../../domain/statement/model.ts';
import { transferReferences } from '../../domain/statement/utr.ts';
import { type IsoDate, isIsoDate } from '../../kernel/dates.ts';
import { MunimError, type Refusal } from '../../kernel/errors.ts';
import { type Paise, parseRupees } from '../../kernel/money.ts';
import type { Result } from '../../kernel/result.ts';
import { checkCurrency, checkLineCount, type DraftLine, type DraftPart, finishStatement, refusing } from './draft.ts';
import { type OfxTag, ofxTags } from './ofx-tags.ts';
import { indianDay, joinWords, statementText, unreadable, wordsOf } from './statement-text.ts';

/** The values of an element by their names, the first of each. */
type Values = Map<string, OfxTag>;

/** A statement response while it is read. */
interface OpenStatement {
  readonly line: number;
  account: string | null;
  from: IsoDate | null;
  to: IsoDate | null;
  balance: { readonly paise: Paise; readonly date: IsoDate | null } | null;
  readonly lines: DraftLine[];
}

/** Elements of which the values are gathered. */
const GATHERED = new Set(['BANKACCTFROM', 'CCACCTFROM', 'LEDGERBAL', 'STMTTRN']);
/** Elements within a line that have values of the same names. */
const INNER = new Set(['BANKACCTTO', 'CCACCTTO', 'PAYEE', 'ORIGCURRENCY']);

/**
 * Reads OFX, version 1 in SGML and version 2 in XML. The ledger balance counts as the closing one when it is of a day of the statement:
 * many banks put the balance of the day on which the file was made. Refusals: STATEMENT_…
 */
export const readOfx = (bytes: Uint8Array): Result<Statement, Refusal> =>
  refusing(() => {
    const statements: OpenStatement[] = [];
    let gathering: { readonly tag: OfxTag; readonly values: Values } | null = null;
    let inner: string | null = null;
    let count = 0;
    for (const tag of ofxTags(statementText(bytes))) {
      const { name, closes } = tag;
      if (!closes && (name === 'STMTRS' || name === 'CCSTMTRS')) {
        statements.push({ line: tag.line, account: null, from: null, to: null, balance: null, lines: [] });
      }
      const statement = statements.at(-1);
      if (statement === undefined) continue;
      if (gathering === null) {
        if (!closes && GATHERED.has(name)) gathering = { tag, values: new Map() };
        else if (!closes) takeValue(statement, tag);
      } else if (closes && name === gathering.tag.name) {
        if (name === 'STMTTRN') checkLineCount(++count);
        takeElement(statement, gathering.tag, gathering.values);
        gathering = null;
        inner = null;
      } else if (!closes && GATHERED.has(name))
        throw unreadable(gathering.tag.line, `${gathering.tag.name} does not end`);
      else if (INNER.has(name)) inner = closes ? null : name;
      else if (!closes && inner === null && !gathering.values.has(name)) gathering.values.set(name, tag);
    }
    if (statements.length === 0) throw new MunimError('STATEMENT_UNKNOWN');
    const from = statements.flatMap((statement) => statement.from ?? []).sort();
    const to = statements.flatMap((statement) => statement.to ?? []).sort();
    return finishStatement({
      format: 'ofx',
      accounts: new Set(statements.map(accountOf)),
      from: from.at(0) ?? null,
      to: to.at(-1) ?? null,
      parts: statements.map(partOf),
    });
  });

function accountOf({ account, line }: OpenStatement): string {
  if (account === null) throw unreadable(line, 'ACCTID is missing');
  return account;
}

function partOf({ line, lines, balance, to }: OpenStatement): DraftPart {
  const isClosing = balance !== null && (balance.date === null || to === null || balance.date <= to);
  return { line, lines, openingPaise: null, closingPaise: isClosing ? balance.paise : null };
}

function takeValue(statement: OpenStatement, { name, text, line }: OfxTag): void {
  if (name === 'CURDEF') checkCurrency(text);
  else if (name === 'DTSTART') statement.from ??= ofxDay(text, line);
  else if (name === 'DTEND') statement.to ??= ofxDay(text, line);
}

function takeElement(statement: OpenStatement, element: OfxTag, values: Values): void {
  const text = (name: string): string | null => values.get(name)?.text || null;
  switch (element.name) {
    case 'BANKACCTFROM':
    case 'CCACCTFROM':
      statement.account ??= wordsOf(text('ACCTID'));
      return;
    case 'LEDGERBAL': {
      const asOf = text('DTASOF');
      const date = asOf === null ? null : ofxDay(asOf, element.line);
      statement.balance ??= { paise: signedAmount(text('BALAMT') ?? '', element.line), date };
      return;
    }
    default: {
      const line = lineOf(element, text);
      if (line !== null) statement.lines.push(line);
    }
  }
}

/** Null for what moves no money. */
function lineOf({ line }: OfxTag, text: (name: string) => string | null): DraftLine | null {
  // CURSYM stands here only within CURRENCY: the amount is in another currency than the account.
  const currency = text('CURSYM');
  if (currency !== null) checkCurrency(currency);
  const paise = signedAmount(text('TRNAMT') ?? '', line);
  if (paise === 0n) return null;
  const posted = text('DTPOSTED');
  if (posted === null) throw unreadable(line, 'DTPOSTED is missing');
  const available = text('DTAVAIL');
  const known = wordsOf(text('REFNUM'));
  const isTransfer = known !== null && transferReferences({ narration: '', reference: known }).length > 0;
  return {
    line,
    date: ofxDay(posted, line),
    valueDate: available === null ? null : ofxDay(available, line),
    narration: joinWords([wordsOf(text('NAME')), wordsOf(text('MEMO'))]),
    // A UTR says more than the bank's own number of the line.
    reference: isTransfer ? known : (wordsOf(text('FITID')) ?? known),
    chequeNo: wordsOf(text('CHECKNUM')),
    debitPaise: paise < 0n ? -paise : 0n,
    creditPaise: paise > 0n ? paise : 0n,
    balancePaise: null,
  };
}

/** `-1234.56`, `+50`, `1234,5`; or grouped by commas with a point. @throws MunimError STATEMENT_UNREADABLE */
function signedAmount(text: string, line: number): Paise {
  const plain = /^([+-]?\d{1,18})(?:[.,](\d{0,8}))?$/.exec(text);
  const grouped = /^[+-]?\d{1,3}(?:,\d{2,3}){1,8}\.\d{1,2}$/.test(text);
  const read = plain ? parseRupees(`${plain[1] ?? ''}.${plain[2] ?? ''}`) : grouped ? parseRupees(text) : null;
  if (read === null || !read.ok) throw unreadable(line, 'an amount');
  return read.value;
}

/** `20260405`, `20260405203000`, `20260405203000.000[0:GMT]`, `[+5.30:IST]`. @throws MunimError STATEMENT_UNREADABLE */
function ofxDay(text: string, line: number): IsoDate {
  const match = /^(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2})?)?(?:\.\d{1,6})?\s*(?:\[([^\]]{1,20})\])?$/.exec(text);
  const [, year = '', month = '', day = '', hour, minute = '00', second = '00', zone] = match ?? [];
  const date = `${year}-${month}-${day}`;
  if (!isIsoDate(date)) throw unreadable(line, 'a date');
  return indianDay(
    date,
    hour === undefined ? null : `${hour}:${minute}:${second}`,
    zone === undefined ? null : minutesOf(zone),
  );
}

/** Hours, with a fraction (`5.5`) or, as some write it, with minutes (`5.30`). */
function minutesOf(zone: string): number | null {
  const match = /^([+-]?)(\d{1,2})(?:\.(\d{1,2}))?(?::|$)/.exec(zone);
  if (!match) return null;
  const [, sign, hours = '0', part = '0'] = match;
  const minutes = part === '5' || part === '50' ? 30 : part === '75' ? 45 : part === '25' ? 15 : Number(part);
  const total = Number(hours) * 60 + minutes;
  return sign === '-' ? -total : total;
}
