import { open } from 'node:fs/promises';
import { readCamt053 } from '../../../shared/connectors/statement/camt053.ts';
import { refusing } from '../../../shared/connectors/statement/draft.ts';
import { readMt940 } from '../../../shared/connectors/statement/mt940.ts';
import { readOfx } from '../../../shared/connectors/statement/ofx.ts';
import { SheetReading } from '../../../shared/connectors/statement/sheet.ts';
import type { Statement } from '../../../shared/domain/statement/model.ts';
import { MunimError, type Refusal, refusal } from '../../../shared/kernel/errors.ts';
import { limits } from '../../../shared/kernel/limits.ts';
import { err, type Result } from '../../../shared/kernel/result.ts';
import type { StatementFiles } from '../../../shared/ports/statement-files.ts';
import { openWorkbook } from '../workbook/read-workbook.ts';
import { type StatementKind, sniffStatement } from './sniff-statement.ts';

const MiB = 1024 * 1024;
const HEAD_BYTES = 8 * 1024;
const CHUNK_BYTES = 256 * 1024;

export interface StatementFilesOptions {
  /** Where the parsing thread's program lies when it does not lie beside its source (in a bundle). */
  readonly parseWorkerUrl?: URL | undefined;
}

/** Reads the statements that banks give as files. */
export const statementFiles = (options: StatementFilesOptions = {}): StatementFiles => ({
  async read(path, { signal }) {
    try {
      checkGoing(signal);
      const kind = await sniff(path);
      if (kind === 'unknown') return err(refusal('STATEMENT_UNKNOWN'));
      if (kind === 'sheet') return await readSheets(path, signal, options);
      const read = parsers[kind];
      return read(await readBytes(path, signal));
    } catch (thrown) {
      if (thrown instanceof MunimError && /^(?:STATEMENT|IMPORT)_/.test(thrown.code))
        return err(refusal(thrown.code, thrown.details));
      throw thrown;
    }
  },
});

const parsers: Readonly<Record<'mt940' | 'camt053' | 'ofx', (bytes: Uint8Array) => Result<Statement, Refusal>>> = {
  mt940: readMt940,
  camt053: readCamt053,
  ofx: readOfx,
};

function checkGoing(signal: AbortSignal): void {
  if (signal.aborted) throw new MunimError('CANCELLED');
}

async function sniff(path: string): Promise<StatementKind> {
  const file = await open(path, 'r');
  try {
    const head = Buffer.alloc(HEAD_BYTES);
    const { bytesRead } = await file.read(head, 0, head.length, 0);
    return sniffStatement(head.subarray(0, bytesRead));
  } finally {
    await file.close();
  }
}

/** All of a file, but never more than a statement may have, whatever its size was said to be. */
async function readBytes(path: string, signal: AbortSignal): Promise<Uint8Array> {
  const { fileBytesMax } = limits.statement;
  const file = await open(path, 'r');
  try {
    const chunks: Buffer[] = [];
    let size = 0;
    for (;;) {
      checkGoing(signal);
      const chunk = Buffer.alloc(CHUNK_BYTES);
      const { bytesRead } = await file.read(chunk, 0, chunk.length, size);
      if (bytesRead === 0) return Buffer.concat(chunks);
      size += bytesRead;
      if (size > fileBytesMax)
        throw new MunimError('STATEMENT_TOO_LARGE', { limitMiB: Math.floor(fileBytesMax / MiB) });
      chunks.push(chunk.subarray(0, bytesRead));
    }
  } finally {
    await file.close();
  }
}

/** The one sheet that has the lines of an account; further sheets with lines would be further accounts. */
async function readSheets(
  path: string,
  signal: AbortSignal,
  { parseWorkerUrl }: StatementFilesOptions,
): Promise<Result<Statement, Refusal>> {
  const book = await openWorkbook(path, {
    signal,
    ...(parseWorkerUrl === undefined ? {} : { workerUrl: parseWorkerUrl }),
  });
  try {
    const readings: SheetReading[] = [];
    for (const { name, hidden } of book.sheets) {
      if (hidden) continue;
      const reading = new SheetReading();
      for await (const row of book.rows(name)) reading.take(row);
      readings.push(reading);
    }
    const full = readings.filter(({ hasLines }) => hasLines);
    if (full.length > 1) return err(refusal('STATEMENT_SEVERAL_ACCOUNTS', { count: full.length }));
    const best = full[0] ?? readings.find(({ hasHeader }) => hasHeader) ?? readings[0];
    if (best === undefined) return err(refusal('STATEMENT_EMPTY'));
    return refusing(() => best.finish());
  } finally {
    await book.close();
  }
}
