import type { ExpenseStatus } from '../../shared/domain/rows.ts';
import type { ExpenseAction, ExpenseListRow, ExpenseView } from '../../shared/ipc/contract/expenses.ts';
import type { Session } from '../../shared/ipc/contract/session.ts';
import type { SyncStatus } from '../../shared/ipc/contract/sync.ts';
import type { Output } from '../../shared/ipc/contract.ts';
import { addDays } from '../../shared/kernel/dates.ts';
import type { Id } from '../../shared/kernel/ids.ts';

/** Made-up books for the component tests: always the same, without clock or chance. */

export const NOW = Date.UTC(2026, 10, 21, 8, 32);
export const TODAY = '2026-11-21';
export const COLLEGE = '01980000-0000-7000-8000-00000000000a';
export const idOf = (kind: string, index: number): Id =>
  `01980000-0000-7000-8${kind}-${index.toString(16).padStart(12, '0')}`;

export const session: Session = {
  phase: 'signed_in',
  device: {
    id: idOf('001', 1),
    name: 'Accounts PC 1',
    serverUrl: 'http://127.0.0.1:4100',
    serverName: 'Shiksha Group',
  },
  colleges: [
    {
      id: COLLEGE,
      code: 'SVCE',
      name: 'Saraswati Vidya College of Engineering',
      address: 'Nashik Road, Nashik 422101',
      approvalAbovePaise: 50_000_00n,
      budgetWarningBp: 8_000,
      budgetCriticalBp: 9_500,
    },
  ],
  person: { id: idOf('002', 1), name: 'Meera Kulkarni', email: 'meera@svce.example', role: 'college_accounts_admin' },
  knownPeople: [
    { name: 'Meera Kulkarni', email: 'meera@svce.example' },
    { name: 'Dr. Anil Deshpande', email: 'principal@svce.example' },
  ],
  today: TODAY,
  financialYear: '2026-27',
  financialYears: ['2026-27', '2025-26'],
  demonstration: true,
};

export const syncStatus: SyncStatus = {
  state: 'offline',
  pending: 12,
  attention: 2,
  parked: 0,
  lastSyncedAt: NOW - 3_600_000,
  error: { code: 'SYNC_OFFLINE', details: {} },
  colleges: [{ id: COLLEGE, code: 'SVCE', cursor: 412, sentAgain: null }],
  receivedRows: null,
  paused: false,
};

export const masters: Output<'masters.get'> = {
  categories: [
    ['TRAVEL', 'Travel', 'यात्रा', '5201'],
    ['EQUIPMENT', 'Equipment', 'उपकरण', '5301'],
    ['UTILITIES', 'Utilities', 'बिजली-पानी', '5401'],
    ['MAINTENANCE', 'Maintenance', 'रख-रखाव', '5501'],
    ['LAB', 'Laboratory consumables', 'प्रयोगशाला सामग्री', '5601'],
  ].map(([code = '', label = '', labelHi = '', defaultAccountCode = '']) => ({
    code,
    label,
    labelHi,
    requiresApproval: true,
    receiptThresholdPaise: 5_000_00n,
    defaultAccountCode,
  })),
  accounts: [
    { code: '5201', name: 'Travel and conveyance', kind: 'expense', role: null },
    { code: '5301', name: 'Equipment below capital limit', kind: 'expense', role: null },
    { code: '5401', name: 'Electricity and water', kind: 'expense', role: null },
    { code: '5501', name: 'Repairs and maintenance', kind: 'expense', role: null },
    { code: '5601', name: 'Laboratory consumables', kind: 'expense', role: null },
    { code: '1101', name: 'Bank of Maharashtra, current', kind: 'asset', role: 'bank' },
    { code: '1001', name: 'Cash in hand', kind: 'asset', role: 'cash' },
  ],
};

