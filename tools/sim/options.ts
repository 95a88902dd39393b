import { parseArgs } from 'node:util';

/** Everything that a run follows from. What is missing here cannot be repeated. */
export interface Shape {
  readonly seed: number;
  readonly steps: number;
  /** Steps from one rest to the next. */
  readonly restEvery: number;
  /** More goes wrong. */
  readonly rough: boolean;
  /** The server is copied now and then, and put back to its last copy. */
  readonly restores: boolean;
  /** Desks and servers of the version before are among the others until they are brought up to date. */
  readonly former: boolean;
  /** Part of the name of a planted fault; empty for the program as it is. */
  readonly mutant: string;
}

export const defaultShape: Omit<Shape, 'seed'> = {
  steps: 400,
  restEvery: 150,
  rough: false,
  restores: false,
  former: false,
  mutant: '',
};

/** What the command line says, besides the shape of one run. */
export interface Plan {
  readonly shape: Omit<Shape, 'seed'>;
  readonly first: number;
  readonly count: number;
  readonly workers: number;
  readonly aloud: boolean;
}

/** @throws Error for what is no number or no option */
export function readPlan(args: readonly string[], env: { readonly SEED?: string | undefined }, cores: number): Plan {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seeds: { type: 'string', default: '20' },
      from: { type: 'string', default: '1' },
      seed: { type: 'string' },
      steps: { type: 'string', default: String(defaultShape.steps) },
      restEvery: { type: 'string', default: String(defaultShape.restEvery) },
      rough: { type: 'boolean', default: defaultShape.rough },
      restores: { type: 'boolean', default: defaultShape.restores },
      former: { type: 'boolean', default: defaultShape.former },
      mutant: { type: 'string', default: defaultShape.mutant },
      workers: { type: 'string', default: String(cores) },
      aloud: { type: 'boolean', default: false },
    },
  });
  const { rough, restores, former, mutant, aloud } = values;
  const only = values.seed ?? env.SEED;
  const count = only === undefined ? natural('seeds', values.seeds) : 1;
  return {
    shape: {
      steps: natural('steps', values.steps),
      restEvery: natural('restEvery', values.restEvery),
      rough,
      restores,
      former,
      mutant,
    },
    first: only === undefined ? natural('from', values.from) : natural('seed', only),
    count,
    workers: Math.min(count, natural('workers', values.workers)),
    aloud,
  };
}

function natural(name: string, text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 1) throw new Error(`--${name} takes a number from 1, not ${text}`);
  return number;
}

/** How each part of a shape is said on the command line; the seed goes into the environment. */
const said: { readonly [K in keyof typeof defaultShape]: (value: Shape[K]) => string } = {
  steps: (steps) => ` --steps ${steps}`,
  restEvery: (steps) => ` --restEvery ${steps}`,
  rough: () => ' --rough',
  restores: () => ' --restores',
  former: () => ' --former',
  mutant: (name) => ` --mutant '${name.replaceAll("'", `'\\''`)}'`,
};

/** The command that has the same run once more. */
export function repeatCommand(shape: Shape): string {
  const word = <K extends keyof typeof defaultShape>(key: K): string =>
    shape[key] === defaultShape[key] ? '' : said[key](shape[key]);
  const words = (Object.keys(said) as (keyof typeof said)[]).map(word).join('');
  return `SEED=${shape.seed} npm run sim --${words}`;
}
