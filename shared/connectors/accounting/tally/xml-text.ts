/** Whether XML 1.0 lets a code point stand in a document, even as a reference (section 2.2, Char). */
export const isXmlChar = (code: number): boolean =>
  code === 0x9 ||
  code === 0xa ||
  code === 0xd ||
  (code >= 0x20 && code <= 0xd7ff) ||
  (code >= 0xe000 && code <= 0xfffd) ||
  (code >= 0x10000 && code <= 0x10ffff);

/** Text without what no XML can hold: control characters and halves of pairs. */
export function xmlSafe(text: string): string {
  let safe = '';
  for (const char of text) if (isXmlChar(char.codePointAt(0) ?? 0)) safe += char;
  return safe;
}

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '\r': '&#13;',
};
/** A reader makes one space of a line break or tab in an attribute, unless it is a reference. */
const inAttribute: Readonly<Record<string, string>> = { ...escapes, '\n': '&#10;', '\t': '&#9;' };

const escapeText = (text: string): string => xmlSafe(text).replace(/[&<>"'\r]/g, (sign) => escapes[sign] ?? sign);
const escapeAttribute = (text: string): string =>
  xmlSafe(text).replace(/[&<>"'\r\n\t]/g, (sign) => inAttribute[sign] ?? sign);

export type XmlAttributes = Readonly<Record<string, string>>;

/** An element around what is XML already. */
export function element(name: string, inner: readonly string[], attributes: XmlAttributes = {}): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeAttribute(value)}"`);
  return `<${name}${written.join('')}>${inner.join('')}</${name}>`;
}

/** An element around text. */
export const leaf = (name: string, text: string, attributes: XmlAttributes = {}): string =>
  element(name, [escapeText(text)], attributes);

/** As `leaf`, or nothing where there is nothing to say. */
export const leafOf = (name: string, text: string | null): string => (text === null ? '' : leaf(name, text));

export type TallyEncoding = 'utf-8' | 'utf-16le';

/** The bytes of a text as Tally writes its own files: UTF-16 little-endian with its mark, or UTF-8. */
export function encodeXml(text: string, encoding: TallyEncoding): Uint8Array<ArrayBuffer> {
  if (encoding === 'utf-8') return new TextEncoder().encode(text);
  const bytes = new Uint8Array(2 + text.length * 2);
  bytes.set([0xff, 0xfe]);
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    bytes[2 + at * 2] = unit & 0xff;
    bytes[3 + at * 2] = unit >> 8;
  }
  return bytes;
}
