import type { ChartAccount, ChartCentre } from '../../shared/ipc/contract/chart.ts';
import type { CommandInput } from '../../shared/ipc/contract/commands.ts';
import type { OpenBill, VoucherListRow, VoucherPage } from '../../shared/ipc/contract/vouchers.ts';
import type { Input, Output } from '../../shared/ipc/contract.ts';
import { addDays } from '../../shared/kernel/dates.ts';
import { MunimError } from '../../shared/kernel/errors.ts';
import type { Id } from '../../shared/kernel/ids.ts';
import { sumPaise } from '../../shared/kernel/money.ts';
import { COLLEGE, idOf, masters, NOW, TODAY, vendors } from './memory-books.ts';

/** The voucher side of the made-up books: a chart, open bills of two parties, and vouchers that come and are taken back. */

const account = (code: string, name: string, more: Partial<ChartAccount>): ChartAccount => ({
  ...{ id: idOf('00a', Number(code)), code, name, kind: 'asset', groupCode: null, category: null, role: null },
  ...{ isActive: true, pending: false, balancePaise: 0n },
  ...more,
});

const firstAccounts: readonly ChartAccount[] = [
  account('1001', 'Cash in hand', { role: 'cash', groupCode: 'A1', balancePaise: 42_350_00n }),
  account('1101', 'Bank of Maharashtra, current', { role: 'bank', groupCode: 'A1', balancePaise: 18_40_215_50n }),
  account('1301', 'Fees receivable', { groupCode: 'A1', balancePaise: 3_25_000_00n }),
  account('2101', 'Vendors payable', { kind: 'liability', role: 'vendor_payable', balancePaise: -4_12_600_00n }),
  account('3101', 'Corpus fund', { kind: 'fund', balancePaise: -50_00_000_00n }),
  account('4101', 'Tuition fees', { kind: 'income', balancePaise: -1_12_00_000_00n }),
  ...masters.accounts
    .filter(({ kind }) => kind === 'expense')
    .map(({ code, name }) => account(code, name, { kind: 'expense', groupCode: 'E1', balancePaise: 84_210_00n })),
];

const groups: Output<'chart.get'>['groups'] = [
  {
    ...{ id: idOf('00b', 1), code: 'A1', name: 'Current assets', nameHi: 'चालू परिसंपत्तियाँ' },
    ...{ kind: 'asset', parentCode: null, isActive: true, pending: false },
  },
  {
    ...{ id: idOf('00b', 2), code: 'E1', name: 'Running costs', nameHi: 'संचालन व्यय' },
    ...{ kind: 'expense', parentCode: null, isActive: true, pending: false },
  },
];

const centre = (index: number, code: string, name: string, more: Partial<ChartCentre>): ChartCentre => ({
  ...{ id: idOf('00c', index), code, name, kind: 'department', agency: null, sanctionNo: null, sanctionedPaise: null },
  ...{ startsOn: null, endsOn: null, isActive: true, pending: false },
  ...more,
});

const firstCentres: readonly ChartCentre[] = [
  centre(1, 'MECH', 'Mechanical Engineering', {}),
  centre(2, 'DST-24', 'DST research grant', {
    ...{ kind: 'grant', agency: 'DST', sanctionNo: 'DST/2024/118', sanctionedPaise: 25_00_000_00n },
    ...{ startsOn: '2024-04-01', endsOn: '2027-03-31' },
  }),
];

const openBills: Readonly<Record<Id, readonly OpenBill[]>> = {
  // Patil Brothers Hardware: two bills we owe.
  [vendors[6]?.id ?? '']: [
    { name: 'PB/118', billDate: '2026-09-04', dueOn: '2026-10-04', openPaise: -12_000_00n },
    { name: 'PB/131', billDate: '2026-10-19', dueOn: null, openPaise: -8_500_00n },
  ],
};

function firstVoucher(): VoucherPage {
  const line = { departmentCode: null, departmentName: null, fundCode: null, fundName: null, bills: [] };
  const none = { vendorId: null, vendorName: null };
  return {
    ...{ id: idOf('00d', 1), collegeId: COLLEGE, number: 'PAY-2026-27-000041', kind: 'payment' },
    ...{ date: addDays(TODAY, -1), narration: 'Being cheque to Patil Brothers Hardware', reference: 'CHQ 004411' },
    ...{ referenceDate: null, pending: false, postedByName: 'Meera Kulkarni', postedAt: NOW - 90_000_000 },
    amountPaise: 9_200_00n,
    lines: [
      {
        ...line,
        ...{ lineNo: 1, accountCode: '2101', accountName: 'Vendors payable' },
        ...{ vendorId: vendors[6]?.id ?? null, vendorName: 'Patil Brothers Hardware' },
        ...{ debitPaise: 9_200_00n, creditPaise: 0n },
        bills: [{ kind: 'against', name: 'PB/102', billDate: null, dueOn: null, amountPaise: 9_200_00n }],
      },
      {
        ...{ ...line, ...none, lineNo: 2, accountCode: '1101', accountName: 'Bank of Maharashtra, current' },
        ...{ debitPaise: 0n, creditPaise: 9_200_00n },
      },
    ],
    ...{ expense: null, reverses: null, reversedBy: null, olderId: null, newerId: null },
    actions: ['reverse', 'attach', 'duplicate'],
    receipts: [],
    timeline: [
      {
        ...{ commandId: idOf('006', 9_001), commandName: 'voucher.post', actorName: 'Meera Kulkarni' },
        ...{ deviceId: idOf('001', 1), deviceName: 'Accounts PC 1', occurredAt: NOW - 90_000_000, position: 311 },
        ...{ signed: true, comment: null, changes: [] },
      },
    ],
    attentionSeq: null,
  };
}

