import type { FailureReason } from '../../../domain/payment-order/news.ts';
import type { Paise } from '../../../kernel/money.ts';
import type { AcceptedInstruction, EmulatedBank, WantedPayment } from '../../_kit/emulator-bank.ts';
import { EmulatorJournal } from '../../_kit/emulator-journal.ts';

export interface EmulatedBatch {
  readonly batchId: string;
  readonly rows: readonly WantedPayment[];
}

/** A row of a batch: the payment that it became, or why it became none. */
export interface BatchRow {
  readonly reference: string;
  readonly amountPaise: Paise;
  readonly instruction: AcceptedInstruction | undefined;
  readonly refused: FailureReason | undefined;
}

type Entry =
  | { readonly kind: 'batch'; readonly batch: EmulatedBatch }
  | { readonly kind: 'refused'; readonly key: string; readonly reason: FailureReason };

/**
 * The batches that came. A batch is written down before its rows are looked at, and rows that a kill left over are done when it starts
 * again: what was taken is never half there.
 */
export class EmulatedBatches {
  readonly #bank: EmulatedBank;
  readonly #journal: EmulatorJournal<Entry>;
  readonly #batches = new Map<string, EmulatedBatch>();
  readonly #refused = new Map<string, FailureReason>();

  constructor(bank: EmulatedBank, stateFile: string | null) {
    this.#bank = bank;
    this.#journal = new EmulatorJournal<Entry>(stateFile === null ? null : `${stateFile}.batches`);
    for (const entry of this.#journal.kept) this.#apply(entry);
    for (const batch of this.#batches.values()) this.#carryOut(batch);
  }

  has(batchId: string): boolean {
    return this.#batches.has(batchId);
  }

  add(batch: EmulatedBatch): void {
    this.#record({ kind: 'batch', batch });
    this.#carryOut(batch);
  }

  /** Its rows as they are now; undefined for a batch that never came. */
  rows(batchId: string): readonly BatchRow[] | undefined {
    return this.#batches.get(batchId)?.rows.map(({ reference, amountPaise }) => {
      const key = keyOf(batchId, reference);
      const instruction = this.#bank.instructions().find((one) => one.key === key);
      return { reference, amountPaise, instruction, refused: this.#refused.get(key) };
    });
  }

  close(): void {
    this.#journal.close();
  }

  #carryOut({ batchId, rows }: EmulatedBatch): void {
    for (const row of rows) {
      const key = keyOf(batchId, row.reference);
      if (this.#refused.has(key)) continue;
      const done = this.#bank.accept(row, { key, uniqueReference: false });
      if (done.kind === 'refused') this.#record({ kind: 'refused', key, reason: done.reason });
    }
  }

  #record(entry: Entry): void {
    this.#journal.append(entry);
    this.#apply(entry);
  }

  #apply(entry: Entry): void {
    if (entry.kind === 'batch') this.#batches.set(entry.batch.batchId, entry.batch);
    else this.#refused.set(entry.key, entry.reason);
  }
}

const keyOf = (batchId: string, reference: string): string => `${batchId}/${reference}`;
