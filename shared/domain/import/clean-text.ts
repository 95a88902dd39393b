/**
 * Texts from other people's workbooks: the same name arrives with double spaces, non-breaking spaces, invisible joiners pasted
 * from web pages, or composed in another Unicode form. These functions make equal what looks equal.
 */

/** What takes no room on screen and is not part of a word. Joiners (U+200C, U+200D) shape Devanagari letters and stay. */
const INVISIBLE = /[\u00ad\u200b\u200e\u200f\u2060\ufeff]|\p{Cc}/gu;

/** Normal form C, one plain space between words, none around, nothing invisible. */
export const cleanText = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/[\t\n\r\f\v]/g, ' ')
    .replace(INVISIBLE, '')
    .replace(/\s+/gu, ' ')
    .trim();

/** `१,२५,०००` → `1,25,000`; full-width digits too. Everything else stays. */
export const latinDigits = (text: string): string =>
  text.replace(/[\u0966-\u096f\uff10-\uff19]/g, (digit) => String(digitValue(digit.charCodeAt(0))));

const digitValue = (code: number): number => (code >= 0xff10 ? code - 0xff10 : code - 0x0966);

/**
 * For comparing headings and list values: lower case, Latin digits, words of letters and digits with single spaces. The nukta is
 * dropped because फ़रवरी and फरवरी are the same word to whoever typed them.
 */
export const foldText = (text: string): string =>
  latinDigits(cleanText(text))
    .normalize('NFD')
    .replace(/\u093c|\u200c|\u200d|[\u0300-\u036f]/g, '')
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, ' ')
    .trim();
