import { refusal } from '../../kernel/errors.ts';
import { limits } from '../../kernel/limits.ts';
import { err, ok } from '../../kernel/result.ts';
import type { CommandArgs } from '../command/args.ts';
import type { CommandDefinition } from '../command/command.ts';
import { findBeneficiary, sameDetails } from './details.ts';

/**
 * Another person than who changed them says that these are the vendor's bank details. They can be paid to a day later, so that a false change
 * is noticed before money goes there.
 */
export const approveBeneficiary: CommandDefinition<CommandArgs['beneficiary.approve']> = {
  name: 'beneficiary.approve',
  schemaVersion: 1,
  roles: ['college_accounts_admin', 'principal'],
  documentId: (args) => args.vendorId,
  audit: 'rows',
  async decide(args, context, books) {
    const found = await findBeneficiary(args.vendorId, books);
    if (!found.ok) return found;
    const { vendor, beneficiary } = found.value;
    if (beneficiary.revision !== args.revision || !sameDetails(beneficiary, args)) {
      return err(refusal('COMMAND_STALE', { what: 'beneficiary' }));
    }
    if (beneficiary.approvedBy !== null) return err(refusal('BENEFICIARY_APPROVED', { vendor: vendor.name }));
    if (beneficiary.changedBy === context.actor.id) return err(refusal('BENEFICIARY_OWN'));
    const row = {
      ...beneficiary,
      approvedBy: context.actor.id,
      approvedByName: context.actor.name,
      approvedAt: context.occurredAt,
      usableFrom: context.occurredAt + limits.payment.coolingMs,
      revision: beneficiary.revision + 1,
    };
    return ok([{ table: 'beneficiaries', row }]);
  },
};
