// Plain JavaScript: the process with the other database may run on an older Node than Munim.
import { readFileSync } from 'node:fs';
import { benchCollegeId, benchId, benchPersonId, seededRandom } from '../data.mjs';
import { courses, familyNames, givenNames, goods, hindi, houses, months, places, trades } from './words.mjs';

/**
 * A voucher as the tables hold it: its row, its lines and what of them belongs to which bill, each by the names of the columns.
 * @typedef {Readonly<Record<string, string | number | null>>} Row
 * @typedef {{ readonly voucher: Row, readonly lines: readonly Row[], readonly bills: readonly Row[] }} LedgerVoucher
 * @typedef {{ account: string, debit?: number, credit?: number, vendor?: number, department?: string | null, fund?: string | null, bill?: Bill }} Side
 * @typedef {{ kind: string, name: string | null, billDate?: string, dueOn?: string }} Bill
 * @typedef {{ kind: string, narration: string, reference?: string | null, sides: Side[], reverses?: string }} Draft
 * @typedef {{ vendor: number, name: string, open: number }} OpenBill
 */

/** @type {{ accounts: { code: string, name: string, kind: string, category: string | null }[] }} */
const chart = JSON.parse(readFileSync(new URL('../../resources/seed/chart.json', import.meta.url), 'utf8'));
export const chartAccounts = chart.accounts;
const categoryOf = new Map(chartAccounts.map(({ code, category }) => [code, category]));
/** @param {string} kind */
const codesOf = (kind) => chartAccounts.filter((account) => account.kind === kind).map(({ code }) => code);
const [incomes, fixedAssets] = [codesOf('income'), ['1610', '1620', '1630', '1640', '1650', '1660']];
const spent = chartAccounts.filter(({ category }) => category !== null && category !== 'salaries');

export const vendorCount = 500;
/** @param {number} index */
export const vendorName = (index) =>
  `${houses[index % houses.length]} ${trades[Math.floor(index / houses.length) % trades.length]}`;
/** @param {number} index */
export const vendorId = (index) => benchId(firstDayMs, 2, index);

const dayMs = 86_400_000;
/** Two whole financial years; the opening vouchers stand on the day before. */
const firstDayMs = Date.UTC(2024, 3, 1);
const dayCount = 730;
export const openingDay = '2024-03-31';
export const lastDay = '2026-03-31';

export const voucherColumns =
  'college_id id version number kind date financial_year narration reference reference_date party total_paise expense_id reverses_id posted_by posted_at'.split(
    ' ',
  );
export const lineColumns =
  'college_id id version voucher_id line_no account_code category vendor_id department_code fund_code date debit_paise credit_paise'.split(
    ' ',
  );
export const billColumns =
  'college_id id version voucher_id line_no account_code vendor_id kind name date bill_date due_on debit_paise credit_paise'.split(
    ' ',
  );
export const departments = ['COMP', 'MECH', 'CIVIL', 'PHYS', 'ADMIN'];
export const funds = ['UGC', 'DST', 'RUSA'];

const series = {
  opening: 'OB',
  payment: 'PAY',
  receipt: 'REC',
  contra: 'CON',
  journal: 'JV',
  purchase: 'PUR',
  sales: 'SAL',
  debit_note: 'DBN',
  credit_note: 'CRN',
  reversal: 'JV',
};
/** What a hundred vouchers are. Fees are most of what a college enters. */
const mix = Object.entries({
  receipt: 33,
  purchase: 20,
  payment: 22,
  sales: 8,
  journal: 8,
  contra: 4,
  debit_note: 2,
  credit_note: 1,
  reversal: 2,
}).flatMap(([kind, share]) => Array(share).fill(kind));

/** @param {string} day */
const yearOf = (day) => {
  const start = Number(day.slice(0, 4)) - (Number(day.slice(5, 7)) >= 4 ? 0 : 1);
  return `${start}-${String((start + 1) % 100).padStart(2, '0')}`;
};
/** @param {number} ms */
const dayOf = (ms) => new Date(ms).toISOString().slice(0, 10);