const VENDORS = [
  'Deccan Scientific Supplies Pvt Ltd',
  'Maharashtra State Electricity Distribution Co Ltd',
  'Shree Ganesh Travels',
  'श्री साईं स्टेशनरी भंडार',
  'Kothari Computers and Peripherals',
  'Nashik Municipal Water Works',
  'Patil Brothers Hardware',
  'Om Sai Generator Services',
];

export const vendors: Output<'vendors.page'>['rows'] = VENDORS.map((name, index) => ({
  id: idOf('003', index),
  collegeId: COLLEGE,
  fields: {
    name,
    gstin: index % 3 === 2 ? null : '27AAPFU0939F1ZV',
    pan: null,
    ifsc: 'MAHB0000123',
    accountNumber: '60123456789',
    accountName: name,
    email: null,
    phone: null,
  },
  isActive: true,
  pending: false,
  expenseCount: 12,
  billedPaise: 4_20_000_00n,
  outstandingPaise: 1_10_000_00n,
}));

const STATUSES: readonly ExpenseStatus[] = [
  'draft',
  'submitted',
  'payable',
  'paid',
  'returned',
  'paid',
  'rejected',
  'reversed',
];
const THINGS = [
  'Projector lamps for seminar hall',
  'Reagents, second term',
  'Monthly bill',
  'Bus hire for industrial visit',
];

export function makeExpense(index: number): ExpenseView {
  const status = STATUSES[index % STATUSES.length] ?? 'draft';
  const category = masters.categories[index % masters.categories.length];
  const vendor = vendors[index % vendors.length];
  const taxable = BigInt(((index * 7919) % 190_000) + 450) * 100n;
  const tax = (taxable * 9n) / 100n;
  const submitted = status === 'draft' ? null : NOW - (index % 60) * 3_600_000;
  return {
    id: idOf('004', index),
    collegeId: COLLEGE,
    reference: status === 'draft' ? `PC1-${index + 1}` : `EXP-2026-27-${String(index + 1).padStart(6, '0')}`,
    number: status === 'draft' ? null : `EXP-2026-27-${String(index + 1).padStart(6, '0')}`,
    provisionalRef: `PC1-${index + 1}`,
    status,
    pending: index % 9 === 0,
    fields: {
      category: category?.code ?? '',
      accountCode: category?.defaultAccountCode ?? '',
      vendorId: vendor?.id ?? '',
      billNo: `INV/${26_000 + index}`,
      billDate: addDays(TODAY, -Math.floor(index / 9)),
      description: THINGS[index % THINGS.length] ?? '',
      department: 'Mechanical Engineering',
      taxablePaise: taxable,
      cgstPaise: tax,
      sgstPaise: tax,
      igstPaise: 0n,
      itcEligible: false,
      tdsPaise: taxable / 50n,
    },
    vendorName: vendor?.fields.name ?? '',
    categoryLabel: category?.label ?? '',
    accountName: masters.accounts.find((account) => account.code === category?.defaultAccountCode)?.name ?? '',
    totalPaise: taxable + tax + tax,
    payablePaise: taxable + tax + tax - taxable / 50n,
    budget: {
      allocatedPaise: 25_00_000_00n,
      committedPaise: 3_10_000_00n,
      spentPaise: 14_85_250_50n,
      availablePaise: 7_04_749_50n,
      financialYear: '2026-27',
    },
    overBudget: index % 17 === 3,
    overBudgetReason: null,
    makerId: idOf('002', 1),
    makerName: 'Meera Kulkarni',
    createdAt: NOW - 90_000_000,
    submittedAt: submitted,
    dueAt: submitted === null ? null : submitted + 48 * 3_600_000,
    decidedById: status === 'submitted' || status === 'draft' ? null : idOf('002', 2),
    decidedByName: status === 'submitted' || status === 'draft' ? null : 'Dr. Anil Deshpande',
    decidedAt: status === 'submitted' || status === 'draft' ? null : NOW - 1_800_000,
    decisionComment: status === 'returned' ? 'Please attach the second page of the bill.' : null,
    paidOn: status === 'paid' ? TODAY : null,
    paymentReference: status === 'paid' ? 'MAHBN52026112100412' : null,
    payment:
      status === 'paying'
        ? { fence: 1, holderName: 'Asha Kulkarni', takenAt: NOW, isHere: true, isConfirmed: true }
        : null,
    order: null,
    revision: 3,
    actions: ACTIONS[status] ?? [],
    receipts: index === 9 ? [RECEIPT] : [],
    vouchers: status === 'payable' || status === 'paid' ? [voucherOf(index, taxable, tax)] : [],
    timeline: timelineOf(index),
    attentionSeq: null,
  };
}

