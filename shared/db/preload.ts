import type { Id } from '../kernel/ids.ts';
import { isId } from '../kernel/ids.ts';
import type { BooksUnit } from './books.ts';

/** As much of a command as tells what it will ask for; its arguments need not have been checked. */
interface Asking {
  readonly actorId: Id;
  readonly args: unknown;
}

/** Reads, in a few statements for all of them, the rows that nearly every command asks for: who acts, the expense and the vendor it names. */
export async function preload(books: BooksUnit, commands: readonly Asking[]): Promise<void> {
  await books.preload(
    'people',
    commands.map(({ actorId }) => actorId),
  );
  const named = (name: string) =>
    commands.flatMap(({ args }) => [...idAt(args, name), ...idAt(at(args, 'fields'), name)]);
  await books.preload('expenses', named('expenseId'));
  await books.preload('vendors', named('vendorId'));
}

const at = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined;

function idAt(value: unknown, name: string): readonly Id[] {
  const id = at(value, name);
  return typeof id === 'string' && isId(id) ? [id] : [];
}
