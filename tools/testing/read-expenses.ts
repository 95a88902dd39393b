import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type OpenWorkbook, openWorkbook } from '../../electron/adapters/workbook/read-workbook.ts';
import { seedChart } from '../../shared/domain/college/seed-chart.ts';
import { collegeIds } from '../../shared/domain/command/context.ts';
import { classifyRow, guessHeader, HEADER_SEARCH_ROWS, mappingOf } from '../../shared/domain/import/guess-mapping.ts';
import { dateOrder, noDateEvidence, withDateCell } from '../../shared/domain/import/parse-date.ts';
import { cellAt, type RawRow } from '../../shared/domain/import/raw-cell.ts';
import type { RowProblem } from '../../shared/domain/import/row-problems.ts';
import { type GoodRow, type ImportSetup, RowReader } from '../../shared/domain/import/validate-row.ts';
import type { Result } from '../../shared/kernel/result.ts';
import { nodeDigest } from '../../shared/testing/node-digest.ts';

/** Today of the tests: the samples' year and the one after it are open. */
export const TEST_TODAY = '2026-11-21';

const chart: unknown = JSON.parse(readFileSync(join(import.meta.dirname, '../../resources/seed/chart.json'), 'utf8'));
const COLLEGE = '0198c000-0000-7000-8000-000000000001';
const { accounts, categories } = seedChart(chart, COLLEGE, collegeIds(COLLEGE, nodeDigest));

export const testSetup: Omit<ImportSetup, 'mapping' | 'dateOrder'> = {
  today: TEST_TODAY,
  collegeStateCode: '27',
  categories,
  accounts: accounts.filter((account) => account.kind === 'expense'),
  itcEligible: false,
  hashing: nodeDigest,
};

export type Fate = { readonly skipped: 'blank' | 'total' | 'heading' } | Result<GoodRow, readonly RowProblem[]>;

/** Reads a sheet as the desk does: headings, one pass for the dates, one for the rows. Undefined when it has no headings. */
export async function readExpenses(
  book: OpenWorkbook,
  sheet: string,
): Promise<{ readonly headerRow: number; readonly fates: ReadonlyMap<number, Fate> } | undefined> {
  const first: RawRow[] = [];
  for await (const row of book.rows(sheet)) {
    first.push(row);
    if (first.length === HEADER_SEARCH_ROWS * 2) break;
  }
  const header = guessHeader(first);
  if (header === undefined) return undefined;
  const mapping = mappingOf(header.columns);
  let evidence = noDateEvidence;
  for await (const row of book.rows(sheet)) {
    if (row.number > header.headerRow) evidence = withDateCell(evidence, cellAt(row, mapping.billDate ?? -1));
  }
  const reader = new RowReader({ ...testSetup, mapping, dateOrder: dateOrder(evidence) });
  const fates = new Map<number, Fate>();
  for await (const row of book.rows(sheet)) {
    if (row.number <= header.headerRow) continue;
    const kind = classifyRow(row, mapping);
    fates.set(row.number, kind === 'data' ? reader.read(row) : { skipped: kind });
  }
  return { headerRow: header.headerRow, fates };
}

export async function withWorkbook<T>(path: string, use: (book: OpenWorkbook) => Promise<T>): Promise<T> {
  const book = await openWorkbook(path);
  try {
    return await use(book);
  } finally {
    await book.close();
  }
}

export const goodRows = (fates: ReadonlyMap<number, Fate>): readonly GoodRow[] =>
  [...fates.values()].flatMap((fate) => ('ok' in fate && fate.ok ? [fate.value] : []));
