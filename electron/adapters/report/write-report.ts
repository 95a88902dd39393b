import type { FileHandle } from 'node:fs/promises';
import { documentFault } from '../../../shared/domain/report/check-document.ts';
import { MunimError } from '../../../shared/kernel/errors.ts';
import type { ReportOrder, Reports } from '../../../shared/ports/reports.ts';
import { throwIfStopped, writeWhole } from '../workbook/output-file.ts';
import { writeReportCsv } from './write-report-csv.ts';
import { writeReportXlsx } from './write-report-xlsx.ts';

const writers: Readonly<Record<ReportOrder['format'], (file: FileHandle, order: ReportOrder) => Promise<void>>> = {
  csv: writeReportCsv,
  // Its library is large and most days nothing is printed.
  pdf: async (file, order) => (await import('./write-report-pdf.ts')).writeReportPdf(file, order),
  xlsx: writeReportXlsx,
};

/** Reports as files. A document whose totals are not what its rows make is refused before anything is written. */
export const reportFiles: Reports = {
  async write(order) {
    const fault = documentFault(order.document);
    if (fault !== null) {
      const { label, column, stated, found } = fault;
      throw new MunimError('REPORT_TOTALS_DISAGREE', { label, column, stated: String(stated), made: String(found) });
    }
    await writeWhole(order.path, async (file) => {
      await writers[order.format](file, order);
      throwIfStopped(order.signal);
    });
    order.onProgress(order.document.rows.length);
  },
};
