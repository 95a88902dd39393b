import { latinDigits } from '../import/clean-text.ts';

/** The name by which the payment systems of India know one transfer. */
export interface TransferReference {
  readonly value: string;
  /** `rrn` is what IMPS and UPI use; `other` is a bank's own form of a UTR. */
  readonly kind: 'rtgs' | 'neft' | 'rrn' | 'other';
}

/** Letters and figures as one word; everything else parts them. */
const WORD = /[A-Z0-9]+/g;
/** Four letters of the bank, R, the channel, year to day, eight figures: the day makes it almost sure. */
const RTGS_DATED = /^[A-Z]{4}R[A-Z0-9]20\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{8}$/;
/** A hint only: nothing but its length and letters speaks for it. */
const RTGS_HINT = /^[A-Z]{4}[RH]?[A-Z0-9]\d{16,17}$/;
/** Four letters of the bank, a letter, year and day of the year, the bank's count. */
const NEFT_DATED = /^[A-Z]{4}[A-Z]\d{2}(?:[0-2]\d{2}|3[0-6]\d)\d{6}$/;
const NEFT_HINT = /^[A-Z]{4}[A-Z0-9]\d{11}$/;
/** N with day and year, without the bank's letters, as some banks print it in their own statements. */
const NEFT_SHORT = /^N(?:[0-2]\d{2}|3[0-6]\d)\d{2}\d{9,10}$/;
/** Four letters of the bank and thirteen figures that begin with the day, as gateways make them. */
const BANK_DATED = /^[A-Z]{4}20\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{5}$/;
const RRN = /^[1-9]\d{11}$/;
/** The same behind the zeros that some banks fill the column with. */
const RRN_PADDED = /^0{1,10}([1-9]\d{11})$/;

/**
 * The UTR or RRN of a line, looked for in the reference column and in the narration. Several may be found; the most certain comes first,
 * the reference column before the narration. What only looks alike (an account number of twelve figures) may be among the last.
 */
export function transferReferences(line: {
  readonly narration: string;
  readonly reference: string | null;
}): readonly TransferReference[] {
  const found = new Map<string, { readonly reference: TransferReference; readonly rank: number }>();
  const look = (text: string, penalty: number): void => {
    const upper = latinDigits(text).toUpperCase();
    const instant = /\b(?:UPI|IMPS|RRN|P2[APM])\b/.test(upper);
    for (const [word] of upper.matchAll(WORD)) {
      const hit = judge(word, instant);
      if (hit === null) continue;
      const rank = hit.rank * 2 + penalty;
      const { value, kind } = hit;
      const known = found.get(value);
      if (known === undefined || rank < known.rank) found.set(value, { reference: { value, kind }, rank });
    }
  };
  if (line.reference !== null) look(line.reference, 0);
  look(line.narration, 1);
  return [...found.values()].sort((one, other) => one.rank - other.rank).map(({ reference }) => reference);
}

/** Lower ranks are surer. */
function judge(word: string, instant: boolean): (TransferReference & { readonly rank: number }) | null {
  const { length } = word;
  if (length < 12 || length > 22) return null;
  if (length === 22 && RTGS_DATED.test(word)) return { value: word, kind: 'rtgs', rank: 0 };
  if (length === 16 && NEFT_DATED.test(word)) return { value: word, kind: 'neft', rank: 1 };
  if (length === 17 && BANK_DATED.test(word)) return { value: word, kind: 'other', rank: 2 };
  if (RTGS_HINT.test(word)) return { value: word, kind: 'rtgs', rank: 4 };
  if (length === 16 && NEFT_HINT.test(word)) return { value: word, kind: 'neft', rank: 4 };
  if (NEFT_SHORT.test(word)) return { value: word, kind: 'neft', rank: 5 };
  if (RRN.test(word)) return { value: word, kind: 'rrn', rank: instant ? 3 : 6 };
  const padded = RRN_PADDED.exec(word)?.[1];
  return padded === undefined ? null : { value: padded, kind: 'rrn', rank: instant ? 3 : 6 };
}
