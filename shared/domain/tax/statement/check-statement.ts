import { financialYearBounds, type IsoDate } from '../../../kernel/dates.ts';
import { checkPan } from '../../identity/pan.ts';
import { checkTan } from '../../identity/tan.ts';
import { isTdsState } from '../../identity/tds-states.ts';
import { salaryCodes } from '../tds-rules.gen.ts';
import { hasTdsCodes, isTdsCode } from '../tds-rules.ts';
import {
  type Deductor,
  type Place,
  panStandIns,
  type StatementChallan,
  type StatementDeductee,
  type TdsStatement,
} from './model.ts';
import { deductedOf } from './write-statement.ts';

/** Whose field it is: of the statement, of the deductor or the person responsible, of a challan or of a deductee by their places from 0. */
export type StatementPart =
  | { readonly of: 'statement' | 'deductor' | 'responsible' }
  | { readonly of: 'challan'; readonly challan: number }
  | { readonly of: 'deductee'; readonly challan: number; readonly deductee: number };

export type StatementReason =
  /** There is nothing where something must be. */
  | 'missing'
  /** Other characters than plain Latin ones, or the `^` that separates fields. */
  | 'characters'
  | 'too_long'
  /** Not of the form of such a number, code or address. */
  | 'form'
  /** The statements of years before 2026-27 are Forms 24Q and 26Q. */
  | 'older_year'
  /** The format of the fourth quarter of Form 138 is not published yet, as of November 2026. */
  | 'not_published'
  /** The day lies outside the quarter, or after what it must come before. */
  | 'date'
  /** Less was paid in than was deducted, more tax than was paid, or nothing at all. */
  | 'amount'
  /** The tax is not the rate times the sum, give or take a rupee. */
  | 'rate'
  /** The flag asks for another rate, a certificate or a PAN that is there; or the other way round. */
  | 'flag'
  /** Only a government pays in by book entry. */
  | 'book_entry';

export interface StatementProblem {
  readonly part: StatementPart;
  readonly field: string;
  readonly reason: StatementReason;
}

/** Letters of annexure 4: the governments first. */
const governmentKinds = 'AS';
const otherKinds = 'DEGHLNKMPTJBQF';
const lengths = { name: 75, address: 25, email: 75, designation: 20, software: 75, country: 25 } as const;
const addressLinesMax = 5;
const paiseOfRupee = 100n;
const wholeInBasisPoints = 10_000n;

/** Everything that keeps a statement from being given, in the order of its file; nothing where it may be written. */
export function checkStatement(statement: TdsStatement): readonly StatementProblem[] {
  const found = new Problems();
  checkWhole(statement, found);
  checkDeductor(statement.deductor, found);
  for (const [challan, one] of statement.challans.entries()) checkChallan(statement, one, challan, found);
  return found.all;
}

class Problems {
  readonly all: StatementProblem[] = [];

  add(part: StatementPart, field: string, reason: StatementReason): void {
    this.all.push({ part, field, reason });
  }

  /** @returns whether it is so */
  holds(isSo: boolean, part: StatementPart, field: string, reason: StatementReason): boolean {
    if (!isSo) this.add(part, field, reason);
    return isSo;
  }

  text(part: StatementPart, field: string, value: string, longest: number): void {
    if (!this.holds(value.trim() !== '', part, field, 'missing')) return;
    if (!this.holds(isPlain(value), part, field, 'characters')) return;
    this.holds(value.length <= longest, part, field, 'too_long');
  }

  shape(part: StatementPart, field: string, value: string, shape: RegExp): void {
    if (this.holds(value !== '', part, field, 'missing')) this.holds(shape.test(value), part, field, 'form');
  }
}

const isPlain = (value: string): boolean => /^[ -\]_-~]*$/.test(value);

function checkWhole({ form, taxYear, quarter, createdOn, software, challans }: TdsStatement, found: Problems): void {
  const part = { of: 'statement' } as const;
  found.holds(hasTdsCodes(taxYear), part, 'taxYear', 'older_year');
  found.holds(form !== '138' || quarter !== 'Q4', part, 'quarter', 'not_published');
  found.holds(createdOn > quarterOf(taxYear, quarter).first, part, 'createdOn', 'date');
  found.text(part, 'software', software, lengths.software);
  found.holds(challans.length > 0, part, 'challans', 'missing');
}

function checkDeductor(deductor: Deductor, found: Problems): void {
  const part = { of: 'deductor' } as const;
  const { tan, pan, name, country, kind, governmentStateCode, accountsOffice, responsible } = deductor;
  found.holds(isRead(checkTan(tan), tan), part, 'tan', 'form');
  found.holds(isRead(checkPan(pan), pan), part, 'pan', 'form');
  found.text(part, 'name', name, lengths.name);
  found.text(part, 'country', country, lengths.country);
  const isGovernment = kind.length === 1 && governmentKinds.includes(kind);
  found.holds(isGovernment || (kind.length === 1 && otherKinds.includes(kind)), part, 'kind', 'form');
  if (kind === 'S') found.shape(part, 'governmentStateCode', governmentStateCode ?? '', /^\d{2}$/);
  if (isGovernment) found.shape(part, 'accountsOffice', accountsOffice ?? '', /^\d{7}$/);
  checkPlace(deductor, part, found);
  const own = { of: 'responsible' } as const;
  found.text(own, 'name', responsible.name, lengths.name);
  found.text(own, 'designation', responsible.designation, lengths.designation);
  found.holds(isRead(checkPan(responsible.pan), responsible.pan), own, 'pan', 'form');
  checkPlace(responsible, own, found);
}

