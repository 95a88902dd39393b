import { and, asc, eq, gt, sql } from 'drizzle-orm';
import { auditEntries } from '../../shared/db/schema.ts';
import { inScope } from '../../shared/db/scope.ts';
import { devices } from '../../shared/db/server-schema.ts';
import type { Db } from '../../shared/db/tables.ts';
import { verifyChain } from '../../shared/domain/audit/chain.ts';
import type { AuditEntry } from '../../shared/domain/rows.ts';
import type { Id } from '../../shared/kernel/ids.ts';
import { readPublicKey, signatureFits } from '../adapters/device-keys.ts';
import { wrongTotals } from '../consolidation/verify.ts';
import { sqlRows } from '../stores/sql-rows.ts';
import type { ServerContext } from './context.ts';

export interface CollegeVerdict {
  readonly collegeId: Id;
  /** Links of the chain that were found good. */
  readonly auditEntries: number;
  /** The first link that does not fit, or null. */
  readonly brokenAt: number | null;
  readonly wrongTotals: number;
  /** Debit less credit over all voucher lines, in paise as decimal text; anything but 0 is damage. */
  readonly outOfBalancePaise: string;
}

export const isSound = (verdict: CollegeVerdict): boolean =>
  verdict.brokenAt === null && verdict.wrongTotals === 0 && verdict.outOfBalancePaise === '0';

const pageRows = 500;

/** Walks the audit chain of a college with the signature of every entry, and adds its ledger and totals up again. */
export async function verifyCollege(context: ServerContext, collegeId: Id): Promise<CollegeVerdict> {
  const wrong = await wrongTotals(context, [collegeId]);
  return inScope(
    context.database.db,
    [collegeId],
    async (tx) => {
      const keys = new Map(
        (await tx.select().from(devices)).map((device) => [device.id, readPublicKey(device.publicKey)]),
      );
      const signed = (entry: AuditEntry): boolean => {
        const key = keys.get(entry.deviceId);
        return key != null && signatureFits(key, entry.command, entry.signature);
      };
      const verdict = await verifyChain(entriesOf(tx, collegeId), context.digest, undefined, signed);
      const [balance] = await sqlRows<{ difference: string }>(
        tx,
        sql`SELECT (coalesce(sum("debit_paise"), 0) - coalesce(sum("credit_paise"), 0))::text AS "difference" FROM "voucher_lines" WHERE "college_id" = ${collegeId}`,
      );
      return {
        collegeId,
        auditEntries: verdict.ok ? verdict.head.position : verdict.position - 1,
        brokenAt: verdict.ok ? null : verdict.position,
        wrongTotals: wrong.length,
        outOfBalancePaise: balance?.difference ?? 'unknown',
      };
    },
    { snapshot: true },
  );
}

async function* entriesOf(tx: Db, collegeId: Id): AsyncGenerator<AuditEntry> {
  let after = 0;
  for (;;) {
    const page = await tx
      .select()
      .from(auditEntries)
      .where(and(eq(auditEntries.collegeId, collegeId), gt(auditEntries.position, after)))
      .orderBy(asc(auditEntries.position))
      .limit(pageRows);
    yield* page;
    const last = page.at(-1);
    if (!last || page.length < pageRows) return;
    after = last.position;
  }
}
