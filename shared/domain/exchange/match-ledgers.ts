import type { Id } from '../../kernel/ids.ts';
import { bookNames, type NamedRows } from './book-names.ts';
import { controlOf, isSurplus } from './masters-of-books.ts';
import { exchangeKey } from './names.ts';
import { surplusNames } from './surplus.ts';

/** Where lines of a ledger stand in our books: an account, and the vendor where it is his ledger. */
export interface BooksPlace {
  readonly accountCode: string;
  readonly vendorId: Id | null;
}

export type LedgerMatch =
  | { readonly kind: 'found'; readonly place: BooksPlace }
  | { readonly kind: 'unknown' }
  /** An account and a vendor, or two vendors, have this name. */
  | { readonly kind: 'ambiguous' };

/** Finds ledgers of other programs in the books by their names, Latin letter case aside. */
export class LedgerMatcher {
  readonly #places = new Map<string, BooksPlace[]>();

  constructor(rows: NamedRows) {
    const names = bookNames(rows);
    for (const account of rows.accounts) {
      const place = { accountCode: account.code, vendorId: null };
      this.#add(names.accounts.get(account.code) ?? account.name, place);
      if (isSurplus(account)) for (const name of surplusNames) this.#add(name, place);
    }
    const control = controlOf(rows.accounts);
    if (control === undefined) return;
    for (const { id, name } of rows.vendors) {
      this.#add(names.vendors.get(id) ?? name, { accountCode: control.code, vendorId: id });
    }
  }

  find(name: string): LedgerMatch {
    const key = exchangeKey(name);
    const places = this.#places.get(key) ?? [];
    const [place] = places;
    if (place === undefined) return { kind: 'unknown' };
    return places.length > 1 ? { kind: 'ambiguous' } : { kind: 'found', place };
  }

  #add(name: string, place: BooksPlace): void {
    const key = exchangeKey(name);
    const places = this.#places.get(key) ?? [];
    const isThere = places.some((one) => one.accountCode === place.accountCode && one.vendorId === place.vendorId);
    if (!isThere) this.#places.set(key, [...places, place]);
  }
}
