import { Worker } from 'node:worker_threads';
import type { AuditHead } from '../../../shared/domain/audit/chain.ts';
import type { Id } from '../../../shared/kernel/ids.ts';

/** What the thread is started with. */
export interface ChainStart {
  readonly collegeId: Id;
  /** The end of what was verified before. */
  readonly from: AuditHead;
}

/** Lines of the table of audit entries in these columns. */
export interface ChainPart {
  readonly columns: readonly string[];
  readonly csv: Uint8Array;
}

/** So many parts may lie in memory for the thread at one time. */
const WAITING_MAX = 4;

/**
 * Verifies the audit entries of a snapshot in a thread of its own, beside the books that take them. A thread that cannot go on leaves its
 * head where it came to; whoever asks verifies the rest in another way. Close it when done.
 */
export class ChainThread {
  readonly #worker: Worker;
  #head: AuditHead;
  #waiting = 0;
  #hasEnded = false;
  #onAnswer: () => void = () => {};

  constructor(start: ChainStart) {
    this.#head = start.from;
    this.#worker = new Worker(new URL('./chain-worker.ts', import.meta.url), { workerData: start, execArgv: [] });
    this.#worker.on('message', (head: AuditHead) => {
      this.#head = head;
      this.#waiting -= 1;
      this.#onAnswer();
    });
    // Its end follows.
    this.#worker.on('error', () => {});
    this.#worker.on('exit', () => {
      this.#hasEnded = true;
      this.#onAnswer();
    });
  }

  /** Resolves when another part may come. */
  async take(part: ChainPart): Promise<void> {
    this.#waiting += 1;
    this.#worker.postMessage(part);
    await this.#until(WAITING_MAX);
  }

  /** How far the chain holds in the parts that were taken. */
  async head(): Promise<AuditHead> {
    await this.#until(1);
    return this.#head;
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }

  async #until(fewer: number): Promise<void> {
    while (this.#waiting >= fewer && !this.#hasEnded) {
      await new Promise<void>((resolve) => {
        this.#onAnswer = resolve;
      });
    }
  }
}
