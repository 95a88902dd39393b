import { postgresDatabase } from '../../../sync-server/adapters/postgres-database.ts';
import { freshDatabase } from '../../../tools/testing/postgres.ts';
import type { OpenBooks } from './open-books.ts';

/** Books in a PostgreSQL database of their own, joined as the server joins them. */
export const postgresBooks: OpenBooks = async () => {
  const { url, drop } = await freshDatabase();
  const { db, close } = await postgresDatabase({
    url,
    migrationsDir: 'shared/db/migrations',
    // Dropping the database cuts connections that are still saying goodbye.
    onIdleError: () => {},
  });
  return {
    db,
    close: async () => {
      await close();
      await drop();
    },
  };
};
