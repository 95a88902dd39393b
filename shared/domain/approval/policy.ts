import type { Category, College, Expense } from '../rows.ts';

export type DecisionReason = 'category' | 'amount' | 'over_budget';

/** Why a principal has to decide on an expense; empty means that the policy itself approves it. Source: 001 section 1.2 and 1.5. */
export function decisionReasons(
  expense: Pick<Expense, 'totalPaise'>,
  category: Pick<Category, 'requiresApproval'>,
  college: Pick<College, 'approvalAbovePaise'>,
  overBudget: boolean,
): readonly DecisionReason[] {
  const reasons: DecisionReason[] = [];
  if (category.requiresApproval) reasons.push('category');
  if (expense.totalPaise > college.approvalAbovePaise) reasons.push('amount');
  if (overBudget) reasons.push('over_budget');
  return reasons;
}
