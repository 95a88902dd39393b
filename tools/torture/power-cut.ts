import fs from 'node:fs';
import path from 'node:path';
import { isRecorded, movedPath, type Recording } from './recorder.ts';
import type { Seeded } from './seeded.ts';

const pageBytes = 4096;

class FileImage {
  /** What the program believes the file holds. */
  current: Buffer;
  /** What is certainly on the disk. */
  durable: Buffer;
  readonly dirtyPages = new Set<number>();

  constructor(content: Buffer) {
    this.current = content;
    this.durable = Buffer.from(content);
  }

  write(at: number, bytes: Uint8Array): void {
    const end = at + bytes.length;
    if (end > this.current.length)
      this.current = Buffer.concat([this.current, Buffer.alloc(end - this.current.length)]);
    this.current.set(bytes, at);
    for (let page = Math.floor(at / pageBytes); page * pageBytes < end; page++) this.dirtyPages.add(page);
  }

  truncate(size: number): void {
    const grown = Buffer.alloc(Math.max(0, size - this.current.length));
    this.current = Buffer.concat([this.current.subarray(0, size), grown]);
    // A size is metadata and taken as durable at once; what was cut off does not come back as old content.
    this.durable = Buffer.from(this.durable.subarray(0, size));
    for (const page of this.dirtyPages) if (page * pageBytes >= size) this.dirtyPages.delete(page);
  }

  sync(): void {
    if (this.dirtyPages.size > 0 || this.durable.length !== this.current.length)
      this.durable = Buffer.from(this.current);
    this.dirtyPages.clear();
  }

  /** The file after a power cut: every page not synced is new with the given chance, otherwise old (or zero). */
  afterCut(random: Seeded, keep: number): Buffer {
    const image = Buffer.alloc(this.current.length);
    this.durable.copy(image, 0, 0, Math.min(this.durable.length, image.length));
    for (const page of this.dirtyPages) {
      const from = page * pageBytes;
      if (random.next() < keep) this.current.copy(image, from, from, Math.min(from + pageBytes, this.current.length));
    }
    return image;
  }
}

export interface CutOptions {
  /** A copy of the recorded folder as it was, all synced, when the recording began. */
  readonly base: string;
  readonly recording: Recording;
  readonly count: number;
  readonly random: Seeded;
  /** Every second cut comes after this operation. */
  readonly lateFrom: number;
  /** A disk that says "synced" and does nothing. With it the torture must find losses, or it proves nothing. */
  readonly lyingDisk: boolean;
}

export interface Cut {
  /** After how many operations the power went. */
  readonly at: number;
  readonly keep: number;
  /** The acknowledgements given before the cut. */
  readonly acknowledged: readonly string[];
  /** Writes the folder as the disk would show it. */
  writeImage(dir: string): void;
}

/**
 * Goes through the recording and stops at random places. Names, renames and sizes are taken as durable and in order (as
 * on a journalling file system); data is durable only when synced; of the rest a random part of the pages survives.
 */
export function* powerCuts(options: CutOptions): Generator<Cut> {
  const { base, recording, random } = options;
  const total = recording.operations.length;
  const place = (index: number): number => random.between(index % 2 === 0 ? 1 : options.lateFrom, total);
  const places = Array.from({ length: options.count }, (_, index) => place(index)).sort((a, b) => a - b);
  const names = new Map(recording.files);
  const images = new Map<number, FileImage>();
  const basePaths = new Map([...recording.files].map(([name, file]) => [file, name]));
  const baseFolders = foldersIn(base);
  let folders = new Set(baseFolders);
  const acknowledged: string[] = [];
  const image = (file: number): FileImage => {
    const known = images.get(file);
    if (known !== undefined) return known;
    const basePath = basePaths.get(file);
    const made = new FileImage(basePath === undefined ? Buffer.alloc(0) : fs.readFileSync(path.join(base, basePath)));
    images.set(file, made);
    return made;
  };
  let done = 0;
  for (const at of places) {
    for (; done < at; done++) {
      const operation = recording.operations[done];
      if (operation === undefined) break;
      switch (operation.kind) {
        case 'create':
          names.set(operation.path, operation.file);
          break;
        case 'write':
          image(operation.file).write(operation.at, operation.bytes);
          break;
        case 'truncate':
          image(operation.file).truncate(operation.size);
          break;
        case 'fsync':
          if (!options.lyingDisk) image(operation.file).sync();
          break;
        case 'rename': {
          const { from, to } = operation;
          for (const [name, file] of [...names]) {
            const moved = movedPath(name, from, to);
            if (moved === null) continue;
            names.delete(name);
            names.set(moved, file);
          }
          folders = new Set([...folders].map((name) => movedPath(name, from, to) ?? name));
          break;
        }
        case 'unlink':
          names.delete(operation.path);
          break;
        case 'acknowledge':
          acknowledged.push(operation.line);
          break;
        case 'mkdir':
          folders.add(operation.path);
          break;
        case 'rmdir':
          folders.delete(operation.path);
          break;
      }
    }
    const keep = random.pick([0, 0.5, 0.9]);
    yield {
      at,
      keep,
      acknowledged: [...acknowledged],
      writeImage: (dir) => {
        fs.cpSync(base, dir, { recursive: true, filter: isRecorded });
        for (const name of folders) fs.mkdirSync(path.join(dir, name), { recursive: true });
        for (const name of baseFolders)
          if (!folders.has(name)) fs.rmSync(path.join(dir, name), { recursive: true, force: true });
        for (const name of recording.files.keys())
          if (!names.has(name)) fs.rmSync(path.join(dir, name), { force: true });
        for (const [name, file] of names) {
          const changed = images.has(file) || !basePaths.has(file) || basePaths.get(file) !== name;
          if (changed) fs.writeFileSync(path.join(dir, name), image(file).afterCut(random, keep));
        }
      },
    };
  }
}

const foldersIn = (root: string): string[] =>
  fs
    .readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
    .filter(isRecorded);
