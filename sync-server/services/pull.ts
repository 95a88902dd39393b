import type { z } from 'zod';
import { inScope } from '../../shared/db/scope.ts';
import type { Db } from '../../shared/db/tables.ts';
import { canonicalText } from '../../shared/kernel/canonical.ts';
import { type Refusal, refusal } from '../../shared/kernel/errors.ts';
import { limits } from '../../shared/kernel/limits.ts';
import { err, ok, type Result } from '../../shared/kernel/result.ts';
import { minReader, type zPullRequest } from '../../shared/sync/messages.ts';
import { firstSeqAfterVersion, loggedAt, readVersion, settledBetween } from '../stores/command-log.ts';
import { type Device, deviceById } from '../stores/devices.ts';
import { isOfLostTime } from '../stores/histories.ts';
import { rowsAfter } from '../stores/pull-rows.ts';
import type { ServerContext } from './context.ts';
import { resultOf } from './results.ts';

/**
 * The rows of a college after the cursor as the text of a `PullAnswer`, all read in one snapshot: rows, version, and the last command of
 * the device that they contain. Refusals: NOT_FOUND for a college that is not the device's, SYNC_CURSOR_LOST for a cursor the server never gave, or gave before it was
 * put back from a backup.
 */
export async function pull(
  context: ServerContext,
  device: Device,
  request: z.infer<typeof zPullRequest>,
): Promise<Result<string, Refusal>> {
  const { collegeId, cursor, ackedSeq, limitRows, parked = [] } = request;
  if (!device.collegeIds.includes(collegeId)) return err(refusal('NOT_FOUND', { what: 'college' }));
  const { db } = context.database;
  const read = async (tx: Db): Promise<Result<string, Refusal>> => {
    const current = await readVersion(tx, collegeId);
    if (cursor > current || (await isOfLostTime(tx, collegeId, cursor, current)))
      return err(refusal('SYNC_CURSOR_LOST'));
    const lastTaken = (await deviceById(tx, device.id))?.lastSeq ?? 0;
    const page = await rowsAfter(tx, collegeId, cursor, {
      rowsMax: Math.min(limitRows, limits.sync.pullRowsMax),
      bytesMax: limits.sync.pullBytesMax,
      stepRows: limits.server.pullStepRows,
    });
    context.metrics.rowsSent.inc(page.rows.length);
    const reached = page.more ? page.version : current;
    const notYet = page.more ? await firstSeqAfterVersion(tx, device.id, collegeId, reached) : null;
    const lastSeq = notYet === null ? lastTaken : notYet - 1;
    const kept = (await loggedAt(tx, device.id, parked)).filter(
      ({ seq, status }) => seq <= ackedSeq && status !== 'parked',
    );
    const settled = [
      ...kept.sort((a, b) => a.seq - b.seq),
      ...(await settledBetween(tx, device.id, ackedSeq, lastSeq)),
    ];
    const rest = canonicalText({
      collegeId,
      cursor: reached,
      lastSeq,
      minReader: minReader.pull,
      more: page.more,
      results: settled.map((row) => ({ ...resultOf(row, false) })),
    });
    // The rows are canonical text already, and "rows" sorts behind "results".
    return ok(`${rest.slice(0, -1)},"rows":[${page.rows.map((row) => row.text).join(',')}]}`);
  };
  return inScope(db, device.collegeIds, read, { snapshot: true });
}
