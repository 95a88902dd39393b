import type { VendorFields } from '../command/args.ts';
import { bookNames, type NamedRows } from './book-names.ts';
import type { LedgerMatcher } from './match-ledgers.ts';
import type { ExchangeCostCentre, ExchangeLedger, ExchangeMasters } from './model.ts';
import { exchangeKey } from './names.ts';

/** Masters of another program that the books do not have. They have no codes of ours, so a person decides what becomes of them. */
export interface UnknownMasters {
  /** Parties to whom money is owed, as vendors that could be made of them. */
  readonly vendors: readonly VendorFields[];
  /** Every other ledger. */
  readonly ledgers: readonly ExchangeLedger[];
  readonly costCentres: readonly ExchangeCostCentre[];
}

export function unknownMasters(
  { ledgers, costCentres }: ExchangeMasters,
  rows: NamedRows,
  matcher: LedgerMatcher,
): UnknownMasters {
  const names = bookNames(rows).costCentres;
  const centres = new Map(rows.costCentres.map(({ code, name, kind }) => [exchangeKey(names.get(code) ?? name), kind]));
  const undecided = matcher.undecided(ledgers);
  const isVendor = ({ isParty, kind }: ExchangeLedger): boolean => isParty && kind === 'liability';
  return {
    vendors: undecided.filter(isVendor).map(vendorOf),
    ledgers: undecided.filter((ledger) => !isVendor(ledger)),
    costCentres: costCentres.filter(({ name, kind }) => {
      const ours = centres.get(exchangeKey(name));
      return ours === undefined || (kind !== null && kind !== ours);
    }),
  };
}

const vendorOf = ({ name, gstin, pan }: ExchangeLedger): VendorFields => ({
  name,
  gstin,
  pan,
  ifsc: null,
  accountNumber: null,
  accountName: null,
  email: null,
  phone: null,
});
