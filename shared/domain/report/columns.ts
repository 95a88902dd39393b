import type { ReportColumn } from './document.ts';
import type { Words } from './words.ts';

/** A column under the word of the same name. */
export const columnOf = (
  words: Words,
  key: keyof Words['columns'],
  kind: ReportColumn['kind'],
  wide = false,
): ReportColumn => ({ key, header: words.columns[key], kind, ...(wide ? { wide } : {}) });
