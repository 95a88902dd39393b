import type { Id } from '../kernel/ids.ts';
import { isId } from '../kernel/ids.ts';
import type { BooksUnit } from './books.ts';

/** As much of a command as tells what it will ask for; its arguments need not have been checked. */
interface Asking {
  readonly actorId: Id;
  readonly args: unknown;
}

/**
 * Reads, in a few statements for all of them, the rows that nearly every command asks for: who acts, the expense and the vendor it names,
 * and of the hundreds of payments in a batch what belongs to each.
 */
export async function preload(books: BooksUnit, commands: readonly Asking[]): Promise<void> {
  await books.preload(
    'people',
    commands.map(({ actorId }) => actorId),
  );
  const named = (name: string) =>
    commands.flatMap(({ args }) => [...idAt(args, name), ...idAt(at(args, 'fields'), name)]);
  const listed = (list: string, name: string) =>
    commands.flatMap(({ args }) => listAt(args, list).flatMap((one) => idAt(one, name)));
  const given = commands.flatMap(({ args }) => listAt(args, 'orderIds')).filter((id) => typeof id === 'string');
  const orderIds = [...given.filter(isId), ...listed('orders', 'orderId'), ...listed('outcomes', 'orderId')];
  await books.preload('payment_orders', orderIds);
  const bills = [...listed('orders', 'expenseId'), ...(await namedBy(books, 'payment_orders', orderIds, 'expenseId'))];
  await books.preload('expenses', [...named('expenseId'), ...bills]);
  const paid = await namedBy(books, 'expenses', bills, 'vendorId');
  await books.preload('vendors', [...named('vendorId'), ...paid]);
  await books.preload('beneficiaries', paid);
}

/** What these rows, which have been read, name by that field. */
async function namedBy<T extends 'payment_orders' | 'expenses'>(
  books: BooksUnit,
  table: T,
  ids: readonly Id[],
  field: T extends 'expenses' ? 'vendorId' : 'expenseId',
): Promise<readonly Id[]> {
  const rows = await Promise.all(ids.map((id) => books.get(table, id)));
  return rows.flatMap((row) => idAt(row, field));
}

const at = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined;

function listAt(value: unknown, name: string): readonly unknown[] {
  const list = at(value, name);
  return Array.isArray(list) ? list : [];
}

function idAt(value: unknown, name: string): readonly Id[] {
  const id = at(value, name);
  return typeof id === 'string' && isId(id) ? [id] : [];
}
