import { drizzle } from 'drizzle-orm/pglite';
import { migrate } from 'drizzle-orm/pglite/migrator';
import { startDatabase } from './start.ts';
export async function applyMigrations(dir: string, migrationsDir: string, log: (line: string) => void): Promise<void> {
  const { pg } = await startDatabase({ dir, onPoison: () => {}, log });
  await migrate(drizzle(pg), { migrationsFolder: migrationsDir });
  await pg.close();
}
