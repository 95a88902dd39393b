import { financialYearOf, isIsoDate, monthOf } from '../../../kernel/dates.ts';
import { isGstState } from '../../identity/gst-states.ts';
import { checkGstin } from '../../identity/gstin.ts';
import { isGstRate } from '../gst-rules.ts';
import { outsideIndia } from '../place-of-supply.ts';
import {
  type DocumentRange,
  documentKinds,
  type OutwardDocument,
  type OutwardLine,
  type OutwardPeriod,
} from './documents.ts';

export type Gstr1Reason =
  /** Not of the form that the portal takes: a number of up to 16 letters, digits, `-` and `/`; a code of 4, 6 or 8 digits. */
  | 'form'
  /** Another document of the financial year has it. */
  | 'twice'
  /** After the period; the return of that period is its place. */
  | 'later_period'
  /** The check digit or something else of the GSTIN is wrong. */
  | 'gstin'
  /** The college itself, a non-resident or an online service abroad: none of them is a recipient of table 4. */
  | 'recipient'
  /** No state, or one that the kind of supply does not allow. */
  | 'place'
  /** No rate of that day. */
  | 'rate'
  /** Tax under the wrong heads, on what bears none, halves that differ, or more than a rupee away from rate times value. */
  | 'tax'
  | 'negative'
  | 'no_lines'
  /** Reverse charge where there can be none, or none where it has to be. */
  | 'reverse_charge'
  /** Sales to people are in the return as sums, and no document of them is put right by itself. */
  | 'no_amendment'
  /** A range whose cancelled documents are more than there are, or of no kind there is. */
  | 'range';

export interface Gstr1Problem {
  /** The place of the document in the period, or of the range where `of` says so. */
  readonly of: 'document' | 'range' | 'period';
  readonly at: number;
  readonly line: number | null;
  readonly field: string;
  readonly reason: Gstr1Reason;
}

/** CGST Rules, rule 46(b). */
const documentNumber = /^[A-Za-z0-9][A-Za-z0-9/-]{0,15}$/;
const firstDay = (month: string): string => `${month}-01`;

/** Everything for which the portal would refuse the return, in the order of its documents; nothing where it may be given. */
export function checkGstr1(period: OutwardPeriod): readonly Gstr1Problem[] {
  const found: Gstr1Problem[] = [];
  if (!checkGstin(period.gstin).ok) found.push({ of: 'period', at: 0, line: null, field: 'gstin', reason: 'gstin' });
  if (!isIsoDate(firstDay(period.month)))
    found.push({ of: 'period', at: 0, line: null, field: 'month', reason: 'form' });
  const numbers = new Map<string, number>();
  for (const [at, document] of period.documents.entries()) {
    const add = (field: string, reason: Gstr1Reason, line: number | null = null): void => {
      found.push({ of: 'document', at, line, field, reason });
    };
    checkDocument(period, document, add);
    // The portal does not tell small letters from capital ones.
    const key = `${financialYearOf(document.date)} ${document.number.toUpperCase()}`;
    if (numbers.has(key)) add('number', 'twice');
    numbers.set(key, at);
  }
  for (const [at, range] of period.ranges.entries()) {
    if (!isRange(range)) found.push({ of: 'range', at, line: null, field: 'total', reason: 'range' });
  }
  return found;
}

type Add = (field: string, reason: Gstr1Reason, line?: number | null) => void;

function checkDocument(period: OutwardPeriod, document: OutwardDocument, add: Add): void {
  const { number, date, recipientGstin, lines, amends, supply, isReverseCharge } = document;
  if (!documentNumber.test(number)) add('number', 'form');
  if (amends !== null && !documentNumber.test(amends.number)) add('amends', 'form');
  if (amends !== null && recipientGstin === null && !isExport(document)) add('amends', 'no_amendment');
  if (!isIsoDate(date) || monthOf(date) > period.month) add('date', 'later_period');
  if (recipientGstin !== null) checkRecipient(period, recipientGstin, add);
  if (!isPlace(document)) add('place', 'place');
  if (isReverseCharge && (recipientGstin === null || supply === 'deemed_export' || isExport(document))) {
    add('isReverseCharge', 'reverse_charge');
  }
  if (supply === 'igst_within_state' && !isReverseCharge) add('isReverseCharge', 'reverse_charge');
  if (lines.length === 0) add('lines', 'no_lines');
  const state = period.gstin.slice(0, 2);
  for (const [at, line] of lines.entries()) checkLine(document, line, state, (field, reason) => add(field, reason, at));
}

const isExport = ({ supply }: OutwardDocument): boolean => supply.startsWith('export_');

function checkRecipient({ gstin }: OutwardPeriod, recipient: string, add: Add): void {
  const read = checkGstin(recipient);
  if (!read.ok || read.value.text !== recipient) add('recipientGstin', 'gstin');
  else if (recipient === gstin || read.value.kind === 'non_resident' || read.value.kind === 'oidar') {
    add('recipientGstin', 'recipient');
  }
}

function isPlace(document: OutwardDocument): boolean {
  return isExport(document)
    ? document.place === outsideIndia
    : document.place !== outsideIndia && isGstState(document.place);
}

function checkLine(document: OutwardDocument, line: OutwardLine, state: string, add: Add): void {
  const { code, treatment, basisPoints, taxablePaise, quantity, taxes } = line;
  if (!/^\d{4}(?:\d{2}){0,2}$/.test(code)) add('code', 'form');
  const amounts = [taxablePaise, quantity, ...Object.values(taxes)];
  if (amounts.some((amount) => amount < 0n)) add('taxablePaise', 'negative');
  if (treatment !== 'taxed') {
    if (basisPoints !== 0n) add('basisPoints', 'rate');
    if (Object.values(taxes).some((paise) => paise !== 0n)) add('taxes', 'tax');
    return;
  }
  if (!isGstRate(basisPoints, document.amends?.date ?? document.date)) add('basisPoints', 'rate');
  if (!isTaxed(document, line, state)) add('taxes', 'tax');
}

const paiseOfRupee = 100n;
const wholeInBasisPoints = 10_000n;

/** Whether a line is taxed under the right heads and as its rate says, give or take a rupee. */
function isTaxed(document: OutwardDocument, { basisPoints, taxablePaise, taxes }: OutwardLine, state: string): boolean {
  const { supply, place } = document;
  const { cgstPaise, sgstPaise, igstPaise, cessPaise } = taxes;
  const untaxed = supply === 'sez_without_payment' || supply === 'export_without_payment';
  if (untaxed) return cgstPaise + sgstPaise + igstPaise + cessPaise === 0n;
  const isWithin = place === state && (supply === 'regular' || supply === 'deemed_export');
  if (cgstPaise !== sgstPaise || (isWithin ? igstPaise : cgstPaise) !== 0n) return false;
  const apart = taxablePaise * basisPoints - (cgstPaise + sgstPaise + igstPaise) * wholeInBasisPoints;
  const most = paiseOfRupee * wholeInBasisPoints;
  return apart <= most && apart >= -most;
}

function isRange({ kind, from, to, total, cancelled }: DocumentRange): boolean {
  const isKind = Number.isInteger(kind) && kind >= 1 && kind <= documentKinds.length;
  const isCount =
    Number.isInteger(total) && total >= 1 && Number.isInteger(cancelled) && cancelled >= 0 && cancelled <= total;
  return isKind && isCount && documentNumber.test(from) && documentNumber.test(to);
}
