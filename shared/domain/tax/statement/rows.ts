import type { Codec } from './codecs.ts';

interface Field<T> {
  /** Counted from 1, as the file formats do. */
  readonly at: number;
  readonly codec: Codec<T>;
}

/** A kind of record: how many fields it has and which of them say something. All others are empty. */
export interface Layout<F extends object> {
  readonly kind: string;
  readonly count: number;
  readonly fields: { readonly [K in keyof F]: Field<F[K]> };
}

export const field = <T>(at: number, codec: Codec<T>): Field<T> => ({ at, codec });

const separator = '^';

/** One record without its end of line. @param line its running number in the file */
export function writeRow<F extends object>(layout: Layout<F>, line: number, row: F): string {
  const cells = Array.from({ length: layout.count }, () => '');
  cells[0] = String(line);
  cells[1] = layout.kind;
  for (const name of Object.keys(layout.fields) as (keyof F)[]) {
    const { at, codec } = layout.fields[name];
    cells[at - 1] = codec.write(row[name]);
  }
  return cells.join(separator);
}

export interface RowFault {
  /** Counted from 1; 0 where the record as a whole is meant. */
  readonly at: number;
  readonly fault: 'field_count' | 'line_number' | 'record_type' | 'unreadable' | 'must_be_empty';
}

export type ReadRow<F> = { readonly row: F } | RowFault;

export const kindOfRow = (line: string): string => line.split(separator, 2)[1] ?? '';

/** @param line what is written at `number` */
export function readRow<F extends object>(layout: Layout<F>, line: string, number: number): ReadRow<F> {
  const cells = line.split(separator);
  if (cells[1] !== layout.kind) return { at: 2, fault: 'record_type' };
  if (cells.length !== layout.count) return { at: 0, fault: 'field_count' };
  if (cells[0] !== String(number)) return { at: 1, fault: 'line_number' };
  const row: Partial<Record<keyof F, unknown>> = {};
  const known = new Set([1, 2]);
  for (const name of Object.keys(layout.fields) as (keyof F)[]) {
    const { at, codec } = layout.fields[name];
    known.add(at);
    const value = codec.read(cells[at - 1] ?? '');
    if (value === undefined) return { at, fault: 'unreadable' };
    row[name] = value;
  }
  const other = cells.findIndex((cell, index) => cell !== '' && !known.has(index + 1));
  return other === -1 ? { row: row as F } : { at: other + 1, fault: 'must_be_empty' };
}
