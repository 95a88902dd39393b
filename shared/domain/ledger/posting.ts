import type { Paise } from '../../kernel/money.ts';
import type { BillAllocation } from '../ledger-rows.ts';
import type { AccountRole, Expense, VoucherLine } from '../rows.ts';

/** One line as a posting rule writes it; the voucher adds ids, number and date. */
export interface PostingLine {
  readonly accountCode: string;
  readonly category: string | null;
  readonly vendorId: string | null;
  readonly departmentCode: string | null;
  readonly fundCode: string | null;
  readonly debitPaise: Paise;
  readonly creditPaise: Paise;
  /** How a party's line belongs to bills; they add up to it. Empty on every other line. */
  readonly bills: readonly PostingBill[];
}

/** One allocation as a posting rule writes it, on the side of its line. */
export type PostingBill = Pick<BillAllocation, 'kind' | 'name' | 'billDate' | 'dueOn'> & {
  readonly amountPaise: Paise;
};

/** The GL codes behind the roles that a posting needs. */
export type RoleCodes<R extends AccountRole> = Readonly<Record<R, string>>;

type ApprovalRole = 'vendor_payable' | 'tds_payable' | 'input_cgst' | 'input_sgst' | 'input_igst';

/** The accounts that the approval of this expense posts to, besides its own. */
export function approvalRoles(expense: Expense): readonly ApprovalRole[] {
  const roles: ApprovalRole[] = ['vendor_payable'];
  if (expense.tdsPaise > 0n) roles.push('tds_payable');
  if (!expense.itcEligible) return roles;
  if (expense.cgstPaise > 0n) roles.push('input_cgst');
  if (expense.sgstPaise > 0n) roles.push('input_sgst');
  if (expense.igstPaise > 0n) roles.push('input_igst');
  return roles;
}

/**
 * Approval: expense and eligible input GST to debit, vendor payable and TDS payable to credit. GST that may not be taken as credit is
 * part of the expense (CGST Act section 17). Only the expense line carries the category, so that a category's total is its expense.
 */
export function approvalLines(expense: Expense, codes: Partial<RoleCodes<ApprovalRole>>): readonly PostingLine[] {
  const { vendorId } = expense;
  const bill: PostingBill = { ...billOf(expense, 'new'), billDate: expense.billDate };
  const debit = (role: ApprovalRole, amount: Paise) => side(codes[role], vendorId, amount, 0n);
  const credit = (role: ApprovalRole, amount: Paise) => side(codes[role], vendorId, 0n, amount);
  const tax = expense.itcEligible
    ? [
        debit('input_cgst', expense.cgstPaise),
        debit('input_sgst', expense.sgstPaise),
        debit('input_igst', expense.igstPaise),
      ]
    : [];
  const own: PostingLine = {
    accountCode: expense.accountCode,
    category: expense.category,
    vendorId,
    departmentCode: null,
    fundCode: null,
    debitPaise: expense.budgetPaise,
    creditPaise: 0n,
    bills: [],
  };
  return withoutEmpty([
    own,
    ...tax,
    { ...credit('vendor_payable', netPayable(expense)), bills: [bill] },
    credit('tds_payable', expense.tdsPaise),
  ]);
}

/** What the vendor gets: the bill less the tax deducted at source. */
export const netPayable = (expense: Expense): Paise => expense.totalPaise - expense.tdsPaise;

/** Payment: vendor payable to debit, bank or cash to credit. */
export const paymentLines = (expense: Expense, payableCode: string, bankCode: string): readonly PostingLine[] =>
  withoutEmpty([
    { ...side(payableCode, expense.vendorId, netPayable(expense), 0n), bills: [billOf(expense, 'against')] },
    side(bankCode, expense.vendorId, 0n, netPayable(expense)),
  ]);

/** The whole payable amount of an expense as one bill, named as the vendor does. */
const billOf = (expense: Expense, kind: 'new' | 'against'): PostingBill => ({
  kind,
  name: expense.billNo ?? expense.provisionalRef,
  billDate: null,
  dueOn: null,
  amountPaise: netPayable(expense),
});

/** Reversal: every line of the voucher with its sides changed over, and with them what belongs to bills. */
export const reversalLines = (
  lines: readonly VoucherLine[],
  bills: readonly BillAllocation[],
): readonly PostingLine[] =>
  [...lines]
    .sort((a, b) => a.lineNo - b.lineNo)
    .map((line) => ({
      accountCode: line.accountCode,
      category: line.category,
      vendorId: line.vendorId,
      departmentCode: line.departmentCode,
      fundCode: line.fundCode,
      debitPaise: line.creditPaise,
      creditPaise: line.debitPaise,
      bills: bills
        .filter(({ lineNo }) => lineNo === line.lineNo)
        .map(({ kind, name, billDate, dueOn, debitPaise, creditPaise }) => ({
          kind,
          name,
          billDate,
          dueOn,
          amountPaise: debitPaise + creditPaise,
        })),
    }));

function side(code: string | undefined, vendorId: string, debitPaise: Paise, creditPaise: Paise): PostingLine {
  // An account that is not needed is not looked up; its line is empty and falls away.
  if (code === undefined && debitPaise + creditPaise !== 0n)
    throw new Error('a posting needs an account it was not given');
  const where = { category: null, vendorId, departmentCode: null, fundCode: null };
  return { accountCode: code ?? '', ...where, debitPaise, creditPaise, bills: [] };
}

const withoutEmpty = (lines: readonly PostingLine[]): readonly PostingLine[] =>
  lines.filter((line) => line.debitPaise !== 0n || line.creditPaise !== 0n);