class Ledger {
  /** @param {number} seed */
  constructor(seed) {
    this.random = seededRandom(seed);
    /** @type {OpenBill[]} */
    this.open = [];
    /** @type {{ draft: Draft, id: string, number: string }[]} */
    this.takeBack = [];
    /** @type {Map<string, number>} */
    this.numbers = new Map();
    /** How many ids of each kind were given. */
    this.given = [0, 0, 0, 0, 0, 0, 0];
    this.day = openingDay;
    this.index = 0;
  }
  /** @type {<T>(list: readonly T[]) => T} */
  pick(list) {
    return /** @type {any} */ (list[Math.floor(this.random() * list.length)]);
  }
  /** @param {number} below */
  whole(below) {
    return Math.floor(this.random() * below);
  }
  /** Paise of a typical amount: many small ones, few large, most of them of whole rupees. @param {number} most in rupees */
  amount(most) {
    const rupees = 100 + Math.floor(this.random() ** 3 * most);
    return rupees * 100 + (this.random() < 0.2 ? this.whole(100) : 0);
  }
  department() {
    return this.random() < 0.4 ? this.pick(departments) : null;
  }
  fund() {
    return this.random() < 0.08 ? this.pick(funds) : null;
  }
  student() {
    return `${this.pick(givenNames)} ${this.pick(familyNames)}, roll ${1_000 + this.whole(9_000)}, ${this.pick(courses)}`;
  }
  bank() {
    return this.pick(['1200', '1210', '1210', '1210', '1220']);
  }
  paper() {
    return this.random() < 0.7
      ? `UTR${100_000_000 + this.whole(900_000_000)}`
      : `CHQ ${String(this.whole(1e6)).padStart(6, '0')}`;
  }
  /** @param {number} ahead how many days after this one */
  later(ahead) {
    return dayOf(Date.parse(this.day) + ahead * dayMs);
  }
  /** A bill that is open, those entered longest ago first. @returns {OpenBill | undefined} */
  oldBill() {
    return this.open.length < 40 ? undefined : this.open.splice(this.whole(20), 1)[0];
  }

