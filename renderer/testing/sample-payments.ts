import { modeOf } from '../../shared/domain/payment-order/policy.ts';
import type {
  BankAccountView,
  BeneficiaryView,
  BillToPay,
  PaymentFilePreview,
  PaymentOrderRow,
} from '../../shared/ipc/contract/payments.ts';
import type { Output } from '../../shared/ipc/contract.ts';
import { idOf, NOW, vendors } from './memory-books.ts';

/** A college that pays through two banks, with something in every part of the screen. Times are those of the tests' browser. */

const HOUR = 3_600_000;
/** Whoever `openAs` signs in. */
const ME = idOf('002', 9);
const OTHER_PERSON = idOf('002', 2);

const account = (index: number, part: Partial<BankAccountView>): BankAccountView => ({
  ...{ id: idOf('00e', index), name: 'Current account', bankName: 'ICICI Bank', accountNumber: '001105012345' },
  ...{ ifsc: 'ICIC0000011', accountCode: '1101', accountName: 'ICICI Bank, current', connector: 'icici' },
  ...{ fileFormat: 'icici_cib', paymentLimitPaise: 10_00_000_00n, dailyLimitPaise: 25_00_000_00n },
  ...{ releasedTodayPaise: 4_85_000_00n, bookBalancePaise: 38_42_615_50n, isActive: true, revision: 3, pending: false },
  ...part,
});
export const bankAccounts: readonly BankAccountView[] = [
  account(1, {}),
  account(2, {
    ...{ name: 'Hostel account', bankName: 'State Bank of India', accountNumber: '30012345678', ifsc: 'SBIN0000454' },
    ...{ accountCode: '1102', accountName: 'SBI, hostel', connector: null, fileFormat: 'sbi_cinb' },
    ...{ paymentLimitPaise: null, dailyLimitPaise: null, releasedTodayPaise: 0n, bookBalancePaise: 6_20_000_00n },
  }),
];

const nameOf = (index: number): string => vendors[index % vendors.length]?.fields.name ?? '';
const accountOf = (index: number): string => String(50_100_012_345_670 + index);

const beneficiary = (index: number, part: Partial<BeneficiaryView> = {}): BeneficiaryView => ({
  ...{ state: 'usable', accountName: nameOf(index), accountNumber: accountOf(index), ifsc: 'HDFC0001234' },
  ...{ changedByName: 'Meera Kulkarni', changedAt: NOW - 90 * HOUR, approvedByName: 'Dr. Anil Deshpande' },
  ...{ usableFrom: NOW - 40 * HOUR, own: false, revision: 2, ...part },
});
const unapproved = { state: 'unapproved', approvedByName: null, usableFrom: null } as const;
const states: readonly Partial<BeneficiaryView>[] = [
  {},
  {},
  // Far ahead, so that it cools whenever the test runs.
  { state: 'cooling', usableFrom: Date.UTC(2099, 0, 2, 4) },
  {},
  unapproved,
  { state: 'missing', accountNumber: '', ifsc: '', approvedByName: null, usableFrom: null },
  {},
  {},
];
const amounts = [12_500_50n, 2_48_000_00n, 7_320_00n, 4_10_650_75n, 18_900_00n, 999_00n, 55_000_00n, 12_500_50n];

export const bills: readonly BillToPay[] = amounts.map((payablePaise, index) => ({
  ...{ expenseId: idOf('004', index), revision: 3, provisional: false, vendorId: idOf('003', index) },
  ...{ reference: `EXP-2026-27-${String(index + 101).padStart(6, '0')}`, vendorName: nameOf(index) },
  ...{ billNo: `B/26-27/${index + 410}`, billDate: `2026-11-${String(index + 3).padStart(2, '0')}` },
  ...{ description: 'Reagents, second term', payablePaise, mode: modeOf(payablePaise) },
  beneficiary: beneficiary(index, states[index]),
  twin: index === 7 ? 'PO-2026-27-000031' : null,
}));

const order = (index: number, part: Partial<PaymentOrderRow>): PaymentOrderRow => {
  const amountPaise = amounts[index % amounts.length] ?? 1n;
  return {
    ...{ id: idOf('00f', index), batchId: idOf('010', 1), number: `PO-2026-27-${String(index + 41).padStart(6, '0')}` },
    ...{ status: 'prepared', attention: null, pending: false, expenseId: idOf('004', index) },
    ...{ expenseReference: `EXP-2026-27-${String(index + 60).padStart(6, '0')}`, vendorName: nameOf(index) },
    ...{ beneficiaryName: nameOf(index), accountNumber: accountOf(index), ifsc: 'HDFC0001234' },
    ...{ mode: modeOf(amountPaise), amountPaise, bankAccountId: idOf('00e', 1), bankAccountName: 'Current account' },
    ...{ purpose: 'Bills of Nov 2026', wireReference: null, fence: 0, makerId: OTHER_PERSON },
    ...{ makerName: 'Meera Kulkarni', preparedAt: NOW - 3 * HOUR, checkerName: null, releasedAt: null },
    ...{ notBefore: null, senderName: null, takenAt: null, here: false, providerId: null, utr: null },
    ...{ failureReason: null, failureText: null, chargesPaise: null, paidOn: null, paymentVoucherId: null },
    ...{ returnedOn: null, returnVoucherId: null, twin: null },
    ...part,
  };
};
const released = { checkerName: 'Dr. Anil Deshpande', releasedAt: NOW - 2 * HOUR };
const sent = { ...released, fence: 1, takenAt: NOW - HOUR, senderName: 'Meera Kulkarni', here: true };
const wire = (index: number): string => `KQ7MZP4XW2TBA${String.fromCharCode(65 + index)}AB`;

