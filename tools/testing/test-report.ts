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
      message: z.string().optional(),
      assertionResults: z.array(
        z.object({ status: z.string(), fullName: z.string(), failureMessages: z.array(z.string()).nullish() }),
      ),
    }),
  ),
});

/** One test that failed, or one file that could not be loaded; `name` is then empty. */
export interface Failure {
  readonly file: string;
  readonly name: string;
  readonly message: string;
}

export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly failures: readonly Failure[];
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
  if (report === null) return { passed: 0, failed: 1, skipped: 0, failures: [], slowestFiles: [] };
  const unloaded = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  );
  const failed = report.numFailedTests + unloaded.length;
  const nothingRan = report.numPassedTests + failed === 0;
  return {
    passed: report.numPassedTests,
    failed: failed === 0 && (!good || nothingRan) ? 1 : failed,
    skipped: report.numPendingTests + report.numTodoTests,
    failures: [
      ...report.testResults.flatMap(({ name: file, assertionResults }) =>
        assertionResults
          .filter(({ status }) => status === 'failed')
          .map(({ fullName: name, failureMessages }) => ({ file, name, message: failureMessages?.join('\n') ?? '' })),
      ),
      ...unloaded.map(({ name: file, message }) => ({ file, name: '', message: message ?? '' })),
    ],
    slowestFiles: report.testResults.map(({ name, startTime, endTime }) => ({
      file: name,
      seconds: (endTime - startTime) / 1000,
    })),
  };
}
