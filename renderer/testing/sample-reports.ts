import type { Output } from '../../shared/ipc/contract.ts';
import { idOf } from './memory-books.ts';

/** Answers of the reports, as far as screens tell them apart. */
export const trialBalance: Output<'reports.get'> = {
  title: 'Trial balance',
  collegeName: 'Saraswati Vidya College of Engineering',
  collegeAddress: 'Pune',
  period: '1 April 2026 to 21 November 2026',
  notes: ['Provisional: 2 vouchers wait for their number.'],
  columns: [
    { key: 'code', header: 'Code', kind: 'text' },
    { key: 'account', header: 'Account', kind: 'text', wide: true },
    { key: 'debit', header: 'Debit', kind: 'money' },
    { key: 'closing', header: 'Closing balance', kind: 'balance' },
  ],
  signatures: ['Accountant', 'Principal'],
  language: 'en',
  rows: [
    { kind: 'heading', depth: 0, label: 'Assets' },
    {
      ...{ kind: 'line', depth: 1 },
      cells: { code: '1200', account: 'Bank: current account', debit: 5_31_15_068_28n, closing: 5_31_15_068_28n },
      link: { to: 'account', accountCode: '1200' },
    },
    {
      ...{ kind: 'line', depth: 1 },
      cells: { code: '1100', account: 'Cash in hand', debit: 12_500_00n, closing: -1_500_00n },
      link: { to: 'account', accountCode: '1100' },
    },
    {
      ...{ kind: 'total', depth: 0, label: 'Total: Assets', strong: true, adds: [[1, 2]] },
      cells: { debit: 5_31_27_568_28n, closing: 5_31_13_568_28n },
    },
  ],
};

const entry = (index: number): Output<'ledger.page'>['rows'][number] => ({
  ...{ voucherId: idOf('005', index), expenseId: null, number: `PAY-2026-27-00000${index}`, kind: 'payment' },
  ...{ date: '2026-06-12', narration: 'Paid by cheque', particulars: ['Sundry creditors'], moreParticulars: 1 },
  ...{ debitPaise: 0n, creditPaise: 1_000_00n, balancePaise: 90_000_00n - BigInt(index) * 1_000_00n },
});
export const ledgerPage: Output<'ledger.page'> = {
  rows: [1, 2, 3].map(entry),
  openingPaise: 90_000_00n,
  count: 3,
  debitPaise: 0n,
  creditPaise: 3_000_00n,
  closingPaise: 87_000_00n,
};

const account = (code: string, name: string) => ({
  ...{ code, name, id: idOf('007', Number(code)), kind: 'asset', groupCode: null, category: null, role: null },
  ...{ isActive: true, pending: false, balancePaise: 0n },
});
export const chart = {
  groups: [],
  accounts: [account('1100', 'Cash in hand'), account('1200', 'Bank: current account')],
  costCentres: [],
};
