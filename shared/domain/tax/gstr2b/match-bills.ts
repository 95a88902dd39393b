import { daysBetween, financialYearOf, type IsoDate } from '../../../kernel/dates.ts';
import type { Paise } from '../../../kernel/money.ts';
import { compareText } from '../../../kernel/order.ts';
import { checkGstin } from '../../identity/gstin.ts';
import { type GstTaxes, totalTax } from '../gst.ts';

export type BillKind = 'invoice' | 'credit_note' | 'debit_note';

/** What suppliers and books say alike of a bill. */
interface Bill {
  readonly id: string;
  readonly supplierGstin: string;
  readonly kind: BillKind;
  readonly number: string;
  readonly date: IsoDate;
  readonly taxablePaise: Paise;
  readonly taxes: GstTaxes;
  readonly isReverseCharge: boolean;
}

/** A document of a supplier as GSTR-2B shows it. */
export interface PortalBill extends Bill {
  /** Whether the portal lets its tax be taken as credit. */
  readonly isCreditAvailable: boolean;
}

export type BookBill = Bill;

/** How two of them were told to be one. */
export type BillPass =
  /** GSTIN, kind, financial year and number, but for capitals. */
  | 'number'
  /** The number but for signs, zeros before figures and the year that many write into it. */
  | 'number_written_otherwise'
  /** The number at another registration of the same PAN. */
  | 'other_registration'
  /** All amounts, days that are not far apart, and no other bill that fits; the number was mistyped, so somebody has to agree. */
  | 'amounts';

export type BillDifference =
  | 'date'
  | 'number'
  | 'registration'
  | 'taxable'
  | 'tax'
  | 'heads'
  | 'reverse_charge'
  | 'no_credit';

export interface MatchedBill {
  readonly portalId: string;
  readonly bookId: string;
  readonly pass: BillPass;
  /** Empty where nothing has to be looked at. */
  readonly differences: readonly BillDifference[];
}

export interface MatchedBills {
  readonly matched: readonly MatchedBill[];
  /** The supplier says them, and the books have no bill: credit that is not taken, or a bill that is not the college's. */
  readonly onlyInPortal: readonly string[];
  /** The books have them, and the supplier does not say them: credit that may not be taken yet. */
  readonly onlyInBooks: readonly string[];
}

/** A rupee of rounding is no difference. */
const tolerancePaise: Paise = 100n;
const amountsDays = 31;

/**
 * Brings the bills of the books together with what suppliers have told the portal, each with one at most, in passes of which the surest is the
 * first. Nothing is brought together by its amounts alone where two could be meant. The same whatever order they come in.
 */
export function matchBills(portal: readonly PortalBill[], books: readonly BookBill[]): MatchedBills {
  const work = new Work(inOrder(portal), inOrder(books));
  work.pass('number', (bill) => `${head(bill, bill.supplierGstin)} ${bill.number.trim().toUpperCase()}`);
  work.pass('number_written_otherwise', (bill) => `${head(bill, bill.supplierGstin)} ${bareNumber(bill.number)}`);
  work.pass('other_registration', (bill) => {
    const pan = panOf(bill.supplierGstin);
    return pan === null ? null : `${head(bill, pan)} ${bareNumber(bill.number)}`;
  });
  work.amounts();
  return work.result();
}

const inOrder = <T extends Bill>(bills: readonly T[]): readonly T[] =>
  [...bills].sort((one, other) => compareText(one.date, other.date) || compareText(one.id, other.id));

const head = ({ kind, date }: Bill, supplier: string): string => `${supplier} ${kind} ${financialYearOf(date)}`;

function panOf(gstin: string): string | null {
  const read = checkGstin(gstin);
  return read.ok ? read.value.pan : null;
}

/** A number without signs, without zeros that only fill, and without the financial year in the ways it is written. */
export function bareNumber(number: string): string {
  const plain = number
    .toUpperCase()
    .replace(/(?<!\d)(?:20)?(\d{2})\s*[-/]\s*(?:20)?(\d{2})(?!\d)/g, (written, first, second) =>
      (Number(first) + 1) % 100 === Number(second) ? ' ' : written,
    );
  const bare = plain
    .replace(/[^A-Z0-9]+/g, ' ')
    .replace(/(?<!\d)0+(?=\d)/g, '')
    .replaceAll(' ', '');
  // Where nothing is left the whole number was a year.
  return bare === '' ? number.toUpperCase().replace(/[^A-Z0-9]/g, '') : bare;
}