export const waitingOrders: readonly PaymentOrderRow[] = [
  order(0, {}),
  order(1, {}),
  order(3, { twin: 'PO-2026-27-000031' }),
  order(6, { batchId: idOf('010', 2), makerId: ME, makerName: 'Sunita Rao', preparedAt: NOW - HOUR }),
];
export const ordersUnderWay: readonly PaymentOrderRow[] = [
  order(10, { ...released, status: 'released', batchId: idOf('010', 3) }),
  order(11, { ...released, status: 'released', batchId: idOf('010', 3) }),
  order(12, { ...sent, status: 'exported', batchId: idOf('010', 4), wireReference: wire(1) }),
  order(13, {
    ...sent,
    status: 'accepted',
    batchId: idOf('010', 5),
    wireReference: wire(2),
    utr: 'ICICN52026112100417',
  }),
];
export const ordersForPerson: readonly PaymentOrderRow[] = [
  order(20, { ...sent, status: 'in_doubt', wireReference: wire(3) }),
  order(21, { ...sent, status: 'not_received', wireReference: wire(4) }),
  order(22, { ...sent, status: 'paid', attention: 'paid_twice', wireReference: wire(5), paidOn: '2026-11-20' }),
];
export const ordersDone: readonly PaymentOrderRow[] = [
  order(30, {
    ...{ ...sent, status: 'paid', wireReference: wire(6), utr: 'ICICN52026112000311', paidOn: '2026-11-20' },
    paymentVoucherId: idOf('00d', 1),
  }),
  order(31, {
    ...{ ...sent, status: 'returned', wireReference: wire(7), utr: 'ICICN52026111900207', paidOn: '2026-11-19' },
    ...{ paymentVoucherId: idOf('00d', 2), returnedOn: '2026-11-20', returnVoucherId: idOf('00d', 3) },
    ...{ failureReason: 'invalid_account', failureText: 'ACCOUNT CLOSED' },
  }),
  order(32, { status: 'withdrawn', failureText: 'Paid by cheque' }),
];

export const details: Output<'payments.beneficiaries'> = {
  rows: [4, 2].map((index) => ({
    ...{ vendorId: idOf('003', index), vendorName: nameOf(index) },
    beneficiary: beneficiary(index, { ...unapproved, own: index === 2 }),
  })),
  count: 2,
};

export const filePreview: PaymentFilePreview = {
  ...{ fileName: '_21112026_002.txt', columns: ['text', 'mode', 'amount', 'beneficiaryAccount', 'beneficiaryIfsc'] },
  rows: [
    ['PRB', 'NFT', '7320.00', '50100012345680', 'HDFC0001234'],
    ['PRB', 'RTG', '410650.75', '50100012345681', 'HDFC0001234'],
  ],
  ...{ count: 2, totalPaise: 4_17_970_75n, serial: 2, date: '2026-11-21', again: false },
};

export const deadLetters: Output<'webhooks.dead'> = {
  rows: [
    {
      ...{ id: idOf('011', 1), provider: 'icici', receivedAt: NOW - HOUR, attempts: 3, code: 'NOT_FOUND' },
      ...{ details: { what: 'payment_order' }, reference: wire(8), state: 'paid' },
    },
  ],
};

const total = (rows: readonly { readonly amountPaise: bigint }[]): bigint =>
  rows.reduce((sum, { amountPaise }) => sum + amountPaise, 0n);
const page = (rows: readonly PaymentOrderRow[]): Output<'payments.orders'> => ({
  ...{ rows: [...rows], count: rows.length, totalPaise: total(rows) },
});
export const orderPages = {
  check: page(waitingOrders),
  under_way: page(ordersUnderWay),
  person: page(ordersForPerson),
  done: page(ordersDone),
} as const;

/** Answers for `openAs` that are the same whatever is asked. Those of `payments.orders` go by stage: see `stage`. */
export const payments = (stage: keyof typeof orderPages = 'check'): Readonly<Record<string, unknown>> => ({
  'bankAccounts.list': { rows: bankAccounts },
  'payments.toPay': {
    ...{ rows: bills, count: bills.length },
    totalPaise: bills.reduce((sum, { payablePaise }) => sum + payablePaise, 0n),
  },
  'payments.counts': { toPay: bills.length, check: 4, underWay: 4, person: 3, beneficiaries: 2 },
  'payments.orders': orderPages[stage],
  'payments.batch': { rows: waitingOrders.filter(({ batchId }) => batchId === idOf('010', 1)) },
  'payments.beneficiaries': details,
  'payments.previewFile': filePreview,
  'webhooks.dead': deadLetters,
});
