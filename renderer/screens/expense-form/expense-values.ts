import type { ExpenseFields } from '../../../shared/domain/command/args.ts';
import { amountsRefusal, dateReason } from '../../../shared/domain/expense/fields.ts';
import { formatDate, type IsoDate } from '../../../shared/kernel/dates.ts';
import { limits } from '../../../shared/kernel/limits.ts';
import { formatPaise, type MoneyProblem, type Paise, shareOf } from '../../../shared/kernel/money.ts';
import { readAmount } from '../../../shared/kernel/money-entry.ts';
import { ok, type Result } from '../../../shared/kernel/result.ts';
import { readDay } from '../../components/read-day.ts';
import type { MessageKey } from '../../i18n/catalogue.ts';

/** The form as it is typed: texts, so that a draft keeps exactly what stood there. */
export interface ExpenseValues {
  readonly vendorId: string;
  /** Beside the id, because the vendor may not be among the options at hand. */
  readonly vendorName: string;
  readonly billNo: string;
  readonly billDate: string;
  readonly category: string;
  readonly accountCode: string;
  readonly description: string;
  readonly department: string;
  readonly taxable: string;
  readonly cgst: string;
  readonly sgst: string;
  readonly igst: string;
  readonly tds: string;
  readonly itcEligible: boolean;
}
export type ValueName = keyof ExpenseValues;

export const emptyValues: ExpenseValues = {
  vendorId: '',
  vendorName: '',
  billNo: '',
  billDate: '',
  category: '',
  accountCode: '',
  description: '',
  department: '',
  taxable: '',
  cgst: '',
  sgst: '',
  igst: '',
  tds: '',
  itcEligible: false,
};

const amountText = (paise: Paise): string => (paise === 0n ? '' : formatPaise(paise));

export const valuesOf = (fields: ExpenseFields, vendorName: string): ExpenseValues => ({
  vendorId: fields.vendorId,
  vendorName,
  billNo: fields.billNo ?? '',
  billDate: formatDate(fields.billDate),
  category: fields.category,
  accountCode: fields.accountCode,
  description: fields.description,
  department: fields.department ?? '',
  taxable: amountText(fields.taxablePaise),
  cgst: amountText(fields.cgstPaise),
  sgst: amountText(fields.sgstPaise),
  igst: amountText(fields.igstPaise),
  tds: amountText(fields.tdsPaise),
  itcEligible: fields.itcEligible,
});

/** A tax or TDS field: an amount, or a rate such as `9%` of the taxable value. Empty is nothing. */
export function readPart(text: string, taxable: Paise): Result<Paise, MoneyProblem> {
  const rate = /^\s*(\d{1,2})(?:\.(\d{1,2}))?\s*%\s*$/.exec(text);
  if (rate !== null) return ok(shareOf(taxable, BigInt(`${rate[1] ?? '0'}${(rate[2] ?? '').padEnd(2, '0')}`)));
  return text.trim() === '' ? ok(0n) : readAmount(text);
}

export interface ReadExpense {
  /** Null while something is missing or wrong. */
  readonly fields: ExpenseFields | null;
  readonly problems: Readonly<Partial<Record<ValueName, MessageKey>>>;
  /** The sums of what can be read so far, for the figures beside the form. */
  readonly totalPaise: Paise;
  readonly payablePaise: Paise;
  readonly budgetPaise: Paise;
}

const PARTS = { cgst: 'cgstPaise', sgst: 'sgstPaise', igst: 'igstPaise', tds: 'tdsPaise' } as const;

/** Reads the whole form by the rules of the books, so that what is wrong is said here and not after sending. */
export function readExpense(values: ExpenseValues, today: IsoDate): ReadExpense {
  const problems: Partial<Record<ValueName, MessageKey>> = {};
  for (const name of ['vendorId', 'category', 'accountCode', 'description'] as const) {
    if (values[name].trim() === '') problems[name] = 'problem.empty';
  }
  const day = readDay(values.billDate, today);
  if (!day.ok) problems.billDate = day.error === 'empty' ? 'problem.empty' : 'problem.not_a_date';
  const unlikely = day.ok ? dateReason(day.value, today) : undefined;
  if (unlikely !== undefined) problems.billDate = `problem.date.${unlikely}`;

  const taxable = readAmount(values.taxable);
  if (!taxable.ok) problems.taxable = `problem.${taxable.error}`;
  const amounts = { cgstPaise: 0n, sgstPaise: 0n, igstPaise: 0n, tdsPaise: 0n };
  for (const name of ['cgst', 'sgst', 'igst', 'tds'] as const) {
    const part = readPart(values[name], taxable.ok ? taxable.value : 0n);
    if (part.ok) amounts[PARTS[name]] = part.value;
    else problems[name] = `problem.${part.error}`;
  }
  const money = { taxablePaise: taxable.ok ? taxable.value : 0n, ...amounts, itcEligible: values.itcEligible };
  const clean = taxable.ok && !problems.cgst && !problems.sgst && !problems.igst && !problems.tds;
  if (clean) Object.assign(problems, amountProblem(money));

  const tax = money.cgstPaise + money.sgstPaise + money.igstPaise;
  const totalPaise = money.taxablePaise + tax;
  const sums = {
    totalPaise,
    payablePaise: totalPaise - money.tdsPaise,
    budgetPaise: values.itcEligible ? money.taxablePaise : totalPaise,
  };
  if (Object.keys(problems).length > 0 || !day.ok) return { fields: null, problems, ...sums };
  const fields: ExpenseFields = {
    category: values.category,
    accountCode: values.accountCode,
    vendorId: values.vendorId,
    billNo: values.billNo.trim() === '' ? null : values.billNo.trim().slice(0, limits.text.billNoMax),
    billDate: day.value,
    description: values.description.trim(),
    department: values.department.trim() === '' ? null : values.department.trim(),
    ...money,
  };
  return { fields, problems, ...sums };
}

type Money = Parameters<typeof amountsRefusal>[0];

/** Where and why the amounts do not fit together. */
function amountProblem(money: Money): Partial<Record<ValueName, MessageKey>> {
  const refused = amountsRefusal(money);
  if (refused === undefined) return {};
  if (refused.code === 'EXPENSE_AMOUNT_INVALID') return { taxable: 'problem.notPositive' };
  if (refused.code === 'EXPENSE_TDS_INVALID') return { tds: 'problem.tdsTooLarge' };
  switch (refused.details.reason) {
    case 'igst_with_cgst_sgst':
      return { igst: 'reason.igst_with_cgst_sgst' };
    case 'cgst_sgst_differ':
      return { sgst: 'reason.cgst_sgst_differ' };
    default:
      return { cgst: 'problem.negative' };
  }
}

type Edits = Record<string, { from: unknown; to: unknown }>;

/** The fields that differ, each with what it was when the person began, so that the server can merge or show a conflict. */
export function editsBetween(before: ExpenseFields, after: ExpenseFields): Edits {
  const edits: Edits = {};
  for (const name of Object.keys(after) as (keyof ExpenseFields)[]) {
    if (before[name] !== after[name]) edits[name] = { from: before[name], to: after[name] };
  }
  return edits;
}
