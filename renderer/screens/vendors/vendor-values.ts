import type { VendorFields } from '../../../shared/domain/command/args.ts';
import type { CommandInput } from '../../../shared/ipc/contract/commands.ts';

export const vendorFieldNames = [
  'name',
  'gstin',
  'pan',
  'accountNumber',
  'ifsc',
  'accountName',
  'email',
  'phone',
] as const;
export type VendorFieldName = (typeof vendorFieldNames)[number];
export type Typed = Readonly<Record<VendorFieldName, string>>;

export const MAX_LENGTH: Readonly<Record<VendorFieldName, number>> = {
  name: 200,
  gstin: 15,
  pan: 10,
  accountNumber: 34,
  ifsc: 11,
  accountName: 200,
  email: 200,
  phone: 20,
};

const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());

export const typedOf = (fields: VendorFields | null): Typed => ({
  name: fields?.name ?? '',
  gstin: fields?.gstin ?? '',
  pan: fields?.pan ?? '',
  accountNumber: fields?.accountNumber ?? '',
  ifsc: fields?.ifsc ?? '',
  accountName: fields?.accountName ?? '',
  email: fields?.email ?? '',
  phone: fields?.phone ?? '',
});

export const fieldsOf = (typed: Typed): VendorFields => ({
  name: typed.name.trim(),
  gstin: orNull(typed.gstin),
  pan: orNull(typed.pan),
  accountNumber: orNull(typed.accountNumber),
  ifsc: orNull(typed.ifsc),
  accountName: orNull(typed.accountName),
  email: orNull(typed.email),
  phone: orNull(typed.phone),
});

export type VendorEdits = Extract<CommandInput, { name: 'vendor.edit' }>['args']['edits'];

/** What differs, each field with what stood there, so that another person's change to another field stays. */
export function editsOf(before: VendorFields, after: VendorFields): VendorEdits {
  const { name: oldName, ...oldRest } = before;
  const { name: newName, ...newRest } = after;
  const rest = vendorFieldNames
    .filter((field) => field !== 'name')
    .filter((field) => oldRest[field] !== newRest[field])
    .map((field) => [field, { from: oldRest[field], to: newRest[field] }] as const);
  return {
    ...(oldName === newName ? {} : { name: { from: oldName, to: newName } }),
    ...(Object.fromEntries(rest) as Omit<VendorEdits, 'name'>),
  };
}
