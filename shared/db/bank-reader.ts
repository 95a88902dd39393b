import { and, eq, gte, inArray, lte, type SQL } from 'drizzle-orm';
import type { TableName, Tables } from '../domain/rows.ts';
import type { Id } from '../kernel/ids.ts';
import * as bank from './bank-schema.ts';
import * as statement from './statement-schema.ts';

/** What commands may ask of the books about banks, for a unit of work that knows how to find rows. See BooksReader. */
export abstract class BankReader {
  /** The rows of a condition, said once for the database and once for what is not written yet. */
  protected abstract find<T extends TableName>(
    table: T,
    condition: SQL | undefined,
    matches: (row: Tables[T]) => boolean,
  ): Promise<readonly Tables[T][]>;

  async bankAccountOf(accountCode: string): Promise<Tables['bank_accounts'] | undefined> {
    const condition = eq(bank.bankAccounts.accountCode, accountCode);
    return byId(await this.find('bank_accounts', condition, (row) => row.accountCode === accountCode))[0];
  }

  ordersOfExpense(expenseId: Id) {
    return this.#orders(eq(bank.paymentOrders.expenseId, expenseId), (row) => row.expenseId === expenseId);
  }

  ordersOfBatch(batchId: Id) {
    return this.#orders(eq(bank.paymentOrders.batchId, batchId), (row) => row.batchId === batchId);
  }

  ordersReleasedOn(bankAccountId: Id, day: string) {
    const o = bank.paymentOrders;
    return this.#orders(
      and(eq(o.bankAccountId, bankAccountId), eq(o.releasedOn, day)),
      (row) => row.bankAccountId === bankAccountId && row.releasedOn === day,
    );
  }

  async knownOrderReferences(references: readonly string[]): Promise<ReadonlySet<string>> {
    if (references.length === 0) return new Set();
    const wanted = new Set(references);
    const condition = inArray(bank.paymentOrders.reference, [...references]);
    const rows = await this.#orders(condition, (row) => wanted.has(row.reference));
    return new Set(rows.map(({ reference }) => reference));
  }

  linesOfMatch(matchId: Id) {
    return this.find('bank_lines', eq(statement.bankLines.matchId, matchId), (row) => row.matchId === matchId);
  }

  clearedByMatch(matchId: Id) {
    return this.find(
      'cleared_entries',
      eq(statement.clearedEntries.matchId, matchId),
      (row) => row.matchId === matchId,
    );
  }

  bankLinesBetween(bankAccountId: Id, from: string, to: string) {
    const b = statement.bankLines;
    return this.find(
      'bank_lines',
      and(eq(b.bankAccountId, bankAccountId), gte(b.date, from), lte(b.date, to)),
      (row) => row.bankAccountId === bankAccountId && row.date >= from && row.date <= to,
    );
  }

  async #orders(condition: SQL | undefined, matches: (row: Tables['payment_orders']) => boolean) {
    return byId(await this.find('payment_orders', condition, matches));
  }
}

const byId = <R extends { readonly id: Id }>(rows: readonly R[]): readonly R[] =>
  [...rows].sort((a, b) => (a.id < b.id ? -1 : 1));
