import type { Disk } from './disk.ts';
import type { GuardedPGlite } from './guard.ts';
import type { Housekeeping } from './housekeeping.ts';

/** Open books. Made by `openEngine`. */
export interface Engine {
  readonly dir: string;
  /** Give this to drizzle: `drizzle(engine.pg, { schema })`. */
  readonly pg: GuardedPGlite;
  /** `created` on the first start, `clean` after an orderly stop, `recovered` after a crash (integrity then checked). */
  readonly start: 'created' | 'clean' | 'recovered';
  readonly disk: Disk;
  readonly housekeeping: Housekeeping;
  /** Stops in order: waits for running transactions, shutdown checkpoint, clean-stop marker, lock released. */
  close(): Promise<void>;
}
