import type { IsoDate } from '../../kernel/dates.ts';
import type { Paise } from '../../kernel/money.ts';
import type { AccountKind, CostCentreKind, EntryKind } from '../rows.ts';

/** What goes to and fro as vouchers. What the books begin with travels with the ledgers. */
export type ExchangeKind = Exclude<EntryKind, 'opening'>;

/**
 * Books as accounting programs hand them to each other. Everything is known by its name, since other programs have no codes of ours; names
 * are unique, Latin letter case aside. Amounts are explicit debit and credit in paise: what sign means what is a matter of each wire.
 */
export interface ExchangeGroup {
  readonly name: string;
  /** Null right under its kind. */
  readonly parent: string | null;
  readonly kind: AccountKind;
}

/** What a ledger is to a program besides its kind. surplus: takes the balance of income and expenditure. */
export type LedgerRole = 'bank' | 'cash' | 'tax' | 'surplus';

export interface ExchangeLedger {
  readonly name: string;
  /** The group it stands under; null right under its kind. */
  readonly parent: string | null;
  readonly kind: AccountKind;
  readonly role: LedgerRole | null;
  /** The account of one person or firm, kept bill by bill. */
  readonly isParty: boolean;
  /** Whether its lines may name cost centres. */
  readonly hasCostCentres: boolean;
  /** At most one of the two is above zero. */
  readonly openingDebitPaise: Paise;
  readonly openingCreditPaise: Paise;
  /** What of a party's opening belongs to which bill; the rest of it is on account. */
  readonly openingBills: readonly OpeningBill[];
  readonly gstin: string | null;
  readonly pan: string | null;
}

/** A bill that was open in the morning of the first day. At most one of debit and credit is above zero. */
export interface OpeningBill {
  readonly name: string;
  readonly billDate: IsoDate | null;
  readonly dueOn: IsoDate | null;
  readonly debitPaise: Paise;
  readonly creditPaise: Paise;
}

export interface ExchangeCostCentre {
  readonly name: string;
  /** Null where the other program does not tell a department from a fund or grant. */
  readonly kind: CostCentreKind | null;
}

export interface ExchangeMasters {
  /** Parents before what stands under them. */
  readonly groups: readonly ExchangeGroup[];
  readonly ledgers: readonly ExchangeLedger[];
  readonly costCentres: readonly ExchangeCostCentre[];
}

export type BillRefKind = 'new' | 'against' | 'advance' | 'on_account';

/** Which bill a line of a party is about. */
export interface BillRef {
  readonly kind: BillRefKind;
  /** Null only on account. */
  readonly name: string | null;
  /** On the side of its line; below zero on the other. */
  readonly amountPaise: Paise;
  readonly dueOn: IsoDate | null;
}

export interface CostShare {
  readonly name: string;
  readonly kind: CostCentreKind | null;
  /** On the side of its line; below zero on the other. */
  readonly amountPaise: Paise;
}

/** Exactly one of debit and credit is above zero. */
export interface ExchangeLine {
  readonly ledger: string;
  readonly debitPaise: Paise;
  readonly creditPaise: Paise;
  readonly bills: readonly BillRef[];
  readonly costShares: readonly CostShare[];
}

export interface ExchangeVoucher {
  /** The id of the program it comes from; ours on the way out. The same id is the same voucher, however often it is sent. */
  readonly id: string;
  readonly kind: ExchangeKind;
  readonly number: string | null;
  readonly date: IsoDate;
  readonly narration: string;
  readonly reference: string | null;
  readonly referenceDate: IsoDate | null;
  readonly partyLedger: string | null;
  readonly lines: readonly ExchangeLine[];
}
