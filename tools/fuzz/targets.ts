import { bankTargets } from './bank-targets.ts';
import type { FuzzTarget } from './fuzz.ts';
import { statementTargets } from './statement-targets.ts';
import { webhookTargets } from './webhook-targets.ts';

/** All that is fuzzed, by name. What reads bytes of others belongs here. */
export const fuzzTargets: readonly FuzzTarget[] = [...statementTargets, ...webhookTargets, ...bankTargets];

/** @throws Error for a name that is none */
export function targetsNamed(name: string | undefined): readonly FuzzTarget[] {
  if (name === undefined) return fuzzTargets;
  const found = fuzzTargets.filter((target) => target.name === name);
  if (found.length === 0) throw new Error(`--target is one of ${fuzzTargets.map((target) => target.name).join(', ')}`);
  return found;
}
