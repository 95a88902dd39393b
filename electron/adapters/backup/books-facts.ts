import { createHash } from 'node:crypto';
import { rowsAsText } from '../../../shared/engine/backup.ts';
import type { Queryable } from '../../../shared/engine/integrity.ts';
import type { BooksFacts } from './backup-header.ts';

interface AccountSum {
  readonly college_id: string;
  readonly account_code: string;
  readonly debit: string;
  readonly credit: string;
}

interface CollegeRow {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly vouchers: number;
  readonly expenses: number;
  readonly position: number;
  readonly hash: string;
}

/** What a copy of the books must agree with: rows of every table, trial balance and end of the audit chain of every college. */
export async function readFacts(pg: Queryable): Promise<BooksFacts> {
  const colleges = await rows<CollegeRow>(pg, COLLEGES);
  const sums = Map.groupBy(await rows<AccountSum>(pg, TRIAL_BALANCE), ({ college_id }) => college_id);
  const [waiting] = await rows<{ waiting: number }>(pg, WAITING);
  const [migrations] = await rows<{ count: number; last: string }>(pg, MIGRATIONS);
  return {
    colleges: colleges.map((college) => {
      const accounts = sums.get(college.id) ?? [];
      const { id, code, name, vouchers, expenses } = college;
      return {
        id,
        code,
        name,
        vouchers,
        expenses,
        accounts: accounts.length,
        trialBalance: digestOf(accounts),
        auditPosition: college.position,
        auditHash: college.hash,
      };
    }),
    waiting: waiting?.waiting ?? 0,
    migrations: { count: migrations?.count ?? 0, last: Number(migrations?.last ?? 0) },
    rows: await rowsAsText(pg),
  };
}

/** In words what differs between two readings, or null. Tables in `emptied` hold nothing in the copy. */
export function factsDifference(books: BooksFacts, copy: BooksFacts, emptied: readonly string[]): string | null {
  for (const [table, count] of Object.entries(books.rows)) {
    const wanted = emptied.includes(table) ? '0' : count;
    if (copy.rows[table] !== wanted) return `${table} has ${copy.rows[table] ?? 'no'} rows instead of ${wanted}`;
  }
  for (const college of books.colleges) {
    const other = copy.colleges.find(({ id }) => id === college.id);
    if (other === undefined) return `${college.code} is missing`;
    if (other.trialBalance !== college.trialBalance) return `the trial balance of ${college.code} differs`;
    if (other.auditPosition !== college.auditPosition || other.auditHash !== college.auditHash) {
      return `the audit trail of ${college.code} ends elsewhere`;
    }
  }
  if (books.colleges.length !== copy.colleges.length) return 'there are more colleges';
  return null;
}

const digestOf = (accounts: readonly AccountSum[]): string =>
  createHash('sha256')
    .update(accounts.map(({ account_code, debit, credit }) => `${account_code}\t${debit}\t${credit}\n`).join(''))
    .digest('hex');

async function rows<Row>(pg: Queryable, text: string): Promise<readonly Row[]> {
  return (await pg.query<Row>(text)).rows;
}

const COLLEGES = `SELECT c."id", c."code", c."name",
    (SELECT count(*)::int4 FROM "vouchers" v WHERE v."college_id" = c."id") AS "vouchers",
    (SELECT count(*)::int4 FROM "expenses" e WHERE e."college_id" = c."id") AS "expenses",
    coalesce(a."position", 0)::int4 AS "position", coalesce(a."hash", '') AS "hash"
  FROM "colleges" c LEFT JOIN LATERAL (
    SELECT "position", "hash" FROM "audit_entries" WHERE "college_id" = c."id" ORDER BY "position" DESC LIMIT 1
  ) a ON true ORDER BY c."code"`;

const TRIAL_BALANCE = `SELECT "college_id", "account_code", sum("debit_paise")::text AS "debit", sum("credit_paise")::text AS "credit"
  FROM "voucher_lines" GROUP BY 1, 2 ORDER BY 1, "account_code" COLLATE "C"`;

const WAITING = `SELECT count(*)::int4 AS "waiting" FROM "desk"."outbox"
  WHERE "seq" > 0 AND "status" IN ('pending', 'applied', 'parked', 'failed')`;

const MIGRATIONS = `SELECT count(*)::int4 AS "count", coalesce(max("created_at"), 0)::text AS "last" FROM "drizzle"."__drizzle_migrations"`;
