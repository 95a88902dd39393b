import type { CommandArgs, VoucherLineFields } from '../../../shared/domain/command/args.ts';
import { postingDateRefusal } from '../../../shared/domain/period/open-days.ts';
import type { EntryKind } from '../../../shared/domain/rows.ts';
import { isMoney, isPartyAccount, kindRules } from '../../../shared/domain/voucher/kinds.ts';
import type { ChartAccount } from '../../../shared/ipc/contract/chart.ts';
import type { OpenBill } from '../../../shared/ipc/contract/vouchers.ts';
import type { IsoDate } from '../../../shared/kernel/dates.ts';
import type { Paise } from '../../../shared/kernel/money.ts';
import { readAmount } from '../../../shared/kernel/money-entry.ts';
import { readDay } from '../../components/read-day.ts';
import type { MessageKey } from '../../i18n/catalogue.ts';
import { proposeBills } from './propose-bills.ts';
import {
  amountOf,
  type BillValues,
  isEmptyLine,
  type LineValues,
  sumsOf,
  type VoucherValues,
} from './voucher-values.ts';

/** What the form knows of the books while it is typed in. */
export interface EntryBooks {
  account(code: string): ChartAccount | undefined;
  /** Open bills of a party; null until they have come. */
  openBills(vendorId: string): readonly OpenBill[] | null;
  readonly hasDepartments: boolean;
  readonly hasFunds: boolean;
}

/** A field as it is found on the page: `date`, `line.3.amount`, `line.3.bill.0.name`. */
export type FieldName = string;
export const lineField = (key: number, name: string): FieldName => `line.${key}.${name}`;
export const billField = (key: number, index: number, name: string): FieldName => `line.${key}.bill.${index}.${name}`;

type Fields = Omit<CommandArgs['voucher.post'], 'voucherId'>;

export interface ReadEntry {
  /** Null while something is missing or wrong. */
  readonly fields: Fields | null;
  /** In the order of the page. */
  readonly problems: ReadonlyMap<FieldName, MessageKey>;
  readonly debit: Paise;
  readonly credit: Paise;
  readonly difference: Paise;
}

/** Which of the further fields a line on this account has. */
export function furtherFields(
  account: ChartAccount | undefined,
  books: EntryBooks,
): { readonly party: boolean; readonly department: boolean; readonly fund: boolean } {
  if (account === undefined || isMoney(account)) return { party: false, department: false, fund: false };
  const isResult = account.kind === 'income' || account.kind === 'expense';
  return {
    party: isPartyAccount(account),
    department: isResult && books.hasDepartments,
    fund: (isResult || account.kind === 'asset' || account.kind === 'fund') && books.hasFunds,
  };
}

/** The bills of a line: what was typed, or else the proposal. None where the line belongs to no party. */
export function billsOf(
  kind: EntryKind,
  line: LineValues,
  reference: string,
  books: EntryBooks,
): readonly BillValues[] {
  const account = books.account(line.accountCode);
  if (line.vendorId === '' || account === undefined || !isPartyAccount(account)) return [];
  return line.bills ?? proposeBills(kind, line.side, amountOf(line), reference, books.openBills(line.vendorId) ?? []);
}

/** Reads the whole form, so that what can be known to be wrong is said here and not after sending. */
export function readEntry(kind: EntryKind, values: VoucherValues, today: IsoDate, books: EntryBooks): ReadEntry {
  const problems = new Map<FieldName, MessageKey>();
  const date = readDate(values.date, 'date', today, problems);
  const wrongDay = date === null ? undefined : postingDateRefusal(date, today, 'VOUCHER_DATE_INVALID');
  if (wrongDay !== undefined) {
    problems.set('date', wrongDay.code === 'PERIOD_CLOSED' ? 'problem.date.too_old' : 'problem.date.future');
  }
  const reference = values.reference.trim();
  if (kindRules[kind].party && reference === '') problems.set('reference', 'problem.empty');
  const referenceDate =
    values.referenceDate.trim() === '' ? null : readDate(values.referenceDate, 'referenceDate', today, problems);
  const given = values.lines.filter((line) => !isEmptyLine(line));
  const lines = given.map((line) => readLine(kind, line, reference, referenceDate ?? date, today, books, problems));
  if (kindRules[kind].party && lines.length > 0 && lines.every(({ vendorId }) => vendorId === null)) {
    const open = given.find((line) => furtherFields(books.account(line.accountCode), books).party);
    if (open !== undefined) problems.set(lineField(open.key, 'vendorId'), 'problem.empty');
  }
  const sums = sumsOf(values.lines);
  const [first] = values.lines;
  if (given.length < 2) {
    if (given.length === 0 && first !== undefined) problems.set(lineField(first.key, 'account'), 'problem.empty');
    problems.set('lines', 'entry.twoLines');
  } else if (sums.difference !== 0n) problems.set('lines', 'entry.unbalanced');
  if (problems.size > 0 || date === null) return { fields: null, problems, ...sums };
  const fields: Fields = {
    ...{ kind, date, narration: values.narration.trim(), referenceDate, lines },
    reference: reference === '' ? null : reference,
  };
  return { fields, problems, ...sums };
}

