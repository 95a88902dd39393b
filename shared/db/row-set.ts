import { Param, SQL, StringChunk } from 'drizzle-orm';

export type Cell = string | number | bigint | boolean | null;

/** A column of a set of rows: its name and type as SQL has them, and its value in each row. */
export interface SetColumn {
  readonly name: string;
  readonly type: string;
  readonly cells: readonly Cell[];
}

/**
 * Rows as something to select from: a parameter for each column, with the value that all rows share or an array of their values. One for
 * every cell of five hundred rows takes longer to send and to plan than to write, and JSON of them is read sign by sign on both sides.
 * @param columns all of one length, at least 1; together no row is there twice
 */
export function rowSet(columns: readonly SetColumn[]): SQL {
  const [shared, varied]: [SetColumn[], SetColumn[]] = [[], []];
  for (const column of columns) (isShared(column.cells) ? shared : varied).push(column);
  // One flat list of parts: statements within statements are put together many times over.
  const parts: (StringChunk | Param)[] = [];
  let text = '(SELECT ';
  const say = (value: Cell | Uint8Array, type: string): void => {
    if (value !== null) parts.push(new StringChunk(text), new Param(value));
    text = value === null ? `${text}NULL::${type}` : `::${type}`;
  };
  const list = (members: readonly SetColumn[], add: (member: SetColumn) => void): void =>
    members.forEach((member, at) => {
      if (at > 0) text += ', ';
      add(member);
    });
  list(shared, ({ name, type, cells }) => {
    say(soundCell(cells[0]), type);
    text += ` AS "${name}"`;
  });
  if (varied.length > 0) {
    text += `${shared.length > 0 ? ', ' : ''}"varied".* FROM unnest(`;
    list(varied, ({ type, cells }) => say(arrayOf(type, cells), `${type}[]`));
    text += `) AS "varied" (${varied.map(({ name }) => `"${name}"`).join(', ')})`;
  }
  parts.push(new StringChunk(`${text})`));
  return new SQL(parts);
}

function isShared(cells: readonly Cell[]): boolean {
  const [first] = cells;
  return cells.every((cell) => cell === first);
}

/** The text of these holds no sign that an array would take for its own. */
const plainTypes = ['uuid', 'bigint', 'integer', 'boolean', 'date'];

/** Text goes in binary, where nothing has to be escaped. */
function arrayOf(type: string, cells: readonly Cell[]): string | Uint8Array {
  if (type === 'text') return textArray(cells);
  if (!plainTypes.includes(type)) throw new Error(`no array is made of ${type}`);
  return `{${cells.map((cell) => cell ?? 'NULL').join(',')}}`;
}

const encoder = new TextEncoder();
const textOid = 25;

/** The binary form of `text[]`: dimensions, whether any is null, type, length, lower bound; then each with its length, -1 for null. */
function textArray(cells: readonly Cell[]): Uint8Array {
  const texts = cells.map((cell) => (cell === null ? null : String(soundCell(cell))));
  const room = texts.reduce((sum, text) => sum + 4 + 3 * (text?.length ?? 0), 20);
  const bytes = new Uint8Array(room);
  const view = new DataView(bytes.buffer);
  let at = 0;
  const int32 = (value: number): void => {
    view.setInt32(at, value);
    at += 4;
  };
  for (const value of [1, texts.includes(null) ? 1 : 0, textOid, texts.length, 1]) int32(value);
  for (const text of texts) {
    const length = text === null ? -1 : encoder.encodeInto(text, bytes.subarray(at + 4)).written;
    int32(length);
    at += Math.max(0, length);
  }
  return bytes.subarray(0, at);
}

/** @throws RangeError for text with half a character, which would be encoded as something else */
function soundCell(cell: Cell = null): Cell {
  if (typeof cell === 'string' && !cell.isWellFormed()) throw new RangeError('half a character cannot be kept');
  return cell;
}
