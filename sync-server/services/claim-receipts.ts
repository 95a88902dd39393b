import { inScope } from '../../shared/db/scope.ts';
import type { Db } from '../../shared/db/tables.ts';
import { uuidv7 } from '../../shared/kernel/ids.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import type { Random } from '../../shared/ports/random.ts';
import type { ReceiptPlace } from '../ports/blob-store.ts';
import { settleFact } from '../stores/server-facts.ts';

/**
 * Books that several processes serve have one place for receipts, or a receipt that one process took would be missing at the next. The
 * first process over the books puts a mark into its place and settles it in the books, in one transaction; every other must find that
 * very mark in its own, so a folder that only looks shared is found out before anybody is served.
 * @throws Error that tells the operator what to do
 */
export async function claimReceipts(db: Db, receipts: ReceiptPlace, clock: Clock, random: Random): Promise<void> {
  const there = await readMark(receipts);
  const own = there ?? uuidv7(clock.now(), random.bytes(10));
  const settled = await inScope(db, [], async (tx) => {
    const mark = await settleFact(tx, 'receipts', own);
    // Before the commit: nobody else gets by this row, and a crash leaves a mark that the next start takes up.
    if (there === null && mark === own) await receipts.writeMark(mark);
    return mark;
  });
  if ((await readMark(receipts)) === settled) return;
  throw new Error(
    `The receipts of this database are not in ${receipts.where}. All server processes over one database share one place for them: ` +
      'a bucket (MUNIM_SERVER_S3_BUCKET) or one folder that all of them mount (MUNIM_SERVER_RECEIPTS). Who moves the receipts copies ' +
      'everything, the file munim-receipts included.',
  );
}

async function readMark(receipts: ReceiptPlace): Promise<string | null> {
  try {
    return await receipts.readMark();
  } catch (thrown) {
    const cause = thrown instanceof Error && thrown.cause instanceof Error ? thrown.cause : thrown;
    const said = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
    throw new Error(`The receipts cannot be reached in ${receipts.where}: ${said}`, { cause: thrown });
  }
}
