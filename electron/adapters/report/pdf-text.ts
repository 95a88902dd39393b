import { type FontRun, fontName, fontRuns } from './pdf-fonts.ts';

export interface TextStyle {
  /** In points. */
  readonly size: number;
  readonly bold: boolean;
}

/** What of a PDF document is needed to set text. */
export interface TextTarget {
  font(name: string, size: number): unknown;
  widthOfString(text: string): number;
  text(
    text: string,
    x: number,
    y: number,
    options: { readonly lineBreak: false; readonly baseline: 'alphabetic'; readonly features?: [] },
  ): unknown;
  markContent(tag: string, options: { readonly actual: string }): unknown;
  endMarkedContent(): unknown;
}

export interface Typesetter {
  /** In points. */
  readonly width: (text: string, style: TextStyle) => number;
  /** The lines of a text that is `width` points wide at most; what is beyond `linesMax` is cut and ends in … */
  readonly wrap: (text: string, width: number, style: TextStyle, linesMax: number) => readonly string[];
  readonly draw: (text: string, x: number, baseline: number, style: TextStyle) => void;
}

/** Longer texts than a page could hold are cut before they are measured. */
const TEXT_CHARS_MAX = 4_000;
const REMEMBERED_MAX = 50_000;
const MEASURE_SIZE = 1_000;
const DEVANAGARI = /[\u0900-\u097f]/;
const IN_PLACE = { lineBreak: false, baseline: 'alphabetic' } as const;
const graphemes = new Intl.Segmenter('hi', { granularity: 'grapheme' });

/** One line of plain letters: no controls, and nothing that turns the direction of what follows. */
export const plainText = (text: string): string =>
  text
    .slice(0, TEXT_CHARS_MAX)
    .toWellFormed()
    .normalize('NFC')
    .replace(/[\u202a-\u202e\u2066-\u2069\ufeff\u00ad\u200b]/g, '')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim();

/** Sets text in the typeface of the house, script by script, since every script has a file of its own. */
export function typesetter(target: TextTarget): Typesetter {
  const remembered = { bold: new Map<string, number>(), regular: new Map<string, number>() };

  const wordWidth = (word: string, bold: boolean): number => {
    const widths = bold ? remembered.bold : remembered.regular;
    // All figures are equally wide.
    const key = word.replace(/[0-9]/g, '0');
    const known = widths.get(key);
    if (known !== undefined) return known;
    let width = 0;
    for (const { part, text } of fontRuns(key)) {
      target.font(fontName(part, bold), MEASURE_SIZE);
      width += target.widthOfString(text) / MEASURE_SIZE;
    }
    if (widths.size >= REMEMBERED_MAX) widths.clear();
    widths.set(key, width);
    return width;
  };

  const width: Typesetter['width'] = (text, { size, bold }) => {
    const words = text.split(' ');
    const spaces = wordWidth(' ', bold) * (words.length - 1);
    return words.reduce((sum, word) => sum + wordWidth(word, bold), spaces) * size;
  };

  /** A word that is wider than a line, cut between letters as people see them. */
  const pieces = (word: string, most: number, style: TextStyle): string[] => {
    if (width(word, style) <= most) return [word];
    const cut: string[] = [];
    let piece = '';
    let used = 0;
    for (const { segment } of graphemes.segment(word)) {
      const wide = width(segment, style);
      if (piece !== '' && used + wide > most) {
        cut.push(piece);
        piece = '';
        used = 0;
      }
      piece += segment;
      used += wide;
    }
    return [...cut, piece];
  };

  const wrap: Typesetter['wrap'] = (text, most, style, linesMax) => {
    const plain = plainText(text);
    if (plain === '') return [];
    const lines: string[] = [];
    let line = '';
    for (const word of plain.split(' ').flatMap((long) => pieces(long, most, style))) {
      const longer = line === '' ? word : `${line} ${word}`;
      if (line !== '' && width(longer, style) > most) {
        lines.push(line);
        line = word;
      } else line = longer;
    }
    lines.push(line);
    return lines.length <= linesMax
      ? lines
      : [...lines.slice(0, linesMax - 1), cutTo(lines[linesMax - 1] ?? '', most, style)];
  };

  const cutTo = (line: string, most: number, style: TextStyle): string => {
    const letters = [...graphemes.segment(line)].map(({ segment }) => segment);
    while (letters.length > 0 && width(`${letters.join('')}…`, style) > most) letters.pop();
    return `${letters.join('').trimEnd()}…`;
  };

  const drawRun = ({ part, text }: FontRun, x: number, baseline: number, { size, bold }: TextStyle): void => {
    target.font(fontName(part, bold), size);
    // The library remembers every word for good unless features are named: right for words, not for a hundred thousand amounts.
    target.text(text, x, baseline, { ...IN_PLACE, ...(/[0-9]/.test(text) ? { features: [] } : {}) });
  };

  const draw: Typesetter['draw'] = (text, x, baseline, style) => {
    // Shaping puts letters into another order; copying and searching need the one that was written.
    const marked = DEVANAGARI.test(text);
    if (marked) target.markContent('Span', { actual: text });
    let at = x;
    for (const run of fontRuns(text)) {
      if (run.text !== ' ') drawRun(run, at, baseline, style);
      at += width(run.text, style);
    }
    if (marked) target.endMarkedContent();
  };

  return { width, wrap, draw };
}
