import { refusal } from '../../kernel/errors.ts';
import { err, ok } from '../../kernel/result.ts';
import { neededReason } from '../approval/decide.ts';
import type { CommandArgs } from '../command/args.ts';
import type { CommandDefinition } from '../command/command.ts';
import { findExpense } from '../expense/find.ts';
import { lifeCycle } from '../expense/life-cycle.ts';
import { endLease } from './lease.ts';

/**
 * Takes a payment from the desk that holds it. What that desk still records of it is refused from then on. Not by the holder, who can give
 * it back, and not for another taking than the one that was seen. The reason stands in the audit trail with the signed command.
 */
export const takeAwayPayment: CommandDefinition<CommandArgs['payment.takeAway']> = {
  name: 'payment.takeAway',
  schemaVersion: 1,
  roles: lifeCycle.take_away_payment.roles,
  documentId: (args) => args.expenseId,
  audit: 'rows',
  async decide(args, context, books) {
    const reason = neededReason(args.reason);
    if (!reason.ok) return reason;
    const found = await findExpense(args.expenseId, 'take_away_payment', books);
    if (!found.ok) return found;
    const lease = await books.get('payment_leases', args.expenseId);
    if (lease?.isHeld === false) return err(refusal('PAYMENT_UNDER_ORDER'));
    if (lease === undefined || lease.fence !== args.fence) return err(refusal('COMMAND_STALE', { what: 'payment' }));
    if (lease.holderId === context.actor.id) return err(refusal('AUTH_FORBIDDEN', { role: context.actor.role }));
    return ok(await endLease(found.value, lease, books));
  },
};
