// Made by `npm run generate` from resources/tax/calendar.json; do not edit.

export const taxCalendarVersion = '2026-11-29';

/** What has to be given or paid by a day. */
export const duties = ['gstr1', 'iff', 'pmt06', 'gstr3b', 'gstr7', 'gstr9', 'tds_deposit', 'tds_statement', 'tds_certificate', 'salary_certificate'] as const;

/** The states whose quarterly returns are due on one day. */
export const stateGroups = {
  south_and_west: ['22', '23', '24', '26', '27', '29', '30', '31', '32', '33', '34', '35', '36', '37'],
  north_and_east: ['01', '02', '03', '04', '05', '06', '07', '08', '09', '10', '11', '12', '13', '14', '15', '16', '17', '18', '19', '20', '21', '38', '97'],
} as const;

export const dutyRules = [
  { duty: 'gstr1', of: 'gst_monthly', every: 'month', from: '2020-10-01', to: null, due: { monthsAfter: 1, day: 11, dayOfMarch: 11, monthsAfterMarch: 1, dayOfGroup: [] }, source: 'CGST s. 37, Notification 83/2020' },
  { duty: 'gstr1', of: 'gst_quarterly', every: 'quarter', from: '2021-01-01', to: null, due: { monthsAfter: 1, day: 13, dayOfMarch: 13, monthsAfterMarch: 1, dayOfGroup: [] }, source: 'CGST s. 37, Notification 83/2020' },
  { duty: 'iff', of: 'gst_quarterly', every: 'month_not_last_of_quarter', from: '2021-01-01', to: null, due: { monthsAfter: 1, day: 13, dayOfMarch: 13, monthsAfterMarch: 1, dayOfGroup: [] }, source: 'CGST rule 59(2)' },
  { duty: 'pmt06', of: 'gst_quarterly', every: 'month_not_last_of_quarter', from: '2021-01-01', to: null, due: { monthsAfter: 1, day: 25, dayOfMarch: 25, monthsAfterMarch: 1, dayOfGroup: [] }, source: 'CGST rule 61(3)' },
  { duty: 'gstr3b', of: 'gst_monthly', every: 'month', from: '2021-01-01', to: null, due: { monthsAfter: 1, day: 20, dayOfMarch: 20, monthsAfterMarch: 1, dayOfGroup: [] }, source: 'CGST rule 61(1)(i)' },
  { duty: 'gstr3b', of: 'gst_quarterly', every: 'quarter', from: '2021-01-01', to: null, due: { monthsAfter: 1, day: 24, dayOfMarch: 24, monthsAfterMarch: 1, dayOfGroup: [['south_and_west', 22]] }, source: 'CGST rule 61(1)(ii)' },
  { duty: 'gstr7', of: 'gst_tds', every: 'month', from: '2018-10-01', to: null, due: { monthsAfter: 1, day: 10, dayOfMarch: 10, monthsAfterMarch: 1, dayOfGroup: [] }, source: 'CGST s. 39(3)' },
  { duty: 'gstr9', of: 'gst', every: 'year', from: '2020-04-01', to: null, due: { monthsAfter: 9, day: 31, dayOfMarch: 31, monthsAfterMarch: 9, dayOfGroup: [] }, source: 'CGST s. 44, rule 80' },
  { duty: 'tds_deposit', of: 'tds', every: 'month', from: '2021-04-01', to: '2026-03-31', due: { monthsAfter: 1, day: 7, dayOfMarch: 30, monthsAfterMarch: 1, dayOfGroup: [] }, source: 'ITR62 rule 30' },
  { duty: 'tds_deposit', of: 'tds', every: 'month', from: '2026-04-01', to: null, due: { monthsAfter: 1, day: 7, dayOfMarch: 30, monthsAfterMarch: 1, dayOfGroup: [] }, source: 'ITR26 rule 218' },
  { duty: 'tds_statement', of: 'tds', every: 'quarter', from: '2021-04-01', to: '2026-03-31', due: { monthsAfter: 1, day: 31, dayOfMarch: 31, monthsAfterMarch: 2, dayOfGroup: [] }, source: 'ITR62 rule 31A' },
  { duty: 'tds_statement', of: 'tds', every: 'quarter', from: '2026-04-01', to: null, due: { monthsAfter: 1, day: 31, dayOfMarch: 31, monthsAfterMarch: 2, dayOfGroup: [] }, source: 'ITR26 rule 219' },
  { duty: 'tds_certificate', of: 'tds', every: 'quarter', from: '2021-04-01', to: '2026-03-31', due: { monthsAfter: 2, day: 15, dayOfMarch: 15, monthsAfterMarch: 3, dayOfGroup: [] }, source: 'ITR62 rule 31(3)' },
  { duty: 'tds_certificate', of: 'tds', every: 'quarter', from: '2026-04-01', to: null, due: { monthsAfter: 2, day: 15, dayOfMarch: 15, monthsAfterMarch: 3, dayOfGroup: [] }, source: 'ITR26 rule 215' },
  { duty: 'salary_certificate', of: 'tds', every: 'year', from: '2021-04-01', to: '2026-03-31', due: { monthsAfter: 3, day: 15, dayOfMarch: 15, monthsAfterMarch: 3, dayOfGroup: [] }, source: 'ITR62 rule 31(3)' },
  { duty: 'salary_certificate', of: 'tds', every: 'year', from: '2026-04-01', to: null, due: { monthsAfter: 3, day: 15, dayOfMarch: 15, monthsAfterMarch: 3, dayOfGroup: [] }, source: 'ITR26 rule 215' },
] as const;

