import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { pipeline, Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { isBlankCell, type RawRow } from '../../../shared/domain/import/raw-cell.ts';
import { MunimError } from '../../../shared/kernel/errors.ts';
import { textCell } from './cell-values.ts';
import type { RowBatch, SheetSource } from './sheet-source.ts';
import type { WorkbookLimits } from './workbook-limits.ts';

export const CSV_SHEET = 'CSV';
const HEAD_BYTES = 64 * 1024;
/** A quote that is never closed would otherwise make one record of the whole file. */
const RECORD_CHARS_MAX = 1024 * 1024;

export type CsvEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';
export type CsvDelimiter = ',' | ';' | '\t';

/** Reads `.csv` as a stream. All cells are text as typed; nothing is taken for a number on the way. */
export async function openCsv(path: string, limits: WorkbookLimits): Promise<SheetSource> {
  const encoding = await sniffEncoding(path);
  const head = await readHead(path, encoding);
  const { size } = await stat(path);
  const declared = /^sep=([,;\t])\r?\n/i.exec(head)?.[1];
  const delimiter = isDelimiter(declared) ? declared : sniffDelimiter(head);
  const lines = head.split(/\r\n|\n|\r/).length - 1;
  const rowsEstimate =
    size <= HEAD_BYTES ? lines + (/[\r\n]$/.test(head) ? 0 : 1) : Math.round((size * lines) / HEAD_BYTES);
  return {
    format: 'csv',
    sheets: [{ name: CSV_SHEET, rowsEstimate, hidden: false }],
    close() {},
    batches: (sheet) => {
      if (sheet !== CSV_SHEET) throw new MunimError('NOT_FOUND', { what: 'sheet' });
      return readRecords(path, { encoding, delimiter, size, skip: declared === undefined ? 0 : 1 }, limits);
    },
  };
}

interface CsvForm {
  readonly encoding: CsvEncoding;
  readonly delimiter: CsvDelimiter;
  readonly size: number;
  /** Leading records that only tell the delimiter. */
  readonly skip: number;
}

async function* readRecords(path: string, form: CsvForm, limits: WorkbookLimits): AsyncGenerator<RowBatch, void> {
  const file = createReadStream(path);
  const parser = parse({
    delimiter: form.delimiter,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: false,
    max_record_size: RECORD_CHARS_MAX,
  });
  // The parser carries a failure of the file to whoever reads it.
  pipeline(Readable.from(decoded(file, form.encoding)), parser, () => file.destroy());
  let waiting: RawRow[] = [];
  let number = 0;
  let count = 0;
  try {
    for await (const record of parser as AsyncIterable<readonly string[]>) {
      number += 1;
      const cells = record.map(textCell);
      while (cells.at(-1)?.kind === 'empty') cells.pop();
      if (number <= form.skip || cells.every(isBlankCell)) continue;
      count += 1;
      if (count > limits.rowsMax) throw new MunimError('IMPORT_TOO_MANY_ROWS', { limit: limits.rowsMax });
      waiting.push({ number, cells });
      if (waiting.length < limits.batchRows) continue;
      yield { rows: waiting, fraction: Math.min(1, file.bytesRead / form.size) };
      waiting = [];
    }
  } catch (cause) {
    throw cause instanceof CsvError ? new MunimError('IMPORT_CORRUPT', {}, { cause }) : cause;
  } finally {
    file.destroy();
    parser.destroy();
  }
  if (waiting.length > 0) yield { rows: waiting, fraction: 1 };
}

async function* decoded(chunks: AsyncIterable<Uint8Array>, encoding: CsvEncoding): AsyncGenerator<string, void> {
  // The decoder drops a leading byte order mark by itself.
  const decoder = new TextDecoder(encoding);
  for await (const chunk of chunks) {
    const text = decoder.decode(chunk, { stream: true });
    if (text !== '') yield text;
  }
  const rest = decoder.decode();
  if (rest !== '') yield rest;
}

/** A byte order mark decides; otherwise what is valid UTF-8 to its end is UTF-8, and what is not came from an old Windows program. */
export async function sniffEncoding(path: string): Promise<CsvEncoding> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let first = true;
  try {
    for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
      if (first && chunk[0] === 0xff && chunk[1] === 0xfe) return 'utf-16le';
      if (first && chunk[0] === 0xfe && chunk[1] === 0xff) return 'utf-16be';
      first = false;
      decoder.decode(chunk, { stream: true });
    }
    decoder.decode();
    return 'utf-8';
  } catch (error) {
    if (error instanceof TypeError) return 'windows-1252';
    throw error;
  }
}

async function readHead(path: string, encoding: CsvEncoding): Promise<string> {
  const file = await open(path, 'r');
  try {
    const head = Buffer.alloc(HEAD_BYTES);
    const { bytesRead } = await file.read(head, 0, head.length, 0);
    return new TextDecoder(encoding).decode(head.subarray(0, bytesRead), { stream: true });
  } finally {
    await file.close();
  }
}

const DELIMITERS: readonly CsvDelimiter[] = [',', ';', '\t'];
const isDelimiter = (text: string | undefined): text is CsvDelimiter =>
  DELIMITERS.some((delimiter) => delimiter === text);

/** The delimiter that cuts most of the first lines into the same number of parts, more parts before fewer; quoted ones do not count. */
export function sniffDelimiter(head: string): CsvDelimiter {
  const lines = head
    .replace(/"(?:[^"]|"")*"/g, '')
    .split(/\r\n|\n|\r/)
    .filter((line) => line.trim() !== '')
    .slice(0, 50);
  const scores = DELIMITERS.map((delimiter) => {
    const counts = lines.map((line) => line.split(delimiter).length - 1).filter((count) => count > 0);
    const common = mostCommon(counts);
    return { delimiter, score: counts.filter((count) => count === common).length * 1_000 + Math.min(common, 999) };
  });
  return scores.reduce((best, next) => (next.score > best.score ? next : best)).delimiter;
}

function mostCommon(counts: readonly number[]): number {
  const tally = new Map<number, number>();
  for (const count of counts) tally.set(count, (tally.get(count) ?? 0) + 1);
  return [...tally].reduce((best, next) => (next[1] > best[1] ? next : best), [0, 0] as const)[0];
}
