// Opens books and asks for the first page, once, in a fresh process, and says how long that took from the opening on: how long the
// program itself takes to load is a matter of its bundle, not of the books.
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { PGlite } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { drizzle } from 'drizzle-orm/pglite';
import { migrate } from 'drizzle-orm/pglite/migrator';
import { expensePage } from '../shared/db/queries/expense-page.ts';
import type { Db } from '../shared/db/tables.ts';
import { openEngine } from '../shared/engine/open.ts';
import { benchCollegeId } from './data.mjs';
import { noCondition } from './questions.ts';

const [mode, dir] = process.argv.slice(2);
if (dir === undefined) throw new Error('start-once.ts desk|bare DIR');
const scope = [{ id: benchCollegeId, code: 'BENCH' }];
const window = { offset: 0, limit: 100 };

let close: () => Promise<void>;
let db: Db;
const begun = performance.now();
if (mode === 'desk') {
  const engine = await openEngine({
    dir: path.join(dir, 'books'),
    onPoison: (reason) => {
      throw new Error(`the database is not sound: ${reason}`);
    },
  });
  const opened = drizzle(engine.pg, { casing: 'snake_case' });
  await migrate(opened, { migrationsFolder: fileURLToPath(new URL('../shared/db/migrations', import.meta.url)) });
  db = opened as unknown as Db;
  close = () => engine.close();
} else {
  const pg = await PGlite.create(path.join(dir, 'books'), { extensions: { pg_trgm } });
  db = drizzle(pg, { casing: 'snake_case' }) as unknown as Db;
  close = () => pg.close();
}
const rows = await expensePage(db, scope, noCondition(), 'date_desc', window);
const ms = performance.now() - begun;
if (rows.length !== window.limit) throw new Error('the first page is not whole');
process.stdout.write(`${JSON.stringify({ ms, rssBytes: process.memoryUsage().rss })}\n`);
await close();
