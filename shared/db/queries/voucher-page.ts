import { type SQL, sql } from 'drizzle-orm';
import type { VoucherKind } from '../../domain/rows.ts';
import type { VoucherFilter, VoucherListRow } from '../../ipc/contract/vouchers.ts';
import type { Db } from '../tables.ts';
import { allOf } from './expense-conditions.ts';
import { columnList, mergeParts, type PageWindow } from './ordered-parts.ts';
import { big, int, type RawRow, runOne, runQuery, runWide, text, textOrNull } from './run-query.ts';
import { codeOf, idsIn, isOneOf, type Scope } from './scope.ts';
import { voucherConditions } from './voucher-conditions.ts';

const columns = columnList(['college_id', 'id', 'version', 'number', 'kind', 'date', 'narration']);
/** Read backwards off `vouchers_by_date`, where nulls would stand first. */
const newestFirst = sql`"date" desc, "id" desc`;

/** One window of the day book, newest first. Each college is read off its index in this order and the colleges are merged. */
export async function voucherPage(
  db: Db,
  scope: Scope,
  filter: VoucherFilter,
  window: PageWindow,
): Promise<VoucherListRow[]> {
  if (idsIn(scope, filter.collegeId).length === 0) return [];
  const found = await runWide(db, voucherPageStatement(scope, filter, window));
  if (found.length === 0) return [];
  const lines = await linesOf(db, found);
  const reversed = await reversedOf(db, found);
  return found.map((row) => listRow(row, scope, lines.get(keyOf(row)) ?? [], reversed.has(keyOf(row))));
}

/** Exported for the test that reads its plan. The scope must hold the college that is asked for. */
export function voucherPageStatement(scope: Scope, filter: VoucherFilter, window: PageWindow): SQL {
  const parts = idsIn(scope, filter.collegeId).map((id) => allOf(voucherConditions([id], filter)));
  return mergeParts(sql`"vouchers"`, parts, columns, newestFirst, window);
}

/** Count of the vouchers and sum of their debits. Days alone are answered from the sums that are kept of each day. */
export async function voucherTotals(
  db: Db,
  scope: Scope,
  filter: VoucherFilter,
): Promise<{ readonly count: number; readonly totalPaise: bigint }> {
  const colleges = idsIn(scope, filter.collegeId);
  const conditions = allOf(voucherConditions(colleges, filter));
  const { count } = await runOne(db, sql`select count(*) as "count" from "vouchers" where ${conditions}`);
  const { kind, accountCode, vendorId, from, to } = filter;
  if (kind.length === 0 && accountCode === null && vendorId === null && filter.text.trim() === '') {
    const days = [
      isOneOf(sql`"college_id"`, colleges, 'uuid'),
      ...(from === null ? [] : [sql`"date" >= ${from}::date`]),
      ...(to === null ? [] : [sql`"date" <= ${to}::date`]),
    ];
    const kept = await runOne(
      db,
      sql`select sum("debit_paise")::text as "total" from "ledger_days" where ${allOf(days)}`,
    );
    return { count: int(count), totalPaise: big(kept.total) };
  }
  const { total } = await runOne(
    db,
    sql`select sum("total_paise")::text as "total" from "vouchers" where ${conditions}`,
  );
  return { count: int(count), totalPaise: big(total) };
}

interface ListLine {
  readonly debitPaise: bigint;
  readonly creditPaise: bigint;
  /** The party, or else the account. */
  readonly name: string;
}

const keyOf = (row: RawRow): string => `${text(row.college_id)} ${text(row.id)}`;

/** `(college, id) in (…)` for the rows of a page. */
function amongFound(college: SQL, id: SQL, found: readonly RawRow[]): SQL {
  const colleges = [...new Set(found.map((row) => text(row.college_id)))];
  const ids = [...new Set(found.map((row) => text(row.id)))];
  return allOf([isOneOf(college, colleges, 'uuid'), isOneOf(id, ids, 'uuid')]);
}

async function linesOf(db: Db, found: readonly RawRow[]): Promise<ReadonlyMap<string, readonly ListLine[]>> {
  const rows = await runWide(
    db,
    sql`select l."college_id", l."voucher_id" as "id", l."debit_paise", l."credit_paise",
        coalesce(p."name", a."name", l."account_code") as "name"
      from "voucher_lines" l
      left join "accounts" a on a."college_id" = l."college_id" and a."code" = l."account_code"
      left join "vendors" p on p."college_id" = l."college_id" and p."id" = l."vendor_id"
      where ${amongFound(sql`l."college_id"`, sql`l."voucher_id"`, found)}
      order by l."college_id", l."voucher_id", l."line_no"`,
  );
  const lines = new Map<string, ListLine[]>();
  for (const row of rows) {
    const line = { debitPaise: big(row.debit_paise), creditPaise: big(row.credit_paise), name: text(row.name) };
    lines.set(keyOf(row), [...(lines.get(keyOf(row)) ?? []), line]);
  }
  return lines;
}

async function reversedOf(db: Db, found: readonly RawRow[]): Promise<ReadonlySet<string>> {
  const rows = await runQuery(
    db,
    sql`select "college_id", "reverses_id" as "id" from "vouchers"
      where ${amongFound(sql`"college_id"`, sql`"reverses_id"`, found)}`,
  );
  return new Set(rows.map(keyOf));
}

/** On which side the line stands that says what a voucher is about: where the money went, or where it came from. */
const tellingSide: Readonly<Record<VoucherKind, 'debitPaise' | 'creditPaise'>> = {
  opening: 'debitPaise',
  payment: 'debitPaise',
  receipt: 'creditPaise',
  contra: 'debitPaise',
  journal: 'debitPaise',
  purchase: 'creditPaise',
  sales: 'debitPaise',
  debit_note: 'debitPaise',
  credit_note: 'creditPaise',
  reversal: 'debitPaise',
};

function listRow(row: RawRow, scope: Scope, lines: readonly ListLine[], reversed: boolean): VoucherListRow {
  const collegeId = text(row.college_id);
  const kind = text(row.kind) as VoucherKind;
  const telling = lines.find((line) => line[tellingSide[kind]] > 0n) ?? lines[0];
  return {
    id: text(row.id),
    collegeId,
    collegeCode: codeOf(scope, collegeId),
    date: text(row.date),
    number: textOrNull(row.number),
    kind,
    particulars: telling?.name ?? '',
    others: Math.max(0, lines.length - 1),
    narration: text(row.narration),
    amountPaise: lines.reduce((sum, line) => sum + line.debitPaise, 0n),
    pending: int(row.version) === 0,
    reversed,
  };
}
