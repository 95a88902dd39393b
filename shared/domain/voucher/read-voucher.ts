import { type Refusal, refusal } from '../../kernel/errors.ts';
import { limits } from '../../kernel/limits.ts';
import { type Paise, sumPaise } from '../../kernel/money.ts';
import { err, ok, type Result } from '../../kernel/result.ts';
import type { CommandArgs, VoucherLineFields } from '../command/args.ts';
import type { BooksReader } from '../command/command.ts';
import { line } from '../command/line.ts';
import type { PostingLine } from '../ledger/posting.ts';
import type { Account, CostCentreKind } from '../rows.ts';
import { type BillMoves, readBills } from './bills.ts';
import type { VoucherField, VoucherReason } from './faults.ts';
import { isMoney, kindRules, type Side } from './kinds.ts';

type Args = CommandArgs['voucher.post'];

export interface ReadVoucher {
  readonly lines: readonly PostingLine[];
  /** What the lines add to the budget of each category, positive or negative. */
  readonly byCategory: ReadonlyMap<string, Paise>;
  readonly narration: string;
  readonly reference: string | null;
}

/**
 * The lines of a voucher as they are posted, each with the category of its account. Refusals: VOUCHER_INVALID with `field`, `reason` (a
 * `VoucherReason`) and `line` (from 1; 0 for the voucher as a whole), VOUCHER_UNBALANCED with `debit` and `credit` in paise, those of
 * `readBills`.
 */
export async function readVoucher(args: Args, books: BooksReader): Promise<Result<ReadVoucher, Refusal>> {
  const count = args.lines.length;
  if (count < 2 || count > limits.voucher.linesMax) return invalid('lines', 'lines');
  const lines: PostingLine[] = [];
  const accounts: Account[] = [];
  const moves: BillMoves = new Map();
  for (const [index, given] of args.lines.entries()) {
    const read = await readLine(args, given, index + 1, books, moves);
    if (!read.ok) return read;
    lines.push(read.value.line);
    accounts.push(read.value.account);
  }
  const debit = sumPaise(lines.map(({ debitPaise }) => debitPaise));
  const credit = sumPaise(lines.map(({ creditPaise }) => creditPaise));
  if (debit !== credit) return err(refusal('VOUCHER_UNBALANCED', { debit: String(debit), credit: String(credit) }));
  const reference = line(args.reference);
  const wrong = kindFault(args, lines, accounts, reference);
  if (wrong !== undefined) return err(wrong);
  const byCategory = new Map<string, Paise>();
  for (const { category, debitPaise, creditPaise } of lines) {
    if (category !== null) byCategory.set(category, (byCategory.get(category) ?? 0n) + debitPaise - creditPaise);
  }
  return ok({ lines, byCategory, narration: line(args.narration) ?? '', reference });
}

async function readLine(
  args: Args,
  given: VoucherLineFields,
  lineNo: number,
  books: BooksReader,
  moves: BillMoves,
): Promise<Result<{ readonly line: PostingLine; readonly account: Account }, Refusal>> {
  const { accountCode, vendorId, departmentCode, fundCode, debitPaise, creditPaise } = given;
  const hasOneSide = debitPaise >= 0n && creditPaise >= 0n && debitPaise > 0n !== creditPaise > 0n;
  if (!hasOneSide) return invalid('amount', 'amount', lineNo);
  const account = await books.accountByCode(accountCode);
  if (account === undefined) return invalid('accountCode', 'unknown', lineNo);
  if (!account.isActive) return invalid('accountCode', 'inactive', lineNo);
  if (kindRules[args.kind].never?.includes(account.kind) === true) return invalid('accountCode', 'never', lineNo);
  const vendor = vendorId === null ? null : await books.get('vendors', vendorId);
  if (vendor === undefined) return invalid('vendorId', 'unknown', lineNo);
  if (vendor?.isActive === false) return invalid('vendorId', 'inactive', lineNo);
  const department = await centreFault(departmentCode, ['department'], books);
  if (department !== undefined) return invalid('departmentCode', department, lineNo);
  const fund = await centreFault(fundCode, ['fund', 'grant'], books);
  if (fund !== undefined) return invalid('fundCode', fund, lineNo);
  const category = account.kind === 'expense' ? account.category : null;
  const bills = await readBills(given, account, args.referenceDate ?? args.date, books, moves);
  if (!bills.ok) return typeof bills.error === 'string' ? invalid('bills', bills.error, lineNo) : err(bills.error);
  const where = { accountCode, category, vendorId, departmentCode, fundCode };
  return ok({ line: { ...where, debitPaise, creditPaise, bills: bills.value }, account });
}

async function centreFault(
  code: string | null,
  kinds: readonly CostCentreKind[],
  books: BooksReader,
): Promise<VoucherReason | undefined> {
  if (code === null) return undefined;
  const centre = await books.costCentreByCode(code);
  if (centre === undefined) return 'unknown';
  if (!centre.isActive) return 'inactive';
  return kinds.includes(centre.kind) ? undefined : 'kind';
}

/** What the kind of the voucher asks for and the lines do not have. */
function kindFault(
  { kind }: Args,
  lines: readonly PostingLine[],
  accounts: readonly Account[],
  reference: string | null,
): Refusal | undefined {
  const { money, needs, party } = kindRules[kind];
  const sideOf = (index: number): Side => ((lines[index]?.debitPaise ?? 0n) > 0n ? 'debit' : 'credit');
  const moneySides = accounts.flatMap((account, index) => (isMoney(account) ? [sideOf(index)] : []));
  const isMoneyRight = {
    debit: moneySides.includes('debit') && !moneySides.includes('credit'),
    credit: moneySides.includes('credit') && !moneySides.includes('debit'),
    both: moneySides.length === lines.length,
    none: moneySides.length === 0,
    free: true,
  }[money];
  if (!isMoneyRight) return fault('kind', 'money');
  // Only money on one side is no payment or receipt but a contra.
  if ((money === 'debit' || money === 'credit') && moneySides.length === lines.length) return fault('kind', 'money');
  if (needs !== null && !accounts.some((one, index) => one.kind === needs.kind && sideOf(index) === needs.side)) {
    return fault('kind', 'needs');
  }
  if (party && lines.every(({ vendorId }) => vendorId === null)) return fault('vendorId', 'empty');
  return party && reference === null ? fault('reference', 'empty') : undefined;
}

const fault = (field: VoucherField, reason: VoucherReason, lineNo = 0): Refusal =>
  refusal('VOUCHER_INVALID', { field, reason, line: lineNo });
const invalid = (field: VoucherField, reason: VoucherReason, lineNo = 0) => err(fault(field, reason, lineNo));
