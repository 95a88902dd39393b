import { err, ok, type Result } from '../../kernel/result.ts';

export type AccountNumberProblem = 'length' | 'format' | 'zeros';

/** Reads a bank account number: 9 to 18 digits (NPCI), leading zeros kept because they are part of it. Spaces and hyphens are forgiven. */
export function checkAccountNumber(text: string): Result<string, AccountNumberProblem> {
  const digits = text.replace(/[\s-]/g, '');
  if (!/^\d+$/.test(digits)) return err('format');
  if (digits.length < 9 || digits.length > 18) return err('length');
  return /^0+$/.test(digits) ? err('zeros') : ok(digits);
}
