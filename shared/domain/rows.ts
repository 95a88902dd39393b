import type { FinancialYear, IsoDate } from '../kernel/dates.ts';
import type { Id } from '../kernel/ids.ts';
import type { Paise } from '../kernel/money.ts';
import type {
  BankAccount,
  BankLine,
  BankMatch,
  BankRule,
  BankStatement,
  Beneficiary,
  ClearedEntry,
  PaymentOrder,
} from './bank-rows.ts';
import type { BillAllocation, Period } from './ledger-rows.ts';
import type { FeeReconciliation } from './reconciliation-rows.ts';

/**
 * The rows of the books: what is kept, synced and shown. One flat record a row, keyed by (collegeId, id), the same on desk, server and
 * wire. Instants are milliseconds UTC (`…At`), days are `IsoDate`, money is paise. `null` means "not given".
 */
export type Role = 'college_accounts_admin' | 'principal' | 'super_accountant' | 'auditor' | 'it_admin' | 'superuser';

export interface College {
  readonly collegeId: Id;
  /** Same as collegeId: a college is its own row. */
  readonly id: Id;
  readonly code: string;
  readonly name: string;
  readonly stateCode: string;
  readonly gstin: string | null;
  readonly pan: string | null;
  readonly address: string;
  readonly isActive: boolean;
  /** Above this gross amount a principal decides (001 section 1.2: ₹50,000). */
  readonly approvalAbovePaise: Paise;
  /** Hours until a waiting approval is overdue (001 section 1.2: 48). */
  readonly approvalSlaHours: number;
  /** Use of a budget, in basis points, from which it warns and from which it is critical. */
  readonly budgetWarningBp: number;
  readonly budgetCriticalBp: number;
}

/** A person as the books know him: once per college he may act in. Passwords live elsewhere. */
export interface Person {
  readonly collegeId: Id;
  readonly id: Id;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly isActive: boolean;
}

export type AccountKind = 'asset' | 'liability' | 'income' | 'expense' | 'fund';

/**
 * A heading of the chart of accounts. The statements show accounts under their groups and groups under theirs, in the order of their
 * codes; all below a group are of its kind.
 */
export interface AccountGroup {
  readonly collegeId: Id;
  readonly id: Id;
  readonly code: string;
  readonly name: string;
  /** Name in Devanagari, where the college gave one. */
  readonly nameHi: string | null;
  readonly kind: AccountKind;
  /** The group it stands under; null right under its kind. */
  readonly parentCode: string | null;
  readonly isActive: boolean;
  readonly revision: number;
}

/** A GL code (001 section 1.5). `role` marks the accounts that posting rules need. */
export interface Account {
  readonly collegeId: Id;
  readonly id: Id;
  readonly code: string;
  readonly name: string;
  readonly kind: AccountKind;
  /** The group it stands under; null right under its kind. */
  readonly groupCode: string | null;
  readonly category: string | null;
  readonly role: AccountRole | null;
  readonly isActive: boolean;
}
export type AccountRole =
  | 'vendor_payable'
  | 'tds_payable'
  | 'input_cgst'
  | 'input_sgst'
  | 'input_igst'
  | 'bank'
  | 'cash';

export type CostCentreKind = 'department' | 'fund' | 'grant';

/**
 * What a line is for besides its account: a department, a fund kept for a purpose, or a grant that has to be accounted for to who gave it.
 * A line names at most one department and one fund or grant.
 */
export interface CostCentre {
  readonly collegeId: Id;
  readonly id: Id;
  readonly code: string;
  readonly name: string;
  readonly kind: CostCentreKind;
  /** Of a grant: who sanctioned it, under which letter, how much, and from when to when it may be used. */
  readonly agency: string | null;
  readonly sanctionNo: string | null;
  readonly sanctionedPaise: Paise | null;
  readonly startsOn: IsoDate | null;
  readonly endsOn: IsoDate | null;
  readonly isActive: boolean;
  readonly revision: number;
}

/** An expense category (001 section 1.5: value, label, requires_approval, receipt_threshold). */
export interface Category {
  readonly collegeId: Id;
  readonly id: Id;
  readonly code: string;
  readonly label: string;
  readonly labelHi: string;
  readonly requiresApproval: boolean;
  /** A receipt must be attached from this amount; 0 means always. */
  readonly receiptThresholdPaise: Paise;
  readonly defaultAccountCode: string;
  readonly isActive: boolean;
}

