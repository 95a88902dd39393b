import { verifyChain } from '../domain/audit/chain.ts';
import { cellOf } from '../domain/consolidation/totals.ts';
import { isPosted } from '../domain/expense/life-cycle.ts';
import { figuresOf, figuresText } from '../domain/period/figures.ts';
import type { Budget, Expense } from '../domain/rows.ts';
import { financialYearBounds } from '../kernel/dates.ts';
import { type Paise, sumPaise } from '../kernel/money.ts';
import { bankFaults } from './bank-invariants.ts';
import type { MemoryBooks } from './memory-books.ts';
import { nodeDigest } from './node-digest.ts';
import { paymentFaults } from './payment-invariants.ts';

/** What must hold of the books after every command. Each answers with what is wrong, so that a failing property says it. */
export async function faultsOf(books: MemoryBooks): Promise<readonly string[]> {
  return [
    ...chartFaults(books),
    ...ledgerFaults(books),
    ...reversalFaults(books),
    ...billFaults(books),
    ...periodFaults(books),
    ...bankFaults(books),
    ...budgetFaults(books),
    ...totalFaults(books),
    ...numberFaults(books),
    ...expenseFaults(books),
    ...paymentFaults(books),
    ...vendorFaults(books),
    ...(await auditFaults(books)),
  ];
}

function ledgerFaults(books: MemoryBooks): string[] {
  const faults: string[] = [];
  for (const voucher of books.rows('vouchers')) {
    const lines = books.rows('voucher_lines').filter((line) => line.voucherId === voucher.id);
    const debit = sumPaise(lines.map((line) => line.debitPaise));
    const credit = sumPaise(lines.map((line) => line.creditPaise));
    if (debit !== credit) faults.push(`voucher ${voucher.number}: debit ${debit}, credit ${credit}`);
    if (lines.length < 2) faults.push(`voucher ${voucher.number} has ${lines.length} lines`);
    for (const line of lines) {
      if (line.debitPaise > 0n === line.creditPaise > 0n) faults.push(`line ${line.id} has not one side`);
      if (line.date !== voucher.date) faults.push(`line ${line.id} has another date`);
      if (!books.rows('accounts').some((account) => account.code === line.accountCode)) {
        faults.push(`line ${line.id} has no account`);
      }
    }
  }
  return faults;
}

function billFaults(books: MemoryBooks): string[] {
  const faults: string[] = [];
  const lines = new Map(books.rows('voucher_lines').map((line) => [`${line.voucherId} ${line.lineNo}`, line]));
  const allocated = new Map<string, { debit: Paise; credit: Paise }>();
  for (const bill of books.rows('bill_allocations')) {
    const key = `${bill.voucherId} ${bill.lineNo}`;
    const sum = allocated.get(key) ?? { debit: 0n, credit: 0n };
    allocated.set(key, { debit: sum.debit + bill.debitPaise, credit: sum.credit + bill.creditPaise });
    const line = lines.get(key);
    if (line?.vendorId !== bill.vendorId || line.accountCode !== bill.accountCode || line.date !== bill.date)
      faults.push(`allocation ${bill.id} does not fit its line`);
    if ((bill.name === null) !== (bill.kind === 'on_account')) faults.push(`allocation ${bill.id} has a wrong name`);
  }
  for (const [key, sum] of allocated) {
    const line = lines.get(key);
    if (line?.debitPaise !== sum.debit || line.creditPaise !== sum.credit)
      faults.push(`the allocations of line ${key} do not add up`);
  }
  return faults;
}

/** A closed year says for ever what it ended with; nothing was posted to it since. */
function periodFaults(books: MemoryBooks): string[] {
  const kinds = new Map(books.rows('accounts').map(({ code, kind }) => [code, kind]));
  return books.rows('periods').flatMap((period) => {
    if (period.kind !== 'year' || !period.isClosed) return [];
    const { last } = financialYearBounds(period.name);
    const totals = books.rows('consolidation_totals').filter(({ month }) => month <= last.slice(0, 7));
    const now = figuresText(figuresOf(totals, period.name, (code) => kinds.get(code)));
    return now === period.figures ? [] : [`closed year ${period.name} does not end as it did`];
  });
}

