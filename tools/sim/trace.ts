import { createHash } from 'node:crypto';

const LINES_KEPT = 60;

/** What happened, as a hash over everything and the last lines in words. */
export class Trace {
  readonly #hash = createHash('sha256');
  readonly #last: string[] = [];
  /** Prints every line as it comes. */
  readonly #aloud: boolean;

  constructor(aloud: boolean) {
    this.#aloud = aloud;
  }

  /** Something worth reading after a failure. */
  say(atMs: number, line: string): void {
    const text = `${String(atMs).padStart(9)} ${line}`;
    this.#hash.update(`${text}\n`);
    this.#last.push(text);
    if (this.#last.length > LINES_KEPT) this.#last.shift();
    if (this.#aloud) console.log(text);
  }

  /** Something that only has to be the same the next time. */
  mark(atMs: number, what: string): void {
    this.#hash.update(`${atMs} ${what}\n`);
  }

  get last(): readonly string[] {
    return this.#last;
  }

  digest(): string {
    return this.#hash.digest('hex');
  }
}
