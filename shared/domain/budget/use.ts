import { basisPoints, type Paise } from '../../kernel/money.ts';
import type { Budget, College } from '../rows.ts';

export type AlertLevel = 'normal' | 'warning' | 'critical';

type Amounts = Pick<Budget, 'allocatedPaise' | 'committedPaise' | 'spentPaise'>;

/** What is spent or held. */
export const usedOf = (budget: Amounts): Paise => budget.committedPaise + budget.spentPaise;

/** What can still be asked for; below zero after an approval over budget. A category without a budget has nothing. */
export const availableOf = (budget: Amounts | undefined): Paise =>
  budget === undefined ? 0n : budget.allocatedPaise - usedOf(budget);

/** Use in basis points of the allocation; use without an allocation counts as all of it. */
export const basisPointsUsed = (budget: Amounts): number => basisPoints(usedOf(budget), budget.allocatedPaise);

export function alertLevel(
  budget: Amounts,
  college: Pick<College, 'budgetWarningBp' | 'budgetCriticalBp'>,
): AlertLevel {
  const use = basisPointsUsed(budget);
  if (use >= college.budgetCriticalBp) return 'critical';
  return use >= college.budgetWarningBp ? 'warning' : 'normal';
}