type Problems = Map<FieldName, MessageKey>;

function readDate(text: string, name: FieldName, today: IsoDate, problems: Problems): IsoDate | null {
  const day = readDay(text, today);
  if (day.ok) return day.value;
  problems.set(name, day.error === 'empty' ? 'problem.empty' : 'problem.not_a_date');
  return null;
}

function readMoney(text: string, name: FieldName, problems: Problems): Paise {
  const read = readAmount(text);
  if (!read.ok) problems.set(name, `problem.${read.error}`);
  else if (read.value <= 0n) problems.set(name, 'problem.notPositive');
  return read.ok ? read.value : 0n;
}

function readLine(
  kind: EntryKind,
  line: LineValues,
  reference: string,
  billDate: IsoDate | null,
  today: IsoDate,
  books: EntryBooks,
  problems: Problems,
): VoucherLineFields {
  const account = books.account(line.accountCode);
  if (line.accountCode === '') problems.set(lineField(line.key, 'account'), 'problem.empty');
  else if (account !== undefined && kindRules[kind].never?.includes(account.kind) === true) {
    problems.set(lineField(line.key, 'account'), 'entry.neverHere');
  }
  const amount = readMoney(line.amount, lineField(line.key, 'amount'), problems);
  const further = furtherFields(account, books);
  const orNull = (shown: boolean, text: string): string | null => (shown && text !== '' ? text : null);
  const fields = {
    accountCode: line.accountCode,
    vendorId: orNull(further.party, line.vendorId),
    departmentCode: orNull(further.department, line.departmentCode),
    fundCode: orNull(further.fund, line.fundCode),
    debitPaise: line.side === 'debit' ? amount : 0n,
    creditPaise: line.side === 'credit' ? amount : 0n,
  };
  const bills = billsOf(kind, line, reference, books);
  if (bills.length === 0) return fields;
  // A proposal without the bills would put on account what settles one.
  if (line.bills === null && books.openBills(line.vendorId) === null) {
    problems.set(lineField(line.key, 'bills'), 'entry.billsComing');
  }
  const read = bills.map((bill, index) => readBill(bill, line.key, index, billDate, today, problems));
  if (read.reduce((sum, bill) => sum + bill.amountPaise, 0n) !== amount) {
    problems.set(lineField(line.key, 'bills'), 'entry.billsUnplaced');
  }
  return { ...fields, bills: read };
}

function readBill(
  bill: BillValues,
  key: number,
  index: number,
  billDate: IsoDate | null,
  today: IsoDate,
  problems: Problems,
) {
  const at = (name: string): FieldName => billField(key, index, name);
  const name = bill.kind === 'on_account' ? null : bill.name.trim();
  if (name === '') problems.set(at('name'), 'problem.empty');
  const amountPaise = readMoney(bill.amount, at('amount'), problems);
  const hasDue = bill.kind === 'new' && bill.dueOn.trim() !== '';
  const dueOn = hasDue ? readDate(bill.dueOn, at('dueOn'), today, problems) : null;
  if (dueOn !== null && billDate !== null && dueOn < billDate) problems.set(at('dueOn'), 'entry.dueBeforeBill');
  return { kind: bill.kind, name, amountPaise, dueOn };
}
