import { z } from 'zod';
import { type BulkLayout, bulkDelimiters, bulkValues } from '../../domain/bulk-file/layout.ts';
import { bulkPresets, isBulkPreset } from '../../domain/bulk-file/presets.ts';
import { canonicalText, type Plain } from '../../kernel/canonical.ts';
import { type Refusal, refusal } from '../../kernel/errors.ts';
import { limits } from '../../kernel/limits.ts';
import { err, ok, type Result } from '../../kernel/result.ts';

/** The layout of a file for a bank as it stands with the bank account: the name of a preset, or the college's own as canonical text. */

const { cellsMax, cellTextMax, cellLengthMax, fileNameMax } = limits.bulkFile;
/** No sign that ends a cell, a row or a file's name. */
const zCellText = z
  .string()
  .max(cellTextMax)
  .refine((text) => text.isWellFormed() && !/[\r\n\0"]/.test(text));
const zCell = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('text'), text: zCellText }),
  z.strictObject({ kind: z.literal('value'), value: z.enum(bulkValues), max: z.int().min(1).max(cellLengthMax) }),
]);
const zCells = z.array(zCell).min(1).max(cellsMax);
/** What a bank has to be told of each payment; without one of them money goes nowhere or to somebody else. */
const needed = ['beneficiaryAccount', 'beneficiaryIfsc', 'amount', 'reference'] as const;

export const zBulkLayout: z.ZodType<BulkLayout> = z
  .strictObject({
    fileName: z
      .string()
      .min(1)
      .max(fileNameMax)
      .regex(/^[\w.{}-]+$/),
    delimiter: z.enum(bulkDelimiters),
    lineEnd: z.enum(['crlf', 'lf']),
    head: zCells.nullable(),
    row: zCells,
    foot: zCells.nullable(),
    modes: z.strictObject({ neft: zCellText.min(1), rtgs: zCellText.min(1), own: zCellText.min(1) }),
    dates: z.enum(['dd/mm/yyyy', 'dd-mm-yyyy', 'ddmmyyyy', 'yyyy-mm-dd']),
    isPlainText: z.boolean(),
  })
  .refine(({ row }) => needed.every((name) => row.some((cell) => cell.kind === 'value' && cell.value === name)), {
    path: ['row'],
  });

/** The layout that the account's text names or is. Refusal: BULK_LAYOUT_INVALID. */
export function readFileFormat(text: string | null): Result<BulkLayout, Refusal> {
  if (text === null) return err(refusal('BULK_LAYOUT_INVALID', { where: 'fileFormat' }));
  if (isBulkPreset(text)) return ok(bulkPresets[text]);
  let found: unknown;
  try {
    found = JSON.parse(text);
  } catch {
    return err(refusal('BULK_LAYOUT_INVALID', { where: 'fileFormat' }));
  }
  return checkLayout(found);
}

/** What somebody made, as a layout. Refusal: BULK_LAYOUT_INVALID with the first place that is not right. */
export function checkLayout(made: unknown): Result<BulkLayout, Refusal> {
  const read = zBulkLayout.safeParse(made);
  if (read.success) return ok(read.data);
  const where = read.error.issues[0]?.path.map(String).join('.') ?? '';
  return err(refusal('BULK_LAYOUT_INVALID', { where: where === '' ? 'fileFormat' : where }));
}

/** As it is kept: a preset by its name, another one as text that is the same for the same layout. */
export function fileFormatText(layout: BulkLayout): string {
  const text = canonicalText(layout as unknown as Plain);
  for (const [name, preset] of Object.entries(bulkPresets)) {
    if (canonicalText(preset as unknown as Plain) === text) return name;
  }
  return text;
}

/** The short name under which the books write down which layout a file had. */
export const formatName = (text: string | null): string => (text !== null && isBulkPreset(text) ? text : 'own');
