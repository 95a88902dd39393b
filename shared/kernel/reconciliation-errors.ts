/** The part of the catalogue of errors about statements in the books and what of them is matched. */
export const reconciliationErrors = {
  STATEMENT_INVALID: {
    http: 422,
    cause: 'The statement cannot be kept: {reason}.',
    next: 'Check its period and its account, and download it from the bank again.',
  },
  STATEMENT_OTHER_ACCOUNT: {
    http: 422,
    cause: 'The statement is of the account {found}, not of {account}.',
    next: 'Choose the account it belongs to, or the statement of this account.',
  },
  MATCH_INVALID: {
    http: 422,
    cause: 'These lines cannot be matched: {reason}.',
    next: 'Mark lines of the bank and entries of the books that are the same money, and try again.',
  },
  MATCH_TAKEN: {
    http: 409,
    cause: 'A line of {date} was matched meanwhile.',
    next: 'Look at the list again; if that match is wrong, undo it first.',
  },
  MATCH_UNEQUAL: {
    http: 422,
    cause: 'The bank has {bank} and the books have {books}.',
    next: 'Mark what is missing, or enter the difference (charges, interest) as a voucher of its own.',
  },
  MATCH_UNDONE: {
    http: 409,
    cause: 'This match was undone already by {by}.',
    next: 'Nothing is left to do here.',
  },
  RECONCILIATION_LOCKED: {
    http: 409,
    cause: 'The reconciliation of {month} is closed with its month.',
    next: 'Ask the principal to open the month again if it has to be changed.',
  },
  BANK_RULE_INVALID: {
    http: 422,
    cause: 'The {field} of the rule is not right: {reason}.',
    next: 'Give the words that stand in the narration and an account in use that is no bank account.',
  },
  VOUCHER_CLEARED: {
    http: 409,
    cause: 'This voucher was met by the bank statement of {date}.',
    next: 'Undo the match in Bank first, or enter the correction as a voucher of its own.',
  },
} as const;
