import type { EpochMs } from '../../kernel/dates.ts';

/** The hours of India at which statements are asked for (001 section 2.2). */
const hours = [4, 10, 16, 22] as const;
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** India is five and a half hours ahead of UTC, all year. */
const aheadMs = 5.5 * hourMs;

/** The last time to ask at or before this moment. */
export function lastFetchTime(at: EpochMs): EpochMs {
  const midnight = Math.floor((at + aheadMs) / dayMs) * dayMs - aheadMs;
  const today = hours.map((hour) => midnight + hour * hourMs).filter((time) => time <= at);
  return today.at(-1) ?? midnight - dayMs + Math.max(...hours) * hourMs;
}

/** The first time to ask after this moment. */
export function nextFetchTime(at: EpochMs): EpochMs {
  const last = lastFetchTime(at);
  const hour = Math.round((last + aheadMs) / hourMs) % 24;
  const place = (hours as readonly number[]).indexOf(hour);
  const next = hours[place + 1];
  return last + (next === undefined ? 24 - hour + hours[0] : next - hour) * hourMs;
}

/** Whether a time to ask has come since it was asked last: also one that was slept through, of several only the last. */
export const isFetchDue = (askedAt: EpochMs | null, now: EpochMs): boolean =>
  // One of the future was asked while the clock was wrong, and says nothing.
  askedAt === null || askedAt > now || askedAt < lastFetchTime(now);
