import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { TestSpecification, Vitest } from 'vitest/node';
import { projectRoot } from '../run.ts';
import { LongestFirst, longFiles } from './longest-first.ts';

test('the files that run for minutes are where they are said to be', () => {
  expect(longFiles.filter((file) => !existsSync(join(projectRoot, file)))).toEqual([]);
});

/** What the order goes by: a file, and the place of its project among the others. */
const specification = (file: string, groupOrder: number): TestSpecification =>
  ({
    moduleId: join(projectRoot, file),
    project: { config: { root: projectRoot, sequence: { groupOrder } }, name: String(groupOrder) },
  }) as unknown as TestSpecification;

test('long files come first in their project, the longest before the others, and no project before its turn', async () => {
  const files = [
    specification('shared/kernel/ids.test.ts', 0),
    ...longFiles.map((file) => specification(file, 1)).reverse(),
    specification('shared/db/books.pglite.test.ts', 1),
    specification('renderer/testing/layout.web.test.ts', 3),
  ];
  const never = { cache: { getTestSpecificationResult: () => undefined, getFileTestResults: () => undefined } };
  const config = { root: projectRoot, sequence: { groupOrder: 0 } };
  const order = await new LongestFirst({ ...never, config } as unknown as Vitest).sort([...files].reverse());
  expect(order.map(({ moduleId }) => moduleId.slice(projectRoot.length + 1))).toEqual([
    'shared/kernel/ids.test.ts',
    ...longFiles,
    'shared/db/books.pglite.test.ts',
    'renderer/testing/layout.web.test.ts',
  ]);
});
