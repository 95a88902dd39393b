import { ok } from '../../kernel/result.ts';
import type { CommandArgs } from '../command/args.ts';
import type { CommandDefinition } from '../command/command.ts';
import { findExpense } from '../expense/find.ts';
import { lifeCycle } from '../expense/life-cycle.ts';
import { endLease, heldLease } from './lease.ts';

/** The desk that holds a payment lets it go: no money has left. */
export const giveBackPayment: CommandDefinition<CommandArgs['payment.giveBack']> = {
  name: 'payment.giveBack',
  schemaVersion: 1,
  roles: lifeCycle.give_back_payment.roles,
  documentId: (args) => args.expenseId,
  audit: 'rows',
  async decide(args, context, books) {
    const found = await findExpense(args.expenseId, 'give_back_payment', books);
    if (!found.ok) return found;
    const lease = await heldLease(found.value, context, books);
    return lease.ok ? ok(await endLease(found.value, lease.value, books)) : lease;
  },
};
