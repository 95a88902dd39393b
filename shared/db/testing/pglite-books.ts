import { openTestBooks } from '../queries/testing.ts';
import type { OpenBooks } from './open-books.ts';

/** Books in a PGlite of their own, in memory. */
export const pgliteBooks: OpenBooks = async () => {
  const { db, pg } = await openTestBooks();
  return { db, close: () => pg.close() };
};
