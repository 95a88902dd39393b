/**
 * Reasons in STATEMENT_INVALID. period: it ends before it starts, or in days to come; day: a line lies outside of the period; one_side: a
 * line has not exactly one side above zero; occurrence: two lines are the same one; other: another statement has this id.
 */
export const statementReasons = ['period', 'day', 'one_side', 'occurrence', 'other'] as const;
export type StatementReason = (typeof statementReasons)[number];

/**
 * Reasons in MATCH_INVALID. alone: nothing, or one thing alone; twice: something stands in it or in its neighbours twice; account: it is of
 * another account; opening: what the books began with; one_sided: both sides are there and add up to nothing; even: nothing is left to
 * enter, since the lines and the entries beside them come to the same.
 */
export const matchReasons = ['alone', 'twice', 'account', 'opening', 'one_sided', 'even'] as const;
export type MatchReason = (typeof matchReasons)[number];

/** Reasons in BANK_RULE_INVALID. */
export const bankRuleReasons = ['empty', 'unknown', 'inactive', 'bank'] as const;
export type BankRuleReason = (typeof bankRuleReasons)[number];