  /** @type {Readonly<Record<string, () => Draft>>} */
  makers = {
    receipt: () => {
      const amount = this.amount(90_000);
      const extra = this.random() < 0.25 ? this.amount(2_000) : 0;
      const money = this.random() < 0.1 ? '1100' : this.bank();
      const sides = [
        { account: money, debit: amount + extra },
        { account: this.random() < 0.3 ? '1300' : this.pick(incomes), credit: amount },
      ];
      if (extra > 0) sides.push({ account: '4190', credit: extra });
      const what = this.random() < 0.06 ? this.pick(hindi) : `Fees semester ${1 + this.whole(8)}`;
      return { kind: 'receipt', narration: `${what}: ${this.student()}`, reference: this.paper(), sides };
    },
    sales: () => {
      const amount = this.amount(120_000);
      const sides = [
        { account: '1300', debit: amount },
        { account: this.pick(incomes), credit: amount, department: this.department() },
      ];
      return { kind: 'sales', narration: `Fees due of ${this.student()}`, sides };
    },
    purchase: () => {
      const vendor = this.whole(vendorCount);
      const [net, name] = [this.amount(250_000), `INV/${this.whole(1e7)}`];
      const tax = this.random() < 0.5 ? Math.round(net * 0.09) : 0;
      const account = this.random() < 0.1 ? this.pick(fixedAssets) : this.pick(spent).code;
      const total = net + 2 * tax;
      const bill = { kind: 'new', name, billDate: this.day, dueOn: this.later(30) };
      /** @type {Side[]} */
      const sides = [{ account, debit: net, department: this.department(), fund: this.fund() }];
      if (tax > 0) sides.push({ account: '1400', debit: tax }, { account: '1410', debit: tax });
      sides.push({ account: '2100', credit: total, vendor, bill });
      this.open.push({ vendor, name, open: total });
      return {
        kind: 'purchase',
        narration: `${this.pick(goods)} for the ${this.pick(places)}`,
        reference: name,
        sides,
      };
    },
    payment: () => {
      const old = this.oldBill();
      if (old === undefined || this.random() < 0.12) return this.spend();
      const { vendor, name, open } = old;
      const amount = this.random() < 0.9 || open < 2 ? open : Math.floor(open / 2);
      if (amount < open) this.open.push({ vendor, name, open: open - amount });
      const tds = this.random() < 0.2 ? Math.floor(amount * 0.1) : 0;
      const bill = { kind: 'against', name };
      /** @type {Side[]} */
      const sides = [
        { account: '2100', debit: amount, vendor, bill },
        { account: this.bank(), credit: amount - tds },
      ];
      if (tds > 0) sides.push({ account: '2200', credit: tds });
      return { kind: 'payment', narration: `Bill ${name} paid`, reference: this.paper(), sides };
    },
    journal: () => {
      const month = months[Number(this.day.slice(5, 7)) - 1];
      const gross = this.amount(150_000);
      const [fund, tax] = [Math.floor(gross * 0.12), Math.floor(gross * 0.02)];
      const staff = `${this.pick(givenNames)} ${this.pick(familyNames)}`;
      const sides = [
        { account: this.pick(['5100', '5110', '5120']), debit: gross, department: this.department() },
        { account: '2210', credit: gross - fund - tax },
        { account: '2220', credit: fund },
        { account: '2240', credit: tax },
      ];
      return { kind: 'journal', narration: `Salary of ${staff} for ${month}`, sides };
    },
    contra: () => {
      const amount = this.amount(40_000);
      const sides = [
        { account: this.pick(['1100', '1110']), debit: amount },
        { account: this.bank(), credit: amount },
      ];
      return { kind: 'contra', narration: 'Cash withdrawn for the office', reference: this.paper(), sides };
    },
    debit_note: () => {
      const old = this.oldBill();
      if (old === undefined) return this.spend();
      const { vendor, name, open } = old;
      const sides = [
        { account: '2100', debit: open, vendor, bill: { kind: 'against', name } },
        { account: this.pick(spent).code, credit: open },
      ];
      return { kind: 'debit_note', narration: `Goods of ${name} returned`, reference: name, sides };
    },
    credit_note: () => {
      const [amount, vendor] = [this.amount(20_000), this.whole(vendorCount)];
      const sides = [
        { account: this.pick(incomes), debit: amount },
        { account: '1300', credit: amount, vendor, bill: { kind: 'on_account', name: null } },
      ];
      return { kind: 'credit_note', narration: 'Hall rent given back', reference: `CR/${this.index}`, sides };
    },
    reversal: () => {
      const last = this.takeBack.pop();
      if (last === undefined) return this.spend();
      const sides = last.draft.sides.map(({ debit, credit, ...rest }) => ({
        ...rest,
        ...(debit === undefined ? { debit: credit ?? 0 } : { credit: debit }),
      }));
      return { kind: 'reversal', narration: `Reversal of ${last.number}: entered twice`, reverses: last.id, sides };
    },
  };

  /** Spent at once, over the counter or from the bank. @returns {Draft} */
  spend() {
    const amount = this.amount(8_000);
    /** @type {Side[]} */
    const sides = [
      { account: this.pick(spent).code, debit: amount, department: this.department(), fund: this.fund() },
      { account: this.random() < 0.5 ? '1110' : this.bank(), credit: amount },
    ];
    return { kind: 'payment', narration: `${this.pick(goods)} bought for the ${this.pick(places)}`, sides };
  }

