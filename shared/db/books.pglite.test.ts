import { PGlite, types } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { drizzle } from 'drizzle-orm/pglite';
import { migrate } from 'drizzle-orm/pglite/migrator';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Change, TableName } from '../domain/rows.ts';
import { canonicalText, type Plain, parseCanonical } from '../kernel/canonical.ts';
import { BooksUnit } from './books.ts';
import { type AnyRow, checkRow, columnsOf, type Db, tableNames } from './tables.ts';
import { upsertRows } from './write-rows.ts';

const COLLEGE = '018f0000-0000-7000-8000-000000000001';
let pg: PGlite;
let db: Db;

beforeAll(async () => {
  pg = await PGlite.create({
    extensions: { pg_trgm },
    parsers: { [types.INT8]: (text: string) => BigInt(text), [types.DATE]: (text: string) => text },
  });
  const opened = drizzle(pg, { casing: 'snake_case' });
  await migrate(opened, { migrationsFolder: 'shared/db/migrations' });
  db = opened as unknown as Db;
});
afterAll(() => pg.close());

const rollback = new Error('rolled back on purpose');
async function inScratch(run: (tx: Db) => Promise<void>): Promise<void> {
  await db
    .transaction(async (tx) => {
      await run(tx as unknown as Db);
      throw rollback;
    })
    .catch((thrown: unknown) => {
      if (thrown !== rollback) throw thrown;
    });
}

const int8 = fc.bigInt({ min: -(2n ** 62n), max: 2n ** 62n });
const text = fc.string({ unit: 'grapheme', maxLength: 30 }).map((value) => value.replaceAll('\0', ''));

/** A row of any table that the database's own rules allow. */
function rowOf(table: TableName): fc.Arbitrary<AnyRow> {
  const entries = columnsOf(table)
    .filter(({ key }) => key !== 'version')
    .map(({ key, type, notNull }): [string, fc.Arbitrary<unknown>] => {
      const value = /Date$|^date$|^paidOn$/.test(key)
        ? fc.constantFrom('2026-04-01', '2024-02-29', '2027-03-31')
        : {
            bigint: int8,
            number: fc.nat(2 ** 31 - 1),
            boolean: fc.boolean(),
            string: text,
            uuid: fc.uuid({ version: 7 }),
          }[type];
      return [key, notNull ? value : fc.option(value as fc.Arbitrary<unknown>)];
    });
  return (fc.record(Object.fromEntries(entries)) as fc.Arbitrary<AnyRow>).map((row) =>
    withinRules(table, { ...row, collegeId: COLLEGE }),
  );
}

function withinRules(table: TableName, row: AnyRow): AnyRow {
  const abs = (value: unknown): bigint => (typeof value === 'bigint' ? (value < 0n ? -value : value) / 8n + 1n : 1n);
  if (table === 'expenses') {
    const [taxable, cgst, sgst, igst] = [
      abs(row['taxablePaise']),
      abs(row['cgstPaise']),
      abs(row['sgstPaise']),
      abs(row['igstPaise']),
    ];
    return {
      ...row,
      taxablePaise: taxable,
      cgstPaise: cgst,
      sgstPaise: sgst,
      igstPaise: igst,
      totalPaise: taxable + cgst + sgst + igst,
    };
  }
  if (table === 'voucher_lines') return { ...row, debitPaise: abs(row['debitPaise']), creditPaise: 0n };
  if (table === 'budgets') {
    return {
      ...row,
      allocatedPaise: abs(row['allocatedPaise']),
      committedPaise: abs(row['committedPaise']),
      spentPaise: abs(row['spentPaise']),
    };
  }
  return row;
}

describe.each(tableNames)('%s', (table) => {
  test('a row comes back exactly as it was put, changed, and taken from the wire', async () => {
    await fc.assert(
      fc.asyncProperty(rowOf(table), rowOf(table), async (first, other) => {
        const second = { ...other, id: first['id'] ?? null };
        const id = String(first['id']);
        await inScratch(async (tx) => {
          const unit = new BooksUnit(tx, COLLEGE);
          await unit.apply([{ table, row: first } as unknown as Change], 7);
          expect(await new BooksUnit(tx, COLLEGE).get(table, id)).toEqual(first);

          const later = new BooksUnit(tx, COLLEGE);
          await later.get(table, id);
          const [image] = await later.apply([{ table, row: second } as unknown as Change], 8);
          expect(image).toEqual({ table, id, before: first, after: second, versionBefore: 7 });
          expect(await new BooksUnit(tx, COLLEGE).get(table, id)).toEqual(second);

          const wire = parseCanonical(canonicalText(first as Plain)) as Record<string, unknown>;
          const checked = checkRow(table, wire);
          expect(checked.ok).toBe(true);
          if (checked.ok) await upsertRows(tx, table, [{ row: checked.value as unknown as AnyRow, version: 9 }]);
          expect(await new BooksUnit(tx, COLLEGE).get(table, id)).toEqual(first);
        });
      }),
      { numRuns: 12 },
    );
  });

  test('a record with a column too few, too many or of another type is no row', () => {
    fc.assert(
      fc.property(rowOf(table), fc.nat(), (row, pick) => {
        const keys = Object.keys(row);
        const key = keys[pick % keys.length] ?? 'id';
        const { [key]: _, ...short } = row;
        expect(checkRow(table, row).ok).toBe(true);
        expect(checkRow(table, short).ok).toBe(false);
        expect(checkRow(table, { ...row, stranger: 1 }).ok).toBe(false);
        expect(checkRow(table, { ...row, [key]: { nested: true } }).ok).toBe(false);
      }),
    );
  });
});

test('a row of another college is refused before it reaches the database', async () => {
  const row = { ...fc.sample(rowOf('receipts'), 1)[0], collegeId: '018f0000-0000-7000-8000-000000000002' };
  await inScratch(async (tx) => {
    const unit = new BooksUnit(tx, COLLEGE);
    await expect(unit.apply([{ table: 'receipts', row } as unknown as Change], 1)).rejects.toThrow(/left its college/);
  });
});

test('a voucher whose debit and credit differ cannot be committed', async () => {
  const [line] = fc.sample(rowOf('voucher_lines'), 1);
  const attempt = db.transaction(async (tx) => {
    await new BooksUnit(tx as unknown as Db, COLLEGE).apply(
      [{ table: 'voucher_lines', row: line } as unknown as Change],
      1,
    );
  });
  await expect(attempt).rejects.toSatisfy((thrown: Error) =>
    /out of balance/.test(String((thrown as { cause?: unknown }).cause ?? thrown)),
  );
});

test('a change never read is an insert and does not overwrite', async () => {
  const [row] = fc.sample(rowOf('receipts'), 1);
  await inScratch(async (tx) => {
    await new BooksUnit(tx, COLLEGE).apply([{ table: 'receipts', row } as unknown as Change], 1);
    await expect(
      new BooksUnit(tx, COLLEGE).apply([{ table: 'receipts', row } as unknown as Change], 2),
    ).rejects.toThrow();
  });
});
