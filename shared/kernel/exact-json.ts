/** Digits that a number might not hold exactly. */
const longDigits = /\d{16}/;
const wholeNumber = /^-?\d+$/;

/** Reads JSON in which integers may have any size, as databases write it. An integer that a number does not hold exactly comes as bigint. */
export const parseExact = (text: string): unknown =>
  longDigits.test(text) ? JSON.parse(text, exact) : JSON.parse(text);

function exact(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  if (typeof value !== 'number' || Number.isSafeInteger(value)) return value;
  const source = context?.source ?? '';
  return wholeNumber.test(source) ? BigInt(source) : value;
}
