import { canonicalText } from '../../kernel/canonical.ts';
import { financialYearOf, type IsoDate } from '../../kernel/dates.ts';
import { toHex } from '../../kernel/ids.ts';
import type { Paise } from '../../kernel/money.ts';
import type { Hashing } from '../command/hashing.ts';
import { nameKey } from '../vendor/name-key.ts';
import { foldText } from './clean-text.ts';

/** What makes a bill this bill. */
export interface BillIdentity {
  readonly vendorName: string;
  readonly vendorGstin: string | null;
  readonly billNo: string | null;
  readonly billDate: IsoDate;
  readonly totalPaise: Paise;
  readonly description: string;
}

/** Bill numbers are compared without letter case and spaces. */
export const billNoKey = (billNo: string): string => billNo.normalize('NFKC').replace(/\s+/g, '').toUpperCase();

/**
 * Every name under which the same bill could come again: the vendor's bill number in its financial year, by GSTIN and by folded name.
 * Without a bill number nothing tells a repetition from a second bill, so there is none.
 */
export function billKeys(
  bill: Pick<BillIdentity, 'vendorName' | 'vendorGstin' | 'billNo' | 'billDate'>,
): readonly string[] {
  if (bill.billNo === null) return [];
  const rest = [billNoKey(bill.billNo), financialYearOf(bill.billDate)];
  const byName = canonicalText(['name', nameKey(bill.vendorName), ...rest]);
  return bill.vendorGstin === null ? [byName] : [byName, canonicalText(['gstin', bill.vendorGstin, ...rest])];
}

/**
 * Names the rows of one file, in file order, by their content and never by their position, so that the same bills get the same keys
 * from the same file, a sorted copy of it or a longer one. Rows without a bill number that are alike in everything are counted: four equal
 * auto fares are four rows, and four rows again the next time.
 */
export class ImportKeys {
  readonly #hashing: Hashing;
  readonly #seen = new Map<string, number>();

  constructor(hashing: Hashing) {
    this.#hashing = hashing;
  }

  /** `v1:` and 40 hex digits of a SHA-256. */
  next(bill: BillIdentity): string {
    const vendor = bill.vendorGstin ?? nameKey(bill.vendorName);
    const own = bill.billNo === null ? ['text', foldText(bill.description)] : ['bill', billNoKey(bill.billNo)];
    const content = ['import', vendor, ...own, bill.billDate, bill.totalPaise];
    const text = canonicalText(content);
    const occurrence = this.#seen.get(text) ?? 0;
    this.#seen.set(text, occurrence + 1);
    return `v1:${toHex(this.#hashing.sha256(canonicalText([...content, occurrence]))).slice(0, 40)}`;
  }
}
