import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { receipts as receiptRows } from '../../shared/db/schema.ts';
import { inScope } from '../../shared/db/scope.ts';
import type { Plain } from '../../shared/kernel/canonical.ts';
import { MunimError } from '../../shared/kernel/errors.ts';
import type { Id } from '../../shared/kernel/ids.ts';
import { SYNC_PROTOCOL_VERSION } from '../../shared/sync/messages.ts';
import { read } from '../services/checked.ts';
import { digestCollege } from '../services/diagnose.ts';
import { parkedOf } from '../services/parked-commands.ts';
import { allColleges } from '../services/set-up-college.ts';
import { isSound, verifyCollege } from '../services/verify.ts';
import { devicesOf } from '../stores/devices.ts';
import type { OpenContext } from './open-context.ts';
import { programVersion } from './places.ts';

/** Receipts that the books speak of, and how many of them no desk has brought yet, or somebody lost: those are in no sum over rows. */
async function receiptsOf({ database, receipts }: OpenContext, collegeId: Id) {
  const rows = await inScope(database.db, [collegeId], (tx) =>
    tx.selectDistinct({ sha256: receiptRows.sha256 }).from(receiptRows).where(eq(receiptRows.collegeId, collegeId)),
  );
  const missing = new Set(rows.map(({ sha256 }) => sha256));
  for await (const name of receipts.names(collegeId)) missing.delete(name);
  return { spokenOf: rows.length, missing: missing.size };
}

const zInput = z.strictObject({ college: z.string().nullable() });

/**
 * Everything that tells two servers, or a server and a desk, apart: versions, schema, and of each college the sums over its rows by table,
 * the head of its audit chain, whether ledger and totals add up, and how far its desks have come. Reads only.
 */
export async function diagnoseServer(context: OpenContext, input: unknown): Promise<Plain> {
  const { college: code } = read(zInput, input);
  const wanted = (await allColleges(context)).filter((college) => code === null || college.code === code);
  if (code !== null && wanted.length === 0) throw new MunimError('NOT_FOUND', { what: 'college' });
  const colleges: Plain[] = [];
  let sound = true;
  for (const { id, code } of wanted) {
    const verdict = await verifyCollege(context, id);
    sound &&= isSound(verdict);
    const { version, tables } = await digestCollege(context, id);
    const receipts = { ...(await receiptsOf(context, id)) };
    const devices = await inScope(context.database.db, [id], (tx) => devicesOf(tx, [id]));
    colleges.push({
      code,
      ...verdict,
      version,
      tables: Object.fromEntries(tables.map(({ table, count, sum }) => [table, { count, sum }])),
      receipts,
      parked: (await parkedOf(context, id)).map((group) => ({ ...group })),
      devices: devices.map(({ id, name, lastSeq, revokedAt }) => ({ id, name, lastSeq, inUse: revokedAt === null })),
    });
  }
  const { hash, known, pending } = await context.upkeep.schema();
  const migrations = { known, pending };
  const program = { version: programVersion(), protocol: SYNC_PROTOCOL_VERSION, node: process.version };
  const pokes = context.bus.state();
  const receipts = context.receipts.where;
  return { sound, program, schema: hash, migrations, database: context.database.kind, pokes, receipts, colleges };
}
