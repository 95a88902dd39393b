import { formatDate, type IsoDate } from '../../kernel/dates.ts';
import { limits } from '../../kernel/limits.ts';
import { formatPaise, sumPaise } from '../../kernel/money.ts';
import type { VoucherLineFields } from '../command/args.ts';
import { nameOf } from '../command/context.ts';
import { type BillsDraft, OpenBills } from '../exchange/fit-bills.ts';
import type { EntryKind } from '../rows.ts';
import type { ImportField, Mapping } from './columns.ts';
import type { RawRow } from './raw-cell.ts';
import { RowCells, shortened } from './row-cells.ts';
import { type RowProblem, type RowProblemCode, rowProblem } from './row-problems.ts';
import { SheetLookups, sideOf, voucherKindOf } from './sheet-lookups.ts';
import type { RefusedSheetRow, SheetEntry, SheetRead, SheetSetup } from './sheet-result.ts';

interface Head {
  readonly date: IsoDate;
  readonly kind: EntryKind;
  readonly number: string | null;
  readonly narration: string;
  readonly reference: string | null;
}

interface ReadRow {
  readonly row: RawRow;
  readonly head: Head | undefined;
  readonly line: (VoucherLineFields & { readonly billRef: string | null }) | undefined;
  readonly problems: readonly RowProblem[];
}

/**
 * One row a line, grouped to vouchers by their number, or by day and reference where there is none. A voucher of which any row is wrong, or
 * whose sides differ, is refused as a whole.
 */
export function readVouchers(rows: readonly RawRow[], mapping: Mapping, setup: SheetSetup): SheetRead {
  const lookups = new SheetLookups(setup.rows);
  const groups = new Map<string, ReadRow[]>();
  for (const row of rows) {
    const read = readRow(row, mapping, setup, lookups, null);
    const { number, date, reference } = read.head ?? { number: null, date: '', reference: null };
    const key =
      read.head === undefined ? `row ${row.number}` : number === null ? nameOf(date, reference ?? '') : `no ${number}`;
    groups.set(key, [...(groups.get(key) ?? []), read]);
  }
  const bills = new OpenBills(setup.openBills);
  return gathered([...groups.values()].map((group) => entryOf(group, mapping, setup, bills.draft())));
}

/** One row a balance, all of them one opening voucher, which is refused as a whole. */
export function readOpenings(rows: readonly RawRow[], mapping: Mapping, setup: SheetSetup): SheetRead {
  const lookups = new SheetLookups(setup.rows);
  const head: Head = { ...{ date: setup.openingDate, kind: 'opening', number: null, narration: '', reference: null } };
  const read = rows.map((row) => readRow(row, mapping, setup, lookups, head));
  return read.length === 0
    ? { entries: [], refused: [] }
    : gathered([entryOf(read, mapping, setup, new OpenBills(setup.openBills).draft())]);
}

type Outcome = SheetEntry | readonly RefusedSheetRow[];

const gathered = (outcomes: readonly Outcome[]): SheetRead => ({
  entries: outcomes.flatMap((one) => ('rows' in one ? one : [])),
  refused: outcomes.flatMap((one) => ('rows' in one ? [] : one)),
});

/** The rows of one voucher as what is entered, or each with what is wrong. */
function entryOf(group: readonly ReadRow[], mapping: Mapping, setup: SheetSetup, draft: BillsDraft): Outcome {
  const [first] = group;
  const wrong = group.find(({ problems }) => problems.length > 0);
  const amountField: ImportField = mapping.debit === undefined ? 'amount' : 'debit';
  const all = (field: ImportField, code: RowProblemCode, details: RowProblem['details']): readonly RefusedSheetRow[] =>
    group.map(({ row }) => ({ row, problems: [rowProblem(field, code, details)] }));
  if (wrong !== undefined || first?.head === undefined) {
    return group.map(({ row, problems }) => ({
      row,
      problems:
        problems.length > 0
          ? problems
          : [rowProblem(amountField, 'IMPORT_ROW_OTHER_ROW', { row: wrong?.row.number ?? 0 })],
    }));
  }
  const { head } = first;
  const other = group.find(({ head: own }) => own?.date !== head.date || own.kind !== head.kind);
  if (other !== undefined) return all('voucherDate', 'IMPORT_ROW_HEAD_DIFFERS', { row: first.row.number });
  const lines = group.flatMap(({ line }) => line ?? []);
  if (lines.length < 2 || lines.length > limits.voucher.linesMax) {
    return all(amountField, 'IMPORT_ROW_LINES', { max: limits.voucher.linesMax });
  }
  const debit = sumPaise(lines.map(({ debitPaise }) => debitPaise));
  const credit = sumPaise(lines.map(({ creditPaise }) => creditPaise));
  if (debit !== credit) {
    const difference = formatPaise(debit > credit ? debit - credit : credit - debit);
    return all(amountField, 'IMPORT_ROW_UNBALANCED', {
      debit: formatPaise(debit),
      credit: formatPaise(credit),
      difference,
    });
  }
  const rows = group.map(({ row }) => row);
  const voucherId = setup.idFor(contentName(head, lines));
  const isOpening = head.kind === 'opening';
  if (isOpening ? setup.openings.includes(voucherId) : setup.voucherIds.has(voucherId)) return { rows, order: null };
  if (isOpening && setup.openings.length > 0) {
    return all(amountField, 'IMPORT_ROW_OPENINGS_EXIST', { date: formatDate(head.date) });
  }
  const { date, kind, narration, reference } = head;
  const posted = lines.map((one) => withBill(one, date, draft));
  draft.keep();
  const args = { voucherId, kind, date, narration, reference, referenceDate: null, lines: posted };
  return { rows, order: { name: 'voucher.post', args } };
}

