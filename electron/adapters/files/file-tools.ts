import type { BlobStore, TempFiles } from '../../../shared/ports/files.ts';
import type { Reports } from '../../../shared/ports/reports.ts';
import type { Workbooks } from '../../../shared/ports/workbooks.ts';
import { reportFiles } from '../report/write-report.ts';
import { writeRefusedRows } from '../workbook/annotate.ts';
import { openWorkbook } from '../workbook/read-workbook.ts';
import { writeList } from '../workbook/write-workbook.ts';
import { blobStore } from './blob-store.ts';
import { tempFiles } from './temp-files.ts';

/** Everything the desk's file handlers need of the disk and of workbooks. */
export interface FileTools {
  readonly temp: TempFiles;
  readonly blobs: BlobStore;
  readonly workbooks: Workbooks;
  readonly reports: Reports;
}

/**
 * @param paths absolute folders that exist; `temp` is emptied at start
 * @param workerUrl where the parsing thread's program lies when it does not lie beside its reader (in a bundle)
 */
export function fileTools(paths: { readonly blobs: string; readonly temp: string }, workerUrl?: URL): FileTools {
  return {
    temp: tempFiles(paths.temp),
    blobs: blobStore(paths.blobs),
    workbooks: {
      open: (path, options) => openWorkbook(path, workerUrl === undefined ? options : { ...options, workerUrl }),
      writeList,
      writeRefused: writeRefusedRows,
    },
    reports: reportFiles,
  };
}
