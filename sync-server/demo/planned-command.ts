import type { Plain } from '../../shared/kernel/canonical.ts';

/** Who gives a command of the plan. */
export type DemoActor = 'accountant' | 'principal';

export interface PlannedCommand {
  readonly at: number;
  readonly actor: DemoActor;
  readonly name: string;
  readonly args: { readonly [key: string]: Plain };
}
