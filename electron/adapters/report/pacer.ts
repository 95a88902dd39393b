import { setImmediate } from 'node:timers/promises';
import { throwIfStopped } from '../workbook/output-file.ts';

/** Below what anybody notices as a halt, with room for the row that is just being written. */
const STRETCH_MS = 15;
const ROWS_BETWEEN_REPORTS = 500;

/** What a writer calls after each row. */
export interface Pacer {
  /** Lets others have the thread when this one had it long enough. Errors: CANCELLED */
  readonly pace: () => Promise<void>;
  readonly rowDone: () => Promise<void>;
}

export function pacer(signal: AbortSignal, onProgress: (rows: number) => void): Pacer {
  let since = performance.now();
  let rows = 0;
  const pace = async (): Promise<void> => {
    if (performance.now() - since < STRETCH_MS) return;
    await setImmediate();
    throwIfStopped(signal);
    since = performance.now();
  };
  const rowDone = async (): Promise<void> => {
    rows += 1;
    if (rows % ROWS_BETWEEN_REPORTS === 0) onProgress(rows);
    await pace();
  };
  return { pace, rowDone };
}
