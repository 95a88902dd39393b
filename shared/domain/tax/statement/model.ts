import type { FinancialYear, IsoDate } from '../../../kernel/dates.ts';
import type { Paise } from '../../../kernel/money.ts';

/** 138: salaries, in former years 24Q; 140: other payments to residents, in former years 26Q (Income-tax Rules, 2026, rule 219). */
export type StatementForm = '138' | '140';
export type Quarter = 'Q1' | 'Q2' | 'Q3' | 'Q4';

/** A quarterly statement of the tax that was deducted, as the text file for the utility of the Department has it. */
export interface TdsStatement {
  readonly form: StatementForm;
  readonly createdOn: IsoDate;
  /** What prepared the file; as its header says. */
  readonly software: string;
  readonly taxYear: FinancialYear;
  readonly quarter: Quarter;
  readonly deductor: Deductor;
  /** Whether a statement of this form was given before by the deductor. */
  readonly isFiledEarlier: boolean;
  readonly challans: readonly StatementChallan[];
}

export interface Place {
  /** One to five lines of at most 25 characters. */
  readonly address: readonly string[];
  /** A code of `tdsStates`. */
  readonly stateCode: string;
  readonly pin: string;
  readonly email: string;
  /** Of the telephone: 91, and the number after it. */
  readonly countryCode: string;
  readonly phone: string;
}

export interface Deductor extends Place {
  readonly tan: string;
  readonly pan: string;
  readonly name: string;
  readonly country: string;
  /** A letter of annexure 4: T is a trust, S a government of a state; `checkStatement` knows all of them. */
  readonly kind: string;
  /** Of a government: its state by annexure 1, and the number of the accounts office that pays by book entry. */
  readonly governmentStateCode: string | null;
  readonly accountsOffice: string | null;
  readonly responsible: ResponsiblePerson;
}

export interface ResponsiblePerson extends Place {
  readonly name: string;
  readonly designation: string;
  readonly pan: string;
  readonly country: string | null;
}

/** Tax that was paid into the treasury, and from whom it was deducted. Its total is that of its four parts. */
export interface StatementChallan {
  readonly taxPaise: Paise;
  readonly interestPaise: Paise;
  readonly feePaise: Paise;
  readonly penaltyPaise: Paise;
  /** C: by challan at a bank; B: by book entry of a government (Form 137). */
  readonly mode: 'C' | 'B';
  /** Of the branch of the bank, or the receipt number of Form 137. */
  readonly bsrCode: string;
  readonly serial: string | null;
  readonly date: IsoDate;
  /** 200: payable by the taxpayer; 400: regular assessment; null for a book entry. */
  readonly minorHead: string | null;
  readonly deductees: readonly StatementDeductee[];
}

export interface StatementDeductee {
  /** Or one of `panStandIns` where there is none. */
  readonly pan: string;
  readonly name: string;
  /** The payment code of the Act of 2025. */
  readonly code: string;
  /** Whether what was deducted is deposited; files of others may leave it open. */
  readonly isDeposited: boolean | null;
  readonly paidOn: IsoDate;
  readonly paise: Paise;
  readonly taxPaise: Paise;
  readonly deductedOn: IsoDate;
  readonly basisPoints: bigint;
  /** Why the rate is not that of the law: A a certificate for a lower one, B a declaration for none, C no PAN. */
  readonly flag: string | null;
  readonly certificate: string | null;
}

/** What stands in the place of a PAN: not given, applied for, of no valid form. */
export const panStandIns: readonly string[] = ['PANNOTAVBL', 'PANAPPLIED', 'PANINVALID'];
