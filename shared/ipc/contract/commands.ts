import { z } from 'zod';
import { commandArgs, zId, zWords } from '../../sync/command-args.ts';
import { zDetails } from '../../sync/messages.ts';
import { channel } from '../channel.ts';

const named = <N extends keyof typeof commandArgs>(name: N) =>
  z.strictObject({ collegeId: zId, name: z.literal(name), args: commandArgs[name] });

/** What a bank said reaches the books by a screen only as the word of a person, never as that of the bank. */
const zSaidByPerson = z.strictObject({
  ...{ collegeId: zId, name: z.literal('order.record') },
  args: commandArgs['order.record'].extend({ source: z.literal('person') }),
});

/** What a person may do to the books from a screen. Imports, the set-up of a college and sending payments have their own ways in. */
export const zCommandInput = z.discriminatedUnion('name', [
  named('group.create'),
  named('group.edit'),
  named('account.create'),
  named('account.edit'),
  named('costCentre.create'),
  named('costCentre.edit'),
  named('voucher.post'),
  named('voucher.reverse'),
  named('vendor.create'),
  named('vendor.edit'),
  named('budget.set'),
  named('expense.create'),
  named('expense.edit'),
  named('expense.submit'),
  named('expense.approve'),
  named('expense.return'),
  named('expense.reject'),
  named('expense.cancel'),
  named('expense.pay'),
  named('payment.take'),
  named('payment.giveBack'),
  named('payment.takeAway'),
  named('expense.reverse'),
  named('receipt.remove'),
  named('period.close'),
  named('period.reopen'),
  named('year.close'),
  named('year.askReopen'),
  named('year.reopen'),
  named('reconciliation.match'),
  named('reconciliation.undo'),
  named('reconciliation.post'),
  named('bankRule.set'),
  named('bankAccount.create'),
  named('bankAccount.edit'),
  named('bankAccount.setLimits'),
  named('beneficiary.approve'),
  named('order.prepare'),
  named('order.release'),
  named('order.withdraw'),
  zSaidByPerson,
  named('order.settle'),
]);
export type CommandInput = z.infer<typeof zCommandInput>;

export const commandChannels = {
  /** Answers once the command is durable on this desk: from then on it is never lost. Refusals of the rules come as errors at once. */
  'commands.run': channel(
    zCommandInput,
    z.strictObject({ commandId: zId, seq: z.int(), reference: z.string().nullable() }),
  ),
  /** What was typed and not saved, kept for this person. Content is the form's own. */
  'drafts.save': channel(
    z.strictObject({ form: zWords.max(100), content: zWords.max(100_000).nullable() }),
    z.strictObject({}),
  ),
  'drafts.get': channel(z.strictObject({ form: zWords.max(100) }), z.strictObject({ content: z.string().nullable() })),
  /** Commands that the server refused, or that no longer fit the server's rows. */
  'attention.list': channel(
    z.strictObject({}),
    z.strictObject({
      rows: z.array(
        z.strictObject({
          seq: z.int(),
          commandId: zId,
          collegeId: zId,
          name: z.string(),
          documentId: zId,
          reference: z.string().nullable(),
          actorName: z.string(),
          occurredAt: z.int(),
          code: z.string(),
          details: zDetails,
          /** What was typed, as field and text; the other side's value where two people changed the same field. */
          typed: z.array(
            z.strictObject({
              field: z.string(),
              kind: z.enum(['text', 'money', 'date']),
              mine: z.string(),
              theirs: z.string().nullable(),
            }),
          ),
          /** Ways on that fit the case. */
          ways: z.array(z.enum(['resubmit', 'keep_mine', 'take_theirs', 'edit'])),
        }),
      ),
    }),
  ),
  /**
   * resubmit: the same again as a new command; keep_mine: resubmit on top of the present values; take_theirs: let it go, kept in the history;
   * edit: let it go and open the document with what was typed.
   */
  'attention.settle': channel(
    z.strictObject({ seq: z.int(), way: z.enum(['resubmit', 'keep_mine', 'take_theirs', 'edit']) }),
    z.strictObject({ commandId: zId.nullable() }),
  ),
} as const;