  /** What stood in the accounts before, four lines at a time. @returns {Draft[]} */
  openings() {
    const codes = [...codesOf('asset'), ...codesOf('liability'), ...codesOf('fund')].filter((code) => code !== '3200');
    const drafts = [];
    for (let from = 0; from < codes.length; from += 3) {
      const sides = codes.slice(from, from + 3).map((account) => {
        const amount = this.amount(50_000_000);
        return account.startsWith('1') ? { account, debit: amount } : { account, credit: amount };
      });
      const left = sides.reduce((sum, side) => sum + ('debit' in side ? side.debit : -side.credit), 0);
      drafts.push({
        kind: 'opening',
        narration: 'Balances brought forward',
        sides: [...sides, left > 0 ? { account: '3200', credit: left } : { account: '3200', debit: -left }],
      });
    }
    return drafts;
  }

  /** @param {Draft} draft @returns {LedgerVoucher} */
  post(draft) {
    const { kind, narration, reference = null, reverses = null, sides } = draft;
    this.index += 1;
    const [date, version] = [this.day, this.index];
    const at = Date.parse(date) + 36_000_000;
    const id = this.nextId(at, 4);
    const common = { college_id: benchCollegeId, version, date };
    const of = sides.flatMap(({ vendor }) => (vendor === undefined ? [] : [vendorName(vendor)]));
    const voucher = {
      ...common,
      id,
      number: this.number(kind, yearOf(date)),
      kind,
      financial_year: yearOf(date),
      narration,
      reference,
      reference_date: reference === null ? null : date,
      party: of.length === 0 ? null : [...new Set(of)].join(', '),
      total_paise: sides.reduce((sum, { debit = 0 }) => sum + debit, 0),
      expense_id: null,
      reverses_id: reverses,
      posted_by: benchPersonId,
      posted_at: at,
    };
    const lines = sides.map(({ account, debit = 0, credit = 0, vendor, department = null, fund = null }, place) => ({
      ...common,
      id: this.nextId(at, 5),
      voucher_id: id,
      line_no: place + 1,
      account_code: account,
      category: categoryOf.get(account) ?? null,
      vendor_id: vendor === undefined ? null : vendorId(vendor),
      department_code: department,
      fund_code: fund,
      debit_paise: debit,
      credit_paise: credit,
    }));
    const bills = sides.flatMap(({ account, debit = 0, credit = 0, vendor, bill }, place) =>
      vendor === undefined || bill === undefined
        ? []
        : {
            ...common,
            id: this.nextId(at, 6),
            voucher_id: id,
            line_no: place + 1,
            account_code: account,
            vendor_id: vendorId(vendor),
            kind: bill.kind,
            name: bill.name,
            bill_date: bill.billDate ?? null,
            due_on: bill.dueOn ?? null,
            debit_paise: debit,
            credit_paise: credit,
          },
    );
    if (bills.length === 0 && kind !== 'reversal' && kind !== 'opening') {
      this.takeBack = [{ draft, id, number: voucher.number }];
    }
    return { voucher, lines, bills };
  }

  /** @param {number} at @param {number} kind */
  nextId(at, kind) {
    const index = (this.given[kind] ?? 0) + 1;
    this.given[kind] = index;
    return benchId(at, kind, index);
  }

  /** @param {string} kind @param {string} year */
  number(kind, year) {
    const name = /** @type {Record<string, string>} */ (series)[kind] ?? 'JV';
    const next = (this.numbers.get(`${name} ${year}`) ?? 0) + 1;
    this.numbers.set(`${name} ${year}`, next);
    return `${name}-${year}-${String(next).padStart(6, '0')}`;
  }
}

/**
 * Vouchers in the order of their posting until there are at least so many lines: the openings, then two financial years.
 * @param {number} lineCount
 * @returns {Generator<LedgerVoucher>}
 */
export function* ledgerVouchers(lineCount) {
  const ledger = new Ledger(1);
  let made = 0;
  for (const draft of ledger.openings()) {
    const voucher = ledger.post(draft);
    made += voucher.lines.length;
    yield voucher;
  }
  while (made < lineCount) {
    ledger.day = dayOf(firstDayMs + Math.floor((made / lineCount) * dayCount) * dayMs);
    const voucher = ledger.post(ledger.makers[ledger.pick(mix)]?.() ?? ledger.spend());
    made += voucher.lines.length;
    yield voucher;
  }
}
