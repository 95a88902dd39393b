import type { Mapping } from '../../shared/domain/import/columns.ts';
import { classifyRow, guessColumns } from '../../shared/domain/import/guess-mapping.ts';
import { dateOrder, noDateEvidence } from '../../shared/domain/import/parse-date.ts';
import type { RawRow } from '../../shared/domain/import/raw-cell.ts';
import {
  bookProblem,
  fileWords,
  type ImportLanguage,
  problemInWords,
  type RowProblem,
} from '../../shared/domain/import/row-problems.ts';
import type { GoodRow } from '../../shared/domain/import/validate-row.ts';
import { MunimError } from '../../shared/kernel/errors.ts';
import type { Id } from '../../shared/kernel/ids.ts';
import { limits } from '../../shared/kernel/limits.ts';
import type { OpenedWorkbook, RefusedRow, Workbooks } from '../../shared/ports/workbooks.ts';
import type { FileService, HeldFile } from './files.ts';
import { compareWithBooks, evidenceOf, type ImportBooks, newReader } from './imports.ts';
import { type JobHandle, stopHere } from './jobs.ts';
import { RowPipe } from './row-pipe.ts';

export interface RunQuestion {
  readonly collegeId: Id;
  readonly sheet: string;
  readonly headerRow: number;
  readonly mapping: Mapping;
  /** Of the workbook with the refused rows. */
  readonly language: ImportLanguage;
}

export interface ImportTools {
  readonly files: FileService;
  readonly workbooks: Workbooks;
  readonly books: ImportBooks;
  /** Lets other calls run between two batches. */
  readonly pause: () => Promise<void>;
}

/**
 * Enters the good rows of a sheet in batches and writes the others, with the reasons, to a workbook for the person. Every batch is
 * durable by itself and its rows are known by their keys afterwards, so work that was stopped is simply started again. The counts are of
 * rows that are bills: blank rows, totals and repeated headings are none.
 */
export async function runImport(
  tools: ImportTools,
  personId: Id,
  file: HeldFile,
  question: RunQuestion,
  job: JobHandle,
): Promise<void> {
  const workbook = await tools.workbooks.open(tools.files.pathOf(file.id), { signal: job.signal });
  try {
    await new ImportRun(tools, personId, file, question, job, workbook).run();
  } finally {
    await workbook.close();
  }
}

interface Pending {
  readonly raw: RawRow;
  readonly good: GoodRow;
}

class ImportRun {
  readonly #tools: ImportTools;
  readonly #personId: Id;
  readonly #file: HeldFile;
  readonly #question: RunQuestion;
  readonly #job: JobHandle;
  readonly #workbook: OpenedWorkbook;
  readonly #refusedRows = new RowPipe<RefusedRow>();
  readonly #counts = { added: 0, known: 0, refused: 0 };
  #total = 0;

  constructor(
    tools: ImportTools,
    personId: Id,
    file: HeldFile,
    question: RunQuestion,
    job: JobHandle,
    workbook: OpenedWorkbook,
  ) {
    this.#tools = tools;
    this.#personId = personId;
    this.#file = file;
    this.#question = question;
    this.#job = job;
    this.#workbook = workbook;
  }

