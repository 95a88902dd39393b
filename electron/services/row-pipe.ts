/** More waiting rows than this make the pusher wait for the reader. */
const roomFor = 1_000;

/** Hands rows from one loop to another without keeping them all: pushed here, read there, both at their own pace. */
export class RowPipe<T> implements AsyncIterable<T> {
  readonly #rows: T[] = [];
  #ended = false;
  #failure: { readonly thrown: unknown } | null = null;
  #wakeReader: (() => void) | null = null;
  #wakePusher: (() => void) | null = null;

  /** @throws what `fail` was told */
  async push(row: T): Promise<void> {
    while (this.#rows.length >= roomFor && this.#failure === null) {
      await new Promise<void>((resolve) => {
        this.#wakePusher = resolve;
      });
    }
    if (this.#failure !== null) throw this.#failure.thrown;
    this.#rows.push(row);
    this.#wakeReader?.();
  }

  end(): void {
    this.#ended = true;
    this.#wakeReader?.();
  }

  /** Ends both sides with an error; what was not read is dropped. */
  fail(thrown: unknown): void {
    this.#failure ??= { thrown };
    this.#wakeReader?.();
    this.#wakePusher?.();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T, void> {
    for (;;) {
      if (this.#failure !== null) throw this.#failure.thrown;
      const row = this.#rows.shift();
      if (row !== undefined) {
        this.#wakePusher?.();
        yield row;
      } else if (this.#ended) return;
      else
        await new Promise<void>((resolve) => {
          this.#wakeReader = resolve;
        });
    }
  }
}
