/** The part of the catalogue of errors about other accounting programs. */
export const accountingErrors = {
  TALLY_UNREACHABLE: {
    cause: 'Tally does not answer at {address}.',
    next: 'Open Tally, let it act as a server (F1 > Settings > Connectivity), and compare address and port.',
  },
  TALLY_TIMEOUT: {
    cause: 'Tally did not answer in time.',
    next: 'See whether Tally is asking something, then send again; what has arrived is not entered twice.',
  },
  TALLY_NO_COMPANY: {
    cause: 'The company "{company}" is not open in Tally.',
    next: 'Open it in Tally and try again.',
  },
  TALLY_REFUSED: {
    cause: 'Tally did not take it: {detail}.',
    next: 'Correct what Tally names, there or in Munim, and send again.',
  },
  TALLY_INCOMPLETE: {
    cause: 'Tally took {done} of {expected} records and gave no reason.',
    next: 'Send again; what is there is not entered twice. If it stays short, compare with the Day Book of Tally.',
  },
  TALLY_EMPTY_ANSWER: {
    cause: 'Tally gave an empty answer.',
    next: 'See whether Tally is asking something and the company is open, then try again.',
  },
  TALLY_BAD_ANSWER: {
    cause: 'What answered does not look like Tally ({detail}).',
    next: 'Compare address and port; another program may be using that port.',
  },
  TALLY_XML_BROKEN: {
    cause: 'The data from Tally is damaged at line {line}: {detail}.',
    next: 'Export it from Tally as XML again and try once more.',
  },
  TALLY_XML_UNSAFE: {
    cause: 'Line {line} has something that Tally never writes: {detail}.',
    next: 'Do not use this file. Ask the sender for a fresh export from Tally.',
  },
  TALLY_TOO_LARGE: {
    cause: 'The data from Tally is larger than {limitMiB} MiB.',
    next: 'Export it in shorter periods, such as month by month.',
  },
} as const;
