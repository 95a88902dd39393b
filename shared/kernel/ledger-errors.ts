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
  VOUCHER_INVALID: {
    http: 422,
    cause: 'The {field} of the voucher is not right (line {line}): {reason}.',
    next: 'Correct the marked line or choose another kind of voucher.',
  },
  VOUCHER_UNBALANCED: {
    http: 422,
    cause: 'Debit {debit} and credit {credit} differ.',
    next: 'Correct an amount or add the missing line.',
  },
  VOUCHER_DATE_INVALID: {
    http: 422,
    cause: 'A voucher cannot be dated {date}: {reason}.',
    next: 'Use the day it happened, today at the latest.',
  },
  VOUCHER_NEEDS_APPROVAL: {
    http: 409,
    cause: 'A principal has to decide on spending of this size for "{category}".',
    next: 'Enter it as an expense; it is posted when it is approved.',
  },
  VOUCHER_OF_EXPENSE: {
    http: 409,
    cause: 'This voucher belongs to an expense.',
    next: 'Open the expense and reverse it there.',
  },
  VOUCHER_IS_REVERSAL: {
    http: 409,
    cause: 'This entry takes another one back and cannot itself be taken back.',
    next: 'Enter the voucher again as it should be.',
  },
  VOUCHER_REVERSED: {
    http: 409,
    cause: 'This voucher was taken back on {date} already.',
    next: 'Nothing is left to do here.',
  },
  BILL_UNKNOWN: {
    http: 422,
    cause: 'The party has no bill "{name}".',
    next: 'Choose one of its open bills, or make it a new one.',
  },
  BILL_DUPLICATE: {
    http: 409,
    cause: 'The party has an open bill "{name}" already.',
    next: 'Settle that one, or use another name.',
  },
  BILL_OVERPAID: {
    http: 409,
    cause: 'Of the bill "{name}" only {open} is open.',
    next: 'Use up to that much for it, and put the rest on account or make it an advance.',
  },
  PERIOD_INVALID: {
    http: 409,
    cause: 'This cannot be done with {period}: {reason}.',
    next: 'Look at the list of periods.',
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
