/** The part of the catalogue of errors about what banks give: their statements. */
export const bankErrors = {
  STATEMENT_UNKNOWN: {
    cause: 'This file is no bank statement that Munim reads.',
    next: 'Download it again as Excel, CSV, MT940, CAMT.053 or OFX. A PDF or a web page cannot be read.',
  },
  STATEMENT_UNREADABLE: {
    cause: 'The statement cannot be read at line {line}: {detail}.',
    next: 'Download it from the bank again and do not change it. Nothing was taken from this file.',
  },
  STATEMENT_UNSAFE: {
    cause: 'Line {line} has something that no bank writes: {detail}.',
    next: 'Do not use this file. Download the statement from the bank again.',
  },
  STATEMENT_TOO_LARGE: {
    cause: 'The statement is larger than {limitMiB} MiB.',
    next: 'Download it in shorter periods, such as month by month.',
  },
  STATEMENT_TOO_MANY_LINES: {
    cause: 'The statement has more than {limit} lines.',
    next: 'Download it in shorter periods, such as month by month.',
  },
  STATEMENT_EMPTY: {
    cause: 'The statement has no line.',
    next: 'Check account and period, then download it again.',
  },
  STATEMENT_NO_HEADER: {
    cause: 'No row with the columns of a bank statement was found.',
    next: 'The file needs columns for the date, the narration and the amounts; download it from the bank again.',
  },
  STATEMENT_CURRENCY: {
    cause: 'The statement is in {currency}, not in rupees.',
    next: 'Choose the statement of a rupee account.',
  },
  STATEMENT_BALANCE: {
    cause: 'The balance does not add up at line {line} of {date}: the bank says {stated}, the lines make {made}.',
    next: 'A line is missing or was changed. Download the statement from the bank again.',
  },
  STATEMENT_SEVERAL_ACCOUNTS: {
    cause: 'The file has the statements of {count} accounts.',
    next: 'Download the statement of each account by itself.',
  },
} as const;
