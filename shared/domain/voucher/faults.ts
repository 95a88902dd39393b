import type { VoucherLineFields } from '../command/args.ts';

/**
 * Reasons in VOUCHER_INVALID. lines: too few or too many; amount: not above zero on exactly one side; money: bank or cash stand where this
 * kind has none, or are missing; needs: the line that makes this kind is missing; kind: the cost centre is of another kind; never: the
 * account has no place in this kind; party: bills on a line that has no party's account; sum: bills that do not add up to the line; due: a
 * day that a bill cannot be due on.
 */
export type VoucherReason =
  | 'empty'
  | 'lines'
  | 'amount'
  | 'unknown'
  | 'inactive'
  | 'money'
  | 'needs'
  | 'kind'
  | 'never'
  | 'party'
  | 'sum'
  | 'due';
export type VoucherField = keyof VoucherLineFields | 'lines' | 'reference' | 'kind' | 'amount';
