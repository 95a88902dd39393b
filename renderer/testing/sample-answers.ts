import type { Output } from '../../shared/ipc/contract.ts';
import { COLLEGE, idOf, listRow, makeExpense, NOW } from './memory-books.ts';

/** Answers that the books in memory do not give by themselves. */

export const OTHER = idOf('009', 1);

const college = (id: string, code: string, spentPaise: bigint) => ({
  ...{ id, code, name: code === 'KAS' ? 'Kaveri College' : 'Saraswati College', spentPaise },
  ...{ allocatedPaise: 10_00_000_00n, committedPaise: 0n, waiting: 0, overdue: 0 },
});
export const summary: Output<'consolidation.summary'> = {
  colleges: [college(COLLEGE, 'SVCE', 3_00_000_50n), college(OTHER, 'KAS', 1_00_000_25n)],
  months: [
    { month: '2026-06', collegeId: COLLEGE, spentPaise: 3_00_000_50n },
    { month: '2026-06', collegeId: OTHER, spentPaise: 1_00_000_25n },
  ],
  categories: [{ category: 'TRAVEL', label: 'Travel', labelHi: 'यात्रा', collegeId: COLLEGE, spentPaise: 3_00_000_50n }],
  accounts: [
    {
      ...{ accountCode: '5201', accountName: 'Travel and conveyance', kind: 'expense', collegeId: COLLEGE },
      ...{ debitPaise: 3_00_000_50n, creditPaise: 0n },
    },
  ],
  totalPaise: 4_00_000_75n,
  agrees: true,
};

export const entry = {
  ...{ commandId: idOf('006', 1), commandName: 'expense.edit', actorName: 'Meera Kulkarni', deviceId: idOf('001', 7) },
  ...{ deviceName: null, occurredAt: 1_795_000_000_000, position: 41, signed: true, comment: null },
  changes: [{ field: 'taxablePaise', kind: 'money', before: '12500050', after: '12500000' }],
  ...{
    documentId: idOf('004', 1),
    reference: 'EXP-2026-27-000002',
    hash: 'ab12'.repeat(16),
    previousHash: 'cd34'.repeat(16),
  },
};

const inboxRows = [1, 9, 17].map((index) => listRow(makeExpense(index)));
export const inbox: Output<'approvals.inbox'> = {
  rows: inboxRows,
  count: inboxRows.length,
  totalPaise: inboxRows.reduce((sum, row) => sum + row.totalPaise, 0n),
  overdue: 1,
};

export const attention: Output<'attention.list'> = {
  rows: [
    {
      ...{ seq: 7, commandId: idOf('006', 1), collegeId: COLLEGE, name: 'expense.edit', documentId: idOf('004', 1) },
      ...{ reference: 'EXP-2026-27-000002', actorName: 'Meera Kulkarni', occurredAt: NOW, code: 'COMMAND_CONFLICT' },
      details: { fields: 'description' },
      typed: [
        { field: 'description', kind: 'text', mine: 'Typed on this desk', theirs: 'Typed by the other' },
        { field: 'taxablePaise', kind: 'money', mine: '12500050', theirs: null },
      ],
      ways: ['keep_mine', 'take_theirs', 'edit'],
    },
  ],
};

export const waiting: Output<'sync.pendingList'> = {
  rows: [
    {
      ...{ seq: 8, name: 'expense.create', documentId: idOf('004', 2), reference: 'PC1-3' },
      ...{ actorName: 'Meera Kulkarni', occurredAt: NOW, status: 'pending' },
    },
  ],
};

export const plan: Output<'imports.plan'> = {
  ...{
    fileId: idOf('009', 2),
    fileName: 'bills.xlsx',
    sheets: [{ name: 'Bills', rows: 2 }],
    sheet: 'Bills',
    headerRow: 1,
  },
  columns: [
    { index: 0, title: 'Date', sample: [], field: 'billDate', confidence: 70 },
    { index: 1, title: 'Name of the party as on the bill', sample: [], field: 'vendorName', confidence: 99 },
    { index: 2, title: 'Figure', sample: [], field: null, confidence: 0 },
  ],
  preview: [
    { rowNumber: 2, cells: ['01-04-2026', 'Om Sai', '500'], values: {}, problems: [], duplicate: true },
    {
      ...{ rowNumber: 3, cells: ['31-02-2026', 'Om Sai', '700'], values: {}, duplicate: false },
      problems: [{ field: 'billDate', code: 'IMPORT_ROW_DATE_UNREADABLE', details: { text: '31-02-2026' } }],
    },
  ],
};