function reversalFaults(books: MemoryBooks): string[] {
  const taken = books.rows('vouchers').flatMap((voucher) => voucher.reversesId ?? []);
  return new Set(taken).size === taken.length ? [] : ['a voucher is taken back twice'];
}

function chartFaults(books: MemoryBooks): string[] {
  const faults: string[] = [];
  const groups = new Map(books.rows('account_groups').map((group) => [group.code, group]));
  if (groups.size !== books.rows('account_groups').length) faults.push('two groups have one code');
  for (const { code, kind, parentCode } of groups.values()) {
    const path = new Set([code]);
    for (let above = parentCode; above !== null; above = groups.get(above)?.parentCode ?? null) {
      if (path.has(above)) {
        faults.push(`group ${code} stands below itself`);
        break;
      }
      path.add(above);
      if (groups.get(above)?.kind !== kind)
        faults.push(`group ${code} stands below ${above}, which is of another kind`);
    }
  }
  const names = new Set<string>();
  for (const { code, name, kind, groupCode } of books.rows('accounts')) {
    const folded = name.toLowerCase();
    if (names.has(folded)) faults.push(`two accounts are called ${name}`);
    names.add(folded);
    if (groupCode !== null && groups.get(groupCode)?.kind !== kind)
      faults.push(`account ${code} is in no group of its kind`);
  }
  return faults;
}

function budgetFaults(books: MemoryBooks): string[] {
  const faults: string[] = [];
  const expenses = books.rows('expenses');
  for (const budget of books.rows('budgets')) {
    const name = `budget ${budget.category} ${budget.financialYear}`;
    const own = expenses.filter((e) => e.category === budget.category && e.financialYear === budget.financialYear);
    const committed = sumPaise(own.filter((e) => e.status === 'submitted').map((e) => e.committedPaise));
    const posted = own.filter((e) => isPosted(e.status));
    const spent = sumPaise(posted.map((e) => e.budgetPaise)) + enteredFor(books, budget);
    if (committed !== budget.committedPaise)
      faults.push(`${name}: committed ${budget.committedPaise}, not ${committed}`);
    if (spent !== budget.spentPaise) faults.push(`${name}: spent ${budget.spentPaise}, not ${spent}`);
    const overridden = posted.some((e) => e.overBudget && e.overBudgetReason !== null);
    if (budget.committedPaise + budget.spentPaise > budget.allocatedPaise && !overridden) {
      faults.push(`${name} is exceeded without an override`);
    }
  }
  for (const expense of expenses) {
    const { category, financialYear, committedPaise, status } = expense;
    if (status !== 'submitted' && committedPaise !== 0n) faults.push(`${status} expense holds ${committedPaise}`);
    const uses = isPosted(status) || committedPaise !== 0n;
    const kept = books.rows('budgets').some((b) => b.category === category && b.financialYear === financialYear);
    if (uses && !kept) faults.push(`expense ${expense.id} uses a budget that is not there`);
  }
  return faults;
}

/** What vouchers without a document behind them used of a budget; a reversal gives back to the year of what it takes back. */
function enteredFor(books: MemoryBooks, { category, financialYear }: Budget): Paise {
  const vouchers = new Map(books.rows('vouchers').map((voucher) => [voucher.id, voucher]));
  return books.rows('voucher_lines').reduce((sum, line) => {
    const voucher = vouchers.get(line.voucherId);
    if (line.category !== category || voucher === undefined || voucher.expenseId !== null) return sum;
    const own = voucher.reversesId === null ? voucher : vouchers.get(voucher.reversesId);
    return own?.financialYear === financialYear ? sum + line.debitPaise - line.creditPaise : sum;
  }, 0n);
}

