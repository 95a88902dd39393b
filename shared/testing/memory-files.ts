import type { GrowingFiles } from '../ports/growing-files.ts';

/** Growing files in memory. `fail` makes the next append leave only so many of its bytes and throw; null takes that back. */
export class MemoryFiles implements GrowingFiles {
  readonly files = new Map<string, Uint8Array>();
  #failAfter: number | null = null;

  fail(afterBytes: number | null): void {
    this.#failAfter = afterBytes;
  }

  async names(): Promise<readonly string[]> {
    return [...this.files.keys()].sort();
  }

  async read(name: string): Promise<Uint8Array> {
    const bytes = this.files.get(name);
    if (bytes === undefined) throw new Error(`no file ${name}`);
    return bytes;
  }

  async append(name: string, bytes: Uint8Array): Promise<void> {
    const failAfter = this.#failAfter;
    this.#failAfter = null;
    const before = this.files.get(name) ?? new Uint8Array();
    const written = failAfter === null ? bytes : bytes.subarray(0, failAfter);
    const after = new Uint8Array(before.byteLength + written.byteLength);
    after.set(before);
    after.set(written, before.byteLength);
    this.files.set(name, after);
    if (failAfter !== null) throw Object.assign(new Error('no space left on the device'), { code: 'ENOSPC' });
  }

  async cut(name: string, size: number): Promise<void> {
    this.files.set(name, (await this.read(name)).slice(0, size));
  }

  async remove(name: string): Promise<void> {
    this.files.delete(name);
  }
}