const month = (name: string, lineCount: number): Output<'periods.list'>['years'][number]['months'][number] => ({
  ...{
    month: name,
    lineCount,
    debitPaise: BigInt(lineCount) * 1_25_000_50n,
    closed: null,
    reopened: null,
    actions: [],
  },
});
const closedMonth = { byName: 'Meera Kulkarni', at: NOW - 3_600_000 };
export const periods: Output<'periods.list'> = {
  years: [
    {
      ...{ financialYear: '2026-27', closed: null, asked: null, surplusPaise: 42_18_900_00n, agrees: null, waiting: 2 },
      actions: [],
      months: [
        { ...month('2026-04', 214), closed: closedMonth, actions: ['reopen'] },
        {
          ...month('2026-05', 190),
          reopened: { ...closedMonth, reason: 'The electricity bill came late' },
          actions: ['close'],
        },
        ...['2026-06', '2026-07', '2026-08', '2026-09', '2026-10'].map((name) => ({
          ...month(name, 160),
          actions: ['close' as const],
        })),
        ...['2026-11', '2026-12', '2027-01', '2027-02', '2027-03'].map((name) => month(name, 0)),
      ],
    },
    {
      ...{ financialYear: '2025-26', closed: closedMonth, surplusPaise: -3_10_000_25n, agrees: false, waiting: 0 },
      asked: { ...closedMonth, reason: 'The auditor found a bill' },
      actions: ['reopen'],
      months: [month('2026-02', 300), month('2026-03', 280)],
    },
  ],
};

export const backups: Output<'backups.look'> = {
  ...{ passphraseSetAt: NOW, daily: true, keep: 7, folderName: 'Pen drive', canChooseFolder: true, mayKeep: true },
  last: {
    ...{ at: NOW, fileName: 'munim-SVCE.munim-backup', sizeBytes: 3_400_000, colleges: ['SVCE', 'KAS'] },
    ...{ vouchers: 1_204, expenses: 880, waiting: 3 },
  },
  failure: { at: NOW, code: 'BACKUP_FOLDER', details: { reason: 'ENOENT' } },
  restored: { at: NOW, backupAt: NOW, waiting: 2, problem: null },
};

const note = { date: null, detail: null, amountPaise: null, line: null };
export const exchangePreview: Output<'exchange.plan'> = {
  ...{ fileId: idOf('009', 3), fileName: 'DayBook.xml', openingDate: '2026-03-31' },
  masters: [
    { what: 'group', code: '1G001', name: 'Hostel' },
    { what: 'account', code: '1T001', name: 'HDFC Bank, hostel account, Shivajinagar branch' },
    { what: 'vendor', code: null, name: 'श्री गणेश स्टेशनर्स' },
    { what: 'costCentre', code: 'CIVIL', name: 'Civil' },
  ],
  masterCounts: { new: 4, known: 118, refused: 1 },
  opening: { state: 'refused', lines: 0, totalPaise: 0n },
  voucherCounts: { new: 1_284, known: 40, refused: 1 },
  days: { first: '2026-04-01', last: '2026-10-31' },
  notes: [
    { ...note, what: 'opening', name: '', reason: 'opening_unbalanced', amountPaise: 1_25_000_50n },
    { ...note, what: 'costCentre', name: 'MECH', reason: 'centreKind' },
    { ...note, what: 'voucher', name: 'PAY/114', date: '2026-06-02', reason: 'voucher_bill', detail: 'OM/2025-26/88' },
    { ...note, what: 'record', name: '17', reason: 'record_cancelled', detail: 'VOUCHER', line: 48_210 },
  ],
  noteCount: 9,
};