/** Rates in basis points. */
export const interestRules = [
  { of: 'late_deduction', per: 'month', from: '2021-04-01', to: '2026-03-31', basisPoints: 100n, source: 'ITA61 s. 201(1A)(i)' },
  { of: 'late_deduction', per: 'month', from: '2026-04-01', to: null, basisPoints: 100n, source: 'ITA25 s. 398' },
  { of: 'late_deposit', per: 'month', from: '2021-04-01', to: '2026-03-31', basisPoints: 150n, source: 'ITA61 s. 201(1A)(ii)' },
  { of: 'late_deposit', per: 'month', from: '2026-04-01', to: null, basisPoints: 150n, source: 'ITA25 s. 398' },
  { of: 'late_gst', per: 'year', from: '2017-07-01', to: null, basisPoints: 1800n, source: 'CGST s. 50(1), Notification 13/2017' },
] as const;

/** Paise by the day, and at most. */
export const feeRules = [
  { of: 'tds_statement', from: '2021-04-01', to: '2026-03-31', perDayPaise: 20000n, nilPerDayPaise: 20000n, most: 'tax', nilMostPaise: null, source: 'ITA61 s. 234E' },
  { of: 'tds_statement', from: '2026-04-01', to: null, perDayPaise: 20000n, nilPerDayPaise: 20000n, most: 'tax', nilMostPaise: null, source: 'ITA25 s. 427' },
  { of: 'gstr1', from: '2021-06-01', to: null, perDayPaise: 5000n, nilPerDayPaise: 2000n, most: [{ turnoverUpToPaise: 1500000000n, paise: 200000n }, { turnoverUpToPaise: 5000000000n, paise: 500000n }, { turnoverUpToPaise: null, paise: 1000000n }], nilMostPaise: 50000n, source: 'CGST s. 47, Notification 20/2021' },
  { of: 'gstr3b', from: '2021-06-01', to: null, perDayPaise: 5000n, nilPerDayPaise: 2000n, most: [{ turnoverUpToPaise: 1500000000n, paise: 200000n }, { turnoverUpToPaise: 5000000000n, paise: 500000n }, { turnoverUpToPaise: null, paise: 1000000n }], nilMostPaise: 50000n, source: 'CGST s. 47, Notification 19/2021' },
  { of: 'gstr7', from: '2021-06-01', to: null, perDayPaise: 5000n, nilPerDayPaise: 0n, most: [{ turnoverUpToPaise: null, paise: 200000n }], nilMostPaise: 0n, source: 'CGST s. 47, Notifications 22/2021 and 23/2024' },
] as const;
