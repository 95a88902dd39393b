/** A number or code that may stand on both sides. */
export interface Reference {
  readonly text: string;
  /** Long enough to be given once only. */
  readonly isStrong: boolean;
}

const lengthMin = 6;
const lengthMax = 40;
const strongFrom = 12;
const digitsMin = 3;
const referencesMax = 16;

/** Written before a number without a space, and not part of it. */
const LABEL = /^(?:UTRNO|UTR|RRN|REFNO|REF|TXNID|TXN|CHQNO|CHQ)(?=[A-Z0-9]{6,}$)/;
const IFSC = /^[A-Z]{4}0[A-Z0-9]{6}$/;
const MASKED = /^X{3,}\d/;
/** `20260714` and `14072026`: a day, which says nothing. */
const DAY = /^(?:20\d\d(?:0[1-9]|1[0-2])[0-3]\d|[0-3]\d(?:0[1-9]|1[0-2])20\d\d)$/;
/** `SEM2026`, `FY202627`: words with a year. */
const YEAR_WORD = /^[A-Z]*20\d\d(?:\d\d)?[A-Z]*$/;
/** `pay_QJHVK2ET6RNKSF`, `setl_AQASCWUHLABYKZ`: what the gateway Razorpay calls payments, settlements, refunds and payouts, figures in it or not. */
const GATEWAY_ID = /^(?:PAY|SETL|RFND|POUT)[A-Z0-9]{14}$/;
const CHEQUE_WORDS = /\b(?:CHQ|CHEQUE|CLG|CLEARING|MICR|INST|CTS)/;

/** A code may have no figure in it; words that people write have more vowels. */
const isCode = (text: string): boolean => 4 * text.replace(/[^AEIOU]/g, '').length <= text.length;

/** A word as it is compared, or null where it is none that could name a payment. Of figures alone the zeros in front do not count. */
export function referenceOf(word: string): Reference | null {
  const bare = word.replace(LABEL, '');
  if (MASKED.test(bare) || DAY.test(bare)) return null;
  const text = bare.replace(/^0+(?=\d+$)/, '');
  if (text.length < lengthMin || text.length > lengthMax) return null;
  const digits = text.replace(/\D/g, '').length;
  const isStrong = text.length >= strongFrom && (digits > 0 || isCode(text) || GATEWAY_ID.test(text));
  if (!isStrong && digits < digitsMin) return null;
  if (IFSC.test(text) || YEAR_WORD.test(text)) return null;
  return { text, isStrong };
}

const wordsOf = (text: string): readonly string[] => text.toUpperCase().match(/[A-Z0-9]+/g) ?? [];

/**
 * The references of free text and of fields that hold nothing else. A field's parts belong together (`ST/26-27/0123`), so that its whole is
 * one as well; in free text that is so between two spaces.
 */
export function referencesOf(text: string, fields: readonly string[]): readonly Reference[] {
  const found = new Map<string, Reference>();
  const add = (word: string): void => {
    const reference = found.size < referencesMax ? referenceOf(word) : null;
    if (reference !== null) found.set(reference.text, reference);
  };
  for (const field of fields) {
    const words = wordsOf(field);
    if (words.length > 1) add(words.join(''));
    for (const word of words) add(word);
  }
  for (const chunk of text.split(/\s+/)) {
    const words = wordsOf(chunk);
    for (const word of words) add(word);
    // A longer one is a narration without spaces.
    if (words.length > 1 && chunk.length <= 24) add(words.join(''));
  }
  return [...found.values()];
}

const chequeDigitsMin = 3;
const chequeDigitsMax = 7;

function chequeOf(digits: string): string | null {
  const bare = digits.replace(/^0+/, '');
  return bare.length >= chequeDigitsMin && bare.length <= chequeDigitsMax ? bare : null;
}

/** Whether the text speaks of a cheque at all. */
export const speaksOfCheque = (text: string): boolean => CHEQUE_WORDS.test(text.toUpperCase());

/**
 * The number of a cheque, without the zeros in front: from the bank's column for it, from a reference that is all figures, or from a
 * narration that speaks of a cheque.
 */
export function chequeNumber(own: string | null, references: readonly string[], narration: string): string | null {
  const column = own === null ? null : chequeOf(own.replace(/\D/g, ''));
  if (column !== null) return column;
  for (const reference of references) {
    const digits = /^(?:\D*(?:CHQ|CHEQUE|NO|INST)\D*)?0*(\d{3,7})$/i.exec(reference.trim())?.[1];
    const number = digits === undefined ? null : chequeOf(digits);
    if (number !== null) return number;
  }
  if (!speaksOfCheque(narration)) return null;
  const digits = /(?<![A-Z0-9])\d{6}(?![A-Z0-9])/i.exec(narration)?.[0];
  return digits === undefined ? null : chequeOf(digits);
}

/** What a gateway calls a payment; the money of it comes with that of others. */
export const isGatewayPayment = (text: string): boolean => text.startsWith('PAY') && GATEWAY_ID.test(text);

/** As banks number payments: UTR of NEFT and RTGS, RRN. Two of them that differ are two payments, or one that somebody mistyped. */
export const isBankNumber = (text: string): boolean =>
  /^\d{11,13}$/.test(text) || /^[A-Z]{4}[A-Z0-9]{0,2}\d{8,18}$/.test(text) || /^[A-Z]{1,2}\d{12,16}$/.test(text);

/** The word with each of its characters left out: what two words that differ in one place or by an exchange have in common. */
export function* withoutOne(text: string): Generator<string> {
  for (let at = 0; at < text.length; at += 1) yield text.slice(0, at) + text.slice(at + 1);
}
