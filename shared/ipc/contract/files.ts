import { z } from 'zod';
import { importFields } from '../../domain/import/columns.ts';
import { importKinds } from '../../domain/import/sheet-kinds.ts';
import { limits } from '../../kernel/limits.ts';
import { zId } from '../../sync/command-args.ts';
import { zDetails } from '../../sync/messages.ts';
import { channel } from '../channel.ts';
import { zExpenseFilter, zExpenseSort, zExportKind, zSearch } from './lists.ts';

/** Files cross in chunks, so that a large one neither blocks nor needs a path: the renderer never learns where anything lies. */
const zChunk = z.base64().max(Math.ceil(limits.file.uploadChunkBytes / 3) * 4);

export const zImportField = z.enum(importFields);

export const zImportProblem = z.strictObject({ field: z.string(), code: z.string(), details: zDetails });
export const zImportPlan = z.strictObject({
  fileId: zId,
  fileName: z.string(),
  sheets: z.array(z.strictObject({ name: z.string(), rows: z.int() })),
  sheet: z.string(),
  headerRow: z.int().positive(),
  columns: z.array(
    z.strictObject({
      index: z.int().nonnegative(),
      title: z.string(),
      sample: z.array(z.string()),
      field: zImportField.nullable(),
      /** How sure the guess is, in percent; 100 where the person chose. */
      confidence: z.int().min(0).max(100),
    }),
  ),
  /** The first rows as they would be read. */
  preview: z.array(
    z.strictObject({
      rowNumber: z.int(),
      cells: z.array(z.string()),
      values: z.partialRecord(zImportField, z.string()),
      problems: z.array(zImportProblem),
      duplicate: z.boolean(),
    }),
  ),
});
export interface ImportPlan extends Readonly<z.infer<typeof zImportPlan>> {}

/** Long work: started, watched by the `job` event or `jobs.get`, stopped at any time. */
export const zJob = z.strictObject({
  id: zId,
  kind: z.enum(['import', 'export', 'verify', 'backup', 'restore', 'match']),
  state: z.enum(['running', 'done', 'cancelled', 'failed']),
  done: z.int(),
  total: z.int().nullable(),
  error: z.strictObject({ code: z.string(), details: zDetails }).nullable(),
  /**
   * Import: rows put in, already known, refused. `fileId` is the file to download (the export, or the refused rows with reasons). Backup:
   * entries in it.
   */
  result: z
    .strictObject({
      added: z.int(),
      known: z.int(),
      refused: z.int(),
      fileId: zId.nullable(),
      fileName: z.string().nullable(),
      /** Documents that were refused on their own, the first of them: what they are called and why. */
      refusals: z
        .array(z.strictObject({ name: z.string(), code: z.string(), details: zDetails }))
        .readonly()
        .optional(),
    })
    .nullable(),
});
export interface Job extends Readonly<z.infer<typeof zJob>> {}

export const fileChannels = {
  'files.begin': channel(
    z.strictObject({
      fileName: z.string().min(1).max(limits.text.nameMax),
      sizeBytes: z.int().nonnegative(),
      purpose: z.enum(['import', 'receipt', 'restore']),
    }),
    z.strictObject({ fileId: zId }),
  ),
  'files.write': channel(
    z.strictObject({ fileId: zId, offset: z.int().nonnegative(), bytes: zChunk }),
    z.strictObject({}),
  ),
  'files.read': channel(
    z.strictObject({ fileId: zId, offset: z.int().nonnegative() }),
    z.strictObject({ bytes: zChunk, sizeBytes: z.int(), fileName: z.string(), mime: z.string() }),
  ),
  'files.discard': channel(z.strictObject({ fileId: zId }), z.strictObject({})),
  /** Attaches an uploaded file to an expense. */
  'receipts.attach': channel(
    z.strictObject({ collegeId: zId, expenseId: zId, fileId: zId }),
    z.strictObject({ commandId: zId, receiptId: zId }),
  ),
  /** Makes the receipt readable by `files.read`, fetching it from the server when it is not here. */
  'receipts.open': channel(
    z.strictObject({ receiptId: zId }),
    z.strictObject({ fileId: zId, fileName: z.string(), mime: z.string(), sizeBytes: z.int() }),
  ),

  'imports.plan': channel(
    z.strictObject({
      kind: z.enum(importKinds),
      collegeId: zId,
      fileId: zId,
      sheet: z.string().nullable(),
      headerRow: z.int().positive().nullable(),
      /** Column index to field, when the person chose; null lets the desk guess. */
      mapping: z.array(z.strictObject({ index: z.int().nonnegative(), field: zImportField.nullable() })).nullable(),
    }),
    zImportPlan,
  ),
  'imports.run': channel(
    z.strictObject({
      kind: z.enum(importKinds),
      collegeId: zId,
      fileId: zId,
      sheet: z.string(),
      headerRow: z.int().positive(),
      mapping: z.array(z.strictObject({ index: z.int().nonnegative(), field: zImportField })),
      /** Of the workbook with the refused rows. */
      language: z.enum(['en', 'hi']),
    }),
    zJob,
  ),
  'exports.run': channel(
    z.strictObject({
      kind: zExportKind,
      format: z.enum(['xlsx', 'csv']),
      collegeId: zId.nullable(),
      financialYear: z.string(),
      filter: zExpenseFilter.nullable(),
      sort: zExpenseSort.nullable(),
      text: zSearch,
      language: z.enum(['en', 'hi']),
    }),
    zJob,
  ),
  'jobs.get': channel(z.strictObject({ id: zId }), zJob),
  'jobs.cancel': channel(z.strictObject({ id: zId }), zJob),
} as const;
