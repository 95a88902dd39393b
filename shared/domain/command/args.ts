import type { FinancialYear, IsoDate } from '../../kernel/dates.ts';
import type { Id } from '../../kernel/ids.ts';
import type { Paise } from '../../kernel/money.ts';
import type { BillKind } from '../ledger-rows.ts';
import type { PaymentArgs } from '../payment-order/args.ts';
import type { ReconcilingArgs } from '../reconciliation/args.ts';
import type {
  Account,
  AccountGroup,
  AccountKind,
  Category,
  College,
  CostCentreKind,
  EntryKind,
  Person,
} from '../rows.ts';
import type { Edits, FieldEdit } from './field-edit.ts';

/** What a person types of an expense; everything else of the row follows from it. */
export interface ExpenseFields {
  readonly category: string;
  readonly accountCode: string;
  readonly vendorId: Id;
  readonly billNo: string | null;
  readonly billDate: IsoDate;
  readonly description: string;
  readonly department: string | null;
  readonly taxablePaise: Paise;
  readonly cgstPaise: Paise;
  readonly sgstPaise: Paise;
  readonly igstPaise: Paise;
  readonly itcEligible: boolean;
  readonly tdsPaise: Paise;
}

export interface VendorFields {
  readonly name: string;
  readonly gstin: string | null;
  readonly pan: string | null;
  readonly ifsc: string | null;
  readonly accountNumber: string | null;
  readonly accountName: string | null;
  readonly email: string | null;
  readonly phone: string | null;
}

/** A heading of the chart as a person enters it. */
export interface GroupFields {
  readonly code: string;
  readonly name: string;
  readonly nameHi: string | null;
  readonly kind: AccountKind;
  readonly parentCode: string | null;
}

/** A GL code as a person enters it. The roles that posting rules look up are given when the college is set up. */
export interface AccountFields {
  readonly code: string;
  readonly name: string;
  readonly kind: AccountKind;
  readonly groupCode: string | null;
  readonly category: string | null;
  readonly role: 'bank' | 'cash' | null;
}

export interface CostCentreFields {
  readonly code: string;
  readonly name: string;
  readonly kind: CostCentreKind;
  readonly agency: string | null;
  readonly sanctionNo: string | null;
  readonly sanctionedPaise: Paise | null;
  readonly startsOn: IsoDate | null;
  readonly endsOn: IsoDate | null;
}

/** What of a party's line belongs to which bill, on the line's side. `name` is null only on account; `dueOn` only stands with a new bill. */
export interface BillFields {
  readonly kind: BillKind;
  readonly name: string | null;
  readonly amountPaise: Paise;
  readonly dueOn: IsoDate | null;
}

/** One line of a voucher as a person enters it: debit or credit, never both. */
export interface VoucherLineFields {
  readonly accountCode: string;
  readonly vendorId: Id | null;
  readonly departmentCode: string | null;
  readonly fundCode: string | null;
  readonly debitPaise: Paise;
  readonly creditPaise: Paise;
  /** Of a party's line; without it the whole line is on account. */
  readonly bills?: readonly BillFields[];
}

/** What may change of a master. Its code and kind may not: entries and reports name it by them. */
type Editable<Fields> = Omit<Fields, 'code' | 'kind' | 'role'> & { readonly isActive: boolean };
export type GroupEditable = Editable<GroupFields>;
export type AccountEditable = Editable<AccountFields>;
export type CostCentreEditable = Editable<CostCentreFields>;

/** One good row of an imported file. A vendor that the books do not know yet is made from its name. */
export interface ImportedRow {
  readonly importKey: string;
  readonly vendorName: string;
  readonly vendorGstin: string | null;
  readonly vendorPan: string | null;
  readonly fields: Omit<ExpenseFields, 'vendorId'>;
}

