import { canonicalText, type Plain } from '../../kernel/canonical.ts';
import type { Id } from '../../kernel/ids.ts';
import type { Change, TableName, Tables } from '../rows.ts';

/** What a command did to one row. `named` is the short form of bulk commands, whose signed arguments already say everything. */
export type AuditChange =
  | { readonly kind: 'added'; readonly table: TableName; readonly id: Id; readonly after: PlainRow }
  | {
      readonly kind: 'changed';
      readonly table: TableName;
      readonly id: Id;
      readonly before: PlainRow;
      readonly after: PlainRow;
    }
  | { readonly kind: 'removed'; readonly table: TableName; readonly id: Id; readonly before: PlainRow }
  | { readonly kind: 'named'; readonly table: TableName; readonly id: Id };

export type PlainRow = { readonly [field: string]: Plain | undefined };

/** Rows that follow from others and can be worked out again; the trail does not repeat them. */
const derived: readonly TableName[] = ['consolidation_totals', 'number_series', 'audit_entries'];

export const isAudited = (change: Change): boolean => !derived.includes(change.table);

export const idOf = (change: Change): Id => ('row' in change ? change.row.id : change.removed);

/** One entry per change; of a changed row only the fields that differ. */
export function auditChange(change: Change, before: Tables[TableName] | undefined): AuditChange {
  const { table } = change;
  const id = idOf(change);
  const old: PlainRow = { ...before };
  if (!('row' in change)) return { kind: 'removed', table, id, before: old };
  const next: PlainRow = { ...change.row };
  if (before === undefined) return { kind: 'added', table, id, after: next };
  const fields = Object.keys(next).filter((field) => next[field] !== old[field]);
  return { kind: 'changed', table, id, before: pick(old, fields), after: pick(next, fields) };
}

export const namedChange = (change: Change): AuditChange => ({ kind: 'named', table: change.table, id: idOf(change) });

/** The text that stands in an audit entry. */
export const auditText = (changes: readonly AuditChange[]): string =>
  canonicalText(changes.map((change) => ({ ...change })));

const pick = (row: PlainRow, fields: readonly string[]): PlainRow =>
  Object.fromEntries(fields.map((field) => [field, row[field]]));
