/**
 * What the account of the surplus is called, folded: in a college it is the Income and Expenditure Account, other programs call it by the
 * name of a trader's.
 */
export const surplusNames: ReadonlySet<string> = new Set([
  'income and expenditure account',
  'income & expenditure account',
  'income and expenditure a/c',
  'income & expenditure a/c',
  'profit & loss a/c',
  'profit and loss account',
]);
