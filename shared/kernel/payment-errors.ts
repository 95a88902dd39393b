/** The part of the catalogue of errors about paying through banks. */
export const paymentErrors = {
  BANK_ACCOUNT_INVALID: {
    http: 422,
    cause: 'The {field} of the bank account is not right: {reason}.',
    next: 'Compare it with the cheque book or the letter of the bank and correct it.',
  },
  BANK_ACCOUNT_DUPLICATE: {
    http: 409,
    cause: 'The GL code {glCode} already stands for the bank account "{name}".',
    next: 'Choose another GL code of a bank, or add one to the chart.',
  },
  BANK_ACCOUNT_INACTIVE: {
    http: 409,
    cause: 'The bank account "{name}" is out of use.',
    next: 'Choose another account, or put this one into use again.',
  },
  BENEFICIARY_NO_DETAILS: {
    http: 422,
    cause: 'The vendor {vendor} has no bank account number and IFSC.',
    next: 'Enter them in the vendor; another person then approves them.',
  },
  BENEFICIARY_NOT_APPROVED: {
    http: 409,
    cause: 'The bank details of {vendor} are approved by nobody yet.',
    next: 'Ask another person than who entered them to compare them with the cheque and approve them.',
  },
  BENEFICIARY_COOLING: {
    http: 409,
    cause: 'The bank details of {vendor} are new; nothing is paid to them before {at}.',
    next: 'Wait until then, or pay by cheque if it cannot wait.',
  },
  BENEFICIARY_OWN: {
    http: 403,
    cause: 'You entered or changed these bank details yourself.',
    next: 'Another person has to approve them.',
  },
  BENEFICIARY_APPROVED: {
    http: 409,
    cause: 'The bank details of {vendor} are approved already.',
    next: 'Nothing is left to do here.',
  },
  BENEFICIARY_CHANGED: {
    http: 409,
    cause: 'The bank details of {vendor} are no longer the approved ones this payment was prepared with.',
    next: 'Withdraw the payment and prepare it again once the new details are approved.',
  },
  PAYMENT_UNDER_ORDER: {
    http: 409,
    cause: 'This expense is being paid through the bank by a payment order.',
    next: 'Do not pay it otherwise. Withdraw the order first, if nothing of it was sent.',
  },
  ORDER_BILL_NOT_PAYABLE: {
    http: 409,
    cause: 'The bill {number} is {status} and cannot be put into a payment.',
    next: 'Take it out of the list; if somebody else pays it already, nothing is left to do.',
  },
  ORDER_WRONG_STATE: {
    http: 409,
    cause: 'The payment {number} is {orderStatus}; this cannot be done with it now.',
    next: 'Open the batch again to see how it stands.',
  },
  ORDER_NOT_AT_BANK: {
    http: 409,
    cause: 'There is nothing to ask the bank about this payment now: it has not gone out, or its end is known.',
    next: 'Look at the payment again; one that is being sent can be asked after in a moment.',
  },
  ORDER_OWN: {
    http: 403,
    cause: 'You prepared this payment yourself.',
    next: 'Another person has to release it.',
  },
  ORDER_BENEFICIARY_OWN: {
    http: 403,
    cause: 'You changed the bank details of {vendor} last, so you cannot release a payment to them.',
    next: 'Another person has to release it.',
  },
  ORDER_TOTAL_DIFFERS: {
    http: 409,
    cause: 'The payments add up to {total}, not to {seen} as was shown.',
    next: 'Look at the batch again and decide again.',
  },
  ORDER_LIMITS_UNSET: {
    http: 409,
    cause: 'No limits are set for payments from "{name}".',
    next: 'Ask the principal to set the limit of one payment and of one day.',
  },
  ORDER_OVER_PAYMENT_LIMIT: {
    http: 422,
    cause: 'A payment of {amount} is above the limit of {limit} for one payment from "{name}".',
    next: 'Ask the principal to raise the limit, or pay by cheque.',
  },
  ORDER_OVER_DAILY_LIMIT: {
    http: 422,
    cause: '{released} were released today from "{name}"; with {amount} more the limit of {limit} for a day is passed.',
    next: 'Release fewer today, or ask the principal to raise the limit.',
  },
  ORDER_TOO_EARLY: {
    http: 409,
    cause: 'The payment {number} is tried again at {at}; the bank of the vendor was away.',
    next: 'Wait; it goes by itself.',
  },
  ORDER_SENDINGS_USED: {
    http: 409,
    cause: 'The payment {number} was sent too often.',
    next: 'Withdraw it and prepare it again.',
  },
  ORDER_FENCE_UNKNOWN: {
    http: 409,
    cause: 'The payment {number} was never sent a {fence}. time, as this message says.',
    next: 'Look at the payment at the bank. If the bank made it, tell your IT admin: the books may be older than the payment.',
  },
  ORDER_NEWS_KNOWN: {
    http: 409,
    cause: 'The books know this of the payment already, or something later.',
    next: 'Nothing is left to do here.',
  },
  BANK_NOT_SET_UP: {
    cause: 'This bank account is not set up on this desk.',
    next: 'Set it up here, send from the desk where it is, or make a file for the bank.',
  },
  PAYMENT_SENT_BEFORE: {
    cause: 'This desk has sent the payment before and does not send it again.',
    next: 'Ask the bank what became of it; the desk does so by itself.',
  },
  PAYMENT_TOO_LATE: {
    cause: 'The payment waited too long on this desk and was not sent.',
    next: 'The desk asks the bank; a checker can then release the payment again.',
  },
  PAYMENT_NOT_GUARDED: {
    cause: 'The payment was not sent, because the disk of this PC does not take the note that it was.',
    next: 'Make room on the disk. The desk asks the bank, and a checker can then release the payment again.',
  },
  PAYMENT_IN_DOUBT: {
    cause: 'The bank gave no clear answer; it may have the payment.',
    next: 'Do not pay again. The desk asks the bank until it knows.',
  },
} as const;
