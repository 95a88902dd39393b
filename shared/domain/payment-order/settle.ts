import { refusal } from '../../kernel/errors.ts';
import { err, ok } from '../../kernel/result.ts';
import { neededReason } from '../approval/decide.ts';
import type { CommandArgs } from '../command/args.ts';
import type { CommandDefinition } from '../command/command.ts';
import { findOrder } from './find-orders.ts';

/**
 * A person has looked at an order that wanted to be looked at, and says what he found; it stands in the signed command. Not while a sending is under
 * way beside one that was paid: what becomes of it has to be known first.
 */
export const settleOrder: CommandDefinition<CommandArgs['order.settle']> = {
  name: 'order.settle',
  schemaVersion: 1,
  roles: ['college_accounts_admin', 'principal'],
  documentId: (args) => args.batchId,
  audit: 'rows',
  async decide(args, _context, books) {
    const reason = neededReason(args.reason);
    if (!reason.ok) return reason;
    const found = await findOrder(args.batchId, args.orderId, books);
    if (!found.ok) return found;
    const order = found.value;
    if (order.attention === null || order.attention === 'older_paid') {
      return err(refusal('ORDER_WRONG_STATE', { number: order.number ?? '', orderStatus: order.status }));
    }
    return ok([{ table: 'payment_orders', row: { ...order, attention: null, revision: order.revision + 1 } }]);
  },
};
