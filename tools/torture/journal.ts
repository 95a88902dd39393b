import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import type { Transaction } from '@electric-sql/pglite';
import type { Engine } from '../../shared/engine/engine.ts';

/** Rows of one imported batch; a batch must be there whole or not at all. */
export const batchRows = 2_000;

/** Long enough that a table of a batch is synced at the commit, not logged. */
const loadedNote = 'the books as they stand on the server '.repeat(45);

/** The torture's own small journal: entries with two balancing lines, imported batches, and a table that is loaded as a whole. */
export async function createJournal(engine: Engine): Promise<void> {
  await engine.pg.exec(`
    create table if not exists entry (id uuid primary key, note text not null);
    create table if not exists line (
      entry_id uuid not null references entry (id), side int not null, paise bigint not null,
      primary key (entry_id, side)
    );
    create table if not exists imported (batch uuid not null, row_no int not null, note text, primary key (batch, row_no));
    create table if not exists loaded (load int not null, row_no int not null, note text, primary key (load, row_no));
  `);
}

/** Saves one balanced entry in one transaction. @returns its id, to be acknowledged by the caller */
export async function saveEntry(engine: Engine): Promise<string> {
  const id = randomUUID();
  await engine.pg.transaction(async (tx) => {
    await tx.query('insert into entry values ($1, $2)', [id, `bill ${id}`.repeat(3)]);
    await tx.query('insert into line values ($1, 1, 12345), ($1, 2, -12345)', [id]);
  });
  return id;
}

/** Imports one batch in one transaction. @returns its id */
export async function importBatch(engine: Engine): Promise<string> {
  const batch = randomUUID();
  const insert = async (tx: Transaction): Promise<void> => {
    for (let from = 1; from <= batchRows; from += 500) {
      const text = 'insert into imported select $1::uuid, g, md5(g::text) from generate_series($2::int, $3::int) g';
      await tx.query(text, [batch, from, from + 499]);
    }
  };
  await engine.pg.transaction(insert);
  return batch;
}

/** Fills a table made anew, in one transaction, as a first fetch of the books does. @returns its number, one more than the last */
export async function loadAnew(engine: Engine): Promise<number> {
  return await engine.pg.transaction(async (tx) => {
    const { rows } = await tx.query<{ next: number }>('select coalesce(max(load), 0) + 1 as next from loaded');
    const next = rows[0]?.next ?? 1;
    await tx.query('truncate loaded');
    const lines = Array.from({ length: batchRows }, (_, row) => `${next},${row},${loadedNote}\n`);
    await tx.query("copy loaded from '/dev/blob' with (format csv, freeze)", [], { blob: new Blob(lines) });
    return next;
  });
}

/** What has been acknowledged: lines `entry <id>`, `batch <id>` and `load <number>`. */
export interface Acknowledged {
  readonly lastLoad: number;
  readonly entries: ReadonlySet<string>;
  readonly batches: ReadonlySet<string>;
}

export function readAcknowledged(file: string): Acknowledged {
  const entries = new Set<string>();
  const batches = new Set<string>();
  let lastLoad = 0;
  for (const line of fs.readFileSync(file, 'utf8').split('\n')) {
    const [kind, id] = line.split(' ');
    if (kind === 'entry' && id !== undefined) entries.add(id);
    if (kind === 'batch' && id !== undefined) batches.add(id);
    if (kind === 'load') lastLoad = Math.max(lastLoad, Number(id));
  }
  return { entries, batches, lastLoad };
}

/** Every way in which the books fall short of what was acknowledged; empty when they are true. */
export async function findFaults(engine: Engine, acknowledged: Acknowledged): Promise<string[]> {
  const faults: string[] = [];
  const entries = await engine.pg.query<{ id: string }>('select id from entry');
  const present = new Set(entries.rows.map((row) => row.id));
  for (const id of acknowledged.entries)
    if (!present.has(id)) faults.push(`entry ${id} was acknowledged and is missing`);
  const torn = await engine.pg.query<{ id: string }>(
    'select e.id from entry e left join line l on l.entry_id = e.id group by e.id having count(l) <> 2 or sum(paise) <> 0',
  );
  for (const row of torn.rows) faults.push(`entry ${row.id} is not whole`);
  const batches = await engine.pg.query<{ batch: string; n: bigint }>(
    'select batch, count(*) as n from imported group by batch',
  );
  const counts = new Map(batches.rows.map((row) => [row.batch, row.n]));
  for (const batch of acknowledged.batches) {
    if (!counts.has(batch)) faults.push(`batch ${batch} was acknowledged and is missing`);
  }
  for (const [batch, n] of counts) if (n !== BigInt(batchRows)) faults.push(`batch ${batch} has only ${n} rows`);
  return [...faults, ...(await findLostLoad(engine, acknowledged.lastLoad)), ...(await findHalfMigrations(engine))];
}

/** The table holds one load, whole, and none before the last that was acknowledged. */
async function findLostLoad(engine: Engine, last: number): Promise<string[]> {
  const { rows } = await engine.pg.query<{ load: number; n: bigint }>(
    'select load, count(*) as n from loaded where note = $1 group by load',
    [loadedNote],
  );
  const [{ load, n } = { load: 0, n: 0n }, ...others] = rows;
  const faults: string[] = [];
  if (load < last) faults.push(`load ${last} was acknowledged, load ${load} is there`);
  if (load > 0 && n !== BigInt(batchRows)) faults.push(`load ${load} has only ${n} rows`);
  if (others.length > 0) faults.push(`load ${load} is not alone`);
  return faults;
}

/** Each torture migration adds one column `m<n>` and fills it; recorded steps and columns must agree. */
async function findHalfMigrations(engine: Engine): Promise<string[]> {
  const steps = await countApplied(engine);
  const { rows } = await engine.pg.query<{ n: bigint }>(
    "select count(*) as n from pg_attribute where attrelid = 'entry'::regclass and attname ~ '^m[0-9]+$' and not attisdropped",
  );
  const columns = Number(rows[0]?.n ?? 0n);
  return columns === steps ? [] : [`${steps} migrations are recorded, ${columns} are there`];
}

export async function countApplied(engine: Engine): Promise<number> {
  const table = await engine.pg.query<{ present: boolean }>(
    "select to_regclass('drizzle.__drizzle_migrations') is not null as present",
  );
  if (table.rows[0]?.present !== true) return 0;
  const { rows } = await engine.pg.query<{ n: bigint }>('select count(*) as n from drizzle.__drizzle_migrations');
  return Number(rows[0]?.n ?? 0n);
}
