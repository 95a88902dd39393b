import { err, ok, type Result } from '../../kernel/result.ts';
import { isGstState } from './gst-states.ts';
import { checkPan } from './pan.ts';

export type GstinKind = 'normal' | 'government' | 'tds' | 'tcs' | 'uin' | 'non_resident' | 'oidar';

/** pan: the PAN inside it cannot be one. */
export type GstinProblem = 'length' | 'format' | 'state' | 'check_digit' | 'pan';

export interface Gstin {
  readonly text: string;
  readonly kind: GstinKind;
  readonly stateCode: string;
  /** Null where the number is built on a TAN or on no such number. */
  readonly pan: string | null;
}

/** Which kinds are built on a PAN: always, perhaps (a TDS deductor may have only a TAN), or never. The first shape that fits decides. */
const shapes: readonly {
  readonly kind: GstinKind;
  readonly pan: 'always' | 'perhaps' | 'never';
  readonly shape: RegExp;
}[] = [
  { kind: 'tcs', pan: 'always', shape: /^\d{2}[A-Z]{5}\d{4}[A-Z][1-9A-Z]C[0-9A-Z]$/ },
  { kind: 'normal', pan: 'always', shape: /^\d{2}[A-Z]{5}\d{4}[A-Z][1-9A-Z][Z1-9ABE-J][0-9A-Z]$/ },
  { kind: 'government', pan: 'never', shape: /^\d{2}[A-Z]{4}\d{5}[A-Z]\dZ\d$/ },
  { kind: 'tds', pan: 'perhaps', shape: /^\d{2}[A-Z]{4}[A-Z0-9]\d{4}[A-Z][1-9A-Z]D[0-9A-Z]$/ },
  { kind: 'uin', pan: 'never', shape: /^\d{4}[A-Z]{3}\d{5}[UO]N[A-Z0-9]$/ },
  { kind: 'non_resident', pan: 'never', shape: /^\d{4}[A-Z]{3}\d{5}NR[0-9A-Z]$/ },
  { kind: 'oidar', pan: 'never', shape: /^99\d{2}[A-Z]{3}\d{5}OS[0-9A-Z]$/ },
];

/**
 * Reads a GST identification number of any kind of taxpayer, offline: shape, state, check digit and the PAN inside.
 * Small letters and spaces are forgiven. Source of the shapes: CGST Rules, rule 10 and form REG-06 practice.
 */
export function checkGstin(text: string): Result<Gstin, GstinProblem> {
  const gstin = text.replace(/\s/g, '').toUpperCase();
  if (gstin.length !== 15) return err('length');
  const found = shapes.find(({ shape }) => shape.test(gstin));
  if (found === undefined) return err('format');
  const stateCode = gstin.slice(0, 2);
  if (!isGstState(stateCode)) return err('state');
  if (gstinCheckDigit(gstin.slice(0, 14)) !== gstin.charAt(14)) return err('check_digit');
  const pan = found.pan === 'never' ? undefined : checkPan(gstin.slice(2, 12));
  if (pan?.ok === false && found.pan === 'always') return err('pan');
  return ok({ text: gstin, kind: found.kind, stateCode, pan: pan?.ok === true ? pan.value : null });
}

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** The last character of a GSTIN from its first fourteen: Luhn's scheme over 36 characters, weights 1 and 2 in turn from the left. */
export function gstinCheckDigit(first14: string): string {
  let sum = 0;
  for (let i = 0; i < first14.length; i++) {
    const product = ALPHABET.indexOf(first14.charAt(i)) * (i % 2 === 0 ? 1 : 2);
    sum += Math.floor(product / 36) + (product % 36);
  }
  return ALPHABET.charAt((36 - (sum % 36)) % 36);
}