  async run(): Promise<void> {
    const { head, order } = await this.#survey();
    const id = this.#tools.files.newId();
    const headings = guessColumns(head, this.#question.headerRow)?.columns.map((column) => column.title) ?? [];
    const writing = this.#tools.workbooks.writeRefused({
      path: this.#tools.files.pathOf(id),
      sheetName: this.#question.sheet,
      headings,
      reasonHeading: fileWords.reason[this.#question.language],
      rows: this.#refusedRows,
      signal: this.#job.signal,
    });
    // A disk that cannot take the refused rows stops the import; the reader must not wait for a writer that is gone.
    writing.catch((thrown: unknown) => this.#refusedRows.fail(thrown));
    try {
      await this.#readRows(order);
      this.#refusedRows.end();
    } catch (thrown) {
      // What was entered stays entered, and is said.
      this.#report();
      this.#refusedRows.fail(thrown);
      await writing.catch(() => undefined);
      throw thrown;
    }
    await writing;
    await this.#offerRefused(id);
  }

  /** A first pass over the sheet: how many bills there are, and in which order its dates are written. */
  async #survey() {
    const { headerRow, mapping, sheet } = this.#question;
    const addEvidence = evidenceOf(mapping);
    const head: RawRow[] = [];
    let evidence = noDateEvidence;
    for await (const row of this.#workbook.rows(sheet)) {
      if (row.number <= headerRow + 20) head.push(row);
      if (!this.#isBill(row)) continue;
      this.#total += 1;
      evidence = addEvidence(evidence, row);
    }
    stopHere(this.#job.signal);
    return { head, order: dateOrder(evidence) };
  }

  #isBill(row: RawRow): boolean {
    return row.number > this.#question.headerRow && classifyRow(row, this.#question.mapping) === 'data';
  }

  async #readRows(order: ReturnType<typeof dateOrder>): Promise<void> {
    const { collegeId, mapping, sheet } = this.#question;
    const reader = await newReader(this.#tools.books, collegeId, mapping, order);
    let batch: Pending[] = [];
    for await (const raw of this.#workbook.rows(sheet)) {
      if (!this.#isBill(raw)) continue;
      const read = reader.read(raw);
      if (read.ok) batch.push({ raw, good: read.value });
      else await this.#refuse(raw, read.error);
      if (batch.length < limits.import.batchRows) continue;
      await this.#enter(batch);
      batch = [];
    }
    await this.#enter(batch);
  }

  async #enter(batch: readonly Pending[]): Promise<void> {
    stopHere(this.#job.signal);
    const { books } = this.#tools;
    const { collegeId } = this.#question;
    const verdicts = await compareWithBooks(
      books,
      collegeId,
      batch.map(({ good }) => good),
    );
    const fresh: Pending[] = [];
    for (const pending of batch) {
      const verdict = verdicts.get(pending.good);
      if (verdict === 'known') this.#counts.known += 1;
      else if (typeof verdict === 'object') await this.#refuse(pending.raw, [verdict]);
      else fresh.push(pending);
    }
    await this.#enterRows(fresh);
    this.#report();
    await this.#tools.pause();
  }

  /** The rules of the books have the last word: a row they refuse is taken out, and the others are tried again. */
  async #enterRows(rows: readonly Pending[]): Promise<void> {
    if (rows.length === 0) return;
    try {
      const batch = { fileName: this.#file.fileName, rows: rows.map(({ good }) => good.row) };
      await this.#tools.books.enter(this.#question.collegeId, batch);
      this.#counts.added += rows.length;
    } catch (thrown) {
      if (!(thrown instanceof MunimError)) throw thrown;
      // Long descriptions make a batch that would not fit into one message to the server.
      if (thrown.code === 'SYNC_TOO_LARGE' && rows.length > 1) {
        const middle = Math.ceil(rows.length / 2);
        await this.#enterRows(rows.slice(0, middle));
        await this.#enterRows(rows.slice(middle));
        return;
      }
      const refused = rows.find(({ good }) => good.row.importKey === thrown.details.importKey);
      if (refused === undefined) throw thrown;
      await this.#refuse(refused.raw, [bookProblem(thrown.code, refused.good.row)]);
      await this.#enterRows(rows.filter((pending) => pending !== refused));
    }
  }

  async #refuse(raw: RawRow, problems: readonly RowProblem[]): Promise<void> {
    this.#counts.refused += 1;
    const { mapping, language } = this.#question;
    await this.#refusedRows.push({
      cells: raw.cells,
      reasons: problems.map((problem) => ({
        column: mapping[problem.field] ?? null,
        text: problemInWords(problem, language),
      })),
    });
  }

  #report(): void {
    const { added, known, refused } = this.#counts;
    this.#job.progress(added + known + refused, this.#total);
    this.#job.result({ added, known, refused, fileId: null, fileName: null });
  }

  async #offerRefused(id: Id): Promise<void> {
    const { added, known, refused } = this.#counts;
    this.#job.progress(this.#total, this.#total);
    if (refused === 0) {
      this.#job.result({ added, known, refused, fileId: null, fileName: null });
      await this.#tools.files.drop(id);
      return;
    }
    const fileName = `${this.#file.fileName.replace(/\.[^.]*$/, '')} - ${fileWords.refusedRows[this.#question.language]}.xlsx`;
    await this.#tools.files.offer(this.#personId, id, fileName, XLSX_TYPE);
    this.#job.result({ added, known, refused, fileId: id, fileName });
  }
}

export const XLSX_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
