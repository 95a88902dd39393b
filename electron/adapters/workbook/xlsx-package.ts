import { posix } from 'node:path';
import { MunimError } from '../../../shared/kernel/errors.ts';
import { isDateFormat } from './cell-values.ts';
import type { ZipParts } from './read-zip.ts';
import { readXml } from './xml-events.ts';

/** What has to be known of a workbook before any of its sheets can be read. */
export interface XlsxPackage {
  readonly date1904: boolean;
  readonly sheets: readonly { readonly name: string; readonly path: string; readonly hidden: boolean }[];
  readonly sharedStringsPath: string | undefined;
  readonly stylesPath: string | undefined;
}

/** Finds the parts by their relationships, as the format asks, since file names inside differ between programs. Throws IMPORT_CORRUPT. */
export async function readPackage(parts: ZipParts): Promise<XlsxPackage> {
  const roots = await relationships(parts, '_rels/.rels', '');
  const workbookPath = roots.find((relation) => relation.type === 'officeDocument')?.path ?? 'xl/workbook.xml';
  const folder = posix.dirname(workbookPath);
  const relations = await relationships(parts, `${folder}/_rels/${posix.basename(workbookPath)}.rels`, folder);
  const listed: { readonly name: string; readonly id: string; readonly hidden: boolean }[] = [];
  let date1904 = false;
  await readXml(await parts.read(workbookPath), {
    open(name, attributes) {
      if (name === 'workbookPr') date1904 = attributes.date1904 === '1' || attributes.date1904 === 'true';
      if (name !== 'sheet') return;
      const hidden = attributes.state === 'hidden' || attributes.state === 'veryHidden';
      listed.push({ name: attributes.name ?? '', id: relationId(attributes), hidden });
    },
  });
  const sheets = listed.flatMap(({ name, id, hidden }) => {
    const relation = relations.find((candidate) => candidate.id === id && candidate.type === 'worksheet');
    return relation === undefined || !parts.has(relation.path) ? [] : [{ name, path: relation.path, hidden }];
  });
  if (sheets.length === 0) throw new MunimError('IMPORT_CORRUPT');
  const partOf = (type: string): string | undefined => {
    const path = relations.find((relation) => relation.type === type)?.path;
    return path !== undefined && parts.has(path) ? path : undefined;
  };
  return { date1904, sheets, sharedStringsPath: partOf('sharedStrings'), stylesPath: partOf('styles') };
}

interface Relation {
  readonly id: string;
  /** Last word of the type's address: the two editions of the standard differ in the rest. */
  readonly type: string;
  readonly path: string;
}

async function relationships(parts: ZipParts, path: string, folder: string): Promise<readonly Relation[]> {
  const found: Relation[] = [];
  if (!parts.has(path)) return found;
  await readXml(await parts.read(path), {
    open(name, attributes) {
      if (name !== 'Relationship' || attributes.TargetMode === 'External') return;
      const target = attributes.Target ?? '';
      const full = target.startsWith('/') ? target.slice(1) : posix.join(folder, target);
      found.push({ id: attributes.Id ?? '', type: (attributes.Type ?? '').split('/').at(-1) ?? '', path: full });
    },
  });
  return found;
}

const relationId = (attributes: Readonly<Record<string, string>>): string =>
  Object.entries(attributes).find(([name]) => name.endsWith(':id'))?.[1] ?? '';

/** By style number: whether cells of the style show a day. */
export async function readDateStyles(parts: ZipParts, path: string | undefined): Promise<readonly boolean[]> {
  const styles: boolean[] = [];
  if (path === undefined) return styles;
  const codes = new Map<number, string>();
  let inCellFormats = false;
  await readXml(await parts.read(path), {
    open(name, attributes) {
      if (name === 'numFmt') codes.set(Number(attributes.numFmtId), attributes.formatCode ?? '');
      else if (name === 'cellXfs') inCellFormats = true;
      else if (name === 'xf' && inCellFormats) {
        const id = Number(attributes.numFmtId ?? '0');
        styles.push(isDateFormat(id, codes.get(id)));
      }
    },
    close(name) {
      if (name === 'cellXfs') inCellFormats = false;
    },
  });
  return styles;
}

/** The texts that cells refer to by number. Phonetic guides are not part of a text. */
export async function readSharedStrings(parts: ZipParts, path: string | undefined): Promise<readonly string[]> {
  const strings: string[] = [];
  if (path === undefined) return strings;
  let text = '';
  let inText = false;
  let inPhonetic = false;
  await readXml(await parts.read(path), {
    open(name) {
      if (name === 'si') text = '';
      else if (name === 'rPh') inPhonetic = true;
      else if (name === 't') inText = !inPhonetic;
    },
    close(name) {
      if (name === 'si') strings.push(text);
      else if (name === 'rPh') inPhonetic = false;
      else if (name === 't') inText = false;
    },
    text(part) {
      if (inText) text += part;
    },
  });
  return strings;
}