class Work {
  readonly #portal: readonly PortalBill[];
  readonly #books: readonly BookBill[];
  readonly #matched = new Map<string, MatchedBill>();
  readonly #taken = new Set<string>();

  constructor(portal: readonly PortalBill[], books: readonly BookBill[]) {
    this.#portal = portal;
    this.#books = books;
  }

  #openPortal(): readonly PortalBill[] {
    return this.#portal.filter(({ id }) => !this.#matched.has(id));
  }

  #openBooks(): readonly BookBill[] {
    return this.#books.filter(({ id }) => !this.#taken.has(id));
  }

  /** Those of one key, where it names one bill on each side; of several the ones whose amounts agree. */
  pass(pass: BillPass, keyOf: (bill: Bill) => string | null): void {
    const books = Map.groupBy(this.#openBooks(), keyOf);
    for (const [key, same] of Map.groupBy(this.#openPortal(), keyOf)) {
      const theirs = key === null ? [] : (books.get(key) ?? []);
      const [one, other] = [same[0], theirs[0]];
      if (one === undefined || other === undefined) continue;
      if (same.length === 1 && theirs.length === 1) this.#match(pass, one, other);
      else this.#matchAgreeing(pass, same, theirs);
    }
  }

  #matchAgreeing(pass: BillPass, portal: readonly PortalBill[], books: readonly BookBill[]): void {
    const byAmounts = Map.groupBy(books, amountsKey);
    for (const [key, same] of Map.groupBy(portal, amountsKey)) {
      const theirs = byAmounts.get(key) ?? [];
      const [one, other] = [same[0], theirs[0]];
      if (same.length === 1 && theirs.length === 1 && one !== undefined && other !== undefined)
        this.#match(pass, one, other);
    }
  }

  amounts(): void {
    const keyOf = (bill: Bill): string => `${bill.supplierGstin} ${bill.kind} ${amountsKey(bill)}`;
    const books = Map.groupBy(this.#openBooks(), keyOf);
    for (const [key, same] of Map.groupBy(this.#openPortal(), keyOf)) {
      const theirs = books.get(key) ?? [];
      const [one, other] = [same[0], theirs[0]];
      if (same.length !== 1 || theirs.length !== 1 || one === undefined || other === undefined) continue;
      if (Math.abs(daysBetween(one.date, other.date)) <= amountsDays) this.#match('amounts', one, other);
    }
  }

  #match(pass: BillPass, portal: PortalBill, book: BookBill): void {
    const differences = differencesOf(portal, book);
    this.#matched.set(portal.id, { portalId: portal.id, bookId: book.id, pass, differences });
    this.#taken.add(book.id);
  }

  result(): MatchedBills {
    return {
      matched: this.#portal.flatMap(({ id }) => this.#matched.get(id) ?? []),
      onlyInPortal: this.#openPortal().map(({ id }) => id),
      onlyInBooks: this.#openBooks().map(({ id }) => id),
    };
  }
}

const amountsKey = ({ taxablePaise, taxes }: Bill): string =>
  [taxablePaise, taxes.igstPaise, taxes.cgstPaise, taxes.sgstPaise, taxes.cessPaise].join(' ');

const isNear = (one: Paise, other: Paise): boolean => one - other <= tolerancePaise && other - one <= tolerancePaise;

function differencesOf(portal: PortalBill, book: BookBill): readonly BillDifference[] {
  const found: BillDifference[] = [];
  if (portal.supplierGstin !== book.supplierGstin) found.push('registration');
  if (portal.number.trim().toUpperCase() !== book.number.trim().toUpperCase()) found.push('number');
  if (portal.date !== book.date) found.push('date');
  if (!isNear(portal.taxablePaise, book.taxablePaise)) found.push('taxable');
  if (!isNear(totalTax(portal.taxes), totalTax(book.taxes))) found.push('tax');
  else if (!isNear(portal.taxes.igstPaise, book.taxes.igstPaise)) found.push('heads');
  if (portal.isReverseCharge !== book.isReverseCharge) found.push('reverse_charge');
  if (!portal.isCreditAvailable) found.push('no_credit');
  return found;
}
