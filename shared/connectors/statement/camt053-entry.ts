import { type IsoDate, isIsoDate } from '../../kernel/dates.ts';
import type { Paise } from '../../kernel/money.ts';
import { checkCurrency, type DraftLine } from './draft.ts';
import { bestReference, indianDay, joinWords, plainAmount, unreadable, wordsOf } from './statement-text.ts';
import { childrenOf, nodeAt, textAt, type XmlNode } from './xml-records.ts';

/** `2026-04-05`, or with a time and its distance from Greenwich. @throws MunimError STATEMENT_UNREADABLE */
export function camtDay(text: string, line: number): IsoDate {
  const match = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}:\d{2})(?:\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})?$/.exec(text);
  const [, day = '', clock, zone] = match ?? [];
  if (!isIsoDate(day)) throw unreadable(line, 'a date');
  return indianDay(day, clock ?? null, zone === undefined ? null : minutesOf(zone));
}

function minutesOf(zone: string): number {
  if (zone === 'Z') return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6));
  return zone.startsWith('-') ? -minutes : minutes;
}

/** `Amt` with `CdtDbtInd`, a debit below zero. @throws MunimError STATEMENT_UNREADABLE, STATEMENT_CURRENCY */
export function camtAmount(node: XmlNode): Paise {
  const paise = amountOf(nodeAt(node, 'Amt'), node.line);
  return isCredit(node) ? paise : -paise;
}

function amountOf(amount: XmlNode | undefined, line: number): Paise {
  if (amount === undefined) throw unreadable(line, 'Amt is missing');
  checkCurrency(amount.attributes.Ccy ?? '');
  return plainAmount(amount.text, amount.line);
}

/** With `RvslInd` it is still the way the money went. */
function isCredit(node: XmlNode): boolean {
  const mark = textAt(node, 'CdtDbtInd');
  if (mark !== 'CRDT' && mark !== 'DBIT') throw unreadable(node.line, 'CdtDbtInd');
  return mark === 'CRDT';
}

/** The lines of an `Ntry`: none when it is not booked, several when it is a batch whose parts add up. @throws MunimError STATEMENT_… */
export function entriesOf(entry: XmlNode): readonly DraftLine[] {
  const status = textAt(entry, 'Sts', 'Cd') ?? textAt(entry, 'Sts');
  if (status !== null && status !== 'BOOK') return [];
  const paise = camtAmount(entry);
  if (paise === 0n) return [];
  const details = childrenOf(entry, 'NtryDtls').flatMap((group) => childrenOf(group, 'TxDtls'));
  const amounts = details.length > 1 ? partsOf(details, paise) : null;
  if (amounts !== null) return details.map((detail, index) => lineOf(entry, [detail], amounts[index] ?? 0n));
  return [lineOf(entry, details, paise)];
}

/** What each transaction moved, when every one says so in rupees and together they make the entry; else null. */
function partsOf(details: readonly XmlNode[], whole: Paise): readonly Paise[] | null {
  const parts: Paise[] = [];
  for (const detail of details) {
    const amount = nodeAt(detail, 'Amt') ?? nodeAt(detail, 'AmtDtls', 'TxAmt', 'Amt');
    if (amount === undefined || amount.attributes.Ccy !== 'INR') return null;
    const paise = plainAmount(amount.text, amount.line);
    if (paise === 0n) return null;
    const mark = textAt(detail, 'CdtDbtInd');
    parts.push((mark === null ? whole > 0n : mark === 'CRDT') ? paise : -paise);
  }
  return parts.reduce((sum, part) => sum + part, 0n) === whole ? parts : null;
}

function lineOf(entry: XmlNode, details: readonly XmlNode[], paise: Paise): DraftLine {
  const booked = dayOf(entry, 'BookgDt');
  const valueDate = dayOf(entry, 'ValDt');
  const date = booked ?? valueDate;
  if (date === null) throw unreadable(entry.line, 'BookgDt is missing');
  // What is said of one of several transactions does not name them all.
  const only = details.length === 1 ? details[0] : undefined;
  const of = (...path: readonly string[]): string | null => textAt(only, 'Refs', ...path);
  const ours = of('EndToEndId');
  const reference = bestReference([
    of('ClrSysRef'),
    of('Prtry', 'Ref'),
    of('AcctSvcrRef'),
    of('TxId'),
    ours,
    of('InstrId'),
    textAt(entry, 'AcctSvcrRef'),
    textAt(entry, 'NtryRef'),
  ]);
  return {
    line: entry.line,
    date,
    valueDate,
    narration: narrationOf(entry, details, ours === reference ? null : ours),
    reference,
    chequeNo: wordsOf(of('ChqNb')),
    debitPaise: paise < 0n ? -paise : 0n,
    creditPaise: paise > 0n ? paise : 0n,
    balancePaise: null,
  };
}

function dayOf(entry: XmlNode, name: string): IsoDate | null {
  const text = textAt(entry, name, 'Dt') ?? textAt(entry, name, 'DtTm');
  return text === null ? null : camtDay(text, entry.line);
}

/** More parties than this are a batch, which its own text describes. */
const SAID_MAX = 20;

function narrationOf(entry: XmlNode, details: readonly XmlNode[], ours: string | null): string {
  const said = details.slice(0, SAID_MAX).flatMap((detail) => {
    const remittance = childrenOf(detail, 'RmtInf');
    const parties = nodeAt(detail, 'RltdPties');
    return [
      ...remittance.flatMap((info) => childrenOf(info, 'Ustrd').map(({ text }) => text)),
      ...remittance.flatMap((info) => childrenOf(info, 'Strd').map((one) => textAt(one, 'CdtrRefInf', 'Ref'))),
      textAt(detail, 'AddtlTxInf'),
      ...['Dbtr', 'Cdtr'].map((side) => textAt(parties, side, 'Nm') ?? textAt(parties, side, 'Pty', 'Nm')),
    ];
  });
  const known = ours === null || /^NOT ?PROVIDED$/i.test(ours) ? null : ours;
  return joinWords([...said.map(wordsOf), wordsOf(textAt(entry, 'AddtlNtryInf')), wordsOf(known)]);
}
