/** Months and years: open, closed, and opened again. */
export const periodsEn = {
  'screen.periods': 'Periods',
  'periods.choose': 'Choose a college',
  'periods.chooseHint': 'Each college closes its own months and years.',
  'periods.caption': 'Months of {year}',
  'periods.month': 'Month',
  'periods.state': 'State',
  'periods.lines': 'Posted lines',
  'periods.moved': 'Moved',
  'periods.do': 'What can be done',
  'periods.total': 'Year',
  'periods.isOpen': 'Open',
  'periods.isClosed': 'Closed',
  'periods.surplus': 'Surplus so far {amount}',
  'periods.deficit': 'Deficit so far {amount}',
  'periods.closedBy': 'by {name}, {at}',
  'periods.reopenedBy': 'opened again by {name}, {at}:',
  'periods.askedBy': '{name} asks to open this year again ({at}). Another person has to do it:',
  'periods.waiting':
    '{count, plural, one {# bill waits} other {# bills wait}} for a decision; the year is closed after that.',
  'periods.disagrees':
    'The books no longer say what they said when this year was closed. Tell your auditor and IT admin.',
  'periods.reason': 'Reason',
  'periods.close': 'Close',
  'periods.reopen': 'Open again',
  'periods.closeMonth': 'Close {month}',
  'periods.reopenMonth': 'Open {month} again',
  'periods.closeYear': 'Close the year',
  'periods.askYear': 'Ask to open it again',
  'periods.reopenYear': 'Open the year again',
  'periods.closeMonthMeans':
    'Nothing more is posted to {name}. Bills of that month which come later are posted on the first open day after it, with their own date as reference. A principal can open the month again.',
  'periods.reopenMonthMeans': '{name} takes postings again until it is closed anew. The reason stays on record.',
  'periods.closeYearMeans':
    'FY {name} is closed with a {kind, select, deficit {deficit} other {surplus}} of {amount}, which belongs to the funds from the next day on. The balances are kept as they stand now. Opening the year again takes two people.',
  'periods.askYearMeans':
    'You ask to open FY {name} again. A principal or the super-accountant other than you has to do it.',
  'periods.reopenYearMeans': 'FY {name} takes postings again until it is closed anew.',
  'periods.closeDone': '{name} is closed',
  'periods.reopenDone': '{name} is open again',
  'periods.askDone': 'Asked to open {name} again',
} as const;
