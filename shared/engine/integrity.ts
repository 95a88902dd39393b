import type { Results } from '@electric-sql/pglite';
import { MunimError } from '../kernel/errors.ts';
import type { GuardedPGlite } from './guard.ts';

/** The database itself or a transaction of it. */
export interface Queryable {
  query<T>(text: string, params?: unknown[]): Promise<Results<T>>;
}

/** A row with a known value. Reading it back wrong means the pages under it are not what was written. */
const canaryText = 'the books are what was written';

/** Makes the engine's own small schema. Runs once, when the data directory or the template is made. */
export async function createEngineSchema(pg: GuardedPGlite): Promise<void> {
  await pg.exec(`
    create schema if not exists engine;
    create table if not exists engine.canary (
      id int primary key check (id = 1),
      text text not null,
      opened bigint not null default 0,
      vacuumed_at bigint not null default 0
    );
  `);
  await pg.query('insert into engine.canary (id, text) values (1, $1) on conflict do nothing', [canaryText]);
}

/** @throws MunimError ENGINE_CORRUPT when the canary is missing or changed */
export async function readCanary(pg: Queryable): Promise<void> {
  const { rows } = await pg.query<{ text: string }>('select text from engine.canary where id = 1');
  if (rows[0]?.text !== canaryText)
    throw new MunimError('ENGINE_CORRUPT', { detail: 'the canary row is not readable' });
}

interface Relation {
  readonly oid: number;
  readonly name: string;
  readonly kind: 'r' | 'm' | 't' | 'S' | 'i';
}

/**
 * Walks every table, index and catalogue: each B-tree index must hold exactly the rows of its table in order, each heap
 * page must make sense. Page checksums are verified on the way, because every page is read.
 *
 * @returns how many relations were checked
 * @throws MunimError ENGINE_CORRUPT naming the first relation that fails
 */
export async function checkIntegrity(pg: Queryable): Promise<number> {
  const { rows } = await pg.query<Relation>(`
    select c.oid::int as oid, c.oid::regclass::text as name, c.relkind as kind
    from pg_class c
    left join pg_index i on i.indexrelid = c.oid
    left join pg_am a on a.oid = c.relam
    where c.relpersistence = 'p'
      and (c.relkind in ('r', 'm', 't') or (c.relkind = 'i' and a.amname = 'btree' and i.indisvalid and i.indisready))
    order by c.oid
  `);
  for (const relation of rows) await checkRelation(pg, relation);
  return rows.length;
}

async function checkRelation(pg: Queryable, relation: Relation): Promise<void> {
  try {
    if (relation.kind === 'i') {
      await pg.query('select bt_index_check($1::oid::regclass, true)', [relation.oid]);
      return;
    }
    const { rows } = await pg.query<{ blkno: bigint; msg: string }>(
      'select blkno, msg from verify_heapam($1::oid::regclass)',
      [relation.oid],
    );
    const first = rows[0];
    if (first !== undefined) throw corrupt(relation, `block ${first.blkno}: ${first.msg}`);
  } catch (thrown) {
    if (thrown instanceof MunimError) throw thrown;
    throw corrupt(relation, thrown instanceof Error ? thrown.message : String(thrown), thrown);
  }
}

const corrupt = (relation: Relation, what: string, cause?: unknown): MunimError =>
  new MunimError('ENGINE_CORRUPT', { detail: `${relation.name}: ${what}` }, { cause });

/** Row counts of all ordinary tables outside the system schemas, by qualified name. Used to compare a copy with its original. */
export async function countRows(pg: Queryable): Promise<ReadonlyMap<string, bigint>> {
  const { rows } = await pg.query<{ name: string }>(`
    select format('%I.%I', n.nspname, c.relname) as name
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast', 'engine')
    order by 1
  `);
  const counts = new Map<string, bigint>();
  for (const { name } of rows) {
    const result = await pg.query<{ n: bigint }>(`select count(*) as n from ${name}`);
    counts.set(name, result.rows[0]?.n ?? 0n);
  }
  return counts;
}
