import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectRoot } from './run.ts';

const { scripts } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as {
  readonly scripts: Readonly<Record<string, string>>;
};

describe('the scripts of package.json', () => {
  it.each(Object.entries(scripts))('%s runs programs that are there', (_name, line) => {
    const programs = [...line.matchAll(/\bnode (\S+\.m?[jt]s)/g)].map((match) => match[1] ?? '');
    expect(programs.length).toBeGreaterThan(0);
    for (const program of programs) expect(existsSync(join(projectRoot, program)), program).toBe(true);
  });
});
