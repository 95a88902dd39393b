import { financialYearOf, istDate } from '../../kernel/dates.ts';
import { type Refusal, refusal } from '../../kernel/errors.ts';
import { PAISE_MAX } from '../../kernel/money.ts';
import { err, ok, type Result } from '../../kernel/result.ts';
import type { ExpenseFields } from '../command/args.ts';
import type { BooksReader, CommandContext } from '../command/command.ts';
import { openDays } from '../period/open-days.ts';
import type { Category, Expense, Vendor } from '../rows.ts';

/** Why the GST of a bill cannot be: a part below zero, IGST beside CGST or SGST, or CGST and SGST more than a paisa apart. */
export type TaxReason = 'negative' | 'igst_with_cgst_sgst' | 'cgst_sgst_differ';
export type DateReason = 'future' | 'too_old';

type Amounts = Pick<
  ExpenseFields,
  'taxablePaise' | 'cgstPaise' | 'sgstPaise' | 'igstPaise' | 'itcEligible' | 'tdsPaise'
>;

/**
 * Why these amounts cannot stand on one bill, or undefined. IGST is for supplies between states, CGST with an equal SGST for those
 * within one (IGST Act sections 7 and 8). TDS is counted on the value without GST (CBDT circular 23/2017).
 * Refusals: EXPENSE_AMOUNT_INVALID, EXPENSE_TAX_MISMATCH, EXPENSE_TDS_INVALID.
 */
export function amountsRefusal(fields: Amounts): Refusal | undefined {
  const { taxablePaise, cgstPaise, sgstPaise, igstPaise, tdsPaise } = fields;
  if (taxablePaise <= 0n || totalsOf(fields).totalPaise > PAISE_MAX) return refusal('EXPENSE_AMOUNT_INVALID');
  const mismatch = taxReason(cgstPaise, sgstPaise, igstPaise);
  if (mismatch !== undefined) return refusal('EXPENSE_TAX_MISMATCH', { reason: mismatch });
  if (tdsPaise < 0n || tdsPaise > taxablePaise) return refusal('EXPENSE_TDS_INVALID');
  return undefined;
}

function taxReason(cgst: bigint, sgst: bigint, igst: bigint): TaxReason | undefined {
  if (cgst < 0n || sgst < 0n || igst < 0n) return 'negative';
  if (igst > 0n && (cgst > 0n || sgst > 0n)) return 'igst_with_cgst_sgst';
  const apart = cgst - sgst;
  return apart > 1n || apart < -1n ? 'cgst_sgst_differ' : undefined;
}

/** The bill's total, and what of it uses the budget: all but the GST that comes back as input credit. */
export function totalsOf(fields: Amounts): Pick<Expense, 'totalPaise' | 'budgetPaise'> {
  const tax = fields.cgstPaise + fields.sgstPaise + fields.igstPaise;
  const totalPaise = fields.taxablePaise + tax;
  return { totalPaise, budgetPaise: fields.itcEligible ? fields.taxablePaise : totalPaise };
}

/** A bill is dated at latest today in India and at earliest on the first day of the previous financial year. */
export function dateReason(billDate: string, today: string): DateReason | undefined {
  if (billDate > today) return 'future';
  return billDate < openDays(today).first ? 'too_old' : undefined;
}

/** Spaces around and doubled spaces go; an empty optional text is "not given". */
export const cleanFields = (fields: ExpenseFields): ExpenseFields => ({
  ...fields,
  billNo: cleanLine(fields.billNo),
  department: cleanLine(fields.department),
  description: fields.description.normalize('NFC').trim(),
});

const cleanLine = (text: string | null): string | null =>
  text === null ? null : text.normalize('NFC').trim().replace(/\s+/g, ' ') || null;

/** The fields as an expense has them, derived ones included. */
export const derivedOf = (fields: ExpenseFields, vendor: Pick<Vendor, 'name'>) => ({
  ...fields,
  ...totalsOf(fields),
  vendorName: vendor.name,
  financialYear: financialYearOf(fields.billDate),
});

/** What a person typed of this expense. */
export const fieldsOf = (expense: Expense): ExpenseFields => ({
  category: expense.category,
  accountCode: expense.accountCode,
  vendorId: expense.vendorId,
  billNo: expense.billNo,
  billDate: expense.billDate,
  description: expense.description,
  department: expense.department,
  taxablePaise: expense.taxablePaise,
  cgstPaise: expense.cgstPaise,
  sgstPaise: expense.sgstPaise,
  igstPaise: expense.igstPaise,
  itcEligible: expense.itcEligible,
  tdsPaise: expense.tdsPaise,
});

/**
 * Whether the fields but the vendor can be in the books: amounts, date, text, category and GL code. Refusals: those of `amountsRefusal`,
 * EXPENSE_DATE_INVALID, EXPENSE_FIELD_REQUIRED, CATEGORY_UNKNOWN, GL_CODE_UNKNOWN.
 */
export async function checkBill(
  fields: Omit<ExpenseFields, 'vendorId'>,
  context: CommandContext,
  books: BooksReader,
): Promise<Result<Category, Refusal>> {
  const amounts = amountsRefusal(fields);
  if (amounts !== undefined) return err(amounts);
  const reason = dateReason(fields.billDate, istDate(context.occurredAt));
  if (reason !== undefined) return err(refusal('EXPENSE_DATE_INVALID', { date: fields.billDate, reason }));
  if (fields.description.trim() === '') return err(refusal('EXPENSE_FIELD_REQUIRED', { field: 'description' }));
  const category = await books.categoryByCode(fields.category);
  if (!category?.isActive) return err(refusal('CATEGORY_UNKNOWN', { category: fields.category }));
  const account = await books.accountByCode(fields.accountCode);
  if (!account?.isActive || account.kind !== 'expense') {
    return err(refusal('GL_CODE_UNKNOWN', { glCode: fields.accountCode }));
  }
  return ok(category);
}

/** `checkBill`, and that the vendor is there and in use. Further refusals: NOT_FOUND, VENDOR_INVALID. */
export async function checkFields(
  fields: ExpenseFields,
  context: CommandContext,
  books: BooksReader,
): Promise<Result<{ readonly category: Category; readonly vendor: Vendor }, Refusal>> {
  const category = await checkBill(fields, context, books);
  if (!category.ok) return category;
  const vendor = await books.get('vendors', fields.vendorId);
  if (vendor === undefined) return err(refusal('NOT_FOUND', { what: 'vendor' }));
  if (!vendor.isActive) return err(refusal('VENDOR_INVALID', { field: 'name', reason: 'inactive' }));
  return ok({ category: category.value, vendor });
}
