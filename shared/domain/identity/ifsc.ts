import { err, ok, type Result } from '../../kernel/result.ts';

/** fifth: the fifth character must be a zero, not the letter O. */
export type IfscProblem = 'length' | 'format' | 'fifth';

/** Reads an Indian Financial System Code (RBI): four letters of the bank, a zero, six characters of the branch. */
export function checkIfsc(text: string): Result<string, IfscProblem> {
  const ifsc = text.replace(/\s/g, '').toUpperCase();
  if (ifsc.length !== 11) return err('length');
  if (/^[A-Z]{4}O/.test(ifsc)) return err('fifth');
  return /^[A-Z]{4}0[A-Z0-9]{6}$/.test(ifsc) ? ok(ifsc) : err('format');
}
