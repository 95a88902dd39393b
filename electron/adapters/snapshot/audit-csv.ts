import type { SyncedColumn } from '../../../shared/db/tables.ts';
import { columnsOf } from '../../../shared/db/tables.ts';
import type { AuditEntry } from '../../../shared/domain/rows.ts';
import type { Id } from '../../../shared/kernel/ids.ts';

/** A cell without quotes, up to the comma or the end of the line. */
const BARE = /[^",\r\n]*/y;
const QUOTE = '"';
const DOUBLED = /""/g;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const INTEGER = /^(?:0|-?[1-9][0-9]*)$/;

/**
 * The audit entries of a part of a snapshot, read in the one spelling that the database gives back as it came, so that what is known of
 * the text is known of the rows made from it. The reading ends before the first line that is spelled in another way.
 * @param csv lines of `columns`, UTF-8
 */
export function* entriesOf(collegeId: Id, columns: readonly string[], csv: Uint8Array): Generator<AuditEntry> {
  const text = textOf(csv);
  const known = new Map(columnsOf('audit_entries').map((column) => [column.name, column]));
  const readers = columns.map((name) => readerOf(known.get(name)));
  for (let at = 0; at < text.length; ) {
    const entry: Record<string, unknown> = { collegeId };
    for (const [index, { key, read }] of readers.entries()) {
      const quoted = text[at] === QUOTE ? endOfQuoted(text, at) : at;
      BARE.lastIndex = at;
      const end = quoted > at ? quoted : at + (BARE.exec(text)?.[0].length ?? 0);
      const value = read(text.slice(at, end));
      if (value === undefined || text[end] !== (index + 1 < readers.length ? ',' : '\n')) return;
      at = end + 1;
      entry[key] = value;
    }
    yield entry as unknown as AuditEntry;
  }
}

/** Behind the quote that ends the cell which begins at `at`; `at` when there is none. */
function endOfQuoted(text: string, at: number): number {
  for (let from = at + 1; ; ) {
    const quote = text.indexOf(QUOTE, from);
    if (quote < 0) return at;
    if (text[quote + 1] !== QUOTE) return quote + 1;
    from = quote + 2;
  }
}

interface CellReader {
  readonly key: string;
  /** @returns undefined for a spelling that the database would change or refuse */
  readonly read: (cell: string) => string | number | null | undefined;
}

function readerOf(column: SyncedColumn | undefined): CellReader {
  const { key = '', type = null, notNull = true } = column ?? {};
  const empty = notNull ? undefined : null;
  const read: CellReader['read'] =
    type === 'string'
      ? (cell) => (cell.startsWith(QUOTE) ? cell.slice(1, -1).replace(DOUBLED, QUOTE) : undefined)
      : type === 'uuid'
        ? (cell) => (UUID.test(cell) ? cell : undefined)
        : (cell) => (INTEGER.test(cell) ? safe(Number(cell)) : undefined);
  return { key, read: (cell) => (cell === '' ? empty : read(cell)) };
}

const safe = (value: number): number | undefined => (Number.isSafeInteger(value) ? value : undefined);

/** @returns nothing for bytes that are no UTF-8: no text is like them */
function textOf(csv: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(csv);
  } catch {
    return '';
  }
}
