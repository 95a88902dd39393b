import { err, ok, type Result } from '../../kernel/result.ts';

/** holder: the fourth letter names no kind of holder; serial: 0000 is never given out. */
export type PanProblem = 'length' | 'format' | 'holder' | 'serial';

/** Kinds of holder by the fourth letter: association, body of individuals, company, firm, government, HUF, juridical, local, person, trust, LLP (K). */
const HOLDERS = 'ABCFGHJLPTK';

/** Reads a permanent account number: five letters, four digits, one letter (Income-tax Rules, rule 114). */
export function checkPan(text: string): Result<string, PanProblem> {
  const pan = text.replace(/\s/g, '').toUpperCase();
  if (pan.length !== 10) return err('length');
  if (!/^[A-Z]{5}[0-9]{4}[A-Z]$/.test(pan)) return err('format');
  if (!HOLDERS.includes(pan.charAt(3))) return err('holder');
  return pan.slice(5, 9) === '0000' ? err('serial') : ok(pan);
}
