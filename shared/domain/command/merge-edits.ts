import { canonicalText, type Plain } from '../../kernel/canonical.ts';
import { type Refusal, refusal } from '../../kernel/errors.ts';
import { err, ok, type Result } from '../../kernel/result.ts';
import type { Edits, FieldEdit } from './field-edit.ts';

/**
 * Puts field edits over the present values. A field that somebody else moved away from what the person saw is a conflict, unless both
 * moved it to the same value. Refusal: COMMAND_CONFLICT with `fields` (names, comma separated) and `mine`, `theirs` (canonical text of
 * the values by field).
 */
export function mergeEdits<Fields extends { readonly [K in keyof Fields]: Plain }>(
  current: Fields,
  edits: Edits<Fields>,
): Result<Fields, Refusal> {
  const merged: Fields = { ...current };
  const mine: Record<string, Plain> = {};
  const theirs: Record<string, Plain> = {};
  for (const key of Object.keys(edits) as (keyof Fields & string)[]) {
    const edit: FieldEdit<Fields[typeof key]> | undefined = edits[key];
    if (edit === undefined || current[key] === edit.to) continue;
    if (current[key] === edit.from) {
      merged[key] = edit.to;
    } else {
      mine[key] = edit.to;
      theirs[key] = current[key];
    }
  }
  const fields = Object.keys(mine);
  if (fields.length === 0) return ok(merged);
  return err(
    refusal('COMMAND_CONFLICT', {
      fields: fields.join(', '),
      mine: canonicalText(mine),
      theirs: canonicalText(theirs),
    }),
  );
}
