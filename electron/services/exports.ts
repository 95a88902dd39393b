import { istDate } from '../../shared/kernel/dates.ts';
import { MunimError } from '../../shared/kernel/errors.ts';
import type { Id } from '../../shared/kernel/ids.ts';
import { limits } from '../../shared/kernel/limits.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import type { Workbooks } from '../../shared/ports/workbooks.ts';
import { type ExportKind, type ExportLanguage, exportColumns, exportTitle } from './export-columns.ts';
import type { FileService } from './files.ts';
import { type JobHandle, stopHere } from './jobs.ts';
import { XLSX_TYPE } from './run-import.ts';

export type ExportRow = Readonly<Record<string, unknown>>;

export interface ExportTools {
  readonly files: FileService;
  readonly workbooks: Workbooks;
  readonly clock: Clock;
  /** Lets other calls run while a long list is written. */
  readonly pause: () => Promise<void>;
}

export interface ExportOrder {
  readonly kind: ExportKind;
  readonly format: 'xlsx' | 'csv';
  readonly language: ExportLanguage;
  /** The list, row by row, and how many there are where that is known. */
  readonly rows: AsyncIterable<ExportRow>;
  readonly total: number | null;
}

const pauseEveryRows = 200;

/** Writes a list to a file for the person. Errors: EXPORT_…, ENGINE_DISK_FULL, CANCELLED. */
export async function runExport(tools: ExportTools, personId: Id, order: ExportOrder, job: JobHandle): Promise<void> {
  const { files, workbooks, clock } = tools;
  const id = files.newId();
  const title = exportTitle(order.kind, order.language);
  try {
    const count = await workbooks.writeList({
      columns: exportColumns(order.kind, order.language),
      rows: paced(order.rows, tools, job.signal),
      path: files.pathOf(id),
      format: order.format,
      title,
      signal: job.signal,
      onProgress: (rows) => job.progress(rows, order.total),
    });
    const fileName = `${title} ${istDate(clock.now())}.${order.format}`;
    await files.offer(personId, id, fileName, order.format === 'xlsx' ? XLSX_TYPE : 'text/csv');
    job.progress(count, count);
    job.result({ added: count, known: 0, refused: 0, fileId: id, fileName });
  } catch (thrown) {
    await files.drop(id);
    throw thrown;
  }
}

async function* paced(
  rows: AsyncIterable<ExportRow>,
  tools: ExportTools,
  signal: AbortSignal,
): AsyncGenerator<ExportRow, void> {
  let count = 0;
  for await (const row of rows) {
    count += 1;
    if (count > limits.list.exportRowsMax)
      throw new MunimError('EXPORT_TOO_MANY_ROWS', { limit: limits.list.exportRowsMax });
    if (count % pauseEveryRows === 0) {
      stopHere(signal);
      await tools.pause();
    }
    yield row;
  }
}
