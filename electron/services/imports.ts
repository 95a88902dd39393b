import type { ImportedRow } from '../../shared/domain/command/args.ts';
import { fieldsOf, type ImportField, type Mapping } from '../../shared/domain/import/columns.ts';
import {
  type ColumnGuess,
  classifyRow,
  guessColumns,
  guessHeader,
  HEADER_SEARCH_ROWS,
  type HeaderGuess,
  mappingOf,
  missingFields,
} from '../../shared/domain/import/guess-mapping.ts';
import { dateOrder, noDateEvidence, withDateCell } from '../../shared/domain/import/parse-date.ts';
import { cellAt, type RawRow } from '../../shared/domain/import/raw-cell.ts';
import { readSheet } from '../../shared/domain/import/read-sheet.ts';
import type { RowProblem } from '../../shared/domain/import/row-problems.ts';
import type { ImportKind, SheetKind } from '../../shared/domain/import/sheet-kinds.ts';
import type { SheetBooks, SheetOrder } from '../../shared/domain/import/sheet-result.ts';
import { againstBooks, type GoodRow, type ImportSetup, RowReader } from '../../shared/domain/import/validate-row.ts';
import { nameKey } from '../../shared/domain/vendor/name-key.ts';
import { MunimError } from '../../shared/kernel/errors.ts';
import type { Id } from '../../shared/kernel/ids.ts';
import { decimalText } from '../../shared/kernel/money.ts';
import type { OpenedWorkbook, Workbooks } from '../../shared/ports/workbooks.ts';
import type { FileService } from './files.ts';

export const previewRows = 50;
const sampleRows = 5;

/** What importing asks of the books of a college; every answer is within the scope of the person. */
export interface ImportBooks {
  /** Categories and expense accounts in use, and where the college lies. */
  setup(
    collegeId: Id,
  ): Promise<Pick<ImportSetup, 'today' | 'collegeStateCode' | 'categories' | 'accounts' | 'hashing'>>;
  knownImportKeys(collegeId: Id, keys: readonly string[]): Promise<ReadonlySet<string>>;
  /** The reference in the books under each bill key that is known there. */
  billsInBooks(
    collegeId: Id,
    bills: readonly { readonly vendorNameKey: string; readonly vendorGstin: string | null; readonly billNo: string }[],
  ): Promise<ReadonlyMap<string, string>>;
  /** What sheets of other kinds are read against. */
  sheetBooks(collegeId: Id): Promise<SheetBooks>;
  /** Durable when it resolves. @throws MunimError with the code of the refusal */
  run(collegeId: Id, order: SheetOrder): Promise<void>;
  /** Runs `expense.import`; durable when it resolves. @throws MunimError, naming the refused row in details.importKey */
  enter(collegeId: Id, batch: { readonly fileName: string; readonly rows: readonly ImportedRow[] }): Promise<void>;
}

export interface PlanQuestion {
  readonly kind: ImportKind;
  readonly collegeId: Id;
  readonly fileId: Id;
  readonly sheet: string | null;
  readonly headerRow: number | null;
  readonly mapping: readonly { readonly index: number; readonly field: ImportField | null }[] | null;
}

export interface PlannedRow {
  readonly rowNumber: number;
  readonly cells: string[];
  readonly values: Partial<Record<ImportField, string>>;
  readonly problems: { readonly field: string; readonly code: string; readonly details: RowProblem['details'] }[];
  readonly duplicate: boolean;
}

export interface Plan {
  readonly fileId: Id;
  readonly fileName: string;
  readonly sheets: { readonly name: string; readonly rows: number }[];
  readonly sheet: string;
  readonly headerRow: number;
  readonly columns: (ColumnGuess & { readonly sample: string[] })[];
  readonly preview: PlannedRow[];
}

/**
 * Shows how a file would be read: the sheet, the heading row and the meaning of each column, guessed or as the person chose, and the
 * first rows with what is wrong with them. Nothing is entered.
 * @throws MunimError IMPORT_…, NOT_FOUND
 */
