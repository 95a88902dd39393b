/** A number with just these figures in the JSON that is made of it: `15500000.00` stays so, and no amount becomes a float. */
export const rawNumber = (figures: string): unknown =>
  (JSON as unknown as { rawJSON(text: string): unknown }).rawJSON(figures);

/** JSON in which bigints are whole numbers with every figure of them. */
export const jsonText = (value: unknown): string =>
  JSON.stringify(value, (_name, member: unknown) => (typeof member === 'bigint' ? rawNumber(String(member)) : member));

export const jsonBytes = (value: unknown): Uint8Array => new TextEncoder().encode(jsonText(value));
