import type { SampleCell, SampleSheet } from './sample-sheet.ts';

const rupees = (amount: number): SampleCell => (amount === 0 ? null : { paise: BigInt(amount) * 100n });
const day = (text: string): SampleCell => ({ day: text });

/** A few rows of each kind of sheet besides bills, over the chart that a college begins with. */
export const sheetSamples: Readonly<Record<'vouchers' | 'openings' | 'budgets' | 'accounts', SampleSheet>> = {
  vouchers: {
    name: 'Vouchers',
    boldRows: [1],
    widths: [12, 12, 14, 28, 14, 14, 36, 14],
    rows: [
      ['Voucher no', 'Date', 'Voucher type', 'Account', 'Debit', 'Credit', 'Narration', 'Reference'],
      ['R-1', day('2026-04-06'), 'Receipt', '1200', rupees(1_25_000), null, 'Tuition fees of the day', 'UTR 8841'],
      [
        'R-1',
        day('2026-04-06'),
        'Receipt',
        '4100 Tuition fees',
        null,
        rupees(1_25_000),
        'Tuition fees of the day',
        'UTR 8841',
      ],
      ['C-1', day('2026-04-07'), 'Contra', '1100', rupees(10_000), null, 'Cash for the office', 'CHQ 114'],
      ['C-1', day('2026-04-07'), 'Contra', '1200', null, rupees(10_000), 'Cash for the office', 'CHQ 114'],
      ['J-1', day('2026-04-30'), 'Journal', '1620', rupees(40_000), null, 'Equipment received under the grant', null],
      ['J-1', day('2026-04-30'), 'Journal', '1630', rupees(20_000), null, 'Equipment received under the grant', null],
      [
        'J-1',
        day('2026-04-30'),
        'Journal',
        'Grants receivable',
        null,
        rupees(60_000),
        'Equipment received under the grant',
        null,
      ],
    ],
  },
  openings: {
    name: 'Opening balances',
    boldRows: [1],
    widths: [28, 16, 16],
    rows: [
      ['Account', 'Debit', 'Credit'],
      ['1100', rupees(12_500), null],
      ['1200', rupees(8_40_000), null],
      ['1620', rupees(14_00_000), null],
      ['General fund', null, rupees(22_52_500)],
      ['Total', rupees(22_52_500), rupees(22_52_500)],
    ],
  },
  budgets: {
    name: 'Budgets',
    boldRows: [1],
    widths: [24, 16, 16],
    rows: [
      ['Category', 'Budget', 'Financial year'],
      ['supplies', rupees(2_50_000), '2026-27'],
      ['library', rupees(4_00_000), '2026-27'],
      ['travel', rupees(75_000), '2026-27'],
    ],
  },
  accounts: {
    name: 'GL codes',
    boldRows: [1],
    widths: [12, 34, 14, 14, 16],
    rows: [
      ['GL code', 'Account name', 'Kind', 'Group', 'Category'],
      ['1295', 'Hostel imprest', 'Asset', null, null],
      ['4195', 'Hire of the auditorium', 'Income', null, null],
      ['5295', 'Printing of question papers', 'Expense', null, 'supplies'],
    ],
  },
};
