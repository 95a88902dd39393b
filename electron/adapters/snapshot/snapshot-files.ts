import fs from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { zstdDecompress } from 'node:zlib';
import { z } from 'zod';
import { columnsOf, isTableName } from '../../../shared/db/tables.ts';
import type { TableName } from '../../../shared/domain/rows.ts';
import { canonicalText, type Plain, parseCanonical } from '../../../shared/kernel/canonical.ts';
import { MunimError } from '../../../shared/kernel/errors.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import { limits } from '../../../shared/kernel/limits.ts';
import type { SnapshotLink } from '../../../shared/ports/snapshot-link.ts';
import { type SnapshotHead, zSnapshotHead, zSnapshotPart } from '../../../shared/sync/messages.ts';
import { readFileIfThere, writeFileAtomically } from '../atomic-file.ts';

const inflateAside = promisify(zstdDecompress);
const FIRST = '00000000-0000-0000-0000-000000000000';
const LINE_FEED = 10;

const zState = z.strictObject({
  head: zSnapshotHead,
  parts: z.array(z.strictObject({ table: z.string(), file: z.string(), next: z.string().nullable(), rows: z.int() })),
});
type State = z.infer<typeof zState>;

/** Where a part begins: behind this row of the table. */
interface Place {
  readonly table: string;
  readonly after: string;
}

interface AskedPart {
  readonly table: string;
  readonly part: Promise<FetchedPart>;
}

interface FetchedPart {
  readonly bytes: Uint8Array;
  readonly next: string | null;
  readonly rows: number;
}

/** One part as it is loaded: rows of a table as CSV in these columns. */
export interface SnapshotCsv {
  readonly table: TableName;
  readonly columns: readonly string[];
  readonly csv: Uint8Array;
}

/**
 * The parts of a snapshot as files, until the books have taken them: a desk that was switched off half way goes on behind the last
 * whole part. What is here is only what the server can give again.
 */
export class SnapshotFiles {
  readonly #root: string;
  readonly #link: SnapshotLink;

  constructor(root: string, link: SnapshotLink) {
    this.#root = root;
    this.#link = link;
  }

