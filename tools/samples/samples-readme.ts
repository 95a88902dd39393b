import type { KnownRow } from './dirty-book.ts';

/** The page that goes with the samples, made from the same list that the tests check the files against. */
export function samplesReadme(known: readonly KnownRow[]): string {
  const kinds = new Map<string, KnownRow>();
  for (const row of known) if (!kinds.has(row.kind)) kinds.set(row.kind, row);
  const lines = [...kinds.values()].map(
    ({ kind, sheet, row, expect }, index) => `| ${index + 1} | ${kind} | ${sheet} | ${row} | ${fate(expect)} |`,
  );
  return `# Sample workbooks

Made by \`node tools/make-samples.ts\` from a fixed seed; a test checks that the files here are what it makes. The college, its vendors
and their numbers are invented.

- \`expenses-clean-2000.xlsx\`: 2,000 bills of financial year 2025-26. All of them go in; a second import adds nothing.
- \`expenses-quarter-1.csv\`: the bills of April to June 2025 out of the same books, as another program exports them. Imported after
  the workbook it adds nothing.
- \`expenses-dirty.xlsx\`: what departments send in. Five sheets: \`Bills\` with a letterhead and headings in two merged rows, \`Mixed
  dates\`, \`हिन्दी बिल\`, \`Notes\` (no list at all: Munim says that it found no headings) and \`Day register\` with 100,000 rows.
- \`vouchers-sample.xlsx\`, \`openings-sample.xlsx\`, \`budgets-sample.xlsx\`, \`accounts-sample.xlsx\`: a few rows of each other kind of sheet,
  over the chart that a college begins with; to be filled in with one's own.

## What is in the dirty one

| no. | kind | sheet | row | what Munim does |
| --: | --- | --- | --: | --- |
${lines.join('\n')}
`;
}

function fate(expect: KnownRow['expect']): string {
  if ('refused' in expect) return `refused: \`${expect.refused}\``;
  return 'taken' in expect ? 'taken' : `passed over (${expect.skipped})`;
}
