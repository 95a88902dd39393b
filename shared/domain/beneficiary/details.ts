import { type Refusal, refusal } from '../../kernel/errors.ts';
import type { Id } from '../../kernel/ids.ts';
import { err, ok, type Result } from '../../kernel/result.ts';
import type { Beneficiary, PaymentOrder } from '../bank-rows.ts';
import type { BooksReader, CommandContext } from '../command/command.ts';
import type { Change, Vendor } from '../rows.ts';

/** Where a vendor's money goes. */
export type BankDetails = Pick<Beneficiary, 'accountName' | 'accountNumber' | 'ifsc'>;

/** The bank details of a vendor; the account is in his own name where no other was given. Null while there is nothing to pay to. */
export function detailsOf(vendor: Pick<Vendor, 'name' | 'accountName' | 'accountNumber' | 'ifsc'>): BankDetails | null {
  const { accountNumber, ifsc } = vendor;
  return accountNumber === null || ifsc === null
    ? null
    : { accountName: vendor.accountName ?? vendor.name, accountNumber, ifsc };
}

export const sameDetails = (a: BankDetails, b: BankDetails): boolean =>
  a.accountName === b.accountName && a.accountNumber === b.accountNumber && a.ifsc === b.ifsc;

/** What follows for the beneficiary when a vendor becomes what he is now: details that are new or changed are approved by nobody. */
export async function beneficiaryChanges(
  before: Vendor | undefined,
  vendor: Vendor,
  context: CommandContext,
  books: Pick<BooksReader, 'get'>,
): Promise<readonly Change[]> {
  const old = before === undefined ? null : detailsOf(before);
  const details = detailsOf(vendor);
  if (details === null && old === null) return [];
  if (details !== null && old !== null && sameDetails(details, old)) return [];
  const known = await books.get('beneficiaries', vendor.id);
  // Who takes the details away leaves the old ones unusable, so that putting them back is a change as well.
  const row = changedBy(vendor, details ?? old ?? { accountName: '', accountNumber: '', ifsc: '' }, {
    id: context.actor.id,
    name: context.actor.name,
    at: context.occurredAt,
  });
  return [{ table: 'beneficiaries', row: { ...row, revision: (known?.revision ?? 0) + 1 } }];
}

const changedBy = (
  vendor: Pick<Vendor, 'collegeId' | 'id'>,
  details: BankDetails,
  who: { readonly id: Id; readonly name: string; readonly at: number },
): Beneficiary => ({
  collegeId: vendor.collegeId,
  id: vendor.id,
  ...details,
  changedBy: who.id,
  changedByName: who.name,
  changedAt: who.at,
  approvedBy: null,
  approvedByName: null,
  approvedAt: null,
  usableFrom: null,
  revision: 0,
});

/** A vendor with details and the beneficiary he is. One from before there was a list counts as entered when he was, by who did it. */
export async function findBeneficiary(
  vendorId: Id,
  books: Pick<BooksReader, 'get'>,
): Promise<Result<{ readonly vendor: Vendor; readonly beneficiary: Beneficiary }, Refusal>> {
  const vendor = await books.get('vendors', vendorId);
  if (vendor === undefined) return err(refusal('NOT_FOUND', { what: 'vendor' }));
  const details = detailsOf(vendor);
  if (details === null) return err(refusal('BENEFICIARY_NO_DETAILS', { vendor: vendor.name }));
  const row = await books.get('beneficiaries', vendor.id);
  if (row !== undefined) return ok({ vendor, beneficiary: row });
  const creator = await books.get('people', vendor.createdBy);
  const who = { id: vendor.createdBy, name: creator?.name ?? '', at: vendor.createdAt };
  return ok({ vendor, beneficiary: changedBy(vendor, details, who) });
}

/**
 * The details that the vendor may be paid to now.
 * Refusals: NOT_FOUND, BENEFICIARY_NO_DETAILS, BENEFICIARY_NOT_APPROVED, BENEFICIARY_COOLING.
 */
export async function usableBeneficiary(
  vendorId: Id,
  at: number,
  books: Pick<BooksReader, 'get'>,
): Promise<Result<Beneficiary, Refusal>> {
  const found = await findBeneficiary(vendorId, books);
  if (!found.ok) return found;
  const { vendor, beneficiary } = found.value;
  if (beneficiary.usableFrom === null) return err(refusal('BENEFICIARY_NOT_APPROVED', { vendor: vendor.name }));
  if (beneficiary.usableFrom > at) {
    return err(refusal('BENEFICIARY_COOLING', { vendor: vendor.name, at: beneficiary.usableFrom }));
  }
  return ok(beneficiary);
}

/** Why the order may not go to the details it was prepared with, or undefined. Refusal: BENEFICIARY_CHANGED. */
export async function changedSince(
  order: PaymentOrder,
  at: number,
  books: Pick<BooksReader, 'get'>,
): Promise<Refusal | undefined> {
  const usable = await usableBeneficiary(order.vendorId, at, books);
  const { beneficiaryName: accountName, accountNumber, ifsc } = order;
  if (usable.ok && sameDetails(usable.value, { accountName, accountNumber, ifsc })) return undefined;
  return refusal('BENEFICIARY_CHANGED', { vendor: accountName });
}
