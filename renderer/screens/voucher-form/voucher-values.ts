import type { BillKind } from '../../../shared/domain/ledger-rows.ts';
import type { EntryKind } from '../../../shared/domain/rows.ts';
import type { Side } from '../../../shared/domain/voucher/kinds.ts';
import type { VoucherPage } from '../../../shared/ipc/contract/vouchers.ts';
import { formatPaise, type Paise } from '../../../shared/kernel/money.ts';
import { readAmount } from '../../../shared/kernel/money-entry.ts';

/** A bill's row below a party's line, as it is typed. */
export interface BillValues {
  readonly kind: BillKind;
  readonly name: string;
  readonly amount: string;
  readonly dueOn: string;
}

/** A line as it is typed: texts, so that a draft keeps exactly what stood there. */
export interface LineValues {
  /** Names the line while it is typed, whatever is put in or taken out above it. */
  readonly key: number;
  readonly side: Side;
  readonly accountCode: string;
  readonly amount: string;
  /** The amount was put there by the form and follows the other lines until somebody types. */
  readonly proposed: boolean;
  readonly vendorId: string;
  /** Beside the id, because the vendor may not be among the options at hand. */
  readonly vendorName: string;
  readonly departmentCode: string;
  readonly fundCode: string;
  /** Null while the form's own proposal stands. */
  readonly bills: readonly BillValues[] | null;
}

export interface VoucherValues {
  readonly date: string;
  readonly reference: string;
  readonly referenceDate: string;
  readonly narration: string;
  readonly lines: readonly LineValues[];
}

/** On which side a voucher of the kind begins, as in Tally. */
const firstSide: Readonly<Record<EntryKind, Side>> = {
  opening: 'debit',
  payment: 'debit',
  receipt: 'credit',
  contra: 'debit',
  journal: 'debit',
  purchase: 'credit',
  sales: 'debit',
  debit_note: 'debit',
  credit_note: 'credit',
};

const emptyLine = (key: number, side: Side): LineValues => ({
  ...{ key, side, accountCode: '', amount: '', proposed: false },
  ...{ vendorId: '', vendorName: '', departmentCode: '', fundCode: '', bills: null },
});

export const emptyVoucher = (kind: EntryKind, date: string): VoucherValues => ({
  ...{ date, reference: '', referenceDate: '', narration: '' },
  lines: [emptyLine(1, firstSide[kind])],
});

/** A copy of a voucher. It is another one: its day and paper are for the person to type, and bills are proposed anew. */
export const copyOf = ({ narration, lines }: VoucherPage, date: string): VoucherValues => ({
  ...{ date, reference: '', referenceDate: '', narration },
  lines: lines.map((line, index) => ({
    ...emptyLine(index + 1, line.debitPaise > 0n ? 'debit' : 'credit'),
    accountCode: line.accountCode,
    amount: formatPaise(line.debitPaise + line.creditPaise),
    vendorId: line.vendorId ?? '',
    vendorName: line.vendorName ?? '',
    departmentCode: line.departmentCode ?? '',
    fundCode: line.fundCode ?? '',
  })),
});

/** Whether nothing was put into the line by a person, so that it does not count. */
export const isEmptyLine = (line: LineValues): boolean =>
  line.accountCode === '' && (line.amount.trim() === '' || line.proposed) && line.vendorId === '';

export const amountOf = ({ amount }: Pick<LineValues, 'amount'>): Paise => {
  const read = readAmount(amount);
  return read.ok ? read.value : 0n;
};

/** What the lines come to as far as they can be read. The difference is debit less credit. */
export function sumsOf(lines: readonly LineValues[]): {
  readonly debit: Paise;
  readonly credit: Paise;
  readonly difference: Paise;
} {
  let debit = 0n;
  let credit = 0n;
  for (const line of lines) {
    if (isEmptyLine(line)) continue;
    if (line.side === 'debit') debit += amountOf(line);
    else credit += amountOf(line);
  }
  return { debit, credit, difference: debit - credit };
}

/** Lets a proposed last line follow what the others come to. */
function followed(lines: readonly LineValues[]): readonly LineValues[] {
  const last = lines.at(-1);
  if (last === undefined || !last.proposed) return lines;
  const others = lines.slice(0, -1);
  const { difference } = sumsOf(others);
  return [...others, { ...last, ...balancing(difference, last.side) }];
}

const balancing = (difference: Paise, otherwise: Side): Pick<LineValues, 'side' | 'amount' | 'proposed'> => ({
  side: difference === 0n ? otherwise : difference > 0n ? 'credit' : 'debit',
  amount: difference === 0n ? '' : formatPaise(difference < 0n ? -difference : difference),
  proposed: true,
});

const nextKey = (lines: readonly LineValues[]): number => Math.max(0, ...lines.map(({ key }) => key)) + 1;

export function changeLine(values: VoucherValues, key: number, part: Partial<LineValues>): VoucherValues {
  const typed = part.amount !== undefined || part.side !== undefined ? { proposed: false } : {};
  // Another party has other bills.
  const bills = part.vendorId !== undefined || part.accountCode !== undefined ? { bills: null } : {};
  const lines = values.lines.map((line) => (line.key === key ? { ...line, ...typed, ...bills, ...part } : line));
  return { ...values, lines: followed(lines) };
}

/** A new last line with what is still to be placed. @returns its key */
export function addLine(values: VoucherValues): { readonly values: VoucherValues; readonly key: number } {
  const key = nextKey(values.lines);
  const before = values.lines.at(-1)?.side ?? 'debit';
  const line = { ...emptyLine(key, before), ...balancing(sumsOf(values.lines).difference, before) };
  return { values: { ...values, lines: [...values.lines, line] }, key };
}

/** A new line above the one with the key. @returns the new one's key */
export function insertLine(
  values: VoucherValues,
  above: number,
): { readonly values: VoucherValues; readonly key: number } {
  const key = nextKey(values.lines);
  const lines = values.lines.flatMap((line) => (line.key === above ? [emptyLine(key, line.side), line] : [line]));
  return { values: { ...values, lines }, key };
}

/** Without the line; the last one that is left becomes empty instead. */
export function removeLine(values: VoucherValues, key: number): VoucherValues {
  const lines = values.lines.filter((line) => line.key !== key);
  const [only] = values.lines;
  if (lines.length === 0 && only !== undefined) return { ...values, lines: [emptyLine(only.key, only.side)] };
  return { ...values, lines: followed(lines) };
}