  /**
   * Fetches what is missing. @param onRows told of the rows that are here so far
   * @returns the version from which the pull goes on; null when this desk is too old for the snapshot and has to read page by page
   */
  async fetch(collegeId: Id, onRows: (rows: number) => void): Promise<number | null> {
    let state = this.#read(collegeId);
    if (state === null) {
      const head = await this.#link.snapshot(collegeId);
      if (head.collegeId !== collegeId) throw new MunimError('SYNC_BAD_ANSWER', { detail: 'another college' });
      if (!isKnown(head)) return null;
      state = { head, parts: [] };
      this.#write(collegeId, state);
    }
    onRows(rowsIn(state));
    let asked: AskedPart | null = this.#askBehind(collegeId, state);
    while (asked !== null) {
      const { bytes, next, rows } = await asked.part;
      const file: string = `${String(state.parts.length).padStart(6, '0')}.csv.zst`;
      state = { ...state, parts: [...state.parts, { table: asked.table, file, next, rows }] };
      // The server makes the part that follows while this one goes to the disk.
      asked = this.#askBehind(collegeId, state);
      writeFileAtomically(path.join(this.#folder(collegeId), file), bytes);
      this.#write(collegeId, state);
      onRows(rowsIn(state));
    }
    return state.head.version;
  }

  /** Whether all parts are here. */
  isWhole(collegeId: Id): boolean {
    const state = this.#read(collegeId);
    return state !== null && placeBehind(state) === null;
  }

  async *parts(collegeId: Id): AsyncGenerator<SnapshotCsv> {
    const state = this.#read(collegeId);
    if (state === null) return;
    const open = async ({ table, file }: State['parts'][number]): Promise<SnapshotCsv> => {
      const columns = state.head.tables.find(({ name }) => name === table)?.columns;
      if (columns === undefined || !isTableName(table)) throw new MunimError('SYNC_ROW_MISFIT', { table });
      const text = await inflate(await readFile(path.join(this.#folder(collegeId), file)));
      return { table, columns, csv: text.subarray(text.indexOf(LINE_FEED) + 1) };
    };
    let ahead: Promise<SnapshotCsv> | null = null;
    for (const [index, part] of state.parts.entries()) {
      const opened: Promise<SnapshotCsv> = ahead ?? open(part);
      const following = state.parts[index + 1];
      // Unpacked while the books take the one before it.
      ahead = following === undefined ? null : open(following);
      ahead?.catch(() => {});
      yield await opened;
    }
  }

  forget(collegeId: Id): void {
    fs.rmSync(this.#folder(collegeId), { recursive: true, force: true });
  }

  /** Asks for the part behind those that are here. Whether it fails is heard by whoever waits for it. */
  #askBehind(collegeId: Id, state: State): AskedPart | null {
    const place = placeBehind(state);
    if (place === null) return null;
    const part = this.#ask(collegeId, place);
    part.catch(() => {});
    return { table: place.table, part };
  }

  async #ask(collegeId: Id, { table, after }: Place): Promise<FetchedPart> {
    const bytes = await this.#link.snapshotPart(collegeId, table, after);
    const text = await inflate(bytes);
    const line = new TextDecoder().decode(text.subarray(0, text.indexOf(LINE_FEED)));
    const part = zSnapshotPart.safeParse(parseOr(line));
    const fits = part.success && part.data.collegeId === collegeId && part.data.table === table;
    // Ids only rise, so that a server gone astray cannot keep a desk fetching for ever.
    if (!fits || part.data.after !== after || (part.data.next !== null && part.data.next <= after)) {
      throw new MunimError('SYNC_BAD_ANSWER', { detail: 'a part of a snapshot that does not go on' });
    }
    return { bytes, next: part.data.next, rows: part.data.rows };
  }

  #folder(collegeId: Id): string {
    return path.join(this.#root, collegeId);
  }

  #stateFile(collegeId: Id): string {
    return path.join(this.#folder(collegeId), 'state.json');
  }

  #read(collegeId: Id): State | null {
    const text = readFileIfThere(this.#stateFile(collegeId));
    const read = text === null ? null : zState.safeParse(parseOr(text));
    return read?.success === true ? read.data : null;
  }

  #write(collegeId: Id, state: State): void {
    writeFileAtomically(this.#stateFile(collegeId), canonicalText(state as Plain));
  }
}

/** @returns null when all parts are here */
function placeBehind({ head, parts }: State): Place | null {
  for (const { name: table, rows } of head.tables) {
    const last = parts.findLast((part) => part.table === table);
    // A table that was empty may have got rows since; they are of a later version and come with the pull.
    if (last === undefined ? rows > 0 : last.next !== null) return { table, after: last?.next ?? FIRST };
  }
  return null;
}

const rowsIn = ({ parts }: State): number => parts.reduce((sum, { rows }) => sum + rows, 0);

function isKnown(head: SnapshotHead): boolean {
  return head.tables.every(({ name, columns }) => {
    if (!isTableName(name)) return false;
    const known = new Set(columnsOf(name).map((column) => column.name));
    return columns.every((column) => known.has(column) && column !== 'college_id');
  });
}

function parseOr(text: string): unknown {
  try {
    return parseCanonical(text);
  } catch {
    return null;
  }
}

/** @throws MunimError SYNC_BAD_ANSWER for what is not zstd, was damaged, or would inflate beyond any part */
async function inflate(bytes: Uint8Array): Promise<Uint8Array> {
  try {
    return await inflateAside(bytes, { maxOutputLength: limits.snapshot.inflatedPartBytesMax });
  } catch (thrown) {
    throw new MunimError('SYNC_BAD_ANSWER', { detail: 'a part of a snapshot that cannot be read' }, { cause: thrown });
  }
}
