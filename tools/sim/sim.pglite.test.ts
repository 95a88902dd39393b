import { spawnSync } from 'node:child_process';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { projectRoot } from '../run.ts';
import { edited } from './edit.ts';
import { mutants } from './mutants.ts';

const zFinding = z.object({ invariant: z.string(), problem: z.string() }).nullable();
const zLine = z.union([
  z.object({ name: z.string(), isFound: z.boolean(), seed: z.int(), step: z.int(), finding: zFinding }),
  z.object({ seed: z.int(), finding: zFinding, digest: z.string(), last: z.array(z.string()) }),
]);
type Line = z.infer<typeof zLine>;

/** The simulator patches Node's own modules and loads the program many times, so it has a process of its own. */
let lines: readonly Line[] = [];
beforeAll(() => {
  const child = spawnSync(process.execPath, ['tools/sim/try-mutants.ts'], {
    cwd: projectRoot,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    // A planted fault may also keep the program from ever coming to an end; the lines that are missing then tell which.
    timeout: 900_000,
  });
  expect(child.stderr).toBe('');
  lines = child.stdout
    .trim()
    .split('\n')
    .map((line) => zLine.parse(JSON.parse(line)));
}, 1_000_000);

describe('the simulator', () => {
  it('finds nothing in the program as it is, nor beside the version before, and sees the same again with the same seed', () => {
    const runs = lines.filter((line) => 'digest' in line);
    expect(runs.map(({ seed, finding, last }) => ({ seed, finding, last }))).toEqual(
      [1, 2, 1, 1, 2].map((seed) => ({ seed, finding: null, last: [] })),
    );
    expect(runs[2]?.digest).toBe(runs[0]?.digest);
    const others = [runs[1], runs[3], runs[4]].map((run) => run?.digest);
    expect(new Set([...others, runs[0]?.digest]).size).toBe(4);
  });

  it.each(mutants)('finds that $name', ({ name }) => {
    expect(lines.find((line) => 'name' in line && line.name === name)).toMatchObject({ isFound: true });
  });

  it('has planted faults that fit the program', () => {
    for (const mutant of mutants) expect(edited(mutant.file, [mutant])).toContain(mutant.replace);
    const [first] = mutants;
    if (first) expect(() => edited(first.file, [{ ...first, find: 'stands nowhere' }])).toThrow(/found 0 times/);
  });
});
