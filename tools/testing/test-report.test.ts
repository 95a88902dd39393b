import { expect, it } from 'vitest';
import { countReport } from './test-report.ts';

interface Planned {
  readonly passed?: number;
  readonly failed?: number;
  readonly files?: readonly { readonly status: string; readonly tests: readonly string[] }[];
}

const report = ({ passed = 0, failed = 0, files = [] }: Planned): string =>
  JSON.stringify({
    numPassedTests: passed,
    numFailedTests: failed,
    numPendingTests: 2,
    numTodoTests: 1,
    testResults: files.map(({ status, tests }, at) => ({
      name: `/p/${at}.test.ts`,
      status,
      startTime: 1_000,
      endTime: 3_500,
      message: status === 'failed' ? 'cannot be read' : '',
      assertionResults: tests.map((test) => ({
        status: test,
        fullName: `it ${test}`,
        failureMessages: test === 'failed' ? ['one is not two'] : null,
      })),
    })),
  });

it('counts what passed, failed and was left out', () => {
  const files = [{ status: 'failed', tests: ['passed', 'failed'] }];
  expect(countReport(report({ passed: 5, failed: 1, files }), false)).toEqual({
    passed: 5,
    failed: 1,
    skipped: 3,
    failures: [{ file: '/p/0.test.ts', name: 'it failed', message: 'one is not two' }],
    slowestFiles: [{ file: '/p/0.test.ts', seconds: 2.5 }],
  });
  expect(countReport(report({ passed: 5 }), true)).toMatchObject({ passed: 5, failed: 0 });
});

it('counts a file that could not be loaded', () => {
  const files = [{ status: 'failed', tests: [] }];
  expect(countReport(report({ passed: 5, files }), false)).toMatchObject({
    passed: 5,
    failed: 1,
    failures: [{ file: '/p/0.test.ts', name: '', message: 'cannot be read' }],
  });
});

it.each([
  ['a bad end without a failed test', report({ passed: 5 }), false],
  ['no report', null, true],
  ['a run of nothing', report({}), true],
])('does not take %s for success', (_name, text, good) => {
  expect(countReport(text, good).failed).toBe(1);
});
