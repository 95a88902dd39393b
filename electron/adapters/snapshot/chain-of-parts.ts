import { type AuditHead, entryHash } from '../../../shared/domain/audit/chain.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import { nodeDigest } from '../node-digest.ts';
import { entriesOf } from './audit-csv.ts';

/**
 * How far the audit chain of a college holds in the parts of a snapshot. Parts are in the order of ids, which is nearly that of the
 * positions; an entry that comes before its turn waits.
 */
export class ChainOfParts {
  readonly #collegeId: Id;
  readonly #waiting = new Map<number, { readonly previousHash: string; readonly hash: string }>();
  #head: AuditHead;

  /** @param from the end of what was verified before */
  constructor(collegeId: Id, from: AuditHead) {
    this.#collegeId = collegeId;
    this.#head = from;
  }

  /** The last entry of which all before it, from the beginning, are there, whole and linked. */
  get head(): AuditHead {
    return this.#head;
  }

  /** @param csv lines of the table of audit entries in these columns */
  take(columns: readonly string[], csv: Uint8Array): void {
    for (const entry of entriesOf(this.#collegeId, columns, csv)) {
      const { position, previousHash, hash } = entry;
      if (position <= this.#head.position || hash !== entryHash(entry, nodeDigest)) continue;
      this.#waiting.set(position, { previousHash, hash });
      this.#goOn();
    }
  }

  #goOn(): void {
    for (;;) {
      const position = this.#head.position + 1;
      const next = this.#waiting.get(position);
      if (next === undefined || next.previousHash !== this.#head.hash) return;
      this.#waiting.delete(position);
      this.#head = { position, hash: next.hash };
    }
  }
}
