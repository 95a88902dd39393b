import type { ExpenseFields, VendorFields } from '../domain/command/args.ts';
import type { IsoDate } from '../kernel/dates.ts';
import type { Id } from '../kernel/ids.ts';

/** A vendor of whom no more than the name is known. */
export const vendorFields = (name: string, more: Partial<VendorFields> = {}): VendorFields => ({
  name,
  gstin: null,
  pan: null,
  ifsc: null,
  accountNumber: null,
  accountName: null,
  email: null,
  phone: null,
  ...more,
});

/** A bill of ₹1,000 for office supplies without tax, which policy approves at once. */
export const billFields = (vendorId: Id, billDate: IsoDate, more: Partial<ExpenseFields> = {}): ExpenseFields => ({
  category: 'supplies',
  accountCode: '5200',
  vendorId,
  billNo: null,
  billDate,
  description: 'Paper and toner',
  department: null,
  taxablePaise: 1_000_00n,
  cgstPaise: 0n,
  sgstPaise: 0n,
  igstPaise: 0n,
  itcEligible: false,
  tdsPaise: 0n,
  ...more,
});