const RECEIPT: ExpenseView['receipts'][number] = {
  ...{ id: idOf('008', 1), sha256: 'ab'.repeat(32), fileName: 'bill.jpg', mime: 'image/jpeg', sizeBytes: 48_000 },
  local: true,
};

const ACTIONS: Partial<Record<ExpenseStatus, ExpenseAction[]>> = {
  draft: ['edit', 'submit', 'attach', 'cancel', 'duplicate'],
  returned: ['edit', 'submit', 'attach', 'cancel', 'duplicate'],
  submitted: ['cancel', 'attach', 'duplicate'],
  payable: ['pay', 'take_payment', 'reverse', 'duplicate'],
  paying: ['pay', 'give_back_payment', 'duplicate'],
  paid: ['reverse', 'duplicate'],
};

const voucherOf = (index: number, taxable: bigint, tax: bigint): ExpenseView['vouchers'][number] => ({
  id: idOf('005', index),
  number: `JV-2026-27-${String(index).padStart(6, '0')}`,
  kind: 'journal',
  date: TODAY,
  narration: 'Being the bill approved for payment',
  lines: [
    { accountCode: '5201', accountName: 'Travel and conveyance', debitPaise: taxable + tax + tax, creditPaise: 0n },
    {
      accountCode: '2101',
      accountName: 'Vendors payable',
      debitPaise: 0n,
      creditPaise: taxable + tax + tax - taxable / 50n,
    },
    { accountCode: '2201', accountName: 'TDS payable', debitPaise: 0n, creditPaise: taxable / 50n },
  ],
});

const timelineOf = (index: number): ExpenseView['timeline'] => [
  {
    commandId: idOf('006', index * 2),
    commandName: 'expense.submit',
    actorName: 'Meera Kulkarni',
    deviceId: idOf('001', 1),
    deviceName: null,
    occurredAt: NOW - 3_600_000,
    position: null,
    signed: true,
    comment: null,
    changes: [{ field: 'status', kind: 'text', before: 'draft', after: 'submitted' }],
  },
  {
    commandId: idOf('006', index * 2 + 1),
    commandName: 'expense.create',
    actorName: 'Meera Kulkarni',
    deviceId: idOf('001', 1),
    deviceName: 'Accounts PC 1',
    occurredAt: NOW - 90_000_000,
    position: 212,
    signed: true,
    comment: null,
    changes: [
      { field: 'totalPaise', kind: 'money', before: null, after: '4720000' },
      { field: 'billDate', kind: 'date', before: null, after: TODAY },
    ],
  },
];

export const listRow = (expense: ExpenseView): ExpenseListRow => ({
  id: expense.id,
  collegeId: expense.collegeId,
  collegeCode: 'SVCE',
  reference: expense.reference,
  provisional: expense.number === null,
  status: expense.status,
  billDate: expense.fields.billDate,
  billNo: expense.fields.billNo,
  vendorName: expense.vendorName,
  category: expense.fields.category,
  accountCode: expense.fields.accountCode,
  description: expense.fields.description,
  totalPaise: expense.totalPaise,
  overBudget: expense.overBudget,
  receiptCount: expense.receipts.length,
  submittedAt: expense.submittedAt,
  dueAt: expense.dueAt,
  makerName: expense.makerName,
  pending: expense.pending,
});
