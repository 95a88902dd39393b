import { type Refusal, refusal } from '../../kernel/errors.ts';
import type { Id } from '../../kernel/ids.ts';
import { err, ok, type Result } from '../../kernel/result.ts';
import type { VendorFields } from '../command/args.ts';
import type { BooksReader } from '../command/command.ts';
import { line } from '../command/line.ts';
import { type AccountNumberProblem, checkAccountNumber } from '../identity/account-number.ts';
import { checkGstin, type GstinProblem } from '../identity/gstin.ts';
import { checkIfsc, type IfscProblem } from '../identity/ifsc.ts';
import { checkPan, type PanProblem } from '../identity/pan.ts';
import type { Vendor } from '../rows.ts';
import { nameKey } from './name-key.ts';

/** Reasons in VENDOR_INVALID. gstin_pan: the GSTIN belongs to another PAN; pair: account number and IFSC are only of use together. */
export type VendorReason =
  | GstinProblem
  | PanProblem
  | IfscProblem
  | AccountNumberProblem
  | 'empty'
  | 'gstin_pan'
  | 'pair'
  | 'inactive';

/**
 * The fields as the books keep them: numbers in capitals without spaces, the PAN taken from the GSTIN where it was not given.
 * Refusal: VENDOR_INVALID with `field` and `reason` (a `VendorReason`).
 */
export function readVendorFields(fields: VendorFields): Result<VendorFields, Refusal> {
  const name = line(fields.name);
  if (name === null) return invalid('name', 'empty');
  const gstin = fields.gstin === null ? undefined : checkGstin(fields.gstin);
  if (gstin?.ok === false) return invalid('gstin', gstin.error);
  const pan = fields.pan === null ? undefined : checkPan(fields.pan);
  if (pan?.ok === false) return invalid('pan', pan.error);
  const panInside = gstin?.value.pan ?? null;
  if (pan !== undefined && panInside !== null && pan.value !== panInside) return invalid('pan', 'gstin_pan');
  const ifsc = fields.ifsc === null ? undefined : checkIfsc(fields.ifsc);
  if (ifsc?.ok === false) return invalid('ifsc', ifsc.error);
  const account = fields.accountNumber === null ? undefined : checkAccountNumber(fields.accountNumber);
  if (account?.ok === false) return invalid('accountNumber', account.error);
  if ((ifsc === undefined) !== (account === undefined)) return invalid(ifsc ? 'accountNumber' : 'ifsc', 'pair');
  const email = line(fields.email);
  if (email !== null && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)) return invalid('email', 'format');
  const phone = line(fields.phone);
  if (phone !== null && !/^\+?[\d\s()-]{6,20}$/.test(phone)) return invalid('phone', 'format');
  return ok({
    name,
    gstin: gstin?.value.text ?? null,
    pan: pan?.value ?? panInside,
    ifsc: ifsc?.value ?? null,
    accountNumber: account?.value ?? null,
    accountName: line(fields.accountName),
    email,
    phone,
  });
}

/** Two vendors of one college never share a GSTIN or a folded name. Refusal: VENDOR_DUPLICATE. */
export async function duplicateVendor(
  fields: VendorFields,
  self: Id,
  books: BooksReader,
): Promise<Refusal | undefined> {
  const byGstin = fields.gstin === null ? undefined : await books.vendorByGstin(fields.gstin);
  if (byGstin !== undefined && byGstin.id !== self) return duplicate('gstin', byGstin);
  const byName = await books.vendorByNameKey(nameKey(fields.name));
  return byName !== undefined && byName.id !== self ? duplicate('name', byName) : undefined;
}

const duplicate = (field: string, other: Vendor): Refusal =>
  refusal('VENDOR_DUPLICATE', { field, name: other.name, vendorId: other.id });

const invalid = (field: keyof VendorFields, reason: VendorReason) => err(refusal('VENDOR_INVALID', { field, reason }));
