import type { ReportDocument } from '../../shared/domain/report/document.ts';
import { formatDate, type IsoDate } from '../../shared/kernel/dates.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import type { ReportOrder, Reports } from '../../shared/ports/reports.ts';
import type { FileService } from './files.ts';
import type { JobHandle } from './jobs.ts';
import { XLSX_TYPE } from './run-import.ts';

export interface ReportTools {
  readonly files: FileService;
  readonly reports: Reports;
  readonly clock: Clock;
}

export interface ReportExport {
  /** Built when the work begins, from the books as they are then. */
  readonly build: () => Promise<ReportDocument>;
  readonly format: ReportOrder['format'];
  /** For the name of the file. */
  readonly from: IsoDate;
  readonly to: IsoDate;
}

const types: Readonly<Record<ReportOrder['format'], string>> = {
  xlsx: XLSX_TYPE,
  csv: 'text/csv',
  pdf: 'application/pdf',
};

/** Writes a report to a file for the person. Errors: REPORT_TOTALS_DISAGREE, EXPORT_…, ENGINE_DISK_FULL, CANCELLED. */
export async function exportReport(
  { files, reports, clock }: ReportTools,
  person: { readonly personId: string; readonly name: string },
  { build, format, from, to }: ReportExport,
  job: JobHandle,
): Promise<void> {
  const id = files.newId();
  try {
    const document = await build();
    const rows = document.rows.length;
    await reports.write({
      document,
      path: files.pathOf(id),
      format,
      printed: { at: clock.now(), by: person.name },
      signal: job.signal,
      onProgress: (done) => job.progress(done, rows),
    });
    const fileName = `${document.title} ${formatDate(from)} ${formatDate(to)}.${format}`.replace(/[\\/:*?"<>|]/g, ' ');
    await files.offer(person.personId, id, fileName, types[format]);
    job.result({ added: rows, known: 0, refused: 0, fileId: id, fileName });
  } catch (thrown) {
    await files.drop(id);
    throw thrown;
  }
}
