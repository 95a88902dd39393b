import { refusal } from '../../kernel/errors.ts';
import { err, ok } from '../../kernel/result.ts';
import { beneficiaryChanges } from '../beneficiary/details.ts';
import type { CommandArgs, VendorFields } from '../command/args.ts';
import type { CommandDefinition } from '../command/command.ts';
import { mergeEdits } from '../command/merge-edits.ts';
import type { Vendor } from '../rows.ts';
import { duplicateVendor, readVendorFields } from './fields.ts';
import { nameKey } from './name-key.ts';

/**
 * Changes fields of a vendor; edits of two people to different fields merge. Bills keep the name they were entered with, and bank
 * details that change are approved by nobody.
 */
export const editVendor: CommandDefinition<CommandArgs['vendor.edit']> = {
  name: 'vendor.edit',
  schemaVersion: 1,
  roles: ['college_accounts_admin'],
  documentId: (args) => args.vendorId,
  audit: 'rows',
  async decide(args, context, books) {
    const vendor = await books.get('vendors', args.vendorId);
    if (vendor === undefined) return err(refusal('NOT_FOUND', { what: 'vendor' }));
    const merged = mergeEdits(fieldsOf(vendor), args.edits);
    if (!merged.ok) return merged;
    const fields = readVendorFields(merged.value);
    if (!fields.ok) return fields;
    const duplicate = await duplicateVendor(fields.value, vendor.id, books);
    if (duplicate !== undefined) return err(duplicate);
    const row: Vendor = {
      ...vendor,
      ...fields.value,
      nameKey: nameKey(fields.value.name),
      revision: vendor.revision + 1,
    };
    return ok([{ table: 'vendors', row }, ...(await beneficiaryChanges(vendor, row, context, books))]);
  },
};

const fieldsOf = (vendor: Vendor): VendorFields => ({
  name: vendor.name,
  gstin: vendor.gstin,
  pan: vendor.pan,
  ifsc: vendor.ifsc,
  accountNumber: vendor.accountNumber,
  accountName: vendor.accountName,
  email: vendor.email,
  phone: vendor.phone,
});
