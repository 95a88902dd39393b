import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { performance } from 'node:perf_hooks';
import { chooseSeed } from '../shared/testing/seed.ts';
import { projectRoot, run } from './run.ts';
import { bringKeyring } from './testing/keyring.ts';
import { countReport, type Failure } from './testing/test-report.ts';

/**
 * Everything that must hold before a change goes in, in the order in which it fails quickest. Ends with `N passed, N failed`, where
 * the type checks, the lint and the build count as one each. `npm test -- --no-e2e` leaves the end-to-end tests out.
 */
interface Outcome {
  readonly name: string;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly seconds: number;
}

/** A run that hangs is stopped and counts as failed; whole runs take a fraction of this. */
const TESTS_MAX_MS = 60 * 60_000;
/** What is said once more at the end, where a reader of a long log begins: so many failures, so much of each. */
const SHOWN_FAILURES = 12;
const SHOWN_CHARACTERS = 1_200;
/** `.ci/run` looks for this line. */
const FAILED_HEAD = '── what failed';
const reports = join(projectRoot, 'node_modules', '.cache', 'munim-tests');
const bin = (path: string): string => join(projectRoot, 'node_modules', path);
const failures: Failure[] = [];
const slowest: { readonly file: string; readonly seconds: number }[] = [];

async function timed(name: string, work: () => Promise<Omit<Outcome, 'name' | 'seconds'>>): Promise<Outcome> {
  console.log(`\n── ${name}`);
  const from = performance.now();
  const outcome = await work();
  return { name, ...outcome, seconds: (performance.now() - from) / 1000 };
}

const step = (name: string, args: readonly string[]): Promise<Outcome> =>
  timed(name, async () => {
    const good = await run(process.execPath, args);
    if (!good) console.error(`${name} failed`);
    return { passed: good ? 1 : 0, failed: good ? 0 : 1, skipped: 0 };
  });

const tests = (name: string, projects: readonly string[]): Promise<Outcome> =>
  timed(name, async () => {
    const file = join(reports, `${projects.join('-')}.json`);
    rmSync(file, { force: true });
    const args = [
      bin('vitest/vitest.mjs'),
      'run',
      ...projects.flatMap((project) => ['--project', project]),
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${file}`,
    ];
    const good = await run(process.execPath, args, { timeoutMs: TESTS_MAX_MS });
    const { slowestFiles, failures: failed, ...counts } = countReport(readText(file), good);
    failures.push(...failed.map((failure) => ({ ...failure, file: relative(projectRoot, failure.file) })));
    slowest.push(...slowestFiles.map(({ file: path, seconds }) => ({ file: relative(projectRoot, path), seconds })));
    return counts;
  });

const readText = (file: string): string | null => (existsSync(file) ? readFileSync(file, 'utf8') : null);

function summarise(outcomes: readonly Outcome[]): number {
  console.log('\n── where the time went');
  for (const outcome of outcomes) {
    const skipped = outcome.skipped > 0 ? `, ${outcome.skipped} skipped` : '';
    console.log(
      `${outcome.seconds.toFixed(1).padStart(7)} s  ${outcome.name}: ${outcome.passed} passed, ${outcome.failed} failed${skipped}`,
    );
  }
  for (const { file, seconds } of slowest.sort((one, other) => other.seconds - one.seconds).slice(0, 8)) {
    console.log(`${seconds.toFixed(1).padStart(7)} s    ${file}`);
  }
  if (failures.length > 0) console.log(`\n${FAILED_HEAD}`);
  for (const { file, name, message } of failures.slice(0, SHOWN_FAILURES)) {
    console.log(`${file} ${name}\n    ${message.slice(0, SHOWN_CHARACTERS).replaceAll('\n', '\n    ')}`);
  }
  const passed = outcomes.reduce((sum, outcome) => sum + outcome.passed, 0);
  const failed = outcomes.reduce((sum, outcome) => sum + outcome.failed, 0);
  console.log(`\n${passed} passed, ${failed} failed`);
  return failed;
}

mkdirSync(reports, { recursive: true });
// Escape codes only make a log harder to read.
const terminal = process.stdout.isTTY || process.env.FORCE_COLOR !== undefined;
if (!terminal) process.env.NO_COLOR = '1';
const plain = terminal ? [] : ['--colors=off'];
chooseSeed(process.env, Date.now());
await bringKeyring();
const outcomes = [
  await step('type check', [bin('typescript/bin/tsc'), '-p', '.']),
  await step('type check of the renderer', [bin('typescript/bin/tsc'), '-p', 'renderer']),
  await step('type check of the tests in a browser', [bin('typescript/bin/tsc'), '-p', 'e2e']),
  await step('lint and format', [
    bin('@biomejs/biome/bin/biome'),
    'ci',
    '--diagnostic-level=warn',
    '--max-diagnostics=30',
    ...plain,
    '.',
  ]),
  await step('build', ['tools/build.ts']),
  await tests('tests', ['unit', 'pglite', 'pg', 'web']),
];
if (!process.argv.includes('--no-e2e')) outcomes.push(await tests('end-to-end tests', ['e2e']));
process.exitCode = summarise(outcomes) === 0 ? 0 : 1;
