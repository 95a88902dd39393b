import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import type { RawRow } from '../../../shared/domain/import/raw-cell.ts';
import { type OpenOptions, openWorkbook } from './read-workbook.ts';

/** A folder of this test file's own, removed after it. */
export function testFolder(): {
  readonly path: (name: string) => string;
  readonly put: (name: string, content: string | Uint8Array) => string;
} {
  const folder = mkdtempSync(join(tmpdir(), 'munim workbook '));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const path = (name: string): string => join(folder, name);
  return {
    path,
    put(name, content) {
      writeFileSync(path(name), content);
      return path(name);
    },
  };
}

/** All rows of the first sheet, or of the named one. */
export async function readAll(
  path: string,
  options: OpenOptions & { readonly sheet?: string } = {},
): Promise<readonly RawRow[]> {
  const book = await openWorkbook(path, options);
  try {
    const rows: RawRow[] = [];
    for await (const row of book.rows(options.sheet ?? book.sheets[0]?.name ?? '')) rows.push(row);
    return rows;
  } finally {
    await book.close();
  }
}

/** The code of the error it fails with, `none` when it does not. */
export async function codeOf(work: Promise<unknown>): Promise<unknown> {
  try {
    await work;
    return 'none';
  } catch (error) {
    return error instanceof Error && 'code' in error ? error.code : error;
  }
}
