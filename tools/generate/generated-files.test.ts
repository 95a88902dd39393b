import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { errorCatalogue } from '../../shared/kernel/errors.ts';
import { projectRoot } from '../run.ts';
import { errorsPage } from './errors-page.ts';
import { generatedFiles } from './generated-files.ts';

describe('generated files are those of this source (npm run generate)', () => {
  it.each(Object.entries(generatedFiles))('%s', async (path, make) => {
    expect(readFileSync(join(projectRoot, path), 'utf8')).toBe(await make());
  });
});

it('the page of errors has every code with its cause', () => {
  const page = errorsPage();
  for (const [code, { cause }] of Object.entries(errorCatalogue)) {
    expect(page).toContain(`| \`${code}\` | ${cause} |`);
  }
});