/** Every command by name with its arguments: the whole list of what can be done to the books. */
export interface CommandArgs extends PaymentArgs, ReconcilingArgs {
  readonly 'college.configure': {
    readonly college: College;
    readonly people: readonly Person[];
    readonly groups: readonly AccountGroup[];
    readonly accounts: readonly Account[];
    readonly categories: readonly Category[];
  };
  readonly 'group.create': { readonly groupId: Id; readonly fields: GroupFields };
  readonly 'group.edit': { readonly groupId: Id; readonly edits: Edits<GroupEditable> };
  readonly 'account.create': { readonly accountId: Id; readonly fields: AccountFields };
  readonly 'account.edit': { readonly accountId: Id; readonly edits: Edits<AccountEditable> };
  readonly 'costCentre.create': { readonly costCentreId: Id; readonly fields: CostCentreFields };
  readonly 'costCentre.edit': { readonly costCentreId: Id; readonly edits: Edits<CostCentreEditable> };
  readonly 'voucher.post': {
    readonly voucherId: Id;
    readonly kind: EntryKind;
    readonly date: IsoDate;
    readonly narration: string;
    readonly reference: string | null;
    readonly referenceDate: IsoDate | null;
    readonly lines: readonly VoucherLineFields[];
  };
  /** Takes back a voucher that no document stands behind, by a dated opposite entry. */
  readonly 'voucher.reverse': { readonly voucherId: Id; readonly date: IsoDate; readonly reason: string };
  /** Adds the paper behind a voucher, named by its SHA-256; the bytes travel by themselves. */
  readonly 'voucher.attach': {
    readonly receiptId: Id;
    readonly voucherId: Id;
    readonly sha256: string;
    readonly fileName: string;
    readonly mime: string;
    readonly sizeBytes: number;
  };
  /** `month` as `2026-10`. */
  readonly 'period.close': { readonly month: string };
  readonly 'period.reopen': { readonly month: string; readonly reason: string };
  readonly 'year.close': { readonly financialYear: FinancialYear };
  /** One person asks to open a closed year, another one does. */
  readonly 'year.askReopen': { readonly financialYear: FinancialYear; readonly reason: string };
  readonly 'year.reopen': { readonly financialYear: FinancialYear };
  readonly 'vendor.create': { readonly vendorId: Id; readonly fields: VendorFields };
  readonly 'vendor.edit': { readonly vendorId: Id; readonly edits: Edits<VendorFields> };
  readonly 'budget.set': {
    readonly financialYear: FinancialYear;
    readonly category: string;
    readonly allocated: FieldEdit<Paise>;
  };
  readonly 'expense.create': { readonly expenseId: Id; readonly fields: ExpenseFields };
  readonly 'expense.edit': { readonly expenseId: Id; readonly edits: Edits<ExpenseFields> };
  readonly 'expense.import': { readonly batchId: Id; readonly fileName: string; readonly rows: readonly ImportedRow[] };
  /** `overBudgetReason` asks the principal to approve although the budget does not suffice. */
  readonly 'expense.submit': { readonly expenseId: Id; readonly overBudgetReason: string | null };
  /** `revision` is the state the decider saw. */
  readonly 'expense.approve': {
    readonly expenseId: Id;
    readonly revision: number;
    readonly comment: string | null;
    readonly overBudgetReason: string | null;
  };
  readonly 'expense.return': { readonly expenseId: Id; readonly revision: number; readonly reason: string };
  readonly 'expense.reject': { readonly expenseId: Id; readonly revision: number; readonly reason: string };
  readonly 'expense.cancel': { readonly expenseId: Id; readonly reason: string };
  /** Records a payment made outside Munim (cheque, net banking): its UTR or cheque number and the bank or cash account. */
  readonly 'expense.pay': {
    readonly expenseId: Id;
    readonly paidOn: IsoDate;
    readonly reference: string;
    readonly accountCode: string;
  };
  /** Takes the payment of an expense upon the desk it is entered on: from now on no other desk pays it. */
  readonly 'payment.take': { readonly expenseId: Id };
  /** The desk that holds it does not pay it after all; no money has left. */
  readonly 'payment.giveBack': { readonly expenseId: Id };
  /** Another person takes it from a desk that is gone or does nothing; `fence` is the taking that he saw. */
  readonly 'payment.takeAway': { readonly expenseId: Id; readonly fence: number; readonly reason: string };
  /** Takes back a posted expense by a dated opposite entry. */
  readonly 'expense.reverse': { readonly expenseId: Id; readonly date: IsoDate; readonly reason: string };
  readonly 'receipt.attach': {
    readonly receiptId: Id;
    readonly expenseId: Id;
    readonly sha256: string;
    readonly fileName: string;
    readonly mime: string;
    readonly sizeBytes: number;
  };
  readonly 'receipt.remove': { readonly receiptId: Id; readonly expenseId: Id };
}

export type CommandName = keyof CommandArgs;