const isRead = (read: { readonly ok: boolean; readonly value?: string }, written: string): boolean =>
  read.ok && read.value === written;

function checkPlace(place: Place, part: StatementPart, found: Problems): void {
  const [first = '', ...others] = place.address;
  found.text(part, 'address', first, lengths.address);
  for (const line of others) if (line !== '') found.text(part, 'address', line, lengths.address);
  found.holds(place.address.length <= addressLinesMax, part, 'address', 'too_long');
  found.holds(isTdsState(place.stateCode), part, 'stateCode', 'form');
  found.shape(part, 'pin', place.pin, /^[1-9]\d{5}$/);
  found.text(part, 'email', place.email, lengths.email);
  found.shape(part, 'email', place.email, /^[^@\s]+@[^@\s]+\.[^@\s]+$/);
  found.shape(part, 'countryCode', place.countryCode, /^\d{1,5}$/);
  found.shape(part, 'phone', place.phone, /^\d{6,10}$/);
}

function checkChallan(statement: TdsStatement, one: StatementChallan, challan: number, found: Problems): void {
  const part = { of: 'challan', challan } as const;
  const { mode, bsrCode, serial, date, minorHead, deductees, taxPaise } = one;
  found.shape(part, 'bsrCode', bsrCode, /^\d{7}$/);
  if (mode === 'C') found.shape(part, 'serial', serial ?? '', /^\d{5}$/);
  if (mode === 'C') found.holds(minorHead === '200' || minorHead === '400', part, 'minorHead', 'form');
  if (mode === 'B') found.holds(governmentKinds.includes(statement.deductor.kind), part, 'mode', 'book_entry');
  const isKnown = quarterOf(statement.taxYear, statement.quarter).first <= date && date <= statement.createdOn;
  found.holds(isKnown, part, 'date', 'date');
  found.holds(deductees.length > 0, part, 'deductees', 'missing');
  const least = [taxPaise, one.interestPaise, one.feePaise, one.penaltyPaise];
  found.holds(least.every((paise) => paise >= 0n) && taxPaise >= deductedOf(one), part, 'taxPaise', 'amount');
  for (const [deductee, each] of deductees.entries()) {
    checkDeductee(statement, one, each, { of: 'deductee', challan, deductee }, found);
  }
}

function checkDeductee(
  { form, taxYear, quarter }: TdsStatement,
  challan: StatementChallan,
  deductee: StatementDeductee,
  part: StatementPart,
  found: Problems,
): void {
  const { pan, name, code, paidOn, deductedOn, paise, taxPaise, basisPoints, isDeposited } = deductee;
  found.holds(isRead(checkPan(pan), pan) || panStandIns.includes(pan), part, 'pan', 'form');
  found.text(part, 'name', name, lengths.name);
  const isOfForm = form === '138' ? salaryCodes.includes(code) : isTdsCode(code);
  found.holds(isOfForm, part, 'code', 'form');
  const { first, last } = quarterOf(taxYear, quarter);
  const isIn = (day: IsoDate): boolean => first <= day && day <= last;
  found.holds(isIn(paidOn), part, 'paidOn', 'date');
  found.holds(isIn(deductedOn) && deductedOn <= challan.date, part, 'deductedOn', 'date');
  found.holds(paise > 0n && taxPaise >= 0n && taxPaise <= paise && isDeposited !== false, part, 'taxPaise', 'amount');
  const apart = paise * basisPoints - taxPaise * wholeInBasisPoints;
  const rupee = paiseOfRupee * wholeInBasisPoints;
  found.holds(apart <= rupee && apart >= -rupee, part, 'basisPoints', 'rate');
  checkFlag(deductee, part, found);
}

/** A: certificate for a lower rate; B: declaration for none; C: a higher one for want of a PAN. */
function checkFlag(
  { pan, flag, certificate, taxPaise }: StatementDeductee,
  part: StatementPart,
  found: Problems,
): void {
  const hasPan = !panStandIns.includes(pan);
  found.holds(flag === null || /^[A-Z]$/.test(flag), part, 'flag', 'form');
  found.holds((flag === 'C') === !hasPan, part, 'flag', 'flag');
  found.holds(flag !== 'B' || taxPaise === 0n, part, 'flag', 'flag');
  found.holds((flag === 'A') === (certificate !== null), part, 'certificate', 'flag');
  if (certificate !== null) found.shape(part, 'certificate', certificate, /^[A-Z0-9]{10}$/);
}

const monthsOfQuarter = { Q1: ['04', '06'], Q2: ['07', '09'], Q3: ['10', '12'], Q4: ['01', '03'] } as const;
const longMonths: readonly string[] = ['12', '03'];

function quarterOf(
  year: string,
  quarter: keyof typeof monthsOfQuarter,
): { readonly first: IsoDate; readonly last: IsoDate } {
  const bounds = financialYearBounds(year);
  const calendarYear = (quarter === 'Q4' ? bounds.last : bounds.first).slice(0, 4);
  const [from, to] = monthsOfQuarter[quarter];
  const lastDay = longMonths.includes(to) ? '31' : '30';
  return { first: `${calendarYear}-${from}-01`, last: `${calendarYear}-${to}-${lastDay}` };
}
