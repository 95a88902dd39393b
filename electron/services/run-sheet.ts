import { classifyRow, guessColumns } from '../../shared/domain/import/guess-mapping.ts';
import type { RawRow } from '../../shared/domain/import/raw-cell.ts';
import { readSheet } from '../../shared/domain/import/read-sheet.ts';
import { fileWords, problemInWords, type RowProblem, rowProblem } from '../../shared/domain/import/row-problems.ts';
import type { SheetKind } from '../../shared/domain/import/sheet-kinds.ts';
import type { RefusedSheetRow, SheetEntry } from '../../shared/domain/import/sheet-result.ts';
import { type ErrorCode, MunimError } from '../../shared/kernel/errors.ts';
import type { Id } from '../../shared/kernel/ids.ts';
import type { OpenedWorkbook, RefusedRow } from '../../shared/ports/workbooks.ts';
import type { HeldFile } from './files.ts';
import { dataRows, sheetSetup } from './imports.ts';
import { type JobHandle, stopHere } from './jobs.ts';
import { type ImportTools, type RunQuestion, XLSX_TYPE } from './run-import.ts';

export interface RunSheetQuestion extends RunQuestion {
  readonly kind: SheetKind;
}

/**
 * Enters a sheet of vouchers, opening balances, budgets or GL codes, one command after the other, and writes the rows that were refused
 * with their reasons to a workbook. Each command is durable by itself and known afterwards, so work that was stopped is simply started
 * again. The counts are of rows.
 */
export async function runSheet(
  tools: ImportTools,
  personId: Id,
  file: HeldFile,
  question: RunSheetQuestion,
  job: JobHandle,
): Promise<void> {
  const workbook = await tools.workbooks.open(tools.files.pathOf(file.id), { signal: job.signal });
  try {
    const { entries, refused, total } = await readWhole(tools, workbook, question);
    const counts = { added: 0, known: 0, refused: refused.length };
    const report = (): void => {
      job.progress(counts.added + counts.known + counts.refused, total);
      job.result({ ...counts, fileId: null, fileName: null });
    };
    const late: RefusedSheetRow[] = [];
    report();
    for (const { order, rows } of entries) {
      stopHere(job.signal);
      const problem = order === null ? null : await enter(tools, question, order);
      if (order === null) counts.known += rows.length;
      else if (problem === null) counts.added += rows.length;
      else {
        counts.refused += rows.length;
        late.push(...rows.map((row) => ({ row, problems: [problem] })));
      }
      report();
      await tools.pause();
    }
    const all = [...refused, ...late].sort((one, other) => one.row.number - other.row.number);
    if (all.length === 0) return;
    const headings = await headingsOf(workbook, question);
    const { id, fileName } = await offerRefused(tools, personId, file, question, job, headings, all);
    job.result({ ...counts, fileId: id, fileName });
  } finally {
    await workbook.close();
  }
}

async function readWhole(
  { books }: ImportTools,
  workbook: OpenedWorkbook,
  { kind, collegeId, sheet, headerRow, mapping }: RunSheetQuestion,
) {
  const isData = (row: RawRow): boolean => row.number > headerRow && classifyRow(row, mapping, kind) === 'data';
  const rows = await dataRows(workbook, sheet, isData);
  const read = readSheet(kind, rows, mapping, await sheetSetup(books, collegeId, rows, mapping));
  return { ...read, total: rows.length };
}

/** A refusal of one of these codes is about what was to be entered; with any other one there is nothing to go on with. */
const ofEntry = /^(?:ACCOUNT|VENDOR|COST_CENTRE|VOUCHER|BILL|BUDGET|CATEGORY|PERIOD|CONFLICT)_?|^INPUT_INVALID$/;

async function enter(
  { books }: ImportTools,
  { collegeId, mapping }: RunSheetQuestion,
  order: NonNullable<SheetEntry['order']>,
): Promise<RowProblem | null> {
  try {
    await books.run(collegeId, order);
    return null;
  } catch (thrown) {
    if (!(thrown instanceof MunimError) || !ofEntry.test(thrown.code)) throw thrown;
    return refusedBy(thrown.code, order.name, mapping.amount === undefined);
  }
}

function refusedBy(code: ErrorCode, name: NonNullable<SheetEntry['order']>['name'], isTwoSided: boolean): RowProblem {
  const field = name === 'account.create' ? 'code' : isTwoSided ? 'debit' : 'amount';
  return rowProblem(field, 'IMPORT_ROW_REFUSED_ENTRY', { code });
}

async function headingsOf(
  workbook: OpenedWorkbook,
  { sheet, headerRow, kind }: RunSheetQuestion,
): Promise<readonly string[]> {
  const head: RawRow[] = [];
  for await (const row of workbook.rows(sheet)) {
    head.push(row);
    if (row.number >= headerRow) break;
  }
  return guessColumns(head, headerRow, kind)?.columns.map(({ title }) => title) ?? [];
}

async function offerRefused(
  { files, workbooks }: ImportTools,
  personId: Id,
  file: HeldFile,
  { sheet, mapping, language }: RunSheetQuestion,
  job: JobHandle,
  headings: readonly string[],
  refused: readonly RefusedSheetRow[],
): Promise<{ readonly id: Id; readonly fileName: string }> {
  async function* rows(): AsyncGenerator<RefusedRow, void> {
    for (const { row, problems } of refused) {
      const reasons = problems.map((problem) => ({
        column: mapping[problem.field] ?? null,
        text: problemInWords(problem, language),
      }));
      yield { cells: row.cells, reasons };
    }
  }
  const id = files.newId();
  const reasonHeading = fileWords.reason[language];
  await workbooks.writeRefused({
    ...{ path: files.pathOf(id), sheetName: sheet, headings, reasonHeading, rows: rows(), signal: job.signal },
  });
  const fileName = `${file.fileName.replace(/\.[^.]*$/, '')} - ${fileWords.refusedRows[language]}.xlsx`;
  await files.offer(personId, id, fileName, XLSX_TYPE);
  return { id, fileName };
}