export interface MemoryVouchers {
  chart(): Output<'chart.get'>;
  masters(): Output<'masters.get'>;
  page(question: Input<'vouchers.page'>): Output<'vouchers.page'>;
  totals(question: Input<'vouchers.totals'>): Output<'vouchers.totals'>;
  get(id: Id): VoucherPage;
  openBills(vendorId: Id): Output<'bills.open'>;
  /** @returns the tables that changed; null when the command is about something else */
  run(command: CommandInput): readonly string[] | null;
}

export function memoryVouchers(): MemoryVouchers {
  let accounts = [...firstAccounts];
  let centres = [...firstCentres];
  let vouchers = [firstVoucher()];
  const fitting = ({ filter }: Pick<Input<'vouchers.page'>, 'filter'>): VoucherPage[] =>
    vouchers
      .filter(
        (one) =>
          (filter.kind.length === 0 || filter.kind.includes(one.kind)) &&
          (filter.accountCode === null || one.lines.some((line) => line.accountCode === filter.accountCode)) &&
          `${one.number} ${one.narration} ${one.reference}`.toLowerCase().includes(filter.text.toLowerCase()),
      )
      .sort((a, b) => (a.date === b.date ? 0 : a.date < b.date ? 1 : -1));
  const neighbour = (id: Id, step: number): Id | null => {
    const all = fitting({ filter: everything });
    return all[all.findIndex((one) => one.id === id) + step]?.id ?? null;
  };
  const put = (next: VoucherPage): void => {
    vouchers = [next, ...vouchers.filter(({ id }) => id !== next.id)];
  };
  return {
    chart: () => ({ groups, accounts, costCentres: centres }),
    masters: () => {
      const known = new Set(masters.accounts.map(({ code }) => code));
      const others = accounts.filter(({ code }) => !known.has(code));
      return {
        ...masters,
        accounts: [...masters.accounts, ...others.map(({ code, name, kind, role }) => ({ code, name, kind, role }))],
      };
    },
    page: (question) => ({
      rows: fitting(question)
        .slice(question.offset, question.offset + question.limit)
        .map(rowOf),
    }),
    totals: (question) => {
      const all = fitting(question);
      return { count: all.length, totalPaise: sumPaise(all.map(({ amountPaise }) => amountPaise)) };
    },
    get: (id) => {
      const found = vouchers.find((one) => one.id === id);
      if (found === undefined) throw new MunimError('NOT_FOUND', { what: 'voucher' });
      return { ...found, olderId: neighbour(id, 1), newerId: neighbour(id, -1) };
    },
    openBills: (vendorId) => ({ rows: [...(openBills[vendorId] ?? [])], onAccountPaise: 0n }),
    run: (command) => {
      switch (command.name) {
        case 'account.create':
          accounts = [
            ...accounts,
            account(command.args.fields.code, command.args.fields.name, {
              ...command.args.fields,
              ...{ id: command.args.accountId, pending: true },
            }),
          ];
          return ['accounts'];
        case 'costCentre.create':
          centres = [
            ...centres,
            { ...command.args.fields, id: command.args.costCentreId, isActive: true, pending: true },
          ];
          return ['cost_centres'];
        case 'voucher.post':
          put(postedOf(command.args, accounts));
          return ['vouchers', 'voucher_lines', 'bill_allocations'];
        case 'voucher.reverse': {
          const before = vouchers.find(({ id }) => id === command.args.voucherId);
          if (before === undefined) throw new MunimError('NOT_FOUND', { what: 'voucher' });
          const reversal = { id: idOf('00e', vouchers.length), number: null, date: command.args.date };
          put({ ...before, actions: ['attach', 'duplicate'], reversedBy: reversal });
          return ['vouchers', 'voucher_lines'];
        }
        default:
          return null;
      }
    },
  };
}

const everything: Input<'vouchers.page'>['filter'] = {
  ...{ collegeId: null, text: '', kind: [], accountCode: null, vendorId: null, from: null, to: null },
};

function postedOf(
  args: Extract<CommandInput, { name: 'voucher.post' }>['args'],
  accounts: readonly ChartAccount[],
): VoucherPage {
  const { voucherId, lines, ...head } = args;
  return {
    ...firstVoucher(),
    ...head,
    ...{ id: voucherId, number: null, pending: true, postedAt: NOW },
    amountPaise: sumPaise(lines.map(({ debitPaise }) => debitPaise)),
    lines: lines.map(({ bills = [], ...line }, index) => ({
      ...line,
      lineNo: index + 1,
      accountName: accounts.find(({ code }) => code === line.accountCode)?.name ?? line.accountCode,
      vendorName: vendors.find(({ id }) => id === line.vendorId)?.fields.name ?? null,
      ...{ departmentName: line.departmentCode, fundName: line.fundCode },
      bills: bills.map((bill) => ({ ...bill, billDate: null })),
    })),
  };
}

const rowOf = (voucher: VoucherPage): VoucherListRow => ({
  ...{ id: voucher.id, collegeId: voucher.collegeId, collegeCode: 'SVCE', date: voucher.date, number: voucher.number },
  ...{ kind: voucher.kind, narration: voucher.narration, amountPaise: voucher.amountPaise, pending: voucher.pending },
  particulars: voucher.lines[0]?.vendorName ?? voucher.lines[0]?.accountName ?? '',
  others: voucher.lines.length - 1,
  reversed: voucher.reversedBy !== null,
});
