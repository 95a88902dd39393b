import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { configDefaults, defineConfig } from 'vitest/config';
import { chooseSeed } from './shared/testing/seed.ts';
import { LongestFirst } from './tools/testing/longest-first.ts';

const seed = chooseSeed(process.env, Date.now());
process.stderr.write(`SEED=${seed} (repeat this run with it)\n`);

const roots = '{shared,electron,sync-server,tools,renderer,bench}';
const suffixed = ['pglite', 'pg', 'web'].map((kind) => `**/*.${kind}.test.{ts,tsx}`);
const cores = availableParallelism();
/** Processes that tests start find there what the first of them compiled. */
const compileCache = join(import.meta.dirname, 'node_modules', '.cache', 'munim-compiled');

/** The suffix of a test file says what it needs; each kind is a project, run one after the other so that they do not starve each other. */
export default defineConfig({
  // The renderer's own tests see the same constants as its development build.
  define: { __LOOPBACK__: 'true' },
  test: {
    sequence: { sequencer: LongestFirst },
    setupFiles: ['shared/testing/seed-setup.ts'],
    // A test that was singled out while working must not leave the others out for everybody.
    allowOnly: false,
    env: { NODE_COMPILE_CACHE: compileCache },
    exclude: [...configDefaults.exclude, 'dist/**', 'release/**', '.data/**'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // The second that is usual is too short for a busy machine.
    expect: { poll: { timeout: 20_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: [`${roots}/**/*.test.{ts,tsx}`],
          exclude: [...configDefaults.exclude, ...suffixed],
          maxWorkers: cores,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'pglite',
          include: [`${roots}/**/*.pglite.test.ts`],
          testTimeout: 180_000,
          hookTimeout: 180_000,
          // One PGlite takes a few hundred MiB, so there are few at once; one more than two, since many wait for processes of their own.
          maxWorkers: Math.min(3, cores + 1),
          sequence: { groupOrder: 2 },
        },
      },
      {
        extends: true,
        test: {
          name: 'pg',
          include: [`${roots}/**/*.pg.test.ts`],
          globalSetup: ['tools/testing/postgres-setup.ts', 'tools/testing/nats-setup.ts'],
          testTimeout: 180_000,
          hookTimeout: 180_000,
          maxWorkers: Math.min(2, cores),
          sequence: { groupOrder: 3 },
        },
      },
      {
        extends: true,
        test: {
          name: 'web',
          include: [`${roots}/**/*.web.test.{ts,tsx}`],
          globalSetup: ['tools/testing/chromium-setup.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          maxWorkers: Math.min(2, cores),
          sequence: { groupOrder: 4 },
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['e2e/**/*.e2e.ts'],
          globalSetup: ['tools/testing/chromium-setup.ts'],
          testTimeout: 600_000,
          hookTimeout: 300_000,
          fileParallelism: false,
          maxWorkers: 1,
          sequence: { groupOrder: 5 },
        },
      },
    ],
  },
});