export async function planImport(
  tools: { readonly files: FileService; readonly workbooks: Workbooks; readonly books: ImportBooks },
  personId: Id,
  question: PlanQuestion,
): Promise<Plan> {
  const file = tools.files.whole(personId, question.fileId, 'import');
  const { signal } = new AbortController();
  const workbook = await tools.workbooks.open(tools.files.pathOf(file.id), { signal });
  try {
    const { sheet, head, header } = await chooseSheet(workbook, question);
    const columns = header.columns.map((column) => chosen(column, question.mapping));
    const mapping = mappingOf(columns);
    const { kind, collegeId } = question;
    const { headerRow } = header;
    const isData = (row: RawRow): boolean => row.number > headerRow && classifyRow(row, mapping, kind) === 'data';
    const data = head.filter(isData);
    return {
      fileId: file.id,
      fileName: file.fileName,
      sheets: workbook.sheets.map(({ name, rowsEstimate }) => ({ name, rows: rowsEstimate })),
      sheet,
      headerRow: header.headerRow,
      columns: columns.map((column) => ({ ...column, sample: sampleOf(data, column.index) })),
      preview:
        kind === 'expenses'
          ? await previewOf(tools.books, collegeId, data.slice(0, previewRows), mapping)
          : await previewOfSheet(tools.books, collegeId, kind, await dataRows(workbook, sheet, isData), mapping),
    };
  } finally {
    await workbook.close();
  }
}

/** The sheet that was asked for, or the first one that has a heading row. */
async function chooseSheet(
  workbook: OpenedWorkbook,
  question: PlanQuestion,
): Promise<{ readonly sheet: string; readonly head: readonly RawRow[]; readonly header: HeaderGuess }> {
  const names = question.sheet === null ? workbook.sheets.map(({ name }) => name) : [question.sheet];
  for (const sheet of names) {
    const head = await firstRows(workbook, sheet, question.headerRow ?? HEADER_SEARCH_ROWS);
    const header =
      question.headerRow === null
        ? guessHeader(head, question.kind)
        : guessColumns(head, question.headerRow, question.kind);
    if (header !== undefined) return { sheet, head, header };
  }
  throw new MunimError('IMPORT_NO_HEADER');
}

/** Enough rows for the heading and, below it, the preview. */
async function firstRows(workbook: OpenedWorkbook, sheet: string, headerBy: number): Promise<readonly RawRow[]> {
  const rows: RawRow[] = [];
  for await (const row of workbook.rows(sheet)) {
    rows.push(row);
    if (row.number > headerBy && rows.length >= HEADER_SEARCH_ROWS + 2 * previewRows) break;
  }
  return rows;
}

function chosen(column: ColumnGuess, mapping: PlanQuestion['mapping']): ColumnGuess {
  if (mapping === null) return column;
  const field = mapping.find((choice) => choice.index === column.index)?.field ?? null;
  return { ...column, field, confidence: field === null ? 0 : 1 };
}

const sampleOf = (rows: readonly RawRow[], index: number): string[] =>
  rows
    .map((row) => cellAt(row, index).text)
    .filter((text) => text.trim() !== '')
    .slice(0, sampleRows);

async function previewOf(
  books: ImportBooks,
  collegeId: Id,
  rows: readonly RawRow[],
  mapping: Mapping,
): Promise<PlannedRow[]> {
  const reader = await newReader(
    books,
    collegeId,
    mapping,
    dateOrder(rows.reduce(evidenceOf(mapping), noDateEvidence)),
  );
  const read = rows.map((row) => ({ row, outcome: reader.read(row) }));
  const verdicts = await compareWithBooks(
    books,
    collegeId,
    read.flatMap(({ outcome }) => (outcome.ok ? [outcome.value] : [])),
  );
  return read.map(({ row, outcome }) => {
    const verdict = outcome.ok ? verdicts.get(outcome.value) : undefined;
    const problems = outcome.ok ? (typeof verdict === 'object' ? [verdict] : []) : [...outcome.error];
    return {
      rowNumber: row.number,
      cells: row.cells.map((cell) => cell.text),
      values: outcome.ok ? goodValues(outcome.value) : rawValues(row, mapping),
      problems: problems.map(({ field, code, details }) => ({ field, code, details })),
      duplicate: verdict === 'known',
    };
  });
}

/** All rows of a sheet that are no headings and no totals. */
export async function dataRows(
  workbook: OpenedWorkbook,
  sheet: string,
  isData: (row: RawRow) => boolean,
): Promise<readonly RawRow[]> {
  const rows: RawRow[] = [];
  for await (const row of workbook.rows(sheet)) if (isData(row)) rows.push(row);
  return rows;
}

/** What sheets of other kinds are read with: the books, and the order in which the sheet writes its days. */
export async function sheetSetup(books: ImportBooks, collegeId: Id, rows: readonly RawRow[], mapping: Mapping) {
  return {
    ...(await books.sheetBooks(collegeId)),
    dateOrder: dateOrder(rows.reduce(evidenceOf(mapping), noDateEvidence)),
  };
}

