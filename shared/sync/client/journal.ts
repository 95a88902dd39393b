import { parseCanonical } from '../../kernel/canonical.ts';
import type { Id } from '../../kernel/ids.ts';
import { limits } from '../../kernel/limits.ts';
import type { Digest } from '../../ports/digest.ts';
import type { GrowingFiles } from '../../ports/growing-files.ts';
import { type Command, zCommand } from '../messages.ts';
import { encodeRecord, type JournalRecord, readRecords } from './journal-record.ts';

type DeskRecord = Extract<JournalRecord, { kind: 'desk' }>;
type RefusedRecord = Extract<JournalRecord, { kind: 'refused' }>;

export interface JournaledCommand {
  readonly command: Command;
  readonly text: string;
  readonly signature: string;
  readonly actorName: string;
}

/** What the journal says, each command in the form it was signed in last and in the order of that. */
export interface JournalContents {
  readonly desk: DeskRecord | null;
  readonly commands: ReadonlyMap<Id, JournaledCommand>;
  readonly refused: ReadonlyMap<Id, RefusedRecord>;
  readonly settled: ReadonlyMap<Id, { readonly how: string; readonly at: number }>;
  /** Stretches that could not be read. */
  readonly damaged: number;
}

interface JournalFile {
  readonly name: string;
  readonly ids: Set<Id>;
  bytes: number;
}

const fileName = (number: number): string => `${String(number).padStart(8, '0')}.journal`;
const numberOf = (name: string): number => Number(/^(\d{8})\.journal$/.exec(name)?.[1] ?? 0);

/** Reads a journal without touching it. */
export async function readJournal(files: GrowingFiles, digest: Digest): Promise<JournalContents> {
  return (await readAll(files, digest)).contents;
}

async function readAll(files: GrowingFiles, digest: Digest) {
  const commands = new Map<Id, JournaledCommand>();
  const refused = new Map<Id, RefusedRecord>();
  const settled = new Map<Id, { readonly how: string; readonly at: number }>();
  const found: JournalFile[] = [];
  let desk: DeskRecord | null = null;
  let damaged = 0;
  let goodBytes = 0;
  for (const name of (await files.names()).filter((one) => numberOf(one) > 0)) {
    const bytes = await files.read(name);
    const read = readRecords(bytes, digest);
    const file: JournalFile = { name, ids: new Set(), bytes: bytes.byteLength };
    damaged += read.damaged;
    goodBytes = read.goodBytes;
    for (const record of read.records) {
      if (record.kind === 'desk') desk = record;
      else if (record.kind === 'command') {
        const command = zCommand.parse(parseCanonical(record.text));
        commands.delete(command.id);
        commands.set(command.id, { command, ...record });
        file.ids.add(command.id);
        if (record.settles !== null) settled.set(record.settles.commandId, record.settles);
      } else if (record.kind === 'refused') refused.set(record.commandId, record);
      else settled.set(record.commandId, record);
    }
    found.push(file);
  }
  const contents: JournalContents = { desk, commands, refused, settled, damaged };
  return { contents, files: found, goodBytes };
}

/**
 * What people were told is saved, once more, in files that need no database to be read (docs/adr/0011). A record is on the disk when
 * `append` resolves.
 */
export class Journal {
  readonly #files: GrowingFiles;
  readonly #digest: Digest;
  readonly #all: JournalFile[];
  readonly #known = new Map<Id, Pick<Command, 'deviceId' | 'seq'>>();
  #desk: DeskRecord | null;
  #topSeq = 0;
  /** After a failed write nobody knows where the file ends; what follows goes into a new one. */
  #mustRotate = false;
  readonly #closed = new Set<string>();
  #last: Promise<void> = Promise.resolve();

  private constructor(files: GrowingFiles, digest: Digest, all: JournalFile[], contents: JournalContents) {
    this.#files = files;
    this.#digest = digest;
    this.#all = all;
    this.#desk = contents.desk;
    this.#topSeq = contents.desk?.floor ?? 0;
    for (const { command } of contents.commands.values()) this.#note(command);
    for (const id of contents.refused.keys()) this.#closed.add(`refused ${id}`);
    for (const id of contents.settled.keys()) this.#closed.add(`settled ${id}`);
  }

  /** Reads the journal and cuts off what a crash tore at its end. */
  static async open(
    files: GrowingFiles,
    digest: Digest,
  ): Promise<{ readonly journal: Journal; readonly contents: JournalContents }> {
    const read = await readAll(files, digest);
    const last = read.files.at(-1);
    if (last !== undefined && read.goodBytes < last.bytes) {
      await files.cut(last.name, read.goodBytes);
      last.bytes = read.goodBytes;
    }
    return { journal: new Journal(files, digest, read.files, read.contents), contents: read.contents };
  }

