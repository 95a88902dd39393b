import { Worker } from 'node:worker_threads';
import type { RawRow } from '../../../shared/domain/import/raw-cell.ts';
import { MunimError } from '../../../shared/kernel/errors.ts';
import type { FromParser, ParseStart, ToParser } from './parse-messages.ts';
import type { SheetInfo, WorkbookFormat } from './sheet-source.ts';
import { defaultLimits, type WorkbookLimits } from './workbook-limits.ts';

/** More than a workbook within the limits needs; a file that gets past them all ends its thread, not the desk. */
const HEAP_MAX_MIB = 768;

export interface OpenOptions {
  /** Stops at once, in the middle of a file too; the pending read rejects with CANCELLED. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: { readonly rows: number; readonly fraction: number }) => void;
  readonly limits?: Partial<WorkbookLimits>;
  readonly heapMaxMiB?: number;
  /** Where the parsing thread's program lies when it does not lie beside this one (in a bundle). */
  readonly workerUrl?: URL;
}

export interface OpenWorkbook {
  readonly format: WorkbookFormat;
  readonly sheets: readonly SheetInfo[];
  /** The rows of a sheet from its top, blank ones left out; a further call begins a new pass and ends the one before. */
  rows(sheet: string): AsyncIterableIterator<RawRow>;
  close(): Promise<void>;
}

/**
 * Opens an expense file (`.xlsx`, `.xls` or `.csv`, by content) in a thread of its own. Close it when done.
 * Errors, here and from `rows`: IMPORT_FILE_TOO_LARGE, IMPORT_ZIP_BOMB, IMPORT_CORRUPT, IMPORT_ENCRYPTED, IMPORT_OLD_XLS,
 * IMPORT_TOO_MANY_ROWS, NOT_FOUND (sheet), CANCELLED; the system's own for a disk that cannot be read.
 */
export async function openWorkbook(path: string, options: OpenOptions = {}): Promise<OpenWorkbook> {
  const parser = new ParserThread({ path, limits: { ...defaultLimits, ...options.limits } }, options);
  try {
    const opened = await parser.receive();
    if (opened.type !== 'opened') throw new MunimError('INTERNAL');
    return {
      format: opened.format,
      sheets: opened.sheets,
      rows: (sheet) => readRows(parser, sheet, options),
      close: () => parser.stop(),
    };
  } catch (error) {
    await parser.stop();
    throw error;
  }
}

async function* readRows(parser: ParserThread, sheet: string, options: OpenOptions): AsyncGenerator<RawRow, void> {
  const pass = parser.nextPass();
  parser.post({ type: 'read', pass, sheet });
  parser.post({ type: 'next', pass });
  let count = 0;
  for (;;) {
    const message = await parser.receive();
    if (message.type === 'opened' || message.pass !== pass) continue;
    if (message.type === 'end') return;
    // The thread works on the next batch while this one is used.
    parser.post({ type: 'next', pass });
    count += message.rows.length;
    options.onProgress?.({ rows: count, fraction: message.fraction });
    yield* message.rows;
  }
}

type Answer = Exclude<FromParser, { type: 'failed' }>;

/** The parsing thread as a queue of answers that fails for good once anything fails. */
class ParserThread {
  readonly #worker: Worker;
  readonly #answers: Answer[] = [];
  readonly #signal: AbortSignal | undefined;
  readonly #onAbort = (): void => this.#fail(new MunimError('CANCELLED'));
  #waiting: { resolve(answer: Answer): void; reject(error: unknown): void } | undefined;
  #failure: { readonly error: unknown } | undefined;
  #passes = 0;

  constructor(start: ParseStart, options: OpenOptions) {
    this.#signal = options.signal;
    this.#worker = new Worker(options.workerUrl ?? new URL('./parse-worker.ts', import.meta.url), {
      workerData: start,
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: options.heapMaxMiB ?? HEAP_MAX_MIB },
    });
    this.#worker.on('message', (message: FromParser) => this.#take(message));
    this.#worker.on('error', (error) => this.#fail(threadError(error)));
    this.#worker.on('exit', () => this.#fail(new MunimError('INTERNAL')));
    if (this.#signal?.aborted) this.#onAbort();
    else this.#signal?.addEventListener('abort', this.#onAbort, { once: true });
  }

  nextPass(): number {
    this.#passes += 1;
    return this.#passes;
  }

  post(message: ToParser): void {
    if (this.#failure === undefined) this.#worker.postMessage(message);
  }

  receive(): Promise<Answer> {
    if (this.#failure !== undefined) return Promise.reject(this.#failure.error);
    const answer = this.#answers.shift();
    if (answer !== undefined) return Promise.resolve(answer);
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
    });
  }

  async stop(): Promise<void> {
    this.#signal?.removeEventListener('abort', this.#onAbort);
    this.#fail(new MunimError('CANCELLED'));
    await this.#worker.terminate();
  }

  #take(message: FromParser): void {
    if (message.type === 'failed') {
      const { code, details } = message;
      this.#fail(code === null ? new Error(message.message) : new MunimError(code, details));
      return;
    }
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (waiting === undefined) this.#answers.push(message);
    else waiting.resolve(message);
  }

  /** What has arrived before is dropped: after a failure nothing more of the file is used. */
  #fail(error: unknown): void {
    if (this.#failure !== undefined) return;
    this.#failure = { error };
    this.#answers.length = 0;
    this.#waiting?.reject(error);
    this.#waiting = undefined;
    this.#worker.terminate().catch(() => undefined);
  }
}

/** A file that fills the memory of its thread in spite of the other limits is refused like one that unpacks to too much. */
function threadError(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'ERR_WORKER_OUT_OF_MEMORY' ? new MunimError('IMPORT_ZIP_BOMB', {}, { cause: error }) : error;
}
