import { closeSync, existsSync, fsyncSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs';

/**
 * What an emulator must not forget, one JSON value on a line, flushed to the disk before anybody is told. A line that was cut by a kill was
 * never answered for, so it is taken away when the file is opened again.
 */
export class EmulatorJournal<Entry> {
  readonly #file: number | null;
  readonly kept: readonly Entry[];

  constructor(path: string | null) {
    if (path === null) {
      this.#file = null;
      this.kept = [];
      return;
    }
    const bytes = existsSync(path) ? readFileSync(path) : Buffer.alloc(0);
    const whole = bytes.subarray(0, bytes.lastIndexOf(0x0a) + 1);
    this.#file = openSync(path, 'a');
    ftruncateSync(this.#file, whole.length);
    const lines = whole.toString('utf8').split('\n').slice(0, -1);
    this.kept = lines.map((line) => JSON.parse(line, withPaise) as Entry);
  }

  append(entry: Entry): void {
    if (this.#file === null) return;
    writeSync(this.#file, `${JSON.stringify(entry, (_name, value: unknown) => asPaise(value))}\n`);
    fsyncSync(this.#file);
  }

  close(): void {
    if (this.#file !== null) closeSync(this.#file);
  }
}

const asPaise = (value: unknown): unknown => (typeof value === 'bigint' ? { $paise: String(value) } : value);

function withPaise(_name: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('$paise' in value)) return value;
  return BigInt(String(value.$paise));
}
