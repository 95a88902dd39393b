import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { promisify } from 'node:util';
import { inflate } from 'node:zlib';

type Part = 'devanagari' | 'latin-ext' | 'latin';
const parts: readonly Part[] = ['devanagari', 'latin-ext', 'latin'];
const weights = [400, 600] as const;

/** A typeface by the name it is registered under: the letters it has are one part of the whole. */
export const fontName = (part: Part, bold: boolean): string => `${part}-${bold ? 600 : 400}`;

/**
 * Noto Sans Devanagari in two weights, cut by its publisher into one file a script. Found through the package wherever it lies: in
 * development, and beside the bundles of the packed desk.
 */
export async function readFonts(): Promise<ReadonlyMap<string, Uint8Array>> {
  const { resolve } = createRequire(import.meta.url);
  const fonts = parts.flatMap((part) =>
    weights.map(async (weight): Promise<[string, Uint8Array]> => {
      const file = `@fontsource/noto-sans-devanagari/files/noto-sans-devanagari-${part}-${weight}-normal.woff`;
      return [fontName(part, weight === 600), await unpacked(await readFile(resolve(file)))];
    }),
  );
  return new Map(await Promise.all(fonts));
}

const inflated = promisify(inflate);

/**
 * A WOFF file as the font it packs (WOFF 1.0, W3C Recommendation, sections 3 to 5). The library reads packed fonts too, but unpacks the
 * outlines of all letters anew for every single one.
 */
async function unpacked(woff: Buffer): Promise<Buffer> {
  const count = woff.readUInt16BE(12);
  const head = Buffer.alloc(12 + 16 * count);
  woff.copy(head, 0, 4, 8);
  head.writeUInt16BE(count, 4);
  const power = Math.floor(Math.log2(count));
  head.writeUInt16BE(16 << power, 6);
  head.writeUInt16BE(power, 8);
  head.writeUInt16BE(16 * (count - (1 << power)), 10);
  const tables: Buffer[] = [];
  let at = head.length;
  for (let index = 0; index < count; index += 1) {
    const entry = 44 + 20 * index;
    const [offset, packed, length] = [4, 8, 12].map((field) => woff.readUInt32BE(entry + field));
    const bytes = woff.subarray(offset, (offset ?? 0) + (packed ?? 0));
    const table = packed === length ? bytes : await inflated(bytes);
    woff.copy(head, 12 + 16 * index, entry, entry + 4);
    woff.copy(head, 16 + 16 * index, entry + 16, entry + 20);
    head.writeUInt32BE(at, 20 + 16 * index);
    head.writeUInt32BE(table.length, 24 + 16 * index);
    const padding = Buffer.alloc(-table.length & 3);
    tables.push(table, padding);
    at += table.length + padding.length;
  }
  return Buffer.concat([head, ...tables]);
}

/** The ranges that the publisher names for each file; joiners belong to the letters that they join. */
const DEVANAGARI =
  '\\u0900-\\u097f\\u1cd0-\\u1cf9\\u200c\\u200d\\u20a8\\u20b9\\u20f0\\u25cc\\ua830-\\ua839\\ua8e0-\\ua8ff';
const LATIN_EXT =
  '\\u0100-\\u0130\\u0132-\\u0151\\u0154-\\u02ba\\u02bd-\\u02c5\\u02c7-\\u02cc\\u02ce-\\u02d7\\u02dd-\\u0303\\u1d00-\\u1dbf' +
  '\\u1e00-\\u1e9f\\u1ef2-\\u1eff\\u2113\\u2c60-\\u2c7f\\ua720-\\ua7ff';
const RUNS = new RegExp(`([${DEVANAGARI}]+)|([${LATIN_EXT}]+)|[^${DEVANAGARI}${LATIN_EXT}]+`, 'gu');

export interface FontRun {
  readonly part: Part;
  readonly text: string;
}

/** A text cut where it goes on in another file of the typeface. */
export const fontRuns = (text: string): readonly FontRun[] =>
  [...text.matchAll(RUNS)].map(([run, devanagari, extended]) => ({
    part: devanagari !== undefined ? 'devanagari' : extended !== undefined ? 'latin-ext' : 'latin',
    text: run,
  }));