/** The first rows; the whole sheet is read for them, since a voucher can go on anywhere. */
async function previewOfSheet(
  books: ImportBooks,
  collegeId: Id,
  kind: SheetKind,
  rows: readonly RawRow[],
  mapping: Mapping,
): Promise<PlannedRow[]> {
  if (missingFields(mapping, kind).length > 0) {
    return rows.slice(0, previewRows).map((row) => planned(row, mapping, kind, [], false));
  }
  const { entries, refused } = readSheet(kind, rows, mapping, await sheetSetup(books, collegeId, rows, mapping));
  const known = new Set(entries.flatMap((entry) => (entry.order === null ? entry.rows : [])));
  const problems = new Map(refused.map((one) => [one.row, one.problems]));
  return rows.slice(0, previewRows).map((row) => planned(row, mapping, kind, problems.get(row) ?? [], known.has(row)));
}

const planned = (
  row: RawRow,
  mapping: Mapping,
  kind: ImportKind,
  problems: readonly RowProblem[],
  duplicate: boolean,
): PlannedRow => ({
  rowNumber: row.number,
  cells: row.cells.map((cell) => cell.text),
  values: rawValues(row, mapping, kind),
  problems: problems.map(({ field, code, details }) => ({ field, code, details })),
  duplicate,
});

export const evidenceOf =
  (mapping: Mapping) =>
  (evidence: typeof noDateEvidence, row: RawRow): typeof noDateEvidence =>
    dateColumn(mapping) === undefined ? evidence : withDateCell(evidence, cellAt(row, dateColumn(mapping) ?? 0));

const dateColumn = ({ billDate, voucherDate }: Mapping): number | undefined => billDate ?? voucherDate;

export async function newReader(
  books: ImportBooks,
  collegeId: Id,
  mapping: Mapping,
  order: ImportSetup['dateOrder'],
): Promise<RowReader> {
  // Colleges mostly supply exempt services and may not take input credit; a bill that may is marked afterwards.
  return new RowReader({ ...(await books.setup(collegeId)), mapping, dateOrder: order, itcEligible: false });
}

export type Verdict = ReturnType<typeof againstBooks>;

/** What the books say about rows that are good in themselves. */
export async function compareWithBooks(
  books: ImportBooks,
  collegeId: Id,
  good: readonly GoodRow[],
): Promise<ReadonlyMap<GoodRow, Verdict>> {
  const keys = await books.knownImportKeys(
    collegeId,
    good.map(({ row }) => row.importKey),
  );
  const fresh = good.filter(({ row }) => !keys.has(row.importKey));
  const bills = await books.billsInBooks(
    collegeId,
    fresh.flatMap(({ row }) =>
      row.fields.billNo === null
        ? []
        : [{ vendorNameKey: nameKey(row.vendorName), vendorGstin: row.vendorGstin, billNo: row.fields.billNo }],
    ),
  );
  const referenceOf = ({ billKeys }: GoodRow): string | undefined =>
    billKeys.map((key) => bills.get(key)).find((reference) => reference !== undefined);
  return new Map(good.map((row) => [row, againstBooks(row, keys, referenceOf(row))]));
}

/** The row as the books would keep it: days as YYYY-MM-DD, amounts in plain decimal rupees. */
function goodValues({ row }: GoodRow): Partial<Record<ImportField, string>> {
  const { fields } = row;
  const total = fields.taxablePaise + fields.cgstPaise + fields.sgstPaise + fields.igstPaise;
  const values: Partial<Record<ImportField, string | null>> = {
    billDate: fields.billDate,
    billNo: fields.billNo,
    vendorName: row.vendorName,
    vendorGstin: row.vendorGstin,
    vendorPan: row.vendorPan,
    category: fields.category,
    accountCode: fields.accountCode,
    description: fields.description,
    department: fields.department,
    taxable: decimalText(fields.taxablePaise),
    cgst: decimalText(fields.cgstPaise),
    sgst: decimalText(fields.sgstPaise),
    igst: decimalText(fields.igstPaise),
    total: decimalText(total),
    tds: decimalText(fields.tdsPaise),
  };
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));
}

const rawValues = (
  row: RawRow,
  mapping: Mapping,
  kind: ImportKind = 'expenses',
): Partial<Record<ImportField, string>> =>
  Object.fromEntries(
    fieldsOf(kind).flatMap((field) => {
      const index = mapping[field];
      return index === undefined ? [] : [[field, cellAt(row, index).text]];
    }),
  );

/** @throws MunimError IMPORT_MAPPING_INCOMPLETE */
export function checkMapping(
  mapping: readonly { readonly index: number; readonly field: ImportField }[],
  kind: ImportKind,
): Mapping {
  const chosenFields = mappingOf(mapping);
  const missing = missingFields(chosenFields, kind);
  if (missing.length > 0) throw new MunimError('IMPORT_MAPPING_INCOMPLETE', { fields: missing.join(', ') });
  return chosenFields;
}
