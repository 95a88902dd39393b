import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { addDays, isIsoDate } from '../../shared/kernel/dates.ts';
import { parseRupees } from '../../shared/kernel/money.ts';
import { projectRoot } from '../run.ts';

/** What the files of `resources/tax` are made of. */
export const zDate = z.string().refine(isIsoDate, 'no day of the calendar');
export const zPercent = z.string().regex(/^\d{1,2}(?:\.\d{1,2})?$/, 'a percentage with at most two decimals');
export const zRupees = z.string().regex(/^\d+$/, 'whole rupees');
/** `to` is null while a row is in force; the first word of `source` is one of the sources of the file. */
export const zSpan = z.strictObject({ from: zDate, to: zDate.nullable(), source: z.string().min(5) });
export const zSources = z.record(z.string(), z.string());
type Span = z.infer<typeof zSpan>;

export const readTaxFile = (path: string): string => readFileSync(join(projectRoot, path), 'utf8');

/** Every day has one row from the first on, and every source is a known one. @throws Error naming the rows */
export function checkSpans(name: string, spans: readonly Span[], sources: z.infer<typeof zSources>): void {
  for (const [at, { from, to, source }] of spans.entries()) {
    const next = spans[at + 1];
    if (to !== null && to < from) throw new Error(`${name}: ${from} ends before it begins`);
    if ((to === null) !== (next === undefined)) throw new Error(`${name}: only the last row is without an end`);
    if (to !== null && next !== undefined && addDays(to, 1) !== next.from)
      throw new Error(`${name}: no row follows ${to}`);
    checkSource(name, source, sources);
  }
}

export function checkSource(name: string, source: string, sources: z.infer<typeof zSources>): void {
  if (!Object.hasOwn(sources, source.split(' ')[0] ?? ''))
    throw new Error(`${name}: ${source} begins with no known source`);
}

export function paiseOf(text: string): bigint {
  const read = parseRupees(text);
  if (!read.ok) throw new Error(`${text}: ${read.error}`);
  return read.value;
}

/** Percentages and rupees have the same two decimals. */
export const pointsOf = (percent: string): bigint => paiseOf(percent);

export const quoted = (text: string | null): string => (text === null ? 'null' : `'${text.replaceAll("'", "\\'")}'`);

/** A value as TypeScript writes it: bigints with their `n`, texts in single quotes. */
export function literal(value: unknown): string {
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'string') return quoted(value);
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  return `{ ${Object.entries(value)
    .map(([name, one]) => `${name}: ${literal(one)}`)
    .join(', ')} }`;
}
