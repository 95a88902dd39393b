import { refusal } from '../../kernel/errors.ts';
import type { Id } from '../../kernel/ids.ts';
import { err, ok } from '../../kernel/result.ts';
import { beneficiaryChanges } from '../beneficiary/details.ts';
import type { CommandArgs, VendorFields } from '../command/args.ts';
import type { CommandContext, CommandDefinition } from '../command/command.ts';
import type { Vendor } from '../rows.ts';
import { duplicateVendor, readVendorFields } from './fields.ts';
import { nameKey } from './name-key.ts';

/** Enters a vendor. */
export const createVendor: CommandDefinition<CommandArgs['vendor.create']> = {
  name: 'vendor.create',
  schemaVersion: 1,
  roles: ['college_accounts_admin'],
  documentId: (args) => args.vendorId,
  audit: 'rows',
  async decide(args, context, books) {
    if ((await books.get('vendors', args.vendorId)) !== undefined) {
      return err(refusal('INPUT_INVALID', { where: 'vendorId: in use' }));
    }
    const fields = readVendorFields(args.fields);
    if (!fields.ok) return fields;
    const duplicate = await duplicateVendor(fields.value, args.vendorId, books);
    if (duplicate !== undefined) return err(duplicate);
    const row = newVendor(args.vendorId, fields.value, context);
    return ok([{ table: 'vendors', row }, ...(await beneficiaryChanges(undefined, row, context, books))]);
  },
};

/** @param fields as `readVendorFields` gives them */
export const newVendor = (id: Id, fields: VendorFields, context: CommandContext): Vendor => ({
  ...fields,
  collegeId: context.collegeId,
  id,
  nameKey: nameKey(fields.name),
  isActive: true,
  revision: 1,
  createdBy: context.actor.id,
  createdAt: context.occurredAt,
});
