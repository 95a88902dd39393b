import { promisify } from 'node:util';
import { constants, zstdCompress } from 'node:zlib';
import type { z } from 'zod';
import { inScope } from '../../shared/db/scope.ts';
import { isTableName, tableNames } from '../../shared/db/tables.ts';
import { canonicalText } from '../../shared/kernel/canonical.ts';
import { type Refusal, refusal } from '../../shared/kernel/errors.ts';
import { type Id, toHex } from '../../shared/kernel/ids.ts';
import { limits } from '../../shared/kernel/limits.ts';
import { err, ok, type Result } from '../../shared/kernel/result.ts';
import { minReader, type zSnapshotHead } from '../../shared/sync/messages.ts';
import { readVersion } from '../stores/command-log.ts';
import type { Device } from '../stores/devices.ts';
import { snapshotColumns, snapshotCounts, snapshotLines } from '../stores/snapshot-rows.ts';
import type { ServerContext } from './context.ts';

const compressAside = promisify(zstdCompress);
/** Most of what is left are hashes and ids: a higher level takes three times as long and saves nothing. */
const quickly = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };

/** What a new desk of the college has to fetch. Refusal: NOT_FOUND for a college that is not the device's. */
export function snapshotHead(
  context: ServerContext,
  device: Device,
  collegeId: Id,
): Promise<Result<z.infer<typeof zSnapshotHead>, Refusal>> {
  if (!device.collegeIds.includes(collegeId)) return Promise.resolve(err(refusal('NOT_FOUND', { what: 'college' })));
  return inScope(
    context.database.db,
    [collegeId],
    async (tx) => {
      const version = await readVersion(tx, collegeId);
      const counts = await snapshotCounts(tx, collegeId);
      const tables = tableNames.map((name) => ({
        name,
        columns: [...snapshotColumns(name)],
        rows: counts.get(name) ?? 0,
      }));
      return ok({ collegeId, version, minReader: minReader.pull, tables });
    },
    { snapshot: true },
  );
}

/**
 * A part of a table: zstd of a first line that says what it is, and rows as CSV. Parts are read when they are asked for, so a later one
 * may hold rows of a later version than the head; the pull from the version of the head brings the others level.
 * Refusals: NOT_FOUND for a college that is not the device's, INPUT_INVALID for a table that does not travel.
 */
export async function snapshotPart(
  context: ServerContext,
  device: Device,
  { collegeId, table, after }: { readonly collegeId: Id; readonly table: string; readonly after: Id },
): Promise<Result<{ readonly bytes: Buffer; readonly sha256: string }, Refusal>> {
  if (!device.collegeIds.includes(collegeId)) return err(refusal('NOT_FOUND', { what: 'college' }));
  if (!isTableName(table)) return err(refusal('INPUT_INVALID', { where: 'table' }));
  const { partBytesMax, partStepRows } = limits.snapshot;
  const read = await inScope(
    context.database.db,
    [collegeId],
    (tx) => snapshotLines(tx, collegeId, table, after, { bytesMax: partBytesMax, stepRows: partStepRows }),
    { snapshot: true },
  );
  const head = canonicalText({ collegeId, table, after, next: read.next, rows: read.lines.length });
  const text = `${head}\n${read.lines.map((line) => `${line}\n`).join('')}`;
  const bytes = await compressAside(Buffer.from(text), quickly);
  context.metrics.rowsSent.inc(read.lines.length);
  return ok({ bytes, sha256: toHex(context.digest.sha256(bytes)) });
}