function totalFaults(books: MemoryBooks): string[] {
  const sums = new Map<string, { debit: Paise; credit: Paise; count: number }>();
  for (const line of books.rows('voucher_lines')) {
    const key = Object.values(cellOf(line)).join('|');
    const sum = sums.get(key) ?? { debit: 0n, credit: 0n, count: 0 };
    sums.set(key, {
      debit: sum.debit + line.debitPaise,
      credit: sum.credit + line.creditPaise,
      count: sum.count + 1,
    });
  }
  const faults: string[] = [];
  for (const total of books.rows('consolidation_totals')) {
    const key = [total.month, total.financialYear, total.category, total.accountCode].join('|');
    const sum = sums.get(key);
    const same = sum?.debit === total.debitPaise && sum.credit === total.creditPaise && sum.count === total.lineCount;
    if (!same) faults.push(`total ${key} does not follow from the lines`);
    sums.delete(key);
  }
  for (const key of sums.keys()) faults.push(`total ${key} is missing`);
  return faults;
}

function numberFaults(books: MemoryBooks): string[] {
  const given = new Map<string, number[]>();
  const faults: string[] = [];
  const numbered = [...books.rows('expenses'), ...books.rows('vouchers'), ...books.rows('payment_orders')];
  for (const { number } of numbered) {
    const match = /^([A-Z]{2,3})[-/]((?:20)?\d{2}-\d{2})[-/](\d{6})$/.exec(number ?? '');
    if ((number?.length ?? 0) > 16 && /^(SAL|DBN|CRN)/.test(number ?? ''))
      faults.push(`${number} is too long for an invoice`);
    if (match === null) continue;
    const series = `${match[1]} ${match[2]}`;
    given.set(series, [...(given.get(series) ?? []), Number(match[3])]);
  }
  for (const [series, numbers] of given) {
    const wanted = numbers.map((_, index) => index + 1).join();
    if (numbers.sort((a, b) => a - b).join() !== wanted) faults.push(`series ${series} has gaps or doubles`);
  }
  for (const voucher of books.rows('vouchers'))
    if (voucher.number === null) faults.push(`voucher ${voucher.id} has no number`);
  return faults;
}

const unsubmitted: readonly Expense['status'][] = ['draft', 'cancelled'];

function expenseFaults(books: MemoryBooks): string[] {
  const faults: string[] = [];
  for (const expense of books.rows('expenses')) {
    const { id, status } = expense;
    const total = expense.taxablePaise + expense.cgstPaise + expense.sgstPaise + expense.igstPaise;
    if (expense.totalPaise !== total || total <= 0n) faults.push(`expense ${id} has a wrong total`);
    const receipts = books.rows('receipts').filter((receipt) => receipt.expenseId === id).length;
    if (receipts !== expense.receiptCount) faults.push(`expense ${id} counts ${expense.receiptCount} receipts`);
    if (!unsubmitted.includes(status) && expense.number === null) faults.push(`${status} expense has no number`);
    if ((isPosted(status) || status === 'reversed') !== (expense.voucherId !== null)) {
      faults.push(`${status} expense and its voucher do not fit`);
    }
    if (expense.decidedBy === expense.makerId) faults.push(`expense ${id} was decided by its maker`);
    if (books.rows('vendors').every((vendor) => vendor.id !== expense.vendorId))
      faults.push(`expense ${id} has no vendor`);
  }
  return faults;
}

function vendorFaults(books: MemoryBooks): string[] {
  const vendors = books.rows('vendors');
  const gstins = vendors.flatMap((vendor) => vendor.gstin ?? []);
  const keys = vendors.map((vendor) => vendor.nameKey);
  const faults: string[] = [];
  if (new Set(gstins).size !== gstins.length) faults.push('two vendors with one GSTIN');
  if (new Set(keys).size !== keys.length) faults.push('two vendors with one name');
  return faults;
}

async function auditFaults(books: MemoryBooks): Promise<string[]> {
  const verdict = await verifyChain(books.rows('audit_entries'), nodeDigest);
  return verdict.ok ? [] : [`audit chain breaks at ${verdict.position}`];
}
