import { z } from 'zod';

const zReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      startTime: z.number(),
      endTime: z.number(),
      assertionResults: z.array(z.object({ status: z.string() })),
    }),
  ),
});

export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly slowestFiles: readonly { readonly file: string; readonly seconds: number }[];
}

/**
 * What a run of vitest came to. A file that could not even be loaded counts as one failure, and so does a run that ended badly
 * without a failed test, or left no report, or ran nothing: none of them may look like success.
 * @param text the report of vitest's JSON reporter, or null when there is none
 * @param good whether vitest's exit code was 0
 */
export function countReport(text: string | null, good: boolean): Counts {
  const report = text === null ? null : zReport.parse(JSON.parse(text));
  if (report === null) return { passed: 0, failed: 1, skipped: 0, slowestFiles: [] };
  const unloaded = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  ).length;
  const failed = report.numFailedTests + unloaded;
  const nothingRan = report.numPassedTests + failed === 0;
  return {
    passed: report.numPassedTests,
    failed: failed === 0 && (!good || nothingRan) ? 1 : failed,
    skipped: report.numPendingTests + report.numTodoTests,
    slowestFiles: report.testResults.map(({ name, startTime, endTime }) => ({
      file: name,
      seconds: (endTime - startTime) / 1000,
    })),
  };
}
