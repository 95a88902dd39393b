import { digestForm, digestRows, type RowDigest } from '../../shared/db/digest-rows.ts';
import { inScope } from '../../shared/db/scope.ts';
import { type Refusal, refusal } from '../../shared/kernel/errors.ts';
import { type Id, toHex } from '../../shared/kernel/ids.ts';
import { limits } from '../../shared/kernel/limits.ts';
import { err, ok, type Result } from '../../shared/kernel/result.ts';
import { type DiagnoseAnswer, type DiagnoseRequest, minReader } from '../../shared/sync/messages.ts';
import { readVersion } from '../stores/command-log.ts';
import type { Device } from '../stores/devices.ts';
import type { ServerContext } from './context.ts';

export type CollegeDigest = RowDigest & { readonly version: number };

/** The sums over a college's rows with its version, from one snapshot. @param to absent: up to that version */
export function digestCollege(context: ServerContext, collegeId: Id, from = 0, to?: number): Promise<CollegeDigest> {
  return inScope(
    context.database.db,
    [collegeId],
    async (tx) => {
      const version = await readVersion(tx, collegeId);
      return { version, ...(await digestRows(tx, collegeId, from, to ?? version)) };
    },
    { snapshot: true },
  );
}

/** Answers a desk that wants to know where it differs. Refusals: NOT_FOUND, INPUT_INVALID, RATE_LIMITED. */
export async function diagnose(
  context: ServerContext,
  device: Device,
  { collegeId, from, to }: DiagnoseRequest,
): Promise<Result<DiagnoseAnswer, Refusal>> {
  if (!device.collegeIds.includes(collegeId)) return err(refusal('NOT_FOUND', { what: 'college' }));
  if (from >= to) return err(refusal('INPUT_INVALID', { where: 'to' }));
  // Each question adds up every row of the range.
  const tooMany = context.signInTries.take(`compare by ${device.id}`, limits.sync.comparesMax);
  if (tooMany) return err(tooMany);
  const { version, tables, ranges, rows } = await digestCollege(context, collegeId, from, to);
  const form = toHex(context.digest.sha256(digestForm()));
  const lists = { tables: [...tables], ranges: [...ranges], rows: [...rows] };
  return ok({ minReader: minReader.diagnose, collegeId, version, form, ...lists });
}
