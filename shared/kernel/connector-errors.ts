/** The part of the catalogue of errors about banks, gateways and other systems that Munim talks to. `{name}` is that of the connection. */
export const connectorErrors = {
  CONNECTOR_UNREACHABLE: {
    cause: '{name} cannot be reached ({detail}). Nothing was sent.',
    next: 'Check the internet line and the proxy; what waits is sent by itself when it is there again.',
  },
  CONNECTOR_TIMEOUT: {
    cause: '{name} did not answer in time.',
    next: 'Nothing was changed there. Try again in a few minutes.',
  },
  CONNECTOR_LINE_BROKEN: {
    cause: '{name} broke the line off before it answered ({detail}).',
    next: 'Nothing was changed there. Try again; if it happens each time, ask your IT admin whether our certificate still holds.',
  },
  CONNECTOR_IN_DOUBT: {
    cause: '{name} did not say whether it took the instruction ({detail}).',
    next: 'Do not pay again. Munim asks {name} what became of it, by the reference, until it knows.',
  },
  CONNECTOR_CERTIFICATE_UNTRUSTED: {
    cause: 'What answers in the name of {name} shows a certificate that is not trusted ({detail}). Nothing was sent.',
    next: 'Do not go on. Ask your IT admin to compare the certificate with the one that the bank gave.',
  },
  CONNECTOR_CERTIFICATE_REFUSED: {
    cause: '{name} does not accept the certificate of this office ({detail}).',
    next: 'Ask your IT admin whether the certificate has run out or was replaced, and to load the new one.',
  },
  CONNECTOR_CERTIFICATE_MISSING: {
    cause: 'For {name} no certificate is kept on this desk.',
    next: 'Ask your IT admin to load the certificate and the key that the bank gave.',
  },
  CONNECTOR_AUTH: {
    cause: '{name} refuses the credentials of this office.',
    next: 'Ask your IT admin to compare user, key and secret with what the bank gave, and to enter them again.',
  },
  CONNECTOR_FORBIDDEN: {
    cause: '{name} does not allow this to the credentials of this office.',
    next: 'Ask the bank to allow it for these credentials.',
  },
  CONNECTOR_RATE_LIMITED: {
    cause: '{name} asks for a pause; too much was asked in a short time.',
    next: 'It goes on by itself after the pause.',
  },
  CONNECTOR_UNAVAILABLE: {
    cause: '{name} cannot work at the moment (status {status}).',
    next: 'Nothing was done there. Try again later; what waits is sent by itself.',
  },
  CONNECTOR_PAUSED: {
    cause: '{name} failed several times in a row and is left alone for {seconds} seconds.',
    next: 'It is tried again by itself. If it stays so, ask the bank whether its service is down.',
  },
  CONNECTOR_BUSY: {
    cause: 'Too much is waiting for {name} already.',
    next: 'Wait until the list of what waits is shorter, then try again.',
  },
  CONNECTOR_BAD_ANSWER: {
    cause: 'The answer of {name} cannot be read ({detail}).',
    next: 'Try again. If it comes back, tell your IT admin: the bank may have changed its service.',
  },
  CONNECTOR_TOO_LARGE: {
    cause: 'The answer of {name} is larger than {limitMiB} MiB.',
    next: 'Ask for a shorter period.',
  },
  CONNECTOR_REDIRECT: {
    cause: '{name} sends to another address (status {status}). Munim does not follow.',
    next: 'Ask your IT admin to compare the address with what the bank gave; a sign-in page of the network does this too.',
  },
  CONNECTOR_INPUT: {
    cause: 'This cannot be sent to {name}: {where} is missing or not as it must be.',
    next: 'Correct it in the vendor, the account or the settings of the connection and try again.',
  },
  CONNECTOR_REJECTED: {
    cause: '{name} says that what was sent is not as it must be: {detail}.',
    next: 'Correct what it names and try again. If you see nothing wrong, tell your IT admin.',
  },
  CONNECTOR_NOT_OFFERED: {
    cause: '{name} does not offer this.',
    next: 'Do it on the site of the bank, or by a file.',
  },

  BANK_INSUFFICIENT_FUNDS: {
    cause: 'The account has not enough money for this payment.',
    next: 'Put money into the account or wait for a deposit, then send the payment again yourself.',
  },
  BANK_INVALID_ACCOUNT: {
    cause: 'The bank says that the account or IFSC of the payee is wrong: {detail}.',
    next: 'Ask the payee for the right details and correct the vendor; with these it is never sent again.',
  },
  BANK_LIMIT_EXCEEDED: {
    cause: 'The payment is above what the bank allows for one payment or one day.',
    next: 'Send it tomorrow, or ask the bank for a higher limit.',
  },
  BANK_OFFLINE: {
    cause: 'The bank of the payee is not reachable for the moment.',
    next: 'It is sent again by itself after half an hour.',
  },
  BANK_DECLINED: {
    cause: 'The bank does not carry out this payment: {detail}.',
    next: 'Ask the bank for the reason, naming the reference.',
  },
  BANK_DUPLICATE_REFERENCE: {
    cause: 'The bank has a payment with this reference already.',
    next: 'Do not pay again. Munim asks the bank what became of the first one.',
  },
  BANK_PAYMENT_UNKNOWN: {
    cause: 'The bank has no payment with this reference.',
    next: 'If it stays so for a day, ask the bank before anything is paid again.',
  },
  BANK_ACCOUNT_UNKNOWN: {
    cause: 'The bank does not know this account, or these credentials may not use it.',
    next: 'Compare the account number with the passbook, and ask the bank to link the account.',
  },
  BANK_MODE_INVALID: {
    cause: '{mode} cannot be used for this amount.',
    next: 'RTGS is for 2,00,000 rupees and more; choose NEFT for less.',
  },

  BANK_WEBHOOK_SIGNATURE: {
    http: 401,
    cause: 'A message that came in the name of {name} is not signed by it.',
    next: 'It was thrown away. If it comes often, ask your IT admin to compare the secret with that of the bank.',
  },
  BANK_WEBHOOK_TIME: {
    http: 401,
    cause: 'A message in the name of {name} is older or newer than five minutes.',
    next: 'It was thrown away; the state of the payment is asked for instead. Check the clock of the server.',
  },
  BANK_WEBHOOK_BODY: {
    http: 400,
    cause: 'A message of {name} cannot be read ({detail}).',
    next: 'The state of the payment is asked for instead. Tell your IT admin if it comes back.',
  },
} as const;
