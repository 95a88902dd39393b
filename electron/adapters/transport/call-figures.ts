import type { ProblemKind } from '../../../shared/connectors/_kit/problem.ts';
import { limits } from '../../../shared/kernel/limits.ts';

/** One finished call: for the log and the figures. Nothing of what was said, to whom or from which account. */
export interface CallRow {
  readonly connection: string;
  /** `icici.balance`. */
  readonly operation: string;
  /** `ok`, or what kind of trouble it ended in. */
  readonly outcome: 'ok' | ProblemKind;
  /** Of the catalogue; null when all went well. */
  readonly code: string | null;
  /** Of the last answer; null where there was none. */
  readonly status: number | null;
  readonly ms: number;
  readonly attempts: number;
  readonly requestId: string;
}

export interface OperationFigures {
  readonly operation: string;
  readonly calls: number;
  /** What the bank declined or found malformed was answered well. */
  readonly answered: number;
  readonly outcomes: Readonly<Partial<Record<CallRow['outcome'], number>>>;
  /** Of `calls`, in basis points. */
  readonly successBasisPoints: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
}

interface Kept {
  calls: number;
  answered: number;
  readonly outcomes: Partial<Record<CallRow['outcome'], number>>;
  readonly latencies: number[];
  next: number;
}

const answered: readonly CallRow['outcome'][] = ['ok', 'business', 'validation'];

/** How often, how well and how fast each operation of a connection went; the times are of the last thousand calls. */
export class CallFigures {
  readonly #operations = new Map<string, Kept>();

  add({ operation, outcome, ms }: CallRow): void {
    const empty: Kept = { calls: 0, answered: 0, outcomes: {}, latencies: [], next: 0 };
    const kept = this.#operations.get(operation) ?? empty;
    this.#operations.set(operation, kept);
    kept.calls += 1;
    if (answered.includes(outcome)) kept.answered += 1;
    kept.outcomes[outcome] = (kept.outcomes[outcome] ?? 0) + 1;
    kept.latencies[kept.next] = ms;
    kept.next = (kept.next + 1) % limits.connector.latenciesKept;
  }

  read(): readonly OperationFigures[] {
    return [...this.#operations].map(([operation, kept]) => {
      const sorted = kept.latencies.toSorted((one, other) => one - other);
      return {
        operation,
        calls: kept.calls,
        answered: kept.answered,
        outcomes: { ...kept.outcomes },
        successBasisPoints: Math.floor((kept.answered * 10_000) / kept.calls),
        p50Ms: percentile(sorted, 50),
        p95Ms: percentile(sorted, 95),
        p99Ms: percentile(sorted, 99),
      };
    });
  }
}

/** The least of them that is not below `percent` of all. */
const percentile = (sorted: readonly number[], percent: number): number =>
  sorted[Math.max(0, Math.ceil((sorted.length * percent) / 100) - 1)] ?? 0;
