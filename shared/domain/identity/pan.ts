import { err, ok, type Result } from '../../kernel/result.ts';

/** holder: the fourth letter names no kind of holder; serial: 0000 is never given out. */
export type PanProblem = 'length' | 'format' | 'holder' | 'serial';

/** Whom a PAN was given to, by its fourth letter (Income-tax Department, structure of the PAN). */
const holders = {
  A: 'association',
  B: 'individuals',
  C: 'company',
  F: 'firm',
  G: 'government',
  H: 'huf',
  J: 'juridical_person',
  K: 'trust',
  L: 'local_authority',
  P: 'person',
  T: 'trust',
} as const;

/** individuals: a body of individuals; huf: a Hindu undivided family; firm: also a limited liability partnership. */
export type PanHolder = (typeof holders)[keyof typeof holders];

/** Reads a permanent account number: five letters, four digits, one letter (Income-tax Rules, rule 114). */
export function checkPan(text: string): Result<string, PanProblem> {
  const pan = text.replace(/\s/g, '').toUpperCase();
  if (pan.length !== 10) return err('length');
  if (!/^[A-Z]{5}[0-9]{4}[A-Z]$/.test(pan)) return err('format');
  if (!Object.hasOwn(holders, pan.charAt(3))) return err('holder');
  return pan.slice(5, 9) === '0000' ? err('serial') : ok(pan);
}

/** @param pan one that `checkPan` has read; of any other text the answer is null */
export const panHolder = (pan: string): PanHolder | null => holders[pan.charAt(3) as keyof typeof holders] ?? null;
