import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

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
      return [fontName(part, weight === 600), await readFile(resolve(file))];
    }),
  );
  return new Map(await Promise.all(fonts));
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
