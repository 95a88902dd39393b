import { MunimError } from '../../../shared/kernel/errors.ts';
import { openCsv } from './csv-source.ts';
import { isLyingEntry } from './read-zip.ts';
import type { SheetSource } from './sheet-source.ts';
import { sniffFile } from './sniff-file.ts';
import type { WorkbookLimits } from './workbook-limits.ts';
import { openXls } from './xls-source.ts';
import { openXlsx } from './xlsx-source.ts';

/** Opens a file for reading in this thread; every failure of its content is a MunimError IMPORT_…. */
export async function openSource(path: string, limits: WorkbookLimits): Promise<SheetSource> {
  try {
    const format = await sniffFile(path, limits.fileBytesMax);
    if (format === 'xls') return await openXls(path, limits);
    return format === 'xlsx' ? await openXlsx(path, limits) : await openCsv(path, limits);
  } catch (error) {
    throw importError(error);
  }
}

/** What went wrong with a file, as an error of the catalogue. Failures of the disk stay what they are. */
export function importError(error: unknown): unknown {
  if (error instanceof MunimError) return error;
  if (isLyingEntry(error)) return new MunimError('IMPORT_ZIP_BOMB', {}, { cause: error });
  if (error instanceof Error && 'syscall' in error) return error;
  return new MunimError('IMPORT_CORRUPT', {}, { cause: error });
}