/** By what stands in the sheet, so that the same voucher has the same id whenever it comes. */
const contentName = ({ date, kind, number, reference }: Head, lines: readonly NonNullable<ReadRow['line']>[]): string =>
  nameOf(
    ...['sheet', kind, date, number ?? '', reference ?? ''],
    ...lines
      .map((one) => {
        const amount = String(one.debitPaise - one.creditPaise);
        const where = [one.accountCode, one.vendorId ?? '', one.departmentCode ?? '', one.fundCode ?? ''];
        return nameOf(...where, one.billRef ?? '', amount);
      })
      .sort(),
  );

/** A bill that is open is settled, any other one is made. */
function withBill(
  { billRef, ...line }: NonNullable<ReadRow['line']>,
  date: IsoDate,
  draft: BillsDraft,
): VoucherLineFields {
  const { vendorId, debitPaise, creditPaise } = line;
  if (vendorId === null || billRef === null) return line;
  const amountPaise = debitPaise + creditPaise;
  const kind = draft.isOpen(vendorId, billRef) ? 'against' : 'new';
  const refs = [{ kind, name: billRef, amountPaise, dueOn: null } as const];
  const fitted = draft.fitLine({ vendorId, isDebit: debitPaise > 0n, amountPaise, billDate: date, refs });
  return fitted.ok ? { ...line, bills: fitted.value.bills } : line;
}

function readRow(row: RawRow, mapping: Mapping, setup: SheetSetup, lookups: SheetLookups, given: Head | null): ReadRow {
  const cells = new RowCells(row, mapping);
  const head = given ?? readHead(cells, setup);
  const line = readLine(cells, lookups, given?.kind === 'opening');
  return { row, head, line, problems: cells.problems };
}

function readHead(cells: RowCells, setup: SheetSetup): Head | undefined {
  const read = cells.date('voucherDate', setup.dateOrder);
  const kindText = cells.text('voucherKind', limits.text.nameMax);
  const kind = kindText === null ? 'journal' : voucherKindOf(kindText);
  if (kind === undefined) cells.refuse('voucherKind', 'IMPORT_ROW_KIND_UNKNOWN', { text: shortened(kindText ?? '') });
  const number = cells.text('voucherNo', limits.text.billNoMax);
  const reference = cells.text('reference', limits.text.billNoMax);
  const narration = cells.text('narration', limits.text.descriptionMax) ?? '';
  if (number === null && reference === null) cells.refuse('voucherNo', 'IMPORT_ROW_REQUIRED');
  return read === undefined || kind === undefined ? undefined : { date: read.date, kind, number, narration, reference };
}

function readLine(cells: RowCells, lookups: SheetLookups, isOpening: boolean): ReadRow['line'] {
  const sides = readSides(cells);
  const accountText = cells.text('account', limits.text.nameMax);
  const partyText = cells.text('party', limits.text.nameMax);
  const account = accountText === null ? undefined : lookups.account(accountText);
  if (accountText !== null && account === undefined) {
    cells.refuse('account', 'IMPORT_ROW_ACCOUNT_UNKNOWN', { text: shortened(accountText) });
  }
  const vendorId = partyText === null ? null : (lookups.vendor(partyText) ?? null);
  if (partyText !== null && vendorId === null) {
    cells.refuse('party', 'IMPORT_ROW_PARTY_UNKNOWN', { text: shortened(partyText) });
  }
  const accountCode = account?.code ?? (partyText === null ? null : lookups.controlCode);
  if (accountText === null && partyText === null) cells.refuse('account', 'IMPORT_ROW_REQUIRED');
  if (isOpening && (account?.kind === 'income' || account?.kind === 'expense')) {
    cells.refuse('account', 'IMPORT_ROW_OPENING_OF_YEAR');
  }
  const departmentCode = readCentre(cells, 'department', lookups);
  const fundCode = readCentre(cells, 'fund', lookups);
  const billRef = cells.text('billRef', limits.text.billNoMax);
  if (sides === undefined || accountCode === null) return undefined;
  return { accountCode, vendorId, departmentCode, fundCode, billRef, ...sides };
}

function readCentre(cells: RowCells, field: 'department' | 'fund', lookups: SheetLookups): string | null {
  const text = cells.text(field, limits.text.nameMax);
  if (text === null) return null;
  const found = lookups.centre(text, field === 'fund');
  if (found === undefined) cells.refuse(field, 'IMPORT_ROW_CENTRE_UNKNOWN', { text: shortened(text) });
  return found?.code ?? null;
}

/** Debit and credit in columns of their own, or an amount and its side. Zero in the other column is nothing. */
function readSides(cells: RowCells): { readonly debitPaise: bigint; readonly creditPaise: bigint } | undefined {
  const before = cells.problems.length;
  const [debit, credit] = [cells.amount('debit') ?? 0n, cells.amount('credit') ?? 0n];
  const amount = cells.amount('amount') ?? 0n;
  const sideText = cells.text('side', limits.text.nameMax);
  const side = sideText === null ? undefined : sideOf(sideText);
  if (cells.problems.length > before) return undefined;
  if (debit === 0n && credit === 0n && amount !== 0n) {
    if (side === undefined) cells.refuse('side', 'IMPORT_ROW_SIDE_UNREADABLE', { text: shortened(sideText ?? '') });
    else if (amount > 0n) {
      return { debitPaise: side === 'debit' ? amount : 0n, creditPaise: side === 'credit' ? amount : 0n };
    } else cells.refuse('amount', 'IMPORT_ROW_ONE_SIDE');
    return undefined;
  }
  if (debit >= 0n && credit >= 0n && debit > 0n !== credit > 0n) return { debitPaise: debit, creditPaise: credit };
  cells.refuse('debit', 'IMPORT_ROW_ONE_SIDE');
  return undefined;
}
