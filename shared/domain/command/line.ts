/** One line of text as it is kept: composed, with single spaces inside and none around. Null when nothing is left of it. */
export const line = (text: string | null): string | null =>
  text === null ? null : text.normalize('NFC').trim().replace(/\s+/g, ' ') || null;
