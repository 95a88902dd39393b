import { err, ok, type Result } from '../../kernel/result.ts';

export type TanProblem = 'length' | 'format';

/** Reads a tax deduction and collection account number: four letters, five digits, one letter (Income-tax Rules, rule 114A). */
export function checkTan(text: string): Result<string, TanProblem> {
  const tan = text.replace(/\s/g, '').toUpperCase();
  if (tan.length !== 10) return err('length');
  return /^[A-Z]{4}[0-9]{5}[A-Z]$/.test(tan) ? ok(tan) : err('format');
}
