import { z } from 'zod';
import { limits } from '../kernel/limits.ts';
import { type Clock, systemClock } from '../ports/clock.ts';

/** A sign of life from a supervised process. `graceMs`: how long silence is to be expected from now (0: as usual). */
const heartbeatSchema = z.strictObject({ munimHeartbeat: z.literal(1), graceMs: z.number().nonnegative() });

export type HeartbeatMessage = z.infer<typeof heartbeatSchema>;

export function readHeartbeat(message: unknown): HeartbeatMessage | null {
  const parsed = heartbeatSchema.safeParse(message);
  return parsed.success ? parsed.data : null;
}

export interface Heartbeat {
  /**
   * Announces work that blocks this process longer than the watchdog would bear (an index over many rows, a vacuum).
   * The next ordinary beat ends the grace.
   */
  expectSilence(ms: number): void;
  stop(): void;
}

/** Child side: beats at once and then at every interval. Start it when the process is ready to work. */
export function startHeartbeat(post: (message: HeartbeatMessage) => void, clock: Clock = systemClock): Heartbeat {
  let cancel: (() => void) | null = null;
  const beat = (): void => {
    post({ munimHeartbeat: 1, graceMs: 0 });
    cancel = clock.after(limits.engine.heartbeatMs, beat);
  };
  beat();
  return {
    expectSilence: (ms) => post({ munimHeartbeat: 1, graceMs: ms }),
    stop: () => cancel?.(),
  };
}
