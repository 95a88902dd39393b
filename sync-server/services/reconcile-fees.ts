import { and, eq } from 'drizzle-orm';
import { inScope } from '../../shared/db/scope.ts';
import { feeReconciliations } from '../../shared/db/statement-schema.ts';
import { collegeIds } from '../../shared/domain/command/context.ts';
import type { ReconcilingArgs } from '../../shared/domain/reconciliation/args.ts';
import { feeReconciliationId } from '../../shared/domain/reconciliation/fees.ts';
import type { FeeReconciliation } from '../../shared/domain/reconciliation-rows.ts';
import { MunimError } from '../../shared/kernel/errors.ts';
import type { Id } from '../../shared/kernel/ids.ts';
import { activeRowsOf } from '../stores/people.ts';
import type { ServerContext } from './context.ts';
import { runOwnCommand } from './own-command.ts';

/**
 * Keeps what the fee portal says of a month, in the name of the person who said it, and what statements and books say to it. Two that say the
 * same at once are one: the row's id follows from what was said. @throws MunimError with the refusal of the command
 */
export async function reconcileFees(
  context: ServerContext,
  collegeId: Id,
  personId: Id,
  told: ReconcilingArgs['fees.reconcile'],
): Promise<FeeReconciliation> {
  const id = feeReconciliationId(told, { namedId: collegeIds(collegeId, context.digest) });
  const known = await rowOf(context, collegeId, id);
  if (known !== undefined) return known;
  const [actor] = await inScope(context.database.db, [collegeId], (tx) => activeRowsOf(tx, personId));
  if (actor === undefined) throw new MunimError('NOT_FOUND', { what: 'college' });
  const { version: _, ...person } = actor;
  await runOwnCommand(context, collegeId, 'fees.reconcile', told, person);
  const kept = await rowOf(context, collegeId, id);
  if (kept === undefined) throw new Error('a reconciliation that was kept is not there');
  return kept;
}

function rowOf(context: ServerContext, collegeId: Id, id: Id): Promise<FeeReconciliation | undefined> {
  return inScope(context.database.db, [collegeId], async (tx) => {
    const { collegeId: college, id: key } = feeReconciliations;
    const [row] = await tx
      .select()
      .from(feeReconciliations)
      .where(and(eq(college, collegeId), eq(key, id)));
    if (row === undefined) return undefined;
    const { version: _, ...kept } = row;
    return kept;
  });
}
