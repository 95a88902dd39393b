import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/pglite';
import { migrate } from 'drizzle-orm/pglite/migrator';
import { nodeDigest } from '../../electron/adapters/node-digest.ts';
import { runQuery, text } from '../../shared/db/queries/run-query.ts';
import type { Db } from '../../shared/db/tables.ts';
import { insertRows } from '../../shared/db/write-rows.ts';
import { budgetId } from '../../shared/domain/budget/move.ts';
import { collegeIds, nameOf } from '../../shared/domain/command/context.ts';
import type { Engine } from '../../shared/engine/engine.ts';
import { financialYearOf, istDate } from '../../shared/kernel/dates.ts';
import { benchCollegeId } from '../data.mjs';
import { copiedRows, copyRows, insertMasters, openOurs, withoutIndexes } from '../ours.ts';
import {
  billColumns,
  departments,
  funds,
  ledgerVouchers,
  lineColumns,
  vendorCount,
  vendorId,
  vendorName,
  voucherColumns,
} from './data.mjs';

const migrationsFolder = fileURLToPath(new URL('../../shared/db/migrations', import.meta.url));

/** Fills new books with at least so many lines, through the triggers that keep the sums of days. */
export async function loadLedger(dir: string, lineCount: number): Promise<void> {
  if (existsSync(path.join(dir, 'books'))) return;
  const { engine, db } = await openOurs(dir);
  await migrate(drizzle(engine.pg), { migrationsFolder });
  await insertMasters(
    db,
    Array.from({ length: vendorCount }, (_, index) => ({ id: vendorId(index), name: vendorName(index) })),
  );
  await insertCentres(db);
  await insertBudget(db);
  await insertVouchers(engine, lineCount);
  await insertTotals(db);
  await engine.pg.exec('vacuum analyze');
  await engine.close();
}

async function insertVouchers(engine: Engine, lineCount: number): Promise<void> {
  // It asks the index for the lines of each voucher, once for every line; the whole is added up once instead.
  await engine.pg.exec('alter table voucher_lines disable trigger voucher_lines_balance');
  await withoutIndexes(engine, 'vouchers', () =>
    withoutIndexes(engine, 'voucher_lines', () =>
      withoutIndexes(engine, 'bill_allocations', async () => {
        for (const batch of batchesOf(lineCount)) {
          for (const [table, columns] of tables) {
            const rows = batch[table].map((row) => columns.map((name) => row[name] ?? null));
            if (rows.length > 0) await copyRows(engine, table, columns, rows);
          }
        }
      }),
    ),
  );
  await engine.pg.exec('alter table voucher_lines enable trigger voucher_lines_balance');
  const { rows } = await engine.pg.query(
    'select 1 from voucher_lines group by college_id, voucher_id having sum(debit_paise) <> sum(credit_paise)',
  );
  if (rows.length > 0) throw new Error(`${rows.length} vouchers do not balance`);
}

const tables = [
  ['vouchers', voucherColumns],
  ['voucher_lines', lineColumns],
  ['bill_allocations', billColumns],
] as const;
type Row = Readonly<Record<string, string | number | null>>;
type Batch = Record<(typeof tables)[number][0], Row[]>;

function* batchesOf(lineCount: number): Generator<Batch> {
  const empty = (): Batch => ({ vouchers: [], voucher_lines: [], bill_allocations: [] });
  let batch = empty();
  for (const { voucher, lines, bills } of ledgerVouchers(lineCount)) {
    batch.vouchers.push(voucher);
    batch.voucher_lines.push(...lines);
    batch.bill_allocations.push(...bills);
    if (batch.voucher_lines.length < copiedRows) continue;
    yield batch;
    batch = empty();
  }
  yield batch;
}

const namedId = collegeIds(benchCollegeId, nodeDigest);

async function insertCentres(db: Db): Promise<void> {
  const centre = (code: string, kind: 'department' | 'grant') => ({
    collegeId: benchCollegeId,
    id: namedId(nameOf('centre', code)),
    code,
    name: code,
    kind,
    agency: null,
    sanctionNo: null,
    sanctionedPaise: null,
    startsOn: null,
    endsOn: null,
    isActive: true,
    revision: 1,
  });
  const rows = [
    ...departments.map((code) => centre(code, 'department')),
    ...funds.map((code) => centre(code, 'grant')),
  ];
  await insertRows(db, 'cost_centres', rows, 1);
}

/** What the vouchers that are saved one by one spend from. */
async function insertBudget(db: Db): Promise<void> {
  const financialYear = financialYearOf(istDate(Date.now()));
  const row = {
    collegeId: benchCollegeId,
    id: budgetId({ namedId }, financialYear, 'supplies'),
    financialYear,
    category: 'supplies',
    allocatedPaise: 10n ** 13n,
    committedPaise: 0n,
    spentPaise: 0n,
    revision: 1,
  };
  await insertRows(db, 'budgets', [row], 1);
}

/** The sums that every posting keeps, under the ids it looks for. */
async function insertTotals(db: Db): Promise<void> {
  const cells = await runQuery(
    db,
    sql`select to_char("date", 'YYYY-MM') as "month", coalesce("category", '') as "category", "account_code" as "code",
      sum("debit_paise")::text as "debit", sum("credit_paise")::text as "credit", count(*)::text as "lines" from "voucher_lines" group by 1, 2, 3`,
  );
  const rows = cells.map((cell) => {
    const [month, category, accountCode] = [text(cell.month), text(cell.category), text(cell.code)];
    return {
      collegeId: benchCollegeId,
      id: namedId(nameOf('total', month, category, accountCode)),
      month,
      financialYear: financialYearOf(`${month}-01`),
      category,
      accountCode,
      debitPaise: BigInt(text(cell.debit)),
      creditPaise: BigInt(text(cell.credit)),
      lineCount: Number(text(cell.lines)),
    };
  });
  await insertRows(db, 'consolidation_totals', rows, 1);
}