export interface Vendor {
  readonly collegeId: Id;
  readonly id: Id;
  readonly name: string;
  /** The name folded for comparison (see vendor/name-key.ts). */
  readonly nameKey: string;
  readonly gstin: string | null;
  readonly pan: string | null;
  readonly ifsc: string | null;
  readonly accountNumber: string | null;
  readonly accountName: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly isActive: boolean;
  readonly revision: number;
  readonly createdBy: Id;
  readonly createdAt: number;
}

export interface Budget {
  readonly collegeId: Id;
  readonly id: Id;
  readonly financialYear: FinancialYear;
  readonly category: string;
  readonly allocatedPaise: Paise;
  /** Submitted and not yet decided. */
  readonly committedPaise: Paise;
  /** Approved and posted. */
  readonly spentPaise: Paise;
  readonly revision: number;
}

export type ExpenseStatus =
  | 'draft'
  | 'submitted'
  | 'approved'
  | 'returned'
  | 'rejected'
  | 'payable'
  | 'paying'
  | 'paid'
  | 'reconciled'
  | 'cancelled'
  | 'reversed';

export interface Expense {
  readonly collegeId: Id;
  readonly id: Id;
  /** The final gapless number, given by the server when it accepts the submission. */
  readonly number: string | null;
  /** What the desk called it until then; searchable for ever. */
  readonly provisionalRef: string;
  readonly status: ExpenseStatus;
  readonly category: string;
  readonly accountCode: string;
  readonly vendorId: Id;
  /** As it stood on the bill, for lists and search. */
  readonly vendorName: string;
  readonly billNo: string | null;
  readonly billDate: IsoDate;
  readonly financialYear: FinancialYear;
  readonly description: string;
  readonly department: string | null;
  readonly taxablePaise: Paise;
  readonly cgstPaise: Paise;
  readonly sgstPaise: Paise;
  readonly igstPaise: Paise;
  /** Whether the GST may be taken as input credit; otherwise it is part of the expense. */
  readonly itcEligible: boolean;
  readonly tdsPaise: Paise;
  /** taxable + cgst + sgst + igst: what the bill says. */
  readonly totalPaise: Paise;
  /** What of it uses the budget: the total less eligible input GST. */
  readonly budgetPaise: Paise;
  /** What is held in the budget as committed for this expense now. */
  readonly committedPaise: Paise;
  readonly overBudget: boolean;
  readonly overBudgetReason: string | null;
  readonly makerId: Id;
  readonly makerName: string;
  readonly createdAt: number;
  readonly submittedAt: number | null;
  /** When the decision is overdue. */
  readonly dueAt: number | null;
  readonly decidedBy: Id | null;
  readonly decidedByName: string | null;
  readonly decidedAt: number | null;
  readonly decisionComment: string | null;
  readonly voucherId: Id | null;
  readonly paymentVoucherId: Id | null;
  readonly paidOn: IsoDate | null;
  readonly paymentReference: string | null;
  /** Names the row of the file it came from, so that a second import adds nothing. */
  readonly importKey: string | null;
  readonly receiptCount: number;
  /** Counts every change, so that a decision is about the state that was seen. */
  readonly revision: number;
}

/** A photo or PDF of the paper behind an expense or a voucher: it names exactly one of them. */
export interface Receipt {
  readonly collegeId: Id;
  readonly id: Id;
  readonly expenseId: Id | null;
  readonly voucherId: Id | null;
  readonly sha256: string;
  readonly fileName: string;
  readonly mime: string;
  readonly sizeBytes: number;
  readonly addedBy: Id;
  readonly addedAt: number;
}

/** What a person can enter, as Tally names its voucher types, and what stood in the accounts when the books began; a reversal follows from a voucher. */
export type EntryKind =
  | 'opening'
  | 'payment'
  | 'receipt'
  | 'contra'
  | 'journal'
  | 'purchase'
  | 'sales'
  | 'debit_note'
  | 'credit_note';
export type VoucherKind = EntryKind | 'reversal';

export interface Voucher {
  readonly collegeId: Id;
  readonly id: Id;
  readonly number: string | null;
  readonly kind: VoucherKind;
  readonly date: IsoDate;
  readonly financialYear: FinancialYear;
  readonly narration: string;
  /** Of the paper it was entered from: the supplier's bill, the cheque, the UTR. */
  readonly reference: string | null;
  readonly referenceDate: IsoDate | null;
  /** The names of its parties as they stood then, for lists and search. */
  readonly party: string | null;
  /** Of its debit, which is that of its credit. */
  readonly totalPaise: Paise;
  readonly expenseId: Id | null;
  readonly reversesId: Id | null;
  readonly postedBy: Id;
  readonly postedAt: number;
}

