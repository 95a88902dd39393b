import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cleanSheet, quarterCsv } from './samples/clean-book.ts';
import { dirtyBook } from './samples/dirty-book.ts';
import { writeSampleWorkbook } from './samples/sample-sheet.ts';
import { samplesReadme } from './samples/samples-readme.ts';
import { sheetSamples } from './samples/sheet-samples.ts';

export const sampleFiles = {
  clean: 'expenses-clean-2000.xlsx',
  dirty: 'expenses-dirty.xlsx',
  csv: 'expenses-quarter-1.csv',
  vouchers: 'vouchers-sample.xlsx',
  openings: 'openings-sample.xlsx',
  budgets: 'budgets-sample.xlsx',
  accounts: 'accounts-sample.xlsx',
  readme: 'README.md',
} as const;

/** Writes the sample files that ship with Munim into a folder. */
export async function makeSamples(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const { sheets, known } = dirtyBook();
  await writeSampleWorkbook(join(folder, sampleFiles.clean), [cleanSheet()]);
  await writeSampleWorkbook(join(folder, sampleFiles.dirty), sheets);
  for (const kind of ['vouchers', 'openings', 'budgets', 'accounts'] as const) {
    await writeSampleWorkbook(join(folder, sampleFiles[kind]), [sheetSamples[kind]]);
  }
  await writeFile(join(folder, sampleFiles.csv), quarterCsv());
  await writeFile(join(folder, sampleFiles.readme), samplesReadme(known));
}

if (import.meta.main) {
  const folder = process.argv[2] ?? join(import.meta.dirname, '..', 'resources', 'samples');
  await makeSamples(folder);
  console.log(`samples written to ${folder}`);
}
