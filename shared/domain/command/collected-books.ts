import type { Id } from '../../kernel/ids.ts';
import { idOf } from '../audit/diff.ts';
import type { Change, TableName, Tables } from '../rows.ts';
import type { BooksReader } from './command.ts';

type Asked = Pick<BooksReader, 'get' | 'ordersOfExpense'>;

/**
 * The books with what a command has decided so far, for commands about many documents at once: the second number of a series follows the
 * first, and a bill that was just taken is taken. Of lists only the orders of an expense see the changes.
 */
export class CollectedBooks implements Asked {
  readonly #books: BooksReader;
  readonly #changes = new Map<string, Change>();

  constructor(books: BooksReader) {
    this.#books = books;
  }

  put(changes: readonly Change[]): void {
    for (const change of changes) this.#changes.set(`${change.table} ${idOf(change)}`, change);
  }

  /** Each row once, as it is in the end. */
  changes(): readonly Change[] {
    return [...this.#changes.values()];
  }

  async get<T extends TableName>(table: T, id: Id): Promise<Tables[T] | undefined> {
    const change = this.#changes.get(`${table} ${id}`);
    if (change === undefined) return this.#books.get(table, id);
    return 'row' in change ? (change.row as Tables[T]) : undefined;
  }

  async ordersOfExpense(expenseId: Id): Promise<readonly Tables['payment_orders'][]> {
    const orders = [];
    for (const { id } of await this.#books.ordersOfExpense(expenseId)) {
      const order = await this.get('payment_orders', id);
      if (order !== undefined) orders.push(order);
    }
    return orders;
  }
}
