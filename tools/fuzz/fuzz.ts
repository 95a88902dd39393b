import { MunimError } from '../../shared/kernel/errors.ts';
import { Seeded } from '../torture/seeded.ts';
import { mutated } from './mutate.ts';

/** Something that reads what others wrote. */
export interface FuzzTarget {
  readonly name: string;
  /** Inputs that are read well; variants of them are tried. */
  readonly seeds: () => readonly [Uint8Array, ...Uint8Array[]];
  /** Returns, or throws a MunimError of the catalogue: both are answers. Any other exception is a finding. */
  readonly run: (input: Uint8Array) => unknown;
  /** Whether next to no variant can be taken, because nobody can alter what is signed. */
  readonly isSealed?: boolean;
}

export interface FuzzFinding {
  readonly target: string;
  readonly what: string;
  readonly input: Uint8Array;
}

export interface FuzzReport {
  readonly target: string;
  readonly inputs: number;
  readonly bytes: number;
  /** How many were answered with a value and not with a refusal: none would mean that nothing behind the first check was tried. */
  readonly taken: number;
  readonly ms: number;
  readonly slowestMs: number;
  readonly findings: readonly FuzzFinding[];
}

export interface FuzzOptions {
  readonly inputs: number;
  readonly seed: number;
  /** What an input may take, by its size; null where time is not judged. */
  readonly boundMs: ((bytes: number) => number) | null;
  readonly findingsMax?: number;
  /** Told of every input before it is tried, for a watchdog. */
  readonly onInput?: (input: Uint8Array) => void;
}

/** A tenth of a second, and two hundredths for each KiB: thousands of times what a linear reader needs. */
export const usualBound = (bytes: number): number => 100 + (bytes / 1024) * 20;

/** Tries variants of the target's seeds; the same seed tries the same. */
export async function fuzz(target: FuzzTarget, options: FuzzOptions): Promise<FuzzReport> {
  const random = new Seeded(options.seed);
  const [first, ...others] = target.seeds();
  // Their own copies: the `slice` of a Buffer is a window into it, and variants would be made of variants until nothing is read any more.
  const seeds = [new Uint8Array(first), ...others.map((seed) => new Uint8Array(seed))] as const;
  const findings: FuzzFinding[] = [];
  let [bytes, taken, slowestMs] = [0, 0, 0];
  const begin = performance.now();
  let done = 0;
  for (; done < options.inputs && findings.length < (options.findingsMax ?? 10); done += 1) {
    // The seeds themselves come first: what they give shows that the target is alive.
    const input = seeds[done] ?? mutated(seeds, random);
    options.onInput?.(input);
    bytes += input.length;
    const { what, isTaken, ms } = await attempt(target, input);
    if (isTaken) taken += 1;
    if (what !== null) findings.push({ target: target.name, what, input });
    if (ms > slowestMs) slowestMs = ms;
    if (options.boundMs === null || ms <= options.boundMs(input.length)) continue;
    const again = await fastest(target, input);
    if (again > options.boundMs(input.length))
      findings.push({ target: target.name, what: `${Math.round(again)} ms for ${input.length} bytes`, input });
  }
  return { target: target.name, inputs: done, bytes, taken, ms: performance.now() - begin, slowestMs, findings };
}

interface Attempt {
  readonly what: string | null;
  readonly isTaken: boolean;
  readonly ms: number;
}

async function attempt({ run }: FuzzTarget, input: Uint8Array): Promise<Attempt> {
  const begin = performance.now();
  try {
    const answer = run(input);
    const value = answer instanceof Promise ? await answer : answer;
    const isRefused = typeof value === 'object' && value !== null && 'ok' in value && value.ok === false;
    return { what: null, isTaken: !isRefused, ms: performance.now() - begin };
  } catch (thrown) {
    const ms = performance.now() - begin;
    if (thrown instanceof MunimError && thrown.code !== 'INTERNAL') return { what: null, isTaken: false, ms };
    return { what: thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown), isTaken: false, ms };
  }
}

/** Of twenty more tries: a pause of the machine is no finding, nor is one that others keep busy. */
async function fastest(target: FuzzTarget, input: Uint8Array): Promise<number> {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 20; round += 1) best = Math.min(best, (await attempt(target, input)).ms);
  return best;
}