  /** The desk as it was noted last. */
  get desk(): DeskRecord | null {
    return this.#desk;
  }

  /** The highest sequence of the present desk that is kept here. */
  get topSeq(): number {
    return this.#topSeq;
  }

  /** Whether the command is kept here under this sequence of this device. */
  holds({ id, deviceId, seq }: Pick<Command, 'id' | 'deviceId' | 'seq'>): boolean {
    const known = this.#known.get(id);
    return known?.deviceId === deviceId && known.seq === seq;
  }

  /** Whether a word about a command would tell the journal something new. */
  lacks(record: Extract<JournalRecord, { kind: 'refused' | 'settled' }>): boolean {
    return this.#known.has(record.commandId) && !this.#closed.has(`${record.kind} ${record.commandId}`);
  }

  /** Keeps the records, in one write. @throws what the disk says; some of them may stand there all the same */
  append(records: readonly JournalRecord[]): Promise<void> {
    if (records.length === 0) return this.#last;
    const done = this.#last.then(() => this.#append(records));
    this.#last = done.catch(() => {});
    return done;
  }

  async #append(records: readonly JournalRecord[]): Promise<void> {
    const file = this.#writable();
    const head =
      this.#desk !== null && file.bytes === 0 && records[0]?.kind !== 'desk' ? [this.#deskNow(this.#desk)] : [];
    const lines = [...head, ...records].map((record) => encodeRecord(record, this.#digest));
    const bytes = new Uint8Array(lines.reduce((sum, line) => sum + line.byteLength, 0));
    let at = 0;
    for (const line of lines) {
      bytes.set(line, at);
      at += line.byteLength;
    }
    this.#mustRotate = true;
    await this.#files.append(file.name, bytes);
    this.#mustRotate = false;
    file.bytes += bytes.byteLength;
    for (const record of records) this.#take(record, file);
  }

  /** What follows goes into a new file. @returns the name of the last file before it */
  rotate(): string {
    if ((this.#all.at(-1)?.bytes ?? 0) > 0) this.#mustRotate = true;
    return this.#all.at(-1)?.name ?? '';
  }

  /**
   * Removes files from the oldest on, up to `last`, as long as none of their commands is still open. Only when a backup that was made
   * after them was opened and checked.
   * @returns how many
   */
  async prune(last: string, isOpen: (commandId: Id) => boolean): Promise<number> {
    let removed = 0;
    for (;;) {
      const [oldest, next] = this.#all;
      // The newest stays, so that the desk and its sequence are always told.
      if (oldest === undefined || next === undefined || next.bytes === 0 || oldest.name > last) return removed;
      if ([...oldest.ids].some(isOpen)) return removed;
      await this.#files.remove(oldest.name);
      this.#all.shift();
      for (const id of oldest.ids) if (!this.#all.some(({ ids }) => ids.has(id))) this.#known.delete(id);
      removed++;
    }
  }

  #writable(): JournalFile {
    const last = this.#all.at(-1);
    const fits = last !== undefined && !this.#mustRotate && last.bytes < limits.journal.fileBytesMax;
    if (fits) return last;
    const made = { name: fileName(numberOf(last?.name ?? '') + 1), ids: new Set<Id>(), bytes: 0 };
    this.#all.push(made);
    return made;
  }

  #take(record: JournalRecord, file: JournalFile): void {
    if (record.kind === 'desk') {
      if (record.device.id !== this.#desk?.device.id) this.#topSeq = record.floor;
      this.#desk = record;
      this.#topSeq = Math.max(this.#topSeq, record.floor);
    } else if (record.kind === 'command') {
      const command = zCommand.parse(parseCanonical(record.text));
      file.ids.add(command.id);
      this.#note(command);
      if (record.settles !== null) this.#closed.add(`settled ${record.settles.commandId}`);
    } else this.#closed.add(`${record.kind} ${record.commandId}`);
  }

  #note({ id, deviceId, seq }: Pick<Command, 'id' | 'deviceId' | 'seq'>): void {
    this.#known.set(id, { deviceId, seq });
    if (deviceId === this.#desk?.device.id) this.#topSeq = Math.max(this.#topSeq, seq);
  }

  #deskNow(desk: DeskRecord): DeskRecord {
    return { ...desk, floor: Math.max(desk.floor, this.#topSeq) };
  }
}
