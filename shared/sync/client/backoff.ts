import { limits } from '../../kernel/limits.ts';

/**
 * How long to wait after so many failures in a row: doubling from the least to the most, and half of it left to chance, so that desks
 * that lost the server together do not come back together.
 */
export function backoffMs(failures: number, random: { bytes(count: number): Uint8Array }): number {
  const { backoffMinMs, backoffMaxMs } = limits.sync;
  const whole = Math.min(backoffMaxMs, backoffMinMs * 2 ** Math.min(failures - 1, 20));
  const [high = 0, low = 0] = random.bytes(2);
  return Math.round(whole / 2 + (whole / 2) * ((high * 256 + low) / 65_535));
}
