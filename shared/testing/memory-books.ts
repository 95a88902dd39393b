import type { BooksReader } from '../domain/command/command.ts';
import type { AccountRole, AuditEntry, Change, TableName, Tables } from '../domain/rows.ts';
import type { FinancialYear, IsoDate } from '../kernel/dates.ts';
import type { Id } from '../kernel/ids.ts';

type Store = { readonly [T in TableName]: Map<Id, Tables[T]> };

/** The books of one college in memory: the plainest thing that answers what commands ask, to hold other stores against. */
export class MemoryBooks implements BooksReader {
  readonly collegeId: Id;
  readonly #store: Store = {
    colleges: new Map(),
    people: new Map(),
    account_groups: new Map(),
    accounts: new Map(),
    cost_centres: new Map(),
    categories: new Map(),
    vendors: new Map(),
    budgets: new Map(),
    expenses: new Map(),
    receipts: new Map(),
    payment_leases: new Map(),
    bank_accounts: new Map(),
    beneficiaries: new Map(),
    payment_orders: new Map(),
    vouchers: new Map(),
    voucher_lines: new Map(),
    bill_allocations: new Map(),
    periods: new Map(),
    bank_statements: new Map(),
    bank_lines: new Map(),
    bank_matches: new Map(),
    cleared_entries: new Map(),
    bank_rules: new Map(),
    fee_reconciliations: new Map(),
    number_series: new Map(),
    consolidation_totals: new Map(),
    audit_entries: new Map(),
  };

  constructor(collegeId: Id) {
    this.collegeId = collegeId;
  }

  /** All rows of a table in the order in which they came. */
  rows<T extends TableName>(table: T): readonly Tables[T][] {
    const map: ReadonlyMap<Id, Tables[T]> = this.#store[table];
    return [...map.values()];
  }

  apply(changes: readonly Change[], audit?: AuditEntry): void {
    for (const change of changes) this.#applyOne(change);
    if (audit !== undefined) this.#store.audit_entries.set(audit.id, audit);
  }

  #applyOne<T extends TableName>(
    change: { readonly table: T } & ({ readonly row: Tables[T] } | { readonly removed: Id }),
  ) {
    const map: Map<Id, Tables[T]> = this.#store[change.table];
    if ('row' in change) map.set(change.row.id, change.row);
    else map.delete(change.removed);
  }

  async get<T extends TableName>(table: T, id: Id): Promise<Tables[T] | undefined> {
    const map: ReadonlyMap<Id, Tables[T]> = this.#store[table];
    return map.get(id);
  }

  async getAll<T extends TableName>(table: T, ids: readonly Id[]) {
    const map: ReadonlyMap<Id, Tables[T]> = this.#store[table];
    return new Map(ids.flatMap((id) => (map.has(id) ? [[id, map.get(id) as Tables[T]] as const] : [])));
  }

  async college() {
    const college = this.#store.colleges.get(this.collegeId);
    if (college === undefined) throw new Error(`no college ${this.collegeId}`);
    return college;
  }

  async categoryByCode(code: string) {
    return this.rows('categories').find((category) => category.code === code);
  }

  async accountByCode(code: string) {
    return this.rows('accounts').find((account) => account.code === code);
  }

  async groupByCode(code: string) {
    return this.rows('account_groups').find((group) => group.code === code);
  }

  async accountByName(name: string) {
    return this.rows('accounts').find((account) => foldLatin(account.name) === foldLatin(name));
  }

  async costCentreByCode(code: string) {
    return this.rows('cost_centres').find((centre) => centre.code === code);
  }

  async accountByRole(role: AccountRole) {
    return this.rows('accounts')
      .filter((account) => account.role === role && account.isActive)
      .sort((a, b) => (a.code < b.code ? -1 : 1))[0];
  }

  async vendorByNameKey(nameKey: string) {
    return this.rows('vendors').find((vendor) => vendor.nameKey === nameKey);
  }

  async vendorByGstin(gstin: string) {
    return this.rows('vendors').find((vendor) => vendor.gstin === gstin);
  }

  async expensesByBill(vendorId: Id, billNo: string, financialYear: FinancialYear) {
    const wanted = billNo.toLowerCase();
    return this.rows('expenses').filter(
      (expense) =>
        expense.vendorId === vendorId &&
        expense.billNo?.toLowerCase() === wanted &&
        expense.financialYear === financialYear &&
        !['cancelled', 'rejected', 'reversed'].includes(expense.status),
    );
  }

  async knownImportKeys(keys: readonly string[]) {
    const known = new Set(this.rows('expenses').map((expense) => expense.importKey));
    return new Set(keys.filter((key) => known.has(key)));
  }

  async receiptsOf(expenseId: Id) {
    return this.rows('receipts').filter((receipt) => receipt.expenseId === expenseId);
  }

  async reversalOf(voucherId: Id) {
    return this.rows('vouchers').find((voucher) => voucher.reversesId === voucherId);
  }

  async voucherLines(voucherId: Id) {
    return this.rows('voucher_lines').filter((line) => line.voucherId === voucherId);
  }

  async billsOfVoucher(voucherId: Id) {
    const bills = this.rows('bill_allocations').filter((bill) => bill.voucherId === voucherId);
    return [...bills].sort((a, b) => a.lineNo - b.lineNo || (a.id < b.id ? -1 : 1));
  }

  async billsNamed(vendorId: Id, name: string) {
    return this.rows('bill_allocations').filter((bill) => bill.vendorId === vendorId && bill.name === name);
  }

  async waitingExpenses(financialYear: FinancialYear) {
    return this.rows('expenses').filter(
      (expense) => expense.status === 'submitted' && expense.financialYear === financialYear,
    );
  }

  async bankAccountOf(accountCode: string) {
    return this.rows('bank_accounts').find((account) => account.accountCode === accountCode);
  }

  async ordersOfExpense(expenseId: Id) {
    return byId(this.rows('payment_orders').filter((order) => order.expenseId === expenseId));
  }

  async ordersOfBatch(batchId: Id) {
    return byId(this.rows('payment_orders').filter((order) => order.batchId === batchId));
  }

  async ordersReleasedOn(bankAccountId: Id, day: IsoDate) {
    return byId(
      this.rows('payment_orders').filter((order) => order.bankAccountId === bankAccountId && order.releasedOn === day),
    );
  }

  async knownOrderReferences(references: readonly string[]) {
    const known = new Set(this.rows('payment_orders').map((order) => order.reference));
    return new Set(references.filter((reference) => known.has(reference)));
  }

  async totalsUpTo(month: string) {
    return this.rows('consolidation_totals').filter((total) => total.month <= month);
  }

  async linesOfMatch(matchId: Id) {
    return this.rows('bank_lines').filter((line) => line.matchId === matchId);
  }

  async clearedByMatch(matchId: Id) {
    return this.rows('cleared_entries').filter((entry) => entry.matchId === matchId);
  }

  async bankLinesBetween(bankAccountId: Id, from: string, to: string) {
    return this.rows('bank_lines').filter(
      (line) => line.bankAccountId === bankAccountId && line.date >= from && line.date <= to,
    );
  }
}

const byId = <R extends { readonly id: Id }>(rows: readonly R[]): readonly R[] =>
  [...rows].sort((a, b) => (a.id < b.id ? -1 : 1));

/** The books fold the case of Latin letters and of no others. */
const foldLatin = (text: string): string => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
