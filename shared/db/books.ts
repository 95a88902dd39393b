import { and, desc, eq, inArray, lte, notInArray, type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { BooksReader } from '../domain/command/command.ts';
import type { AccountRole, AuditEntry, Change, TableName, Tables } from '../domain/rows.ts';
import { MunimError } from '../kernel/errors.ts';
import type { Id } from '../kernel/ids.ts';
import { among } from './among.ts';
import { BankReader } from './bank-reader.ts';
import * as ledger from './ledger-schema.ts';
import { readRecord, recordOf } from './read-rows.ts';
import * as schema from './schema.ts';
import { type AnyRow, type Db, syncedTables } from './tables.ts';
import { deleteRows, insertSql, updateRows, type VersionedRow } from './write-rows.ts';

/** A row before a change; `before` null when it was not there. What is needed to take the change back and to say what it did. */
export interface RowImage {
  readonly table: TableName;
  readonly id: Id;
  readonly before: AnyRow | null;
  readonly after: AnyRow | null;
  /** The version the row had before; a desk gives it back when it takes the change back. Null when the row was not there. */
  readonly versionBefore: number | null;
}

/** What the unit knows of a row: null where there is none. */
interface Known {
  readonly row: AnyRow | null;
  readonly version: number | null;
}

/**
 * The books of one college inside one open transaction: what commands read, and where their changes are collected until `flush` writes
 * them. Every row read is remembered and every change is seen by what is asked afterwards, so one unit serves many commands with few
 * statements, as long as nobody else can write to the college meanwhile. After a failed `flush` it knows too much and must be dropped.
 */
export class BooksUnit extends BankReader implements BooksReader {
  readonly #db: Db;
  readonly #collegeId: Id;
  readonly #known = new Map<TableName, Map<Id, Known>>();
  /** The rows that `flush` has to write, with what stands in the database. */
  #unwritten: Unwritten = new Map();
  /** Of those, the rows that a `flush` under way is writing: the database may show them as before or as after. */
  #writing: Unwritten = new Map();
  readonly #lookedUp = new Map<string, Promise<unknown>>();
  #head: Pick<AuditEntry, 'position' | 'hash'> | undefined;

  constructor(db: Db, collegeId: Id) {
    super();
    this.#db = db;
    this.#collegeId = collegeId;
  }

  async get<T extends TableName>(table: T, id: Id): Promise<Tables[T] | undefined> {
    const known = this.#knownOf(table).get(id);
    if (known) return (known.row ?? undefined) as Tables[T] | undefined;
    await this.preload(table, [id]);
    return (this.#knownOf(table).get(id)?.row ?? undefined) as Tables[T] | undefined;
  }

  /** Reads rows that are about to be asked for, by one statement. */
  async preload(table: TableName, ids: readonly Id[]): Promise<void> {
    const known = this.#knownOf(table);
    const wanted = [...new Set(ids)].filter((id) => !known.has(id));
    if (wanted.length === 0) return;
    const { id } = syncedTables[table];
    const [only, ...more] = wanted;
    await this.#select(table, more.length === 0 && only !== undefined ? eq(id, only) : among(id, wanted));
    for (const missing of wanted) if (!known.has(missing)) known.set(missing, { row: null, version: null });
  }

  async getAll<T extends TableName>(table: T, ids: readonly Id[]): Promise<ReadonlyMap<Id, Tables[T]>> {
    await this.preload(table, ids);
    const known = this.#knownOf(table);
    return new Map(
      ids.flatMap((id) => {
        const row = known.get(id)?.row as unknown as Tables[T] | null | undefined;
        return row ? [[id, row] as const] : [];
      }),
    );
  }

  async college(): Promise<Tables['colleges']> {
    const college = await this.get('colleges', this.#collegeId);
    if (!college) throw new MunimError('NOT_FOUND', { what: 'college' });
    return college;
  }

  categoryByCode(code: string) {
    return this.#lookUp('categories', 'code', code);
  }

  accountByCode(code: string) {
    return this.#lookUp('accounts', 'code', code);
  }

  groupByCode(code: string) {
    return this.#lookUp('account_groups', 'code', code);
  }

  async accountByName(name: string) {
    const folded = foldCase(name);
    const found = await this.find(
      'accounts',
      sql`lower(${schema.accounts.name}) = ${folded}`,
      (row) => foldCase(row.name) === folded,
    );
    return [...found].sort((a, b) => (a.id < b.id ? -1 : 1))[0];
  }

  costCentreByCode(code: string) {
    return this.#lookUp('cost_centres', 'code', code);
  }

  /** The active account with this role; the lowest code where there are several. */
  async accountByRole(role: AccountRole) {
    const found = await this.#lookUpAll('accounts', 'role', role);
    return found.filter((account) => account.isActive).sort((a, b) => (a.code < b.code ? -1 : 1))[0];
  }

  vendorByNameKey(nameKey: string) {
    return this.#lookUp('vendors', 'nameKey', nameKey);
  }

  vendorByGstin(gstin: string) {
    return this.#lookUp('vendors', 'gstin', gstin);
  }

  expensesByBill(vendorId: Id, billNo: string, financialYear: string) {
    const e = schema.expenses;
    const folded = foldCase(billNo);
    return this.find(
      'expenses',
      and(
        eq(e.vendorId, vendorId),
        sql`lower(${e.billNo}) = ${folded}`,
        eq(e.financialYear, financialYear),
        notInArray(e.status, [...notABill]),
      ),
      (row) =>
        row.vendorId === vendorId &&
        row.billNo !== null &&
        foldCase(row.billNo) === folded &&
        row.financialYear === financialYear &&
        !notABill.includes(row.status),
    );
  }

  async knownImportKeys(keys: readonly string[]): Promise<ReadonlySet<string>> {
    if (keys.length === 0) return new Set();
    const e = schema.expenses;
    const pending = this.#pendingIn('expenses');
    const rows = await this.#db
      .select({ importKey: e.importKey })
      .from(e)
      .where(and(eq(e.collegeId, this.#collegeId), inArray(e.importKey, [...keys])));
    const wanted = new Set<string | null>(keys);
    const fresh = this.#rowsOf('expenses', pending, (row) => wanted.has(row.importKey));
    return new Set([...rows, ...fresh].flatMap((row) => (row.importKey === null ? [] : [row.importKey])));
  }

  receiptsOf(expenseId: Id) {
    return this.find('receipts', eq(schema.receipts.expenseId, expenseId), (row) => row.expenseId === expenseId);
  }

  async reversalOf(voucherId: Id) {
    const [first] = await this.find(
      'vouchers',
      eq(ledger.vouchers.reversesId, voucherId),
      (row) => row.reversesId === voucherId,
    );
    return first;
  }

  async voucherLines(voucherId: Id) {
    const { voucherId: column } = ledger.voucherLines;
    const lines = await this.find('voucher_lines', eq(column, voucherId), (row) => row.voucherId === voucherId);
    return [...lines].sort((a, b) => a.lineNo - b.lineNo);
  }

  async billsOfVoucher(voucherId: Id) {
    const { voucherId: column } = ledger.billAllocations;
    const bills = await this.find('bill_allocations', eq(column, voucherId), (row) => row.voucherId === voucherId);
    return [...bills].sort((a, b) => a.lineNo - b.lineNo || (a.id < b.id ? -1 : 1));
  }

  billsNamed(vendorId: Id, name: string) {
    const b = ledger.billAllocations;
    return this.find(
      'bill_allocations',
      and(eq(b.vendorId, vendorId), eq(b.name, name)),
      (row) => row.vendorId === vendorId && row.name === name,
    );
  }

  waitingExpenses(financialYear: string) {
    const e = schema.expenses;
    return this.find(
      'expenses',
      and(eq(e.status, 'submitted'), eq(e.financialYear, financialYear)),
      (row) => row.status === 'submitted' && row.financialYear === financialYear,
    );
  }

  totalsUpTo(month: string) {
    const { month: column } = ledger.consolidationTotals;
    return this.find('consolidation_totals', lte(column, month), (row) => row.month <= month);
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

  /** Takes the changes and answers what stood before each; `flush` writes them. All or, where it throws, none. `version` is 0 on a desk. */
  apply(changes: readonly Change[], version: number): readonly RowImage[] {
    for (const change of changes) {
      const { table } = change;
      if ('removed' in change) {
        if (!this.#knownOf(table).get(change.removed)?.row) {
          throw new Error(`${table} ${change.removed} was removed without being read`);
        }
      } else if (change.row.collegeId !== this.#collegeId) {
        throw new Error(`a change of ${table} left its college`);
      } else if (table === 'audit_entries' && this.#knownOf(table).get(change.row.id)?.row) {
        // Collected changes never reach the database's own rule against it.
        throw new Error(`audit entry ${change.row.id} is there and never changes`);
      }
    }
    this.#forgetLookUps(changes);
    return changes.map((change) => {
      if (!('removed' in change) && change.table === 'audit_entries') this.#head = change.row;
      const [id, after] =
        'removed' in change ? [change.removed, null] : [change.row.id, change.row as unknown as AnyRow];
      const { table } = change;
      const known = this.#knownOf(table);
      const before = known.get(id)?.row ?? null;
      const versionBefore = known.get(id)?.version ?? null;
      const unwritten = mapIn(this.#unwritten, table);
      if (!unwritten.has(id)) unwritten.set(id, before);
      known.set(id, { row: after, version });
      return { table, id, before, after, versionBefore: before === null ? null : versionBefore };
    });
  }

  /**
   * Writes what was taken since the last time. A row that was changed twice is written once. While it works the unit may be asked and
   * given further changes, but not flushed again; who does so waits for it in any case, or statements would go on behind a rollback.
   * @param alongside plain INSERT statements of the caller that go out in the same statement as the new rows
   */
  async flush(alongside: readonly SQL[] = []): Promise<void> {
    if (this.#writing.size > 0) throw new Error('the books are being written already');
    this.#writing = this.#unwritten;
    this.#unwritten = new Map();
    const parts = [...this.#writing].map(([table, rows]) => ({ table, ...this.#sorted(table, rows) }));
    const statements: SQL[] = [];
    for (const { table, added, changed, removed } of parts) {
      await deleteRows(
        this.#db,
        table,
        this.#collegeId,
        removed.map(({ id }) => id),
      );
      const buried = removed.filter(({ version }) => version > 0);
      if (buried.length > 0) {
        const { tombstones } = schema;
        await this.#db
          .insert(tombstones)
          .values(buried.map(({ id, version }) => ({ collegeId: this.#collegeId, tableName: table, id, version })));
      }
      await updateRows(this.#db, table, changed);
      if (added.length > 0) statements.push(insertSql(table, added));
    }
    statements.push(...alongside);
    const last = statements.pop();
    const before = statements.map((statement, index) => sql`${sql.raw(`part_${index}`)} AS (${statement})`);
    if (last !== undefined) {
      await this.#db.execute(before.length === 0 ? last : sql`WITH ${sql.join(before, sql`, `)} ${last}`);
    }
    this.#writing = new Map();
  }

  #sorted(table: TableName, unwritten: ReadonlyMap<Id, AnyRow | null>) {
    const [added, changed]: [VersionedRow[], VersionedRow[]] = [[], []];
    const removed: { readonly id: Id; readonly version: number }[] = [];
    for (const [id, stands] of unwritten) {
      const { row, version } = this.#knownOf(table).get(id) ?? { row: null, version: 0 };
      if (row !== null) (stands === null ? added : changed).push({ row, version: version ?? 0 });
      else if (stands !== null) removed.push({ id, version: version ?? 0 });
    }
    return { added, changed, removed };
  }

  #knownOf(table: TableName): Map<Id, Known> {
    return mapIn(this.#known, table);
  }

  /** The row with this key; the one with the lowest id, if a rule that would forbid several came later than they did. */
  async #lookUp<T extends TableName>(table: T, column: LookUpColumn<T>, key: string): Promise<Tables[T] | undefined> {
    const found = await this.#lookUpAll(table, column, key);
    return [...found].sort((a, b) => (a.id < b.id ? -1 : 1))[0];
  }

  /** The rows with this key. Asked once until the table changes, since an import asks for the same few masters in every row. */
  #lookUpAll<T extends TableName>(table: T, column: LookUpColumn<T>, key: string): Promise<readonly Tables[T][]> {
    const name = `${table}/${column}/${key}`;
    const asked = this.#lookedUp.get(name) as Promise<readonly Tables[T][]> | undefined;
    if (asked) return asked;
    const source = syncedTables[table] as unknown as Readonly<Record<string, PgColumn>>;
    const answer = this.find(table, eq(source[column] as PgColumn, key), (row) => row[column] === key);
    this.#lookedUp.set(name, answer);
    return answer;
  }

  #forgetLookUps(changes: readonly Change[]): void {
    const changed = new Set<string>(changes.map(({ table }) => table));
    for (const name of this.#lookedUp.keys()) {
      if (changed.has(name.slice(0, name.indexOf('/')))) this.#lookedUp.delete(name);
    }
  }

  /** The rows of a condition, said once for the database and once for what is not written yet. */
  protected async find<T extends TableName>(
    table: T,
    condition: SQL | undefined,
    matches: (row: Tables[T]) => boolean,
  ): Promise<readonly Tables[T][]> {
    const pending = this.#pendingIn(table);
    const written = await this.#select(table, condition, pending);
    return [...written, ...this.#rowsOf(table, pending, matches)];
  }

  /** The rows whose truth is here and not in the database, at this moment: a question is asked about what was pending when it was put. */
  #pendingIn(table: TableName): ReadonlySet<Id> {
    return new Set([...(this.#writing.get(table)?.keys() ?? []), ...(this.#unwritten.get(table)?.keys() ?? [])]);
  }

  #rowsOf<T extends TableName>(
    table: T,
    ids: ReadonlySet<Id>,
    matches: (row: Tables[T]) => boolean,
  ): readonly Tables[T][] {
    const known = this.#knownOf(table);
    return [...ids].flatMap((id) => {
      const row = known.get(id)?.row as unknown as Tables[T] | null | undefined;
      return row && matches(row) ? [row] : [];
    });
  }

  /** The rows of a condition that stand in the database as they are known here. */
  async #select<T extends TableName>(
    table: T,
    condition: SQL | undefined,
    pending: ReadonlySet<Id> = this.#pendingIn(table),
  ): Promise<readonly Tables[T][]> {
    const source = syncedTables[table];
    const result = await this.#db.execute(
      sql`SELECT ${recordOf(table)} FROM ${source} WHERE ${and(eq(source.collegeId, this.#collegeId), condition)}`,
    );
    const { rows } = result as unknown as { readonly rows: readonly { readonly record: string }[] };
    return rows.flatMap(({ record }) => {
      const { version, ...row } = readRecord(table, record);
      const id = String(row.id);
      if (pending.has(id)) return [];
      this.#knownOf(table).set(id, { row, version });
      return [row as unknown as Tables[T]];
    });
  }
}

type Unwritten = Map<TableName, Map<Id, AnyRow | null>>;

type LookUpColumn<T extends TableName> = keyof Tables[T] & string;

/** An expense in these states is no bill any more: its number may be entered again. */
const notABill: readonly Tables['expenses']['status'][] = ['cancelled', 'rejected', 'reversed'];

function mapIn<K, V>(maps: Map<TableName, Map<K, V>>, table: TableName): Map<K, V> {
  const found = maps.get(table);
  if (found) return found;
  const made = new Map<K, V>();
  maps.set(table, made);
  return made;
}

/** As the database folds case in every collation: the 26 Latin letters. */
const foldCase = (text: string): string => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