/** One side of a posting: exactly one of debit and credit is above zero. */
export interface VoucherLine {
  readonly collegeId: Id;
  readonly id: Id;
  readonly voucherId: Id;
  readonly lineNo: number;
  readonly accountCode: string;
  readonly category: string | null;
  readonly vendorId: Id | null;
  readonly departmentCode: string | null;
  /** The fund or grant. */
  readonly fundCode: string | null;
  readonly date: IsoDate;
  readonly debitPaise: Paise;
  readonly creditPaise: Paise;
}

/** The next number of a gapless series; only the server moves it. */
export interface NumberSeries {
  readonly collegeId: Id;
  readonly id: Id;
  readonly series: string;
  readonly financialYear: FinancialYear;
  readonly next: number;
}

/** Consolidated totals, kept current with every posting: one row for each college, month, category and GL code. */
export interface ConsolidationTotal {
  readonly collegeId: Id;
  readonly id: Id;
  readonly month: string;
  readonly financialYear: FinancialYear;
  readonly category: string;
  readonly accountCode: string;
  readonly debitPaise: Paise;
  readonly creditPaise: Paise;
  readonly lineCount: number;
}

/** One link of the audit chain of a college: one entry for each applied command. */
export interface AuditEntry {
  readonly collegeId: Id;
  /** The id of the command. */
  readonly id: Id;
  /** 1, 2, 3 … without gaps in a college. */
  readonly position: number;
  readonly previousHash: string;
  readonly hash: string;
  readonly commandName: string;
  readonly actorId: Id;
  readonly actorName: string;
  readonly deviceId: Id;
  readonly occurredAt: number;
  readonly recordedAt: number;
  /** The signed canonical text of the command and the Ed25519 signature of the device, base64. */
  readonly command: string;
  readonly signature: string;
  /** Canonical text of `AuditChange[]`: what was before and after. */
  readonly changes: string;
  /** The document it is about, for its timeline. */
  readonly documentId: Id | null;
}

/**
 * The right to pay an expense, which one desk at a time holds. Its id is the expense's. Every taking counts `fence` up, so that expense
 * and fence together name one intent to pay for ever. Only what the server has confirmed may make money move: two desks may both predict
 * that they hold it.
 */
export interface PaymentLease {
  readonly collegeId: Id;
  readonly id: Id;
  readonly fence: number;
  readonly isHeld: boolean;
  readonly deviceId: Id;
  readonly holderId: Id;
  readonly holderName: string;
  readonly takenAt: number;
  /** The state the expense goes back to when it is not paid after all. */
  readonly statusBefore: ExpenseStatus;
}

/** Every synced table and its row. The names are the wire's and the database's allow-list. */
export interface Tables {
  readonly colleges: College;
  readonly people: Person;
  readonly account_groups: AccountGroup;
  readonly accounts: Account;
  readonly cost_centres: CostCentre;
  readonly categories: Category;
  readonly vendors: Vendor;
  readonly budgets: Budget;
  readonly expenses: Expense;
  readonly receipts: Receipt;
  readonly payment_leases: PaymentLease;
  readonly bank_accounts: BankAccount;
  readonly beneficiaries: Beneficiary;
  readonly payment_orders: PaymentOrder;
  readonly vouchers: Voucher;
  readonly voucher_lines: VoucherLine;
  readonly bill_allocations: BillAllocation;
  readonly periods: Period;
  readonly bank_statements: BankStatement;
  readonly bank_lines: BankLine;
  readonly bank_matches: BankMatch;
  readonly cleared_entries: ClearedEntry;
  readonly bank_rules: BankRule;
  readonly fee_reconciliations: FeeReconciliation;
  readonly number_series: NumberSeries;
  readonly consolidation_totals: ConsolidationTotal;
  readonly audit_entries: AuditEntry;
}

export type TableName = keyof Tables;

/** A change a command decided on: the whole new row, or that a row is gone. */
export type Change = {
  readonly [T in TableName]:
    | { readonly table: T; readonly row: Tables[T] }
    | { readonly table: T; readonly removed: Id };
}[TableName];
