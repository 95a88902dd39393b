import type { Output } from '../../shared/ipc/contract.ts';
import { idOf } from './memory-books.ts';

/** Answers about a bank account that the books in memory do not give by themselves. */
export const BANK_ACCOUNT = idOf('00e', 1);

const accounts: Output<'reconciliation.accounts'> = {
  rows: [
    {
      ...{ id: BANK_ACCOUNT, name: 'Current account', bankName: 'ICICI Bank', accountNumber: '002105001200' },
      ...{ accountCode: '1200', isActive: true, statementTo: '2026-11-20', openLines: 2 },
    },
  ],
};

const head: Output<'reconciliation.head'> = {
  ...{ month: '2026-11', to: '2026-11-20', isClosed: false, booksPaise: 10_00_000_00n, bankPaise: 9_94_410_00n },
  bankAsOf: '2026-11-20',
  openLines: { count: 2, inPaise: 0n, outPaise: 5_590_00n },
  openEntries: { count: 1, inPaise: 0n, outPaise: 5_000_00n },
  matches: 1,
};

const line = (index: number, narration: string, debitPaise: bigint) => ({
  ...{ id: idOf('00f', index), date: '2026-11-18', narration, reference: null, chequeNo: null },
  ...{ debitPaise, creditPaise: 0n, balancePaise: null },
});
const payment = line(1, 'NEFT DR-N322260001234567-DECCAN OFFICE MART', 5_000_00n);
const charge = {
  ...line(2, 'CONSOLIDATED CHARGES', 590_00n),
  rule: { id: idOf('010', 1), accountCode: '5201', narration: 'Bank charges' },
};
const entry = {
  ...{ id: idOf('011', 1), voucherId: idOf('00d', 1), expenseId: null, number: 'PAY-2026-27-000015', kind: 'payment' },
  ...{ date: '2026-11-17', party: 'Deccan Office Mart', narration: '', reference: 'N322260001234567' },
  ...{ debitPaise: 0n, creditPaise: 5_000_00n },
};
const lines: Output<'reconciliation.lines'> = { rows: [{ ...payment, rule: null }, charge], count: 2 };
const entries: Output<'reconciliation.entries'> = { rows: [entry], count: 1 };
const { balancePaise: _, ...proposed } = payment;

const proposals: Output<'reconciliation.proposals'> = {
  rows: [
    {
      ...{ place: 4, pass: 'utr', isAutomatic: true, posting: null, lines: [proposed], entries: [entry] },
      because: {
        ...{ reference: 'N322260001234567', party: 'Deccan Office Mart', partyWords: ['DECCAN', 'OFFICE', 'MART'] },
        ...{ linesPaise: -5_000_00n, entriesPaise: -5_000_00n, daysApart: 1, doubts: [] },
      },
    },
  ],
  ...{ automatic: 1, suggested: 0, foundAt: 1_795_000_000_000 },
};

const matches: Output<'reconciliation.matches'> = {
  rows: [
    {
      ...{ id: idOf('012', 1), pass: 'manual', clearedOn: '2026-11-10', matchedByName: 'Meera Kulkarni' },
      ...{ matchedAt: 1_795_000_000_000, paise: -7_000_00n, narration: 'CHQ PAID-000451', lineCount: 1 },
      ...{ number: 'PAY-2026-27-000011', party: 'Chem Lab Suppliers', entryCount: 1, locked: false },
    },
  ],
  count: 1,
};

export const statementPreview: Output<'statements.preview'> = {
  ...{ fileId: idOf('013', 1), fileName: 'november.csv', format: 'sheet', accountNumber: 'XXXXXXXX1200' },
  ...{ bankAccountId: BANK_ACCOUNT, from: '2026-11-01', to: '2026-11-20', openingPaise: 10_00_000_00n },
  ...{
    closingPaise: 9_94_410_00n,
    inPaise: 0n,
    outPaise: 5_590_00n,
    lineCount: 2,
    known: 1,
    alike: 1,
    balance: 'fits',
  },
  lines: [
    { ...proposed, balancePaise: null, known: true },
    { ...line(2, 'CONSOLIDATED CHARGES', 590_00n), known: false },
  ].map(({ id: _id, ...one }) => one),
};

const statements: Output<'statements.list'> = {
  rows: [
    {
      ...{ id: idOf('015', 1), format: 'api', fileName: null, from: '2026-11-15', to: '2026-11-20', lineCount: 12 },
      ...{ openingPaise: 10_00_000_00n, closingPaise: 9_94_410_00n, importedByName: 'Meera Kulkarni' },
      importedAt: 1_795_000_000_000,
    },
    {
      ...{ id: idOf('015', 2), format: 'sheet', fileName: 'current-account-october-2026.csv', lineCount: 240 },
      ...{ from: '2026-10-01', to: '2026-10-31', openingPaise: null, closingPaise: null },
      ...{ importedByName: 'Meera Kulkarni', importedAt: 1_794_000_000_000 },
    },
  ],
  count: 2,
};

const fees: Output<'fees.list'> = {
  rows: [
    {
      ...{ id: idOf('016', 1), month: '2026-10', collectionsPaise: 12_50_000_00n, depositsPaise: 12_45_000_00n },
      ...{ statementPaise: 12_40_000_00n, booksPaise: 13_00_000_00n, status: 'discrepancies' },
      discrepancies: [
        { what: 'told', reference: 'FEE/2026/10/0041', amountPaise: 5_000_00n, reason: 'Refund not settled' },
        { what: 'deposits', reference: null, amountPaise: -5_000_00n, reason: null },
        { what: 'statement', reference: null, amountPaise: -5_000_00n, reason: null },
      ],
      ...{ reportedByName: 'Fee portal', verifiedAt: 1_795_000_000_000 },
    },
    {
      ...{ id: idOf('016', 2), month: '2026-09', collectionsPaise: 9_00_000_00n, depositsPaise: 9_00_000_00n },
      ...{ statementPaise: null, booksPaise: 9_00_000_00n, status: 'matched', discrepancies: [] },
      ...{ reportedByName: 'Fee portal', verifiedAt: 1_794_000_000_000 },
    },
  ],
  count: 2,
};

const fetching: Output<'statements.fetching'> = {
  rows: [
    {
      ...{ bankAccountId: BANK_ACCOUNT, connector: 'icici', askedAt: 1_795_000_000_000, added: 12, refusal: null },
      // A day that comes after every run of a test.
      nextAt: 4_000_000_000_000,
    },
  ],
};

const job = { id: idOf('014', 1), kind: 'match', state: 'done', done: 1, total: 1, error: null } as const;
export const bankAnswers = {
  'reconciliation.accounts': accounts,
  'reconciliation.head': head,
  'reconciliation.lines': lines,
  'reconciliation.entries': entries,
  'reconciliation.proposals': proposals,
  'reconciliation.matches': matches,
  'statements.list': statements,
  'fees.list': fees,
  'statements.fetching': fetching,
  'statements.fetchNow': { ...job, kind: 'import', result: null },
  'bankRules.list': {
    rows: [
      {
        ...{
          id: idOf('010', 1),
          bankAccountId: null,
          words: 'consolidated charges',
          direction: 'out',
          accountCode: '5201',
        },
        ...{ narration: 'Bank charges', isActive: true, revision: 1 },
      },
    ],
  },
  'reconciliation.propose': { ...job, result: null },
  'reconciliation.accept': { ...job, result: null },
  'statements.preview': statementPreview,
  'statements.import': { ...job, kind: 'import', result: null },
  'jobs.get': { ...job, result: null },
};
