import { and, desc, eq, inArray, notInArray, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { BooksReader } from '../domain/command/command.ts';
import type { AccountRole, AuditEntry, Change, TableName, Tables } from '../domain/rows.ts';
import { MunimError } from '../kernel/errors.ts';
import type { Id } from '../kernel/ids.ts';
import { columnList, readRecord } from './read-rows.ts';
import * as schema from './schema.ts';
import { type AnyRow, type Db, syncedTables } from './tables.ts';
import { deleteRow, insertRows, updateRow } from './write-rows.ts';

/** A row before a change; `before` null when it was not there. What is needed to take the change back and to say what it did. */
export interface RowImage {
  readonly table: TableName;
  readonly id: Id;
  readonly before: AnyRow | null;
  readonly after: AnyRow | null;
  /** The version the row had before; a desk gives it back when it takes the change back. Null when the row was not there. */
  readonly versionBefore: number | null;
}

/**
 * The books of one college inside one open transaction: what commands read, and where their changes are written. Every row read is
 * remembered, so that a change knows what stood before without asking again. One unit may serve several commands of a transaction as
 * long as nobody else can write to the college meanwhile; after a failed `apply` it knows too much and must be dropped.
 */
export class BooksUnit implements BooksReader {
  readonly #db: Db;
  readonly #collegeId: Id;
  readonly #seen = new Map<string, AnyRow | null>();
  readonly #versions = new Map<string, number>();
  readonly #lookedUp = new Map<string, Promise<unknown>>();
  #head: Pick<AuditEntry, 'position' | 'hash'> | undefined;

  constructor(db: Db, collegeId: Id) {
    this.#db = db;
    this.#collegeId = collegeId;
  }

  async get<T extends TableName>(table: T, id: Id): Promise<Tables[T] | undefined> {
    const seen = this.#seen.get(`${table}/${id}`);
    if (seen !== undefined) return (seen ?? undefined) as Tables[T] | undefined;
    const source = syncedTables[table];
    const [found] = await this.#select(table, eq(source.id, id));
    if (!found) this.#seen.set(`${table}/${id}`, null);
    return found;
  }

  async college(): Promise<Tables['colleges']> {
    const college = await this.get('colleges', this.#collegeId);
    if (!college) throw new MunimError('NOT_FOUND', { what: 'college' });
    return college;
  }

  categoryByCode(code: string) {
    return this.#lookUp('categories', schema.categories.code, code);
  }

  accountByCode(code: string) {
    return this.#lookUp('accounts', schema.accounts.code, code);
  }

  /** The active account with this role; the lowest code where there are several. */
  async accountByRole(role: AccountRole) {
    const found = await this.#lookUpAll('accounts', schema.accounts.role, role);
    return found.filter((account) => account.isActive).sort((a, b) => (a.code < b.code ? -1 : 1))[0];
  }

  vendorByNameKey(nameKey: string) {
    return this.#lookUp('vendors', schema.vendors.nameKey, nameKey);
  }

  vendorByGstin(gstin: string) {
    return this.#lookUp('vendors', schema.vendors.gstin, gstin);
  }

  expensesByBill(vendorId: Id, billNo: string, financialYear: string) {
    const e = schema.expenses;
    return this.#select(
      'expenses',
      and(
        eq(e.vendorId, vendorId),
        sql`lower(${e.billNo}) = ${foldCase(billNo)}`,
        eq(e.financialYear, financialYear),
        notInArray(e.status, ['cancelled', 'rejected', 'reversed']),
      ),
    );
  }

  async knownImportKeys(keys: readonly string[]): Promise<ReadonlySet<string>> {
    if (keys.length === 0) return new Set();
    const e = schema.expenses;
    const rows = await this.#db
      .select({ importKey: e.importKey })
      .from(e)
      .where(and(eq(e.collegeId, this.#collegeId), inArray(e.importKey, [...keys])));
    return new Set(rows.flatMap((row) => (row.importKey === null ? [] : [row.importKey])));
  }

  receiptsOf(expenseId: Id) {
    return this.#select('receipts', eq(schema.receipts.expenseId, expenseId));
  }

  async voucherLines(voucherId: Id) {
    const lines = await this.#select('voucher_lines', eq(schema.voucherLines.voucherId, voucherId));
    return [...lines].sort((a, b) => a.lineNo - b.lineNo);
  }

  /** The last link of the audit chain here, or undefined at the beginning. */
  async auditHead(): Promise<Pick<AuditEntry, 'position' | 'hash'> | undefined> {
    if (this.#head) return this.#head;
    const a = schema.auditEntries;
    const [head] = await this.#db
      .select({ position: a.position, hash: a.hash })
      .from(a)
      .where(eq(a.collegeId, this.#collegeId))
      .orderBy(desc(a.position))
      .limit(1);
    return head;
  }

  /** Writes the changes and answers what stood before each. `version` is 0 on a desk. */
  async apply(changes: readonly Change[], version: number): Promise<readonly RowImage[]> {
    this.#forgetLookUps(changes);
    const images: RowImage[] = [];
    const fresh = new Map<TableName, AnyRow[]>();
    for (const change of changes) {
      const { table } = change;
      if ('removed' in change) {
        const before = this.#seen.get(`${table}/${change.removed}`);
        if (!before) throw new Error(`${table} ${change.removed} was removed without being read`);
        await deleteRow(this.#db, table, this.#collegeId, change.removed);
        if (version > 0) {
          await this.#db
            .insert(schema.tombstones)
            .values({ collegeId: this.#collegeId, tableName: table, id: change.removed, version });
        }
        this.#remember(images, table, change.removed, before, null, version);
        continue;
      }
      if (table === 'audit_entries') this.#head = change.row;
      const row = change.row as unknown as AnyRow;
      if (row['collegeId'] !== this.#collegeId) throw new Error(`a change of ${table} left its college`);
      const id = String(row['id']);
      const before = this.#seen.get(`${table}/${id}`) ?? null;
      if (before) await updateRow(this.#db, table, before, row, version);
      else fresh.set(table, [...(fresh.get(table) ?? []), row]);
      this.#remember(images, table, id, before, row, version);
    }
    for (const [table, rows] of fresh) await insertRows(this.#db, table, rows, version);
    return images;
  }

  #remember(
    images: RowImage[],
    table: TableName,
    id: Id,
    before: AnyRow | null,
    after: AnyRow | null,
    version: number,
  ): void {
    const key = `${table}/${id}`;
    const versionBefore = before === null ? null : (this.#versions.get(key) ?? null);
    this.#seen.set(key, after);
    this.#versions.set(key, version);
    images.push({ table, id, before, after, versionBefore });
  }

  /** The row with this key. */
  async #lookUp<T extends TableName>(table: T, column: PgColumn, key: string): Promise<Tables[T] | undefined> {
    return (await this.#lookUpAll(table, column, key))[0];
  }

  /** The rows with this key. Asked once until the table changes, since an import asks for the same few masters in every row. */
  #lookUpAll<T extends TableName>(table: T, column: PgColumn, key: string): Promise<readonly Tables[T][]> {
    const name = `${table}/${column.name}/${key}`;
    const asked = this.#lookedUp.get(name) as Promise<readonly Tables[T][]> | undefined;
    if (asked) return asked;
    const answer = this.#select(table, eq(column, key));
    this.#lookedUp.set(name, answer);
    return answer;
  }

  #forgetLookUps(changes: readonly Change[]): void {
    const changed = new Set<string>(changes.map(({ table }) => table));
    for (const name of this.#lookedUp.keys()) {
      if (changed.has(name.slice(0, name.indexOf('/')))) this.#lookedUp.delete(name);
    }
  }

  async #select<T extends TableName>(table: T, condition: ReturnType<typeof and>): Promise<readonly Tables[T][]> {
    const source = syncedTables[table];
    // Plain SQL, since building and mapping a wide select costs more here than the database takes to answer it.
    const result = await this.#db.execute(
      sql`SELECT ${columnList(table)} FROM ${source} WHERE ${and(eq(source.collegeId, this.#collegeId), condition)}`,
    );
    const { rows } = result as unknown as { readonly rows: readonly Readonly<Record<string, unknown>>[] };
    return rows.map((record) => {
      const { version, ...row } = readRecord(table, record);
      const key = `${table}/${String(row['id'])}`;
      this.#seen.set(key, row);
      this.#versions.set(key, Number(version));
      return row as unknown as Tables[T];
    });
  }
}

/** As the database folds case in every collation: the 26 Latin letters. */
const foldCase = (text: string): string => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
