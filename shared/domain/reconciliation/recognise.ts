import type { Id } from '../../kernel/ids.ts';
import type { BankAccount } from '../bank-rows.ts';

/** Signs that banks write in the place of digits they hide. */
const hidden = /[xX*#•]/;
/** Fewer digits than this tell no account from another. */
const shownMin = 4;

/** Whether a number as a statement gives it, perhaps with its middle hidden, may be that of the account. Leading zeros tell nothing. */
export function isNumberOf(given: string, accountNumber: string): boolean {
  const said = given.replace(/[\s./-]/g, '');
  const own = accountNumber.replace(/\D/g, '');
  if (!hidden.test(said)) return withoutZeros(said) === withoutZeros(own) && own !== '';
  const [, head = ''] = /^(\d*)/.exec(said) ?? [];
  const [, tail = ''] = /(\d*)$/.exec(said) ?? [];
  if (tail.length < shownMin || head.length + tail.length > own.length) return false;
  return own.startsWith(head) && own.endsWith(tail);
}

/** The one account a statement can be of; none where several can be, or it gives no number. */
export function recogniseAccount(
  given: string | null,
  accounts: readonly Pick<BankAccount, 'id' | 'accountNumber'>[],
): Id | null {
  if (given === null) return null;
  const fitting = accounts.filter(({ accountNumber }) => isNumberOf(given, accountNumber));
  const [only] = fitting;
  return only !== undefined && fitting.length === 1 ? only.id : null;
}

const withoutZeros = (digits: string): string => digits.replace(/^0+/, '');
