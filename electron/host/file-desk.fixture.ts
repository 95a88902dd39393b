import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import { noFilter } from '../../shared/db/queries/testing.ts';
import type { ImportKind } from '../../shared/domain/import/sheet-kinds.ts';
import type { Input, Output } from '../../shared/ipc/contract.ts';
import { MunimError } from '../../shared/kernel/errors.ts';
import { limits } from '../../shared/kernel/limits.ts';
import { openTestDesk, type TestDesk } from './testing.ts';

export let folder: string;
export let desk: TestDesk;

/** A desk of its own for each test of the file. */
export function freshDesks(): void {
  beforeEach(async () => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'munim-files-'));
    desk = await openTestDesk(folder);
    // A year in which the samples' bills can be entered.
    desk.world.now = Date.UTC(2026, 4, 15, 5);
  });
  afterEach(async () => {
    await desk.close();
    rmSync(folder, { recursive: true, force: true });
  });
}

export async function upload(bytes: Uint8Array, fileName: string, purpose: 'import' | 'receipt'): Promise<string> {
  const { fileId } = await desk.call('files.begin', { fileName, sizeBytes: bytes.length, purpose });
  const step = limits.file.uploadChunkBytes;
  for (let offset = 0; offset < bytes.length; offset += step) {
    const piece = Buffer.from(bytes.subarray(offset, offset + step)).toString('base64');
    await desk.call('files.write', { fileId, offset, bytes: piece });
  }
  return fileId;
}

export async function download(fileId: string): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for (let offset = 0; ; ) {
    const { bytes, sizeBytes } = await desk.call('files.read', { fileId, offset });
    const piece = Buffer.from(bytes, 'base64');
    pieces.push(piece);
    offset += piece.length;
    if (offset >= sizeBytes || piece.length === 0) return Buffer.concat(pieces);
  }
}

export async function ended(id: string): Promise<Output<'jobs.get'>> {
  for (;;) {
    const job = await desk.call('jobs.get', { id });
    if (job.state !== 'running') return job;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

export async function refusal(work: Promise<unknown>): Promise<string> {
  const thrown = await work.then(
    () => undefined,
    (problem: unknown) => problem,
  );
  if (thrown instanceof MunimError) return thrown.code;
  throw thrown ?? new Error('not refused');
}

export async function planOf(fileId: string, kind: ImportKind = 'expenses'): Promise<Output<'imports.plan'>> {
  return desk.call('imports.plan', {
    kind,
    collegeId: desk.world.collegeId,
    fileId,
    sheet: null,
    headerRow: null,
    mapping: null,
  });
}

export async function runPlan(
  plan: Output<'imports.plan'>,
  kind: ImportKind = 'expenses',
): Promise<Output<'jobs.get'>> {
  const { id } = await desk.call('imports.run', { ...orderOf(plan), kind });
  return ended(id);
}

/** The last column of the workbook with the refused rows. */
export async function reasonsOf(
  job: Output<'jobs.get'>,
  kind: ImportKind = 'expenses',
): Promise<{ title: string | undefined; said: string[] | undefined }> {
  const column = (
    await planOf(await upload(await download(job.result?.fileId ?? ''), 'refused.xlsx', 'import'), kind)
  ).columns.at(-1);
  return { title: column?.title, said: column?.sample };
}

export const orderOf = (plan: Output<'imports.plan'>): Input<'imports.run'> => ({
  kind: 'expenses',
  collegeId: desk.world.collegeId,
  fileId: plan.fileId,
  sheet: plan.sheet,
  headerRow: plan.headerRow,
  mapping: plan.columns.flatMap(({ index, field }) => (field === null ? [] : [{ index, field }])),
  language: 'en',
});

export const countExpenses = async (): Promise<number> =>
  (await desk.call('expenses.totals', { filter: noFilter() })).count;
