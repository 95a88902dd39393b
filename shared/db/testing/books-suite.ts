import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Change, TableName } from '../../domain/rows.ts';
import { canonicalText, type Plain, parseCanonical } from '../../kernel/canonical.ts';
import { BooksUnit } from '../books.ts';
import { inScratch } from '../queries/testing.ts';
import { tombstones } from '../schema.ts';
import { type AnyRow, checkRow, columnsOf, type Db, tableNames } from '../tables.ts';
import { insertRows, upsertRows } from '../write-rows.ts';
import type { OpenBooks } from './open-books.ts';

const COLLEGE = '018f0000-0000-7000-8000-000000000001';

const int8 = fc.bigInt({ min: -(2n ** 62n), max: 2n ** 62n });
const text = fc.string({ unit: 'grapheme', maxLength: 30 }).map((value) => value.replaceAll('\0', ''));

/** A row of any table that the database's own rules allow. */
function rowOf(table: TableName): fc.Arbitrary<AnyRow> {
  const entries = columnsOf(table)
    .filter(({ key }) => key !== 'version')
    .map(({ key, type, sqlType, notNull }): [string, fc.Arbitrary<unknown>] => {
      const value =
        sqlType === 'date'
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
      abs(row.taxablePaise),
      abs(row.cgstPaise),
      abs(row.sgstPaise),
      abs(row.igstPaise),
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
  if (table === 'receipts') return { ...row, voucherId: row.expenseId === null ? (row.voucherId ?? COLLEGE) : null };
  if (table === 'cleared_entries')
    return { ...row, clearedOn: row.matchId === null ? null : (row.clearedOn ?? '2026-04-01') };
  if (table === 'voucher_lines' || table === 'bill_allocations' || table === 'bank_lines')
    return { ...row, debitPaise: abs(row.debitPaise), creditPaise: 0n };
  if (table === 'budgets') {
    return {
      ...row,
      allocatedPaise: abs(row.allocatedPaise),
      committedPaise: abs(row.committedPaise),
      spentPaise: abs(row.spentPaise),
    };
  }
  return row;
}

/** Rows of every table there and back, the same on every database. */
export function booksSuite(openBooks: OpenBooks): void {
  let books: Awaited<ReturnType<OpenBooks>>;
  let db: Db;
  beforeAll(async () => {
    books = await openBooks();
    db = books.db;
  });
  afterAll(() => books.close());

  describe.each(tableNames)('%s', (table) => {
    test('a row comes back exactly as it was put, changed, and taken from the wire', async () => {
      await fc.assert(
        fc.asyncProperty(rowOf(table), rowOf(table), async (first, other) => {
          const second = { ...other, id: first.id ?? null };
          const id = String(first.id);
          await inScratch(db, async (tx) => {
            const unit = new BooksUnit(tx, COLLEGE);
            unit.apply([{ table, row: first } as unknown as Change], 7);
            await unit.flush();
            expect(await new BooksUnit(tx, COLLEGE).get(table, id)).toEqual(first);

            const later = new BooksUnit(tx, COLLEGE);
            await later.get(table, id);
            const change = () => later.apply([{ table, row: second } as unknown as Change], 8);
            if (table === 'audit_entries') {
              expect(change).toThrow(/never changes/);
            } else {
              expect(change()).toEqual([{ table, id, before: first, after: second, versionBefore: 7 }]);
              await later.flush();
              expect(await new BooksUnit(tx, COLLEGE).get(table, id)).toEqual(second);
            }

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

  test.each(['vendors', 'expenses'] as const)('rows of %s come back whatever they have in common', async (table) => {
    const alike = fc.array(fc.constantFrom(...columnsOf(table).map(({ key }) => key)));
    const several = fc.uniqueArray(rowOf(table), { minLength: 1, maxLength: 6, selector: ({ id }) => id });
    await fc.assert(
      fc.asyncProperty(several, alike, async (drawn, shared) => {
        const [head = {}] = drawn;
        const rows = drawn.map((row): AnyRow => {
          const same = Object.fromEntries(shared.filter((key) => key in row).map((key) => [key, head[key] ?? null]));
          // No two expenses have one number.
          const unnumbered = table === 'expenses' ? { number: null } : {};
          return withinRules(table, { ...row, ...same, ...unnumbered, id: row.id ?? null });
        });
        const asOne = rows.map(({ id = null }) => ({ ...rows[0], id }));
        await inScratch(db, async (tx) => {
          const unit = new BooksUnit(tx, COLLEGE);
          for (const [at, state] of [rows, asOne].entries()) {
            unit.apply(
              state.map((row) => ({ table, row }) as unknown as Change),
              at + 7,
            );
            await unit.flush();
            const fresh = new BooksUnit(tx, COLLEGE);
            for (const row of state) expect(await fresh.get(table, String(row.id))).toEqual(row);
          }
        });
      }),
      { numRuns: 25 },
    );
  });

  test.each(['a\u0000b', 'a\ud800b'])('text that no database keeps is written for no row: %j', async (name) => {
    const drawn = fc.sample(rowOf('vendors'), 3);
    for (const rows of [drawn.slice(0, 1), drawn]) {
      await inScratch(db, async (tx) => {
        const unit = new BooksUnit(tx, COLLEGE);
        unit.apply(
          rows.map((row, at) => ({ table: 'vendors', row: { ...row, name: `${name}${at}` } }) as unknown as Change),
          1,
        );
        await expect(unit.flush()).rejects.toThrow();
      });
    }
  });

  test('a row of another college is refused before it reaches the database', async () => {
    const row = { ...fc.sample(rowOf('receipts'), 1)[0], collegeId: '018f0000-0000-7000-8000-000000000002' };
    await inScratch(db, async (tx) => {
      const unit = new BooksUnit(tx, COLLEGE);
      const kept = { ...row, collegeId: COLLEGE, id: '018f0000-0000-7000-8000-0000000000a1' };
      const changes = [kept, row].map((each) => ({ table: 'receipts', row: each }) as unknown as Change);
      expect(() => unit.apply(changes, 1)).toThrow(/left its college/);
      await unit.flush();
      expect(await new BooksUnit(tx, COLLEGE).get('receipts', kept.id)).toBeUndefined();
    });
  });

  test('a voucher whose debit and credit differ cannot be committed', async () => {
    const [line] = fc.sample(rowOf('voucher_lines'), 1);
    const attempt = db.transaction(async (tx) => {
      const unit = new BooksUnit(tx as unknown as Db, COLLEGE);
      unit.apply([{ table: 'voucher_lines', row: line } as unknown as Change], 1);
      await unit.flush();
    });
    await expect(attempt).rejects.toSatisfy((thrown: Error) =>
      /out of balance/.test(String((thrown as { cause?: unknown }).cause ?? thrown)),
    );
  });

  test('a change never read is an insert and does not overwrite', async () => {
    const [row] = fc.sample(rowOf('receipts'), 1);
    await inScratch(db, async (tx) => {
      for (const version of [1, 2]) {
        const unit = new BooksUnit(tx, COLLEGE);
        unit.apply([{ table: 'receipts', row } as unknown as Change], version);
        if (version === 1) await unit.flush();
        else await expect(unit.flush()).rejects.toThrow();
      }
    });
  });

  test('what is removed leaves a tombstone with the version of the server, and none on a desk', async () => {
    const [row] = fc.sample(
      rowOf('receipts').filter(({ expenseId }) => expenseId !== null),
      1,
    );
    const id = String(row?.id);
    for (const version of [0, 5]) {
      await inScratch(db, async (tx) => {
        await insertRows(tx, 'receipts', [row as AnyRow], 1);
        const unit = new BooksUnit(tx, COLLEGE);
        expect(() => unit.apply([{ table: 'receipts', removed: id }], version)).toThrow(/without being read/);
        await unit.get('receipts', id);
        unit.apply([{ table: 'receipts', removed: id }], version);
        expect(await unit.receiptsOf(String(row?.expenseId))).toEqual([]);
        await unit.flush();
        expect(await new BooksUnit(tx, COLLEGE).get('receipts', id)).toBeUndefined();
        const buried = await tx.select().from(tombstones);
        expect(buried.map((stone) => [stone.id, stone.version])).toEqual(version === 0 ? [] : [[id, version]]);
      });
    }
  });

  test('whatever is asked is answered the same before, while and after it is written', async () => {
    const bills = fc.array(
      fc.record({
        row: rowOf('expenses'),
        bill: fc.constantFrom('A-1', 'a-1', 'B-2', null),
        status: fc.constantFrom('draft', 'submitted', 'rejected', 'cancelled'),
        key: fc.option(fc.constantFrom('k1', 'k2', 'k3')),
      }),
      { minLength: 1, maxLength: 8 },
    );
    const vendorId = '018f0000-0000-7000-8000-0000000000b1';
    await fc.assert(
      fc.asyncProperty(bills, fc.infiniteStream(fc.boolean()), async (drawn, writes) => {
        await inScratch(db, async (tx) => {
          const [lazy, eager] = [new BooksUnit(tx, COLLEGE), () => new BooksUnit(tx, COLLEGE)];
          const used = new Set<string>();
          let last: string | null = null;
          for (const { row, bill, status, key } of drawn) {
            const importKey = key !== null && !used.has(key) ? key : null;
            if (importKey !== null) used.add(importKey);
            const expense = {
              ...row,
              number: null,
              vendorId,
              billNo: bill,
              status,
              importKey,
              financialYear: '2026-27',
            };
            lazy.apply([{ table: 'expenses', row: expense } as unknown as Change], 1);
            // One that is written already changes with it, so that an UPDATE goes out before the INSERT.
            const earlier = last && (await lazy.get('expenses', last));
            if (earlier) lazy.apply([{ table: 'expenses', row: { ...earlier, status } } as unknown as Change], 2);
            last = String(row.id);
            const asked = async (unit: BooksUnit) => ({
              bills: (await unit.expensesByBill(vendorId, 'A-1', '2026-27')).map(({ id }) => id).sort(),
              keys: [...(await unit.knownImportKeys(['k1', 'k2', 'k3', 'k4']))].sort(),
              row: await unit.get('expenses', String(row.id)),
            });
            const before = await asked(lazy);
            expect(before.keys).toEqual([...used].sort());
            if (writes.next().value === true) {
              const writing = lazy.flush();
              const during: (typeof before)[] = [];
              for (let round = 0; round < 3; round++) during.push(await asked(lazy));
              await writing;
              expect(during).toEqual([before, before, before]);
              expect(await asked(eager())).toEqual(before);
            }
          }
        });
      }),
      { numRuns: 15 },
    );
  });
}
