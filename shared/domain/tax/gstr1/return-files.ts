import type { IsoDate } from '../../../kernel/dates.ts';
import { limits } from '../../../kernel/limits.ts';
import { err, ok, type Result } from '../../../kernel/result.ts';
import { type PortalValue, writePortalJson } from '../portal-json.ts';

export interface ReturnFile {
  readonly name: string;
  readonly text: string;
}

type Members = { readonly [key: string]: PortalValue | undefined };
/** One thing of a table, such as all invoices of a recipient; what stands beside tables is in every file. */
interface Piece {
  readonly path: readonly string[];
  readonly value: PortalValue;
}

/**
 * The files in which GSTR-1 is handed to the portal: one, or where that would be too large several, each of them a whole return with its head.
 * Taken together they have every entry of the return once.
 * @param madeOn part of the name
 * @returns the measure of an entry that alone is too large for a file, which nothing can be done about
 */
export function gstr1Files(
  built: PortalValue,
  madeOn: IsoDate,
  measureMax: number = limits.gst.fileMeasureMax,
): Result<readonly ReturnFile[], { readonly measure: number }> {
  if (!isMembers(built)) throw new TypeError('a return is an object');
  const whole = writePortalJson(built);
  const name = `returns_${Number(madeOn.slice(8))}${Number(madeOn.slice(5, 7))}${madeOn.slice(0, 4)}_R1_${built.gstin}_offline`;
  if (measureOf(whole) <= measureMax) return ok([{ name: `${name}.json`, text: whole }]);
  const head = Object.fromEntries(Object.entries(built).filter(([, value]) => typeof value === 'string'));
  const parts = packed(piecesOf(built), head, measureMax);
  if (!parts.ok) return parts;
  return ok(
    parts.value.map((pieces, at) => ({
      name: `${name}_part${at + 1}of${parts.value.length}.json`,
      text: writePortalJson(joined(head, pieces)),
    })),
  );
}

const isMembers = (value: PortalValue | undefined): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** As the tool measures: the bytes of the text and the two quotes and backslashes it would have as a text within JSON. */
export function measureOf(text: string): number {
  let measure = 2;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    const isEscaped = character === '"' || character === '\\';
    if (code < 0x80) measure += isEscaped ? 2 : 1;
    else if (code < 0x800) measure += 2;
    else measure += code < 0x1_0000 ? 3 : 4;
  }
  return measure;
}

function piecesOf(value: Members, path: readonly string[] = []): readonly Piece[] {
  return Object.entries(value).flatMap(([key, one]): readonly Piece[] => {
    const own = [...path, key];
    if (Array.isArray(one)) return one.map((each: PortalValue) => ({ path: own, value: each }));
    return isMembers(one) ? piecesOf(one, own) : [];
  });
}

/** The pieces in their order, as many to a file as it holds. */
function packed(
  pieces: readonly Piece[],
  head: Members,
  measureMax: number,
): Result<readonly (readonly Piece[])[], { readonly measure: number }> {
  const parts: Piece[][] = [];
  const headMeasure = measureOf(writePortalJson(head));
  let [part, measure, paths] = [[] as Piece[], headMeasure, new Set<string>()];
  for (const piece of pieces) {
    const path = piece.path.join('.');
    const own = measureOf(writePortalJson(piece.value));
    const frame = frameOf(piece.path);
    if (headMeasure + frame + own > measureMax) return err({ measure: own });
    const more = own + (paths.has(path) ? 0 : frame);
    if (measure + more > measureMax) {
      parts.push(part);
      [part, measure, paths] = [[], headMeasure, new Set()];
    }
    measure += own + (paths.has(path) ? 0 : frame);
    part.push(piece);
    paths.add(path);
  }
  return ok([...parts, part]);
}

/** What the keys and brackets around a list measure at most. */
const frameOf = (path: readonly string[]): number => measureOf(JSON.stringify(path)) + 2 * path.length;

function joined(head: Members, pieces: readonly Piece[]): PortalValue {
  const tables: Record<string, PortalValue> = {};
  for (const [, same] of Map.groupBy(pieces, ({ path }) => path.join('.'))) {
    const [table = '', inner] = same[0]?.path ?? [];
    const list = same.map(({ value }) => value);
    const before = tables[table];
    tables[table] = inner === undefined ? list : { ...(isMembers(before) ? before : {}), [inner]: list };
  }
  return { ...head, ...tables };
}
