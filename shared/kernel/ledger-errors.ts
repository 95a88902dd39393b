/** The part of the catalogue of errors about the chart of accounts and what is posted to it. */
export const ledgerErrors = {
  GROUP_INVALID: {
    http: 422,
    cause: 'The {field} of the group is not right: {reason}.',
    next: 'Correct it. A group stands under a group of its own kind, at most six deep.',
  },
  GROUP_DUPLICATE: {
    http: 409,
    cause: 'There is a group with this code already: {code} {name}.',
    next: 'Use that group or choose another code.',
  },
  ACCOUNT_INVALID: {
    http: 422,
    cause: 'The {field} of the account is not right: {reason}.',
    next: 'Correct it. Codes have capital letters, digits and the signs . / and -.',
  },
  ACCOUNT_DUPLICATE: {
    http: 409,
    cause: 'There is an account with this code or name already: {code} {name}.',
    next: 'Use that account, or choose another code and name.',
  },
  COST_CENTRE_INVALID: {
    http: 422,
    cause: 'The {field} of the cost centre is not right: {reason}.',
    next: 'Correct it. Only a grant has an agency, a sanction and a period.',
  },
  COST_CENTRE_DUPLICATE: {
    http: 409,
    cause: 'There is a cost centre with this code already: {code} {name}.',
    next: 'Use that one or choose another code.',
  },
  CATEGORY_UNKNOWN: {
    http: 422,
    cause: 'There is no expense category "{category}".',
    next: 'Choose one from the list.',
  },
  GL_CODE_UNKNOWN: {
    http: 422,
    cause: 'There is no GL code "{glCode}" for expenses.',
    next: 'Choose one from the list.',
  },
  PERIOD_CLOSED: {
    http: 409,
    cause: 'The period of {date} is closed.',
    next: 'Use a date in an open period, or ask to have it opened again.',
  },
  LEDGER_UNBALANCED: {
    http: 500,
    cause: 'Debit and credit of an entry differ ({difference}).',
    next: 'Nothing was posted. Tell support the reference.',
  },
  AUDIT_BROKEN: {
    cause: 'The audit trail does not fit together at entry {position}.',
    next: 'Do not delete anything. Tell your auditor and IT admin.',
  },
} as const;
